import type { Lifetime } from '../catalogue/facts.ts';

/** The OpenSIPS versions that tsips knows, oldest first. */
export const versions: readonly string[] = [
  '2.1',
  '2.2',
  '2.3',
  '2.4',
  '3.0',
  '3.1',
  '3.2',
  '3.3',
  '3.4',
  '3.5',
  '3.6',
  '4.0',
];

/** The place of each in their order. */
const ranks: ReadonlyMap<string, number> = new Map(versions.map((version, rank) => [version, rank]));

export const oldestVersion = '2.1';
export const newestVersion = '4.0';

/** Whether this is one of the versions that tsips knows. */
export function isKnownVersion(version: string): boolean {
  return versions.includes(version);
}

/**
 * The known version that a text names: `3.6`, `3.6.8` and `v3.6` are 3.6. Undefined for any other; what is
 * newer than the newest (4.1) is not guessed at.
 */
export function readVersion(text: string): string | undefined {
  const version = /^v?(\d+\.\d+)(\.\d+)?(-\w+)?$/.exec(text.trim())?.[1];
  return version !== undefined && isKnownVersion(version) ? version : undefined;
}

/** Negative where `a` is older than `b`, 0 where they are the same. Both have the form `3.6`. */
export function compareVersions(a: string, b: string): number {
  const [rankA, rankB] = [ranks.get(a), ranks.get(b)];
  if (rankA !== undefined && rankB !== undefined) return rankA - rankB;
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

/** Whether something with these bounds (inclusive, open where absent) is there in that version. */
export function inRange(version: string, range: Partial<Lifetime>): boolean {
  if (range.since !== undefined && compareVersions(version, range.since) < 0) return false;
  return range.until === undefined || compareVersions(version, range.until) <= 0;
}

/** The one of these that is there in that version. */
export function at<T extends Partial<Lifetime>>(dated: readonly T[], version: string): T | undefined {
  return dated.find((one) => inRange(version, one));
}

/**
 * In words in which versions something exists: `in every version`, `up to 2.4`, `since 3.1`, `only in 3.0`,
 * `from 2.2 to 3.0`; several ranges are joined with `and`; `in no version` for none.
 */
export function describeLifetime(dated: readonly Partial<Lifetime>[]): string {
  if (dated.length === 0) return 'in no version';
  return joinRanges(dated).map(describeRange).join(' and ');
}

function describeRange({ since, until }: Lifetime): string {
  if (since === oldestVersion && until === newestVersion) return 'in every version';
  if (since === oldestVersion) return `up to ${until}`;
  if (until === newestVersion) return `since ${since}`;
  if (since === until) return `only in ${since}`;
  return `from ${since} to ${until}`;
}

/** Ranges that touch become one. */
function joinRanges(dated: readonly Partial<Lifetime>[]): Lifetime[] {
  const present = versions.map((version) => at(dated, version) !== undefined);
  const joined: Lifetime[] = [];
  for (const [index, version] of versions.entries()) {
    if (!present[index]) continue;
    const last = joined.at(-1);
    if (last && present[index - 1]) joined[joined.length - 1] = { since: last.since, until: version };
    else joined.push({ since: version, until: version });
  }
  return joined;
}
