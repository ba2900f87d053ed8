import type { Config } from '../ast.ts';
import { type Diagnostic, hasErrors } from '../findings/diagnostics.ts';
import { flatten, type IncludeOptions } from '../text/include.ts';
import type { Source } from '../text/source.ts';
import type { VersionFact } from '../versions/syntax-facts.ts';
import { type Lexed, lex, type MissingQuote } from './lexer.ts';
import { possibleQuotes } from './missing-quotes.ts';
import { ConfigParser } from './parser.ts';
import type { ParserOptions } from './parser-options.ts';
import type { LexedToken } from './tokens.ts';

export type ParseOptions = IncludeOptions & ParserOptions;

/** What a text says. There always is a tree; what could not be read is a `Broken…` node with a diagnostic. */
export interface ParseResult {
  readonly config: Config;
  readonly source: Source;
  /** In the order of the text. */
  readonly diagnostics: Diagnostic[];
  /** The forms seen that only some versions of OpenSIPS accept, in the order of the text. */
  readonly facts: VersionFact[];
}

/**
 * Reads a config: puts includes in their places, cuts the text into tokens, builds the tree. Takes the union of what
 * OpenSIPS 2.1 to 4.0 accept. Never throws, whatever the text.
 * @param text one character a byte (latin1)
 */
export function parse(text: string, options: ParseOptions): ParseResult {
  return createParser(options)(text, options);
}

/**
 * A parser for many texts. Making one costs some ten milliseconds, which `parse` pays each time.
 */
export function createParser(
  options: ParserOptions = {},
): (text: string, options: IncludeOptions) => ParseResult {
  const parser = new ConfigParser(options);
  return (text, includeOptions) => {
    const flat = flatten(text, includeOptions);
    const { config, diagnostics: found, facts: seen } = readText(flat.text, parser);
    const diagnostics = [...flat.diagnostics, ...found].sort(byPlace);
    const facts = [...flat.facts, ...seen].sort(byPlace);
    return { config, source: flat.source, diagnostics, facts };
  };
}

type ReadText = Pick<ParseResult, 'config' | 'diagnostics' | 'facts'>;

/** Missing quotes that are looked for; a text that misses more is left as it reads. */
const mostQuotes = 4;
/** Characters that may be read again while they are looked for, so that a large text is not read many times. */
const mostReadAgain = 2_000_000;

/**
 * A quote that is missing turns inside and outside round for all that follows. Where a text does not read, quotes are
 * tried where they may be missing, and kept where less is wrong then.
 */
function readText(text: string, parser: ConfigParser): ReadText {
  const missing = new Map<number, MissingQuote>();
  let best = readWith(text, missing, parser);
  let left = mostReadAgain;
  for (let found = 0; found < mostQuotes && hasErrors(best.diagnostics); found += 1) {
    const trials = possibleQuotes(text, best, missing).map(([start, quote]) => ({ start, quote }));
    left -= trials.length * text.length;
    if (left < 0) break;
    const results = trials.map(({ start, quote }) => ({
      start,
      quote,
      read: readWith(text, new Map([...missing, [start, quote]]), parser),
    }));
    results.sort((one, other) => one.read.diagnostics.length - other.read.diagnostics.length);
    const [first] = results;
    if (!first || !isBetter(first.read, best)) break;
    missing.set(first.start, first.quote);
    best = first.read;
  }
  return best;
}

/** Where only the missing quote is left to be told of, that is told rather than what it leads to. */
function isBetter({ diagnostics: one }: ReadText, { diagnostics: other }: ReadText): boolean {
  return one.length < other.length || (one.length === 1 && other.length === 1);
}

function readWith(
  text: string,
  missing: ReadonlyMap<number, MissingQuote>,
  parser: ConfigParser,
): ReadText & { readonly tokens: readonly LexedToken[] } {
  const lexed = lex(text, missing);
  return { ...readTokens(lexed, text, parser), tokens: lexed.tokens };
}

function readTokens(lexed: Lexed, text: string, parser: ConfigParser): ReadText {
  const config = parser.read(lexed, text);
  const ofTokens = lexed.diagnostics.filter((found) => !isEcho(found, parser.diagnostics, text));
  const places = new Set(
    ofTokens.flatMap(({ severity, span }) => (severity === 'error' ? [span.start] : [])),
  );
  const ofTree = parser.diagnostics.filter(({ span }) => !places.has(span.start));
  const diagnostics = withoutEndOfComment([...ofTokens, ...ofTree], lexed);
  return { config, diagnostics, facts: [...lexed.facts, ...parser.facts] };
}

/** What is missing behind a comment that is not closed is inside it: the comment is what is wrong. */
function withoutEndOfComment(found: readonly Diagnostic[], { tokens }: Lexed): Diagnostic[] {
  const comment = found.find(({ code }) => code === 'unterminated-comment');
  if (!comment) return [...found];
  const end = tokens.at(-1)?.endOffset ?? 0;
  const rest = found.filter(({ span, severity }) => severity !== 'error' || span.start <= end);
  if (rest.length === found.length) return rest;
  return rest.map((one) => (one === comment ? { ...comment, severity: 'error' } : one));
}

/**
 * The closing quote of a string whose opening one is missing opens another one, up to the end of its statement: the
 * slip is what the grammar stumbled over in the same line before.
 */
function isEcho({ code, span }: Diagnostic, others: readonly Diagnostic[], text: string): boolean {
  if (code !== 'unterminated-string' || /[a-z]/i.test(text.slice(span.start, span.end))) return false;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  return others.some((other) => other.span.start >= lineStart && other.span.start < span.start);
}

function byPlace(
  one: { readonly span: { readonly start: number } },
  other: { readonly span: { readonly start: number } },
): number {
  return one.span.start - other.span.start;
}
