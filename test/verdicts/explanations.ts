import { readFileSync } from 'node:fs';
import type { Compared, Comparison, Subject } from './compare.ts';

/** What stands in scripts/verdicts-explained.json. */
export interface Explanations {
  /** Modules that the originals could not load where they were asked. */
  readonly modules: readonly {
    readonly module: string;
    readonly versions: readonly string[];
    readonly reason: string;
  }[];
  /** Differences that are right as they are. */
  readonly differences: readonly {
    readonly file: string;
    readonly subject: Subject;
    readonly versions: readonly string[];
    readonly reason: string;
  }[];
}

/** Differences and missing modules beside what is written down of them. */
export interface Explained {
  /** How many differences each reason stands for. */
  readonly byReason: ReadonlyMap<string, number>;
  /** Differences, and modules that were not loaded, of which nothing is written down. */
  readonly unexplained: readonly string[];
  /** What is written down and is not so any more. */
  readonly stale: readonly string[];
}

const file = new URL('../../../scripts/verdicts-explained.json', import.meta.url);

/** The explanations of the repository. */
export function readExplanations(): Explanations {
  return JSON.parse(readFileSync(file, 'utf8')) as Explanations;
}

/** Lays differences beside their explanations. */
export function explain(compared: Compared, { modules, differences }: Explanations): Explained {
  const differing = compared.comparisons.filter(({ state }) => state === 'differs');
  const reasons = new Map(
    differences.flatMap(({ file: name, subject, versions, reason }) =>
      versions.map((version) => [keyOf({ file: name, subject, version }), reason] as const),
    ),
  );
  const expected = new Set(
    modules.flatMap(({ module, versions }) => versions.map((version) => missing(module, version))),
  );
  const found = new Set(
    [...compared.unloadable].flatMap(([version, names]) => names.map((name) => missing(name, version))),
  );
  const unexplained = differing.filter((one) => !reasons.has(keyOf(one)));
  const differingKeys = new Set(differing.map(keyOf));
  return {
    byReason: countReasons(differing.flatMap((one) => reasons.get(keyOf(one)) ?? [])),
    unexplained: [...[...found].filter((one) => !expected.has(one)), ...unexplained.map(describeDifference)],
    stale: [
      ...[...expected].filter((one) => !found.has(one)),
      ...[...reasons.keys()].filter((key) => !differingKeys.has(key)),
    ],
  };
}

const missing = (module: string, version: string) => `${version}: module ${module} was not loaded`;

function keyOf({ file: name, subject, version }: Pick<Comparison, 'file' | 'subject' | 'version'>): string {
  return `${version}, ${subject}: ${name}`;
}

function describeDifference(one: Comparison): string {
  const what = one.blanked ? ' without the globals that the version rejects' : '';
  return `${keyOf(one)}${what}: OpenSIPS ${one.original}; tsips ${one.tsips}`;
}

function countReasons(reasons: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
