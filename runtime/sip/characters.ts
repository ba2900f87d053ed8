/** Classes of characters of RFC 3261 §25.1, as tables over the 256 characters of the host's texts. */

/** What makes a token (RFC 3261 §25.1 `token`). */
const tokenCharacter = /[A-Za-z0-9.!%*_+`'~-]/;

/** For each character its lower-case code where it may stand in a token, else 0. */
export const tokenLower: Uint8Array = Uint8Array.from({ length: 256 }, (_unused, code) => {
  const character = String.fromCharCode(code);
  return tokenCharacter.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/**
 * The offset behind what a sticky expression takes from `from` on; `from` where it takes nothing. V8 compiles expressions to
 * code that is several times as fast for each character as a loop over a string.
 */
export function behind(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** The first offset from `from` on (below `end`) that is not a token character. */
export function skipToken(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && tokenLower[text.charCodeAt(at)]) at++;
  return at;
}

/** Space, tab, CR or LF: inside one header's value CR and LF can only belong to a fold (RFC 3261 §7.3.1). */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

/** The first offset from `from` on (below `end`) that is no white space. */
export function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The end of text[from, end) without trailing white space. */
export function trimEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * The offset behind the quoted string that starts at `from` (its opening quote), or -1 where it never ends.
 * Backslash takes the next character with it (RFC 3261 §25.1 `quoted-pair`).
 */
export function skipQuoted(text: string, from: number, end: number): number {
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
  }
  return -1;
}

/** Joins folded lines: line ends with the white space around them become one space (RFC 3261 §7.3.1). */
export function unfold(text: string): string {
  let lineEnd = text.indexOf('\n');
  if (lineEnd < 0) return text;
  let unfolded = '';
  let start = 0;
  while (lineEnd >= 0) {
    unfolded += `${text.slice(start, trimEnd(text, start, lineEnd))} `;
    start = skipSpace(text, lineEnd, text.length);
    lineEnd = text.indexOf('\n', start);
  }
  return unfolded + text.slice(start);
}

/** The inside of a quoted string, its escapes resolved; other text as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || text.charCodeAt(0) !== 34 || text.charCodeAt(text.length - 1) !== 34) return text;
  const inside = text.slice(1, -1);
  return inside.indexOf('\\') < 0 ? inside : inside.replace(/\\([\s\S])/g, '$1');
}

/**
 * The number written by the digits text[from, end), or -1 where there is none, another character stands there or
 * it is above `largest`.
 */
export function readDigits(text: string, from: number, end: number, largest: number): number {
  if (from >= end) return -1;
  let value = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return -1;
    value = value * 10 + (code - 48);
    if (value > largest) return -1;
  }
  return value;
}
