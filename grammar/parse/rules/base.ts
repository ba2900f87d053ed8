import { type IToken, type ParserMethod, type TokenType, tokenMatcher } from 'chevrotain';
import type { Name, NumberLiteral, Span, StringLiteral } from '../../ast.ts';
import type { DiagnosticCode } from '../../findings/diagnostic-codes.ts';
import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../../findings/diagnostics.ts';
import { type SyntaxFeature, type VersionFact, versionFact } from '../../versions/syntax-facts.ts';
import { booleanValue } from '../lexer.ts';
import * as t from '../tokens.ts';
import { DecidedParser } from './decided-parser.ts';
import { describeToken, ExpectedTokens } from './messages.ts';
import { otherOperator } from './repairs.ts';

/** Thrown by a rule that cannot go on; whoever can recover catches it. The diagnostic is reported there. */
class SyntaxFailure extends Error {
  readonly diagnostic: Diagnostic;

  constructor(found: Diagnostic) {
    super(found.message);
    this.diagnostic = found;
  }
}

/**
 * What all chapters of the grammar share: tokens into literals, spans, and recovery. Chevrotain's own recovery is
 * off: a failed rule throws, and the nearest rule that knows where to go on catches (a statement at the next
 * statement, a condition at its `)`, a route's head at its `{`), so that each slip gives one finding.
 */
export abstract class BaseRules extends DecidedParser {
  readonly diagnostics: Diagnostic[] = [];
  readonly facts: VersionFact[] = [];
  protected readonly maxNesting: number;
  private depth = 0;
  private readonly expectedTokens: ExpectedTokens;
  /** Offset of the last failure, so that nobody reports the same token again. */
  private failedAt = -1;
  private text = '';

  constructor(maxNesting: number, skipValidations: boolean) {
    const expected = new ExpectedTokens();
    super(t.allTokens, expected, skipValidations);
    this.maxNesting = maxNesting;
    this.expectedTokens = expected;
  }

  /** Prepares for another text. */
  protected begin(tokens: IToken[], text: string): void {
    this.diagnostics.length = 0;
    this.facts.length = 0;
    this.depth = 0;
    this.failedAt = -1;
    this.text = text;
    this.input = tokens;
  }

  /** Defines a rule; only says its types better than RULE does. */
  protected rule<Arguments extends unknown[], Result>(
    name: string,
    read: (...given: Arguments) => Result,
  ): ParserMethod<Arguments, Result> {
    return this.RULE(name, read);
  }

  // ---- Tokens and spans.

  protected next(type: TokenType, ahead = 1): boolean {
    return tokenMatcher(this.LA(ahead), type);
  }

  protected atEnd(): boolean {
    return Number.isNaN(this.LA(1).startOffset);
  }

  /** The offset where the next token starts; behind the last token where there is none. */
  protected get here(): number {
    const { startOffset } = this.LA(1);
    return Number.isNaN(startOffset) ? this.last : startOffset;
  }

  /** The offset after the last token read. */
  protected get last(): number {
    const { endOffset } = this.LA(0);
    return endOffset === undefined || Number.isNaN(endOffset) ? 0 : endOffset + 1;
  }

  /** From an offset to the last token read. */
  protected from(start: number): Span {
    return { start, end: Math.max(start, this.last) };
  }

  protected spanOf(token: IToken): Span {
    if (Number.isNaN(token.startOffset)) return { start: this.here, end: this.here };
    return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
  }

  protected nameOf(token: IToken): Name {
    return { kind: 'Name', text: token.image, quoted: false, span: this.spanOf(token) };
  }

  protected stringOf(token: IToken): StringLiteral {
    return { kind: 'String', value: String(token.payload), span: this.spanOf(token) };
  }

  protected numberOf(token: IToken): NumberLiteral {
    const span = this.spanOf(token);
    if (typeof token.payload === 'number') {
      const base = baseOf(token.image);
      return { kind: 'Number', value: token.payload, ...(base && { base }), span };
    }
    return { kind: 'Number', value: booleanValue(token.image), word: token.image, span };
  }

  /** cfg.y: folded_string, multi_string. */
  protected foldedOf(tokens: readonly IToken[]): StringLiteral {
    const [first] = tokens;
    if (first === undefined) return { kind: 'String', value: '', span: this.from(this.here) };
    if (tokens.length === 1) return this.stringOf(first);
    const parts = tokens.map((token) => String(token.payload));
    return { kind: 'String', value: parts.join(''), parts, span: this.from(first.startOffset) };
  }

