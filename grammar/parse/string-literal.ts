/** Where a string literal ends, and what it holds. */
interface ScannedString {
  /** Offset after the closing quote. */
  readonly end: number;
  readonly value: string;
  /** A character 0 was written; OpenSIPS ends the value there, and so does `value`. */
  readonly holdsNul: boolean;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  a: '\x07',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '\n': '',
};

const escapeForm = /\\(?:x[0-9a-fA-F]{1,2}|[0-7]{2,3}|[nrat"\\\n])/g;

/**
 * Reads the string literal that starts at a quote. Between double quotes `\n \r \a \t \" \\`, `\xHH`, two or three
 * octal digits and an escaped line end are resolved; every other backslash stays, and so do all between single
 * quotes (cfg.lex: STRING1, STRING2). `undefined` where the closing quote is missing.
 */
export function scanString(text: string, start: number): ScannedString | undefined {
  return text.charAt(start) === '"' ? scanDoubleQuoted(text, start) : scanSingleQuoted(text, start);
}

function scanSingleQuoted(text: string, start: number): ScannedString | undefined {
  const close = text.indexOf("'", start + 1);
  if (close < 0) return undefined;
  return cutAtNul(text.slice(start + 1, close), close + 1);
}

function scanDoubleQuoted(text: string, start: number): ScannedString | undefined {
  let close = text.indexOf('"', start + 1);
  if (close < 0) return undefined;
  const plain = text.slice(start + 1, close);
  if (!plain.includes('\\')) return cutAtNul(plain, close + 1);
  let at = nextBackslash(text, start + 1, close);
  while (at >= 0 && at < close) {
    const next = text.charAt(at + 1);
    at += next === '"' || next === '\\' ? 2 : 1;
    if (at > close) close = text.indexOf('"', at);
    if (close < 0) return undefined;
    at = nextBackslash(text, at, close);
  }
  return cutAtNul(resolveEscapes(text.slice(start + 1, close)), close + 1);
}

function nextBackslash(text: string, from: number, before: number): number {
  for (let at = from; at < before; at += 1) if (text.charCodeAt(at) === 92) return at;
  return -1;
}

function cutAtNul(value: string, end: number): ScannedString {
  const nul = value.indexOf('\0');
  return nul < 0 ? { end, value, holdsNul: false } : { end, value: value.slice(0, nul), holdsNul: true };
}

function resolveEscapes(raw: string): string {
  return raw.replace(escapeForm, resolveEscape);
}

function resolveEscape(written: string): string {
  const simple = simpleEscapes[written.slice(1)];
  if (simple !== undefined) return simple;
  const code = written.charAt(1) === 'x' ? Number.parseInt(written.slice(2), 16) : octal(written);
  return String.fromCharCode(code & 0xff);
}

function octal(written: string): number {
  return Number.parseInt(written.slice(1), 8);
}

/**
 * The offset in a text of every character of a literal's value; the last entry is that of the closing quote.
 * So a place inside a value is traced back to the characters that were written.
 */
export function valueOffsets(text: string, start: number): number[] {
  const scanned = scanString(text, start);
  const close = (scanned?.end ?? text.length) - 1;
  const offsets: number[] = [];
  if (text.charAt(start) === "'") {
    for (let at = start + 1; at <= close; at += 1) offsets.push(at);
    return offsets;
  }
  const raw = text.slice(start + 1, close);
  let done = 0;
  for (const match of raw.matchAll(escapeForm)) {
    for (let at = done; at < match.index; at += 1) offsets.push(start + 1 + at);
    if (resolveEscape(match[0]) !== '') offsets.push(start + 1 + match.index);
    done = match.index + match[0].length;
  }
  for (let at = done; at <= raw.length; at += 1) offsets.push(start + 1 + at);
  return offsets;
}

const written: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value as a literal on one line that reads back to the same value. Bytes above 127 stay as they are. */
export function quoteString(value: string): string {
  return `"${value.replace(/["\\]|[\0-\x1f]/g, quoteCharacter)}"`;
}

function quoteCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return written[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
