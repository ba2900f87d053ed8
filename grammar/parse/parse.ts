import type { Config } from '../ast.ts';
import type { Diagnostic } from '../findings/diagnostics.ts';
import { flatten, type IncludeOptions } from '../text/include.ts';
import type { Source } from '../text/source.ts';
import type { VersionFact } from '../versions/syntax-facts.ts';
import { lex } from './lexer.ts';
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
    const lexed = lex(flat.text);
    const config = parser.read(lexed, flat.text);
    const ofTokens = lexed.diagnostics.filter((found) => !isEcho(found, parser.diagnostics, flat.text));
    const diagnostics = [...flat.diagnostics, ...ofTokens, ...parser.diagnostics];
    const facts = [...flat.facts, ...lexed.facts, ...parser.facts];
    diagnostics.sort(byPlace);
    facts.sort(byPlace);
    return { config, source: flat.source, diagnostics, facts };
  };
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