  protected remark(feature: SyntaxFeature, span: Span): void {
    if (!this.RECORDING_PHASE) this.facts.push(versionFact(feature, span));
  }

  // ---- Failing and recovering.

  /** Ends the rule: what stands at a span is not what the grammar wants. */
  protected fail(
    code: DiagnosticCode,
    span: Span,
    message: string,
    details?: DiagnosticDetails,
  ): SyntaxFailure {
    return new SyntaxFailure(diagnostic(code, span, message, details));
  }

  /** Ends the rule at the next token. */
  protected unexpected(expected: string, help?: string): SyntaxFailure {
    const token = this.LA(1);
    const message = `${describeToken(token)} stands where ${expected} should`;
    const repair = help === undefined ? otherOperator(token, this.LA(0)) : { help };
    return this.fail('syntax-error', this.spanOf(token), message, repair);
  }

  /** Reports something that reading can go on after. */
  protected report(code: DiagnosticCode, span: Span, message: string, details?: DiagnosticDetails): void {
    if (this.RECORDING_PHASE || span.start === this.failedAt) return;
    this.failedAt = span.start;
    this.diagnostics.push(diagnostic(code, span, message, details));
  }

  /** Reports what is no error, whatever else is reported there. */
  protected warn(code: DiagnosticCode, span: Span, message: string, details?: DiagnosticDetails): void {
    if (!this.RECORDING_PHASE) this.diagnostics.push(diagnostic(code, span, message, details));
  }

  /** Reports the failure that ended a rule; anything else that was thrown goes on. */
  protected reportFailure(thrown: unknown): void {
    const found = this.diagnosticOf(thrown);
    if (found === undefined) throw thrown;
    if (found.span.start === this.failedAt) return;
    this.failedAt = found.span.start;
    // The lexer has told of a variable whose bracket is missing; it may have taken too much or too little.
    if (this.next(t.VariableToken, 0) && this.LA(0).payload === 'unclosed') return;
    this.diagnostics.push(found);
  }

  private diagnosticOf(thrown: unknown): Diagnostic | undefined {
    if (thrown instanceof SyntaxFailure) return thrown.diagnostic;
    const previous = this.LA(0);
    const next = this.spanOf(this.LA(1));
    const endsLine = /^[ \t\r]*(?:#|\n|$)/.test(this.text.slice(next.end, next.end + 80));
    return this.expectedTokens.diagnosticOf(thrown, {
      next,
      previous,
      before: this.spanOf(previous),
      endsLine,
    });
  }

  /** Counts levels, so that no text can exhaust the stack. */
  protected nested<Result>(read: () => Result): Result {
    if (this.RECORDING_PHASE) return read();
    if (this.depth >= this.maxNesting) {
      const span = this.spanOf(this.LA(1));
      throw this.fail('too-deeply-nested', span, `more than ${this.maxNesting} levels of nesting`);
    }
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  /** Whether a line ends between the last token read and the next one. */
  protected startsLine(): boolean {
    return this.text.slice(this.last, this.here).includes('\n');
  }

  /** What the line of an offset is indented by. */
  protected indentOf(offset: number): string {
    const start = this.text.lastIndexOf('\n', offset - 1) + 1;
    return /^[ \t]*/.exec(this.text.slice(start, start + 200))?.[0] ?? '';
  }

  /** `route[name]` with a `;` behind it is meant as a call. */
  private startsNamedRoute(): boolean {
    if (!this.next(t.LeftBracket, 2)) return false;
    return !(this.next(t.RightBracket, 4) && this.next(t.Semicolon, 5));
  }

  /** Whether the next token can only begin something at top level. */
  protected startsItem(): boolean {
    const { tokenType } = this.LA(1);
    if (tokenType === t.RouteWord) return this.next(t.LeftBrace, 2) || this.startsNamedRoute();
    return itemStarts.has(tokenType) && !this.next(t.Dot, 2) && !this.next(t.Minus, 2);
  }
}

function baseOf(image: string): 8 | 16 | undefined {
  if (image.length < 2 || !image.startsWith('0')) return undefined;
  return image.charAt(1) === 'x' ? 16 : 8;
}

const itemStarts: ReadonlySet<TokenType> = new Set([
  t.LoadModuleWord,
  t.ModParamWord,
  t.NamedRouteWord,
  t.PlainRouteWord,
  t.OnReplyRouteWord,
  t.TimerRouteWord,
  t.EventRouteWord,
]);
