import {
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  isRecognitionException,
  type TokenType,
} from 'chevrotain';
import type { Span } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import * as t from '../tokens.ts';

/** A token in words for a message: what it is, and its text where that is short. */
export function describeToken(token: IToken): string {
  if (Number.isNaN(token.startOffset)) return 'the end of the file';
  const { image, tokenType } = token;
  const short = image.length > 30 ? `${image.slice(0, 27)}…` : image;
  const oneLine = short.replace(/\s+/g, ' ');
  if (tokenType === t.StringToken) return `the string ${oneLine}`;
  if (tokenType === t.VariableToken) return `the variable ${oneLine}`;
  if (tokenType === t.NumberToken) return `the number ${oneLine}`;
  return `\`${oneLine}\``;
}

/** What a rule wants, in words, where none of its alternatives begins with the next token. */
const wanted: Readonly<Record<string, string>> = {
  item: 'a parameter, a route, loadmodule or modparam',
  settingValue: 'a number, a word, a string in quotes or an address',
  modParamValue: 'a number or a string in quotes',
  routeName: 'the name of a route',
  host: 'a host or an address',
  condition: 'a condition',
  term: 'a condition',
  operand: 'a condition',
  comparand: 'a value to compare with',
  value: 'a value',
  valuePart: 'a value',
  statement: 'a statement',
  argument: 'a value',
  jumpValue: 'a value',
  caseLabel: 'a number or a string in quotes',
  network: 'an address',
};

/**
 * Chevrotain asks this for the text of each error. It keeps what was expected, from which the diagnostic is made
 * when the failure is caught.
 */
export class ExpectedTokens implements IParserErrorMessageProvider {
  private expected: TokenType | undefined;
  private rule = '';

  buildMismatchTokenMessage(options: { expected: TokenType; ruleName: string }): string {
    this.expected = options.expected;
    this.rule = options.ruleName;
    return options.expected.LABEL ?? options.expected.name;
  }

  buildNoViableAltMessage(options: { ruleName: string }): string {
    return this.forget(options.ruleName);
  }

  buildEarlyExitMessage(options: { ruleName: string }): string {
    return this.forget(options.ruleName);
  }

  buildNotAllInputParsedMessage(): string {
    return this.forget('item');
  }

  private forget(rule: string): string {
    this.expected = undefined;
    this.rule = rule;
    return wanted[rule] ?? rule;
  }

  /** The diagnostic for an exception of chevrotain's; undefined for any other. */
  diagnosticOf(thrown: unknown, next: Span, previous: Span): Diagnostic | undefined {
    if (!isRecognition(thrown)) return undefined;
    const { token } = thrown;
    const found = describeToken(token);
    if (this.expected === t.Semicolon) {
      const place = { start: previous.end, end: previous.end };
      return diagnostic('missing-semicolon', next, `a \`;\` is missing before ${found}`, {
        notes: [{ message: 'the statement ends here', span: previous }],
        fix: { span: place, text: ';' },
      });
    }
    if (isReserved(token) && (this.expected === t.Name || this.rule === 'routeName')) {
      return diagnostic('reserved-word', next, `${found} is a reserved word and cannot be a name`);
    }
    const expected =
      this.expected === undefined
        ? (wanted[this.rule] ?? 'something else')
        : (this.expected.LABEL ?? this.expected.name);
    return diagnostic('syntax-error', next, `${found} stands where ${expected} should`);
  }
}

function isRecognition(thrown: unknown): thrown is IRecognitionException {
  return thrown instanceof Error && isRecognitionException(thrown);
}

function isReserved(token: IToken): boolean {
  return token.tokenType.CATEGORIES?.includes(t.Word) === true;
}
