import type { Diagnostic } from '../findings/diagnostics.ts';
import { likelyEnds, type MissingQuote, seemsUnclosed } from './lexer.ts';
import { type LexedToken, StringToken } from './tokens.ts';

/** What came of reading a text. */
interface Attempt {
  readonly diagnostics: readonly Diagnostic[];
  readonly tokens: readonly LexedToken[];
}

type Possible = readonly [start: number, quote: MissingQuote];

/**
 * Where a quote may be missing in a text that does not read: at the first string that seems unclosed, and in the line
 * of the first error where its quotes do not pair.
 */
export function possibleQuotes(
  text: string,
  { diagnostics, tokens }: Attempt,
  missing: ReadonlyMap<number, MissingQuote>,
): readonly Possible[] {
  const isFree = ({ startOffset }: LexedToken) => !missing.has(startOffset);
  const suspect = tokens.find((token) => isFree(token) && seemsUnclosed(token, text))?.startOffset;
  // Where the lexer has cut one short itself, another end may fit better.
  const cut = diagnostics.find(
    ({ code, span }) => code === 'unterminated-string' && !missing.has(span.start),
  );
  const error = diagnostics.find(({ severity }) => severity === 'error');
  const ofLine = error ? inLine(text, error.span.start, tokens).filter(([start]) => !missing.has(start)) : [];
  const starts = new Set([suspect, cut?.span.start].filter((start) => start !== undefined));
  return [...[...starts].flatMap((start) => closings(text, start)), ...ofLine];
}

/** The nearest end first: a string seldom goes on over the next argument. */
function closings(text: string, start: number): Possible[] {
  const ends = [...likelyEnds(text, start)].sort((one, other) => one - other);
  return ends
    .filter((end) => !text.slice(start + 1, end).includes('"'))
    .map((end) => [start, { which: 'closing', end }]);
}

/** The word at an error may be a string without opening quote; the string in front of it may be unclosed. */
function inLine(text: string, error: number, tokens: readonly LexedToken[]): Possible[] {
  const start = text.lastIndexOf('\n', error - 1) + 1;
  const lineEnd = text.indexOf('\n', error);
  const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
  if ((line.match(/"/g) ?? []).length % 2 === 0) return [];
  const word = start + (/[^\s(,="]*$/.exec(line.slice(0, error - start))?.index ?? 0);
  const quote = text.indexOf('"', Math.max(word, error));
  const isWord = quote > word && quote < start + line.length && /\w/.test(text.slice(word, quote));
  const opening: Possible[] = isWord ? [[word, { which: 'opening', end: quote + 1 }]] : [];
  const before = tokens.findLast(
    ({ tokenType, startOffset }) => tokenType === StringToken && startOffset >= start && startOffset < error,
  );
  return [...opening, ...(before ? closings(text, before.startOffset) : [])];
}
