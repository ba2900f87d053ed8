import type { JsonNode } from './json-node.ts';

/** Objects and arrays inside each other, as json-c has it. */
const maxDepth = 32;

export class JsonError extends Error {}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads the JSON value at the beginning of a text of one character a byte (RFC 8259); what follows it is not looked at,
 * as json-c does not. It also takes what json-c takes beside: comments, a comma behind the last element, words in any
 * case. Errors: JsonError.
 */
export function parseJson(text: string): JsonNode {
  let at = 0;

  function fail(what: string): never {
    throw new JsonError(`${what} at character ${at}`);
  }

  function skipSpace(): void {
    const space = /(?:[ \t\r\n\v\f]+|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n]*)*/y;
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
  }

  function readValue(depth: number): JsonNode {
    skipSpace();
    switch (text[at]) {
      case '{':
        return readObject(depth + 1);
      case '[':
        return readArray(depth + 1);
      case '"':
      case "'":
        return { kind: 'string', text: readString() };
      default:
        return readScalar();
    }
  }

  function readObject(depth: number): JsonNode {
    const members = new Map<string, JsonNode>();
    for (let first = true; !readEnd('}', first, depth); first = false) {
      if (text[at] !== '"' && text[at] !== "'") fail('object property name separator or name expected');
      const name = readString();
      skipSpace();
      if (text[at] !== ':') fail('object property name separator or name expected');
      at++;
      members.set(name, readValue(depth));
    }
    return { kind: 'object', members };
  }

  function readArray(depth: number): JsonNode {
    const items: JsonNode[] = [];
    for (let first = true; !readEnd(']', first, depth); first = false) items.push(readValue(depth));
    return { kind: 'array', items };
  }

  /** Reads up to the next element, or the end of all; true at the end. */
  function readEnd(bracket: string, first: boolean, depth: number): boolean {
    if (depth > maxDepth) fail('nesting too deep');
    if (first) at++;
    skipSpace();
    if (!first && text[at] !== bracket) {
      if (text[at] !== ',') fail('value separator expected');
      at++;
      skipSpace();
    }
    if (text[at] !== bracket) return false;
    at++;
    return true;
  }

  function readString(): string {
    const quote = text[at];
    at++;
    let value = '';
    for (;;) {
      const plain = quote === '"' ? /[^"\\]*/y : /[^'\\]*/y;
      plain.lastIndex = at;
      const run = plain.exec(text)?.[0] ?? '';
      value += run;
      at += run.length;
      if (at >= text.length) fail('unexpected end of data');
      if (text[at] === quote) {
        at++;
        return value;
      }
      value += readEscape();
    }
  }

  function readEscape(): string {
    const mark = text[at + 1] ?? '';
    if (mark === 'u') return readCodePoint();
    const plain = Object.hasOwn(escapes, mark) ? escapes[mark] : undefined;
    if (plain === undefined) fail('invalid string sequence');
    at += 2;
    return plain;
  }

  /** `\uD83D\uDE00` is one character; half of one becomes U+FFFD. */
  function readCodePoint(): string {
    const found = /\\u([0-9a-fA-F]{4})/y;
    const readUnit = (): number | undefined => {
      found.lastIndex = at;
      const digits = found.exec(text)?.[1];
      if (digits !== undefined) at += 6;
      return digits === undefined ? undefined : Number.parseInt(digits, 16);
    };
    const high = readUnit();
    if (high === undefined) fail('invalid string sequence');
    const isHigh = high >= 0xd800 && high < 0xdc00;
    const behind = at;
    const low = isHigh ? readUnit() : undefined;
    if (low !== undefined && (low < 0xdc00 || low > 0xdfff)) at = behind;
    const pair =
      low !== undefined && at !== behind ? String.fromCharCode(high, low) : String.fromCharCode(high);
    return Buffer.from(pair, 'utf8').toString('latin1');
  }

  function readScalar(): JsonNode {
    const scalar = /-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|true|false|null|-?Infinity|NaN/iy;
    scalar.lastIndex = at;
    const found = scalar.exec(text)?.[0];
    if (found === undefined) fail(at >= text.length ? 'unexpected end of data' : 'unexpected character');
    at += found.length;
    switch (found.toLowerCase()) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      default:
        return { kind: 'number', text: found };
    }
  }

  return readValue(0);
}
