import type { IToken, TokenType } from 'chevrotain';
import type { Fix } from '../../findings/diagnostics.ts';
import * as t from '../tokens.ts';

/** Where a rule stopped. */
export interface Stop {
  readonly rule: string;
  /** Undefined where the rule has several ways to go on. */
  readonly expected: TokenType | undefined;
  readonly found: IToken;
  readonly previous: IToken;
}

/** What mends a slip of the grammar, in words and as an edit. */
export interface Repair {
  readonly help: string;
  readonly fix: Fix;
}

/** The repair of a place where the grammar stopped; undefined where more than one thing could have been meant. */
export function repairOf(stop: Stop): Repair | undefined {
  return missingPunctuation(stop) ?? otherWord(stop);
}

/** Where a list of values ends or goes on. */
const lists: ReadonlySet<string> = new Set(['callArguments', 'routeCall', 'returnValues', 'modParam']);

function missingPunctuation({ rule, expected, found, previous }: Stop): Repair | undefined {
  switch (expected) {
    case t.Comma:
      return isValue(found) ? insert(',', previous) : undefined;
    case t.RightParenthesis:
      if (!lists.has(rule)) return undefined;
      if (found.tokenType === t.Semicolon) return insert(')', previous);
      if (rule === 'modParam') return isPunctuation(found) ? undefined : insert(')', previous);
      return isValue(found) ? insert(',', previous) : undefined;
    case t.Colon:
      return rule === 'switchCase' && !isPunctuation(found) ? insert(':', previous) : undefined;
    case t.RightBracket:
      return found.tokenType === t.LeftBrace ? insert(']', previous) : undefined;
    default:
      return undefined;
  }
}

/** Operators of other languages, by what OpenSIPS's lexer makes of them. */
const operators: Readonly<Record<string, string>> = {
  '= !': '!=',
  '== =': '==',
  '!= =': '!=',
  '< >': '!=',
  '= >': '>=',
  '= <': '<=',
};

/** What two tokens without a blank between them are meant as. */
export function otherOperator(found: IToken, previous: IToken): Repair | undefined {
  const meant = operators[`${previous.image} ${found.image}`];
  if (meant === undefined || endOf(previous) !== found.startOffset) return undefined;
  const span = { start: previous.startOffset, end: endOf(found) };
  return { help: `did you mean \`${meant}\`?`, fix: { span, text: meant } };
}

/** Words and operators of other languages, and those with a letter too many. */
function otherWord({ rule, expected, found, previous }: Stop): Repair | undefined {
  if (expected === t.In && found.tokenType === t.Identifier) return replace(found, 'in');
  if (expected === t.RightParenthesis && rule === 'conditionGroup' && /^(?:and|or)$/i.test(found.image))
    return replace(found, found.image.toLowerCase());
  if (expected === t.RightParenthesis && rule === 'conditionGroup' && /^[&|]$/.test(found.image))
    return replace(found, found.image.repeat(2));
  if (expected === t.Assign && found.image === '==') return replace(found, '=');
  if (rule === 'operandOrCall' && found.image === '=') return replace(found, '==');
  if (rule === 'foldedString' && found.tokenType === t.Identifier) {
    return { ...replace(found, `"${found.image}"`), help: 'put the word between quotes' };
  }
  if (rule === 'socketDefinition' && found.tokenType === t.StringToken && expected === t.Word) {
    return { ...replace(found, String(found.payload)), help: 'a socket stands without quotes' };
  }
  return otherOperator(found, previous);
}

/** Strings, numbers and variables. */
export function isValue({ tokenType }: IToken): boolean {
  return tokenType === t.StringToken || tokenType === t.NumberToken || tokenType === t.VariableToken;
}

function isPunctuation({ image }: IToken): boolean {
  return /^[^\w"'$]/.test(image);
}

/** Puts something right behind a token. */
export function insert(text: string, behind: IToken): Repair {
  const place = endOf(behind);
  const help = `put \`${text.trim()}\` behind what stands before`;
  return { help, fix: { span: { start: place, end: place }, text } };
}

export function replace(token: IToken, text: string): Repair {
  const span = { start: token.startOffset, end: endOf(token) };
  return { help: `did you mean \`${text}\`?`, fix: { span, text } };
}

function endOf({ startOffset, endOffset }: IToken): number {
  return (endOffset ?? startOffset) + 1;
}
