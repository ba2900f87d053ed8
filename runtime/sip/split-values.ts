/** Several values in one header line (RFC 3261 §7.3.1). */

import { skipQuoted, skipSpace, trimEnd } from './characters.ts';

/**
 * The offset of the first `separator` in text[from, end) that is outside quotes and angle brackets, or `end`. A
 * quote or bracket that never closes hides the rest.
 */
function findOutside(text: string, from: number, end: number, separator: number): number {
  let inBrackets = false;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 && !inBrackets) {
      const behind = skipQuoted(text, at, end);
      if (behind < 0) return end;
      at = behind - 1;
    } else if (code === 60) inBrackets = true;
    else if (code === 62) inBrackets = false;
    else if (code === separator && !inBrackets) return at;
  }
  return end;
}

/** Splits at commas outside quotes and angle brackets; values are trimmed, empty ones left out. */
export function splitValues(text: string, from = 0, end = text.length): string[] {
  const values: string[] = [];
  for (let at = from; at < end; ) {
    const comma = findOutside(text, at, end, 44);
    const start = skipSpace(text, at, comma);
    const stop = trimEnd(text, start, comma);
    if (stop > start) values.push(text.slice(start, stop));
    at = comma + 1;
  }
  return values;
}

/** Where these values stand, from their first character to the comma behind them. */
export function valuePlaces(
  text: string,
  from: number,
  end: number,
): { readonly start: number; readonly end: number }[] {
  const places: { readonly start: number; readonly end: number }[] = [];
  for (let at = from; at < end; ) {
    const comma = findOutside(text, at, end, 44);
    const start = skipSpace(text, at, comma);
    if (start < comma) places.push({ start, end: comma });
    at = comma + 1;
  }
  return places;
}
