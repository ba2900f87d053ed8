import type { Splice } from '../module-exports.ts';

/**
 * The characters from `start` to `end` of a text with splices in them, those at the same place in the order of the
 * list. One that begins within what another has taken away is left out, and takes away what lies behind that.
 */
export function applySplices(text: string, start: number, end: number, splices: readonly Splice[]): string {
  const inside = splices.filter((splice) => splice.start >= start && splice.end <= end);
  let printed = '';
  let at = start;
  let lastStart = start;
  for (const splice of inside.sort((one, other) => one.start - other.start)) {
    if (splice.start >= at || splice.start === lastStart) {
      printed += text.slice(at, Math.max(splice.start, at)) + splice.text;
      lastStart = splice.start;
    }
    at = Math.max(at, splice.end);
  }
  return printed + text.slice(at, end);
}
