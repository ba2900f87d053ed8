/**
 * Did you mean: the name that is nearest to one that nobody knows.
 */

/** A slip in every third character still counts as one; more is another word. */
const charactersPerSlip = 3;
const mostSlips = 4;

/**
 * The names near a misspelt one, nearest first; names in another case only come before all others.
 *
 * @param wrong The name as written.
 * @param names What could have been meant.
 * @param count The most names to return.
 */
export function suggestions(wrong: string, names: Iterable<string>, count = 3): string[] {
  const wanted = wrong.toLowerCase();
  const limit = Math.min(mostSlips, Math.floor(wanted.length / charactersPerSlip));
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(names)) {
    if (name === wrong) continue;
    const distance = editDistance(wanted, name.toLowerCase(), limit);
    if (distance <= limit && distance < name.length) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, count).map(({ name }) => name);
}

/** The nearest name, or undefined where none is near. */
export function suggest(wrong: string, names: Iterable<string>): string | undefined {
  return suggestions(wrong, names, 1)[0];
}

/**
 * How many insertions, deletions, substitutions and swaps of neighbours lead from one text to the other
 * (Damerau–Levenshtein with optimal string alignment). Anything above `limit` is told as `limit + 1`.
 */
export function editDistance(from: string, to: string, limit = Number.POSITIVE_INFINITY): number {
  if (from === to) return 0;
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let twoAbove: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= to.length; column++) {
      const cost = cellCost(from, to, row, column, current, above, twoAbove);
      current.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    twoAbove = above;
    above = current;
  }
  return Math.min(above[to.length] ?? 0, limit + 1);
}

function cellCost(
  from: string,
  to: string,
  row: number,
  column: number,
  current: readonly number[],
  above: readonly number[],
  twoAbove: readonly number[],
): number {
  const same = from[row - 1] === to[column - 1];
  const substituted = (above[column - 1] ?? 0) + (same ? 0 : 1);
  const best = Math.min(substituted, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
  const swapped =
    row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
  return swapped ? Math.min(best, (twoAbove[column - 2] ?? 0) + 1) : best;
}
