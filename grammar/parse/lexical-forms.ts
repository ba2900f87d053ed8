import type { TokenType } from 'chevrotain';
import { Ipv4, Ipv6, symbols } from './tokens.ts';

// Patterns are sticky: whoever uses one sets its lastIndex right before. They find the end of a long form sooner than a
// loop over its characters does, which runs in V8's interpreter for most of a usual file.

const ipv4 = '(?:0|[1-9]\\d*)(?:\\.(?:0|[1-9]\\d*)){3}';
const group = '[0-9a-fA-F]{1,4}';
const ipv6 =
  `(?:${group}:){7}${group}|(?:${group}:){1,7}(?::${group}){1,7}` +
  `|:(?::${group}){1,7}|(?:${group}:){1,7}:|::`;
const ipv4Form = new RegExp(`(${ipv4})(/(?:${ipv4}|0|[1-9]\\d*))?`, 'y');
const ipv6Form = new RegExp(`(${ipv6})(/(?:${ipv6}|0|[1-9]\\d*))?`, 'y');
/** cfg.lex: EAT_ABLE, and line ends. */
export const blankForm = /[ \t\b\r\n]+/y;
/** cfg.lex: ALPHANUM. */
export const wordForm = /\w+/y;
/** What of a variable stands in front of its brackets. */
export const variableName = /[\w.]*/y;
/** What stands in front of a first dot or colon of an address that begins with a digit. */
export const addressStart = /\d+\.|[0-9a-fA-F]{1,4}:/y;
/** cfg.lex: HEXNUMBER, OCTNUMBER, NUMBER. */
export const numberForm = /0x[0-9a-fA-F]+|0[0-7]+|0|[1-9]\d*/y;
/** Words of cfg.lex that hold a character no other word does; the proxy ones are of 4.0. */
export const oddWordForm =
  /mem-group|read-only|msg:len|(?:(?:allow|ALLOW|send|SEND)[-_])?(?:proxy|PROXY)[-_](?:protocol|PROTOCOL)|(?:allow|ALLOW|send|SEND)-(?:proxy|PROXY)/y;
/** What such words begin with. */
export const oddWordStarts = new Set([
  'mem',
  'read',
  'msg',
  'allow',
  'ALLOW',
  'send',
  'SEND',
  'proxy',
  'PROXY',
]);
/** cfg.lex: COM_START, COM_END. */
export const commentMark = /\/\*|\*\//g;
/** A variable whose name holds what is an operator for OpenSIPS. */
export const wordOperator = /^\$[a-zA-Z0-9_.]*(?:and|not|or)/;
/** How a line that opens a string and forgets to close it usually ends. */
export const endOfStatement = /\)*\s*[;{]/;
/** A string on one line between quotes of a word processor, in UTF-8 or windows-1252. */
export const curlyString = /(\xe2\x80[\x9c-\x9f]|[\x93\x94])([^\n"]*?)(?:\xe2\x80[\x9c-\x9f]|[\x93\x94])/y;
/** The same for a bracket of a variable, in which braces may stand. */
export const endOfVariable = /\s*(?:;|\)\s*\{)/;

// What a byte may begin.
export const blank = 1;
export const letter = 2;
export const digit = 3;
export const symbol = 4;
export const quote = 5;

/** What each byte may begin; 0 where it begins nothing. */
export const kinds = (() => {
  const table = new Uint8Array(256);
  const mark = (characters: string, kind: number) => {
    for (const character of characters) table[character.charCodeAt(0)] = kind;
  };
  mark(' \t\b\r\n', blank);
  mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', letter);
  mark('0123456789', digit);
  for (const text of symbols.keys()) mark(text.charAt(0), symbol);
  mark('"\'', quote);
  return table;
})();

/** Symbols by their first, or first and second character. */
export const symbolsByCode = new Map<number, { readonly type: TokenType; readonly image: string }>(
  Array.from(symbols, ([image, type]) => [
    image.length === 1 ? image.charCodeAt(0) : (image.charCodeAt(0) << 8) | image.charCodeAt(1),
    { type, image },
  ]),
);

/** Addresses and networks; the second group is the mask. */
export const addressForms: readonly (readonly [RegExp, TokenType])[] = [
  [ipv4Form, Ipv4],
  [ipv6Form, Ipv6],
];

/** cfg.lex: ALPHANUM. */
export function isWordCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

/** Blanks, `;`, `,` and the first characters of operators; `:` in `:=` only. */
export function endsVariable(code: number, next: number): boolean {
  if (code === 58) return next === 61;
  return code < 127 && variableEnds[code] === 1;
}

const variableEnds = (() => {
  const table = new Uint8Array(128);
  for (const character of ' \t\r\n;,=+-*/%&|^~<>!') table[character.charCodeAt(0)] = 1;
  return table;
})();
