/** Lines around a change. */
const CONTEXT = 3;
/** How far ahead two texts are looked through for where they meet again. */
const WINDOW = 400;

interface Change {
  /** Offsets of lines, ends exclusive. */
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** The difference of two texts in the unified format of diff(1); '' where there is none. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const [olds, news] = [linesOf(before), linesOf(after)];
  const hunks = grouped(changesBetween(olds, news)).map((changes) => hunk(changes, olds, news));
  return [`--- ${name}\n`, `+++ ${name}\n`, ...hunks].join('');
}

/** Each line with its end, so that a last one without end differs from one with it. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function changesBetween(olds: readonly string[], news: readonly string[]): Change[] {
  const changes: Change[] = [];
  let [one, other] = [0, 0];
  while (one < olds.length || other < news.length) {
    if (one < olds.length && olds[one] === news[other]) {
      one += 1;
      other += 1;
      continue;
    }
    const [oldEnd, newEnd] = meeting(olds, news, one, other);
    changes.push({ oldStart: one, oldEnd, newStart: other, newEnd });
    one = oldEnd;
    other = newEnd;
  }
  return changes;
}

/** The nearest place from which two lines are the same again, or the last ones. */
function meeting(
  olds: readonly string[],
  news: readonly string[],
  one: number,
  other: number,
): readonly [number, number] {
  for (let distance = 1; distance <= WINDOW; distance += 1) {
    for (let passed = 0; passed <= distance; passed += 1) {
      const [a, b] = [one + passed, other + distance - passed];
      if (a > olds.length || b > news.length) continue;
      if (olds[a] === news[b] && olds[a + 1] === news[b + 1]) return [a, b];
    }
  }
  return [olds.length, news.length];
}

/** Changes whose surroundings touch make one hunk. */
function grouped(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last && change.oldStart - last.oldEnd <= 2 * CONTEXT) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunk(changes: readonly Change[], olds: readonly string[], news: readonly string[]): string {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return '';
  const front = Math.min(CONTEXT, first.oldStart);
  const behind = Math.min(CONTEXT, olds.length - last.oldEnd);
  const lines: string[] = [];
  let done = first.oldStart - front;
  for (const { oldStart, oldEnd, newStart, newEnd } of changes) {
    lines.push(...olds.slice(done, oldStart).map((line) => ` ${line}`));
    lines.push(...olds.slice(oldStart, oldEnd).map((line) => `-${line}`));
    lines.push(...news.slice(newStart, newEnd).map((line) => `+${line}`));
    done = oldEnd;
  }
  lines.push(...olds.slice(done, last.oldEnd + behind).map((line) => ` ${line}`));
  const old = rangeText(first.oldStart - front, last.oldEnd + behind);
  const now = rangeText(first.newStart - front, last.newEnd + behind);
  return `@@ -${old} +${now} @@\n${lines.map(ended).join('')}`;
}

function rangeText(start: number, end: number): string {
  const count = end - start;
  const from = count === 0 ? start : start + 1;
  return count === 1 ? `${from}` : `${from},${count}`;
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}
