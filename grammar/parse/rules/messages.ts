import {
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  isRecognitionException,
  type TokenType,
} from 'chevrotain';
import type { Span } from '../../ast.ts';
import { type Diagnostic, diagnostic } from '../../findings/diagnostics.ts';
import * as t from '../tokens.ts';
import { insert, isValue, repairOf, replace } from './repairs.ts';

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
const wantedBy: Readonly<Record<string, string>> = {
  advertised: 'a host or an address',
  alias: 'a host or an address',
  argument: 'an argument',
  argumentOf2: 'an argument',
  assignmentRest: 'a value',
  blacklistRule: 'an address or `(`',
  body: 'a statement or `{`',
  caseLabel: 'a number or a string in quotes',
  comparand: 'a value to compare with',
  condition: 'a condition',
  foldedString: 'a string in quotes',
  host: 'a host or an address',
  hostName: 'a host',
  item: 'a parameter, a route, loadmodule or modparam',
  keywordCommand: 'a statement',
  modParamValue: 'a number or a string in quotes',
  network: 'an address',
  operandOrCall: 'a comparison',
  optionalHead: 'a route',
  plainJump: 'a statement',
  plainNumber: 'a number',
  port: 'a port',
  portRange: 'a port',
  returnCode: 'a value',
  returnJump: 'a value',
  routeArgument: 'a value',
  routeCall: 'the name of a route',
  routeHead: 'a route',
  routeName: 'the name of a route',
  settingValue: 'a number, a word, a string in quotes or an address',
  signedNumber: 'a number',
  simpleStatement: 'a statement',
  socketHost: 'a host, an address or `*`',
  socketOption: 'an option of the socket',
  statement: 'a statement',
  switchCase: '`case` or `default`',
  term: 'a condition',
  valuePart: 'a value',
  variableTerm: 'a comparison',
};

/** Where a list may go on, its end is not all that may stand there. */
const listRules: ReadonlySet<string> = new Set(['callArguments', 'routeCall', 'returnValues']);

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
    return wantedBy[rule] ?? rule;
  }

  private wanted(): string {
    if (this.expected === undefined) return wantedBy[this.rule] ?? 'something else';
    const label = this.expected.LABEL ?? this.expected.name;
    return this.expected === t.RightParenthesis && listRules.has(this.rule) ? `\`,\` or ${label}` : label;
  }

  /** The diagnostic for an exception of chevrotain's, thrown behind a token; undefined for any other. */
  diagnosticOf(thrown: unknown, place: Omit<Place, 'token'>): Diagnostic | undefined {
    if (!isRecognition(thrown)) return undefined;
    const { token } = thrown;
    const { next, previous } = place;
    const found = describeToken(token);
    if (this.expected === t.Semicolon) return withoutSemicolon({ ...place, token });
    if (isReserved(token) && (this.expected === t.Name || this.rule === 'routeName')) {
      return diagnostic('reserved-word', next, `${found} is a reserved word and cannot be a name`);
    }
    const repair = repairOf({ rule: this.rule, expected: this.expected, found: token, previous });
    return diagnostic('syntax-error', next, `${found} stands where ${this.wanted()} should`, repair);
  }
}

/** Where a rule stopped: at a token, and behind another one. */
interface Place {
  readonly token: IToken;
  readonly next: Span;
  readonly previous: IToken;
  readonly before: Span;
  /** The token is the last one of its line. */
  readonly endsLine: boolean;
}

/** A value goes on with what stands before; a `,` or `:` at the end of a line is a slip of the finger. */
function withoutSemicolon({ token, next, previous, before, endsLine }: Place): Diagnostic {
  const found = describeToken(token);
  if (isValue(token) && isValue(previous)) {
    const isText = token.tokenType === t.StringToken || previous.tokenType === t.StringToken;
    const repair = { ...insert(' +', previous), help: 'put `+` between texts that belong together' };
    return diagnostic('syntax-error', next, `${found} stands where an operator or \`;\` should`, {
      ...(isText && repair),
    });
  }
  if (token.tokenType === t.Dot) {
    const repair = { ...replace(token, '+'), help: 'texts are joined with `+`' };
    return diagnostic('syntax-error', next, `${found} stands where an operator or \`;\` should`, repair);
  }
  if (token.tokenType === t.RightParenthesis || token.tokenType === t.RightBracket) {
    const help = 'take it out, or put what opens it';
    return diagnostic('syntax-error', next, `${found} closes nothing`, { help });
  }
  if (token.tokenType === t.Comma && !endsLine) {
    return diagnostic('syntax-error', next, `${found} stands where an operator or \`;\` should`);
  }
  const isSlip = token.tokenType === t.Comma || token.tokenType === t.Colon;
  const place = isSlip ? next : { start: before.end, end: before.end };
  return diagnostic('missing-semicolon', next, `a \`;\` is missing before ${found}`, {
    notes: [{ message: 'the statement ends here', span: before }],
    fix: { span: place, text: ';' },
  });
}

function isRecognition(thrown: unknown): thrown is IRecognitionException {
  return thrown instanceof Error && isRecognitionException(thrown);
}

function isReserved(token: IToken): boolean {
  return token.tokenType.CATEGORIES?.includes(t.Word) === true;
}
