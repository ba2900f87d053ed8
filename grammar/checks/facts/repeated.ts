import type { Diagnostic, Note } from '../../findings/diagnostics.ts';

/** A finding; those with the same slip behind them are told once, at the first place. */
export interface OfSlip {
  readonly finding: Diagnostic;
  /** What the slip is; absent where it is one of its own. */
  readonly slip?: string;
  /** The note that it becomes: `used here: is_method()`; else its message. */
  readonly what?: string;
}

/** More places than these are only counted. */
const mostPlaces = 20;

/** Each slip once; the places behind its first are notes. */
export function onceForEachSlip(found: readonly OfSlip[]): Diagnostic[] {
  const groups = new Map<string, OfSlip[]>();
  for (const [index, one] of found.entries()) {
    const key = one.slip ?? `${index}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group.sort((a, b) => a.finding.span.start - b.finding.span.start);
    if (!first) return [];
    const { finding } = first;
    const places = others.map(({ what = finding.message, finding: { span } }) => ({
      message: what,
      span,
    }));
    return [{ ...finding, notes: [...finding.notes, ...mostOf(places)] }];
  });
}

/** Notes of places; of too many only the first, and how many more there are. */
export function mostOf(places: readonly Note[]): readonly Note[] {
  if (places.length <= mostPlaces) return places;
  return [...places.slice(0, mostPlaces), { message: `and at ${places.length - mostPlaces} more` }];
}
