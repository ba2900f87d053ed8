import type { Config } from '../ast.ts';
import { type Diagnostic, hasErrors } from '../findings/diagnostics.ts';
import { flatten, type IncludeOptions } from '../text/include.ts';
import type { Source } from '../text/source.ts';
import type { VersionFact } from '../versions/syntax-facts.ts';
import { type Lexed, lex, seemsUnclosed } from './lexer.ts';
import { ConfigParser } from './parser.ts';
import type { ParserOptions } from './parser-options.ts';

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

/** Strings without closing quote that are looked for; a text that misses more is left as it reads. */
const mostUnclosed = 4;

/**
 * A quote that is missing turns inside and outside round for all that follows. Where a text does not read, strings
 * that seem unclosed are tried as such, and kept so where less is wrong then.
 */
function readText(text: string, parser: ConfigParser): ReadText {
  const unclosed = new Set<number>();
  let lexed = lex(text);
  let read = readTokens(lexed, text, parser);
  for (let tries = 0; tries < mostUnclosed && hasErrors(read.diagnostics); tries += 1) {
    const suspect = lexed.tokens.find(
      (token) => !unclosed.has(token.startOffset) && seemsUnclosed(token, text),
    );
    if (suspect === undefined) break;
    unclosed.add(suspect.startOffset);
    const again = lex(text, unclosed);
    const other = readTokens(again, text, parser);
    if (other.diagnostics.length > read.diagnostics.length) break;
    lexed = again;
    read = other;
  }
  return read;
}

function readTokens(lexed: Lexed, text: string, parser: ConfigParser): ReadText {
  const config = parser.read(lexed, text);
  const ofTokens = lexed.diagnostics.filter((found) => !isEcho(found, parser.diagnostics, text));
  const diagnostics = withoutEndOfComment([...ofTokens, ...parser.diagnostics], lexed);
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
