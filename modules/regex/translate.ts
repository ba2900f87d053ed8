/** Which of PCRE's options hold (the parameters of the module, or letters of `(?i)` in a pattern). */
export interface PatternOptions {
  readonly caseless: boolean;
  readonly multiline: boolean;
  readonly dotall: boolean;
  readonly extended: boolean;
}

/** What PCRE has and no engine in linear time can have, by how it begins. Deviation: such patterns are refused. */
const impossible: readonly (readonly [start: RegExp, what: string])[] = [
  [/^\(\?<?[=!]/, 'a look-around'],
  [/^\(\?>/, 'an atomic group'],
  [/^\(\?[R&0-9+-]*\d*\)|^\(\?R\)/, 'a recursion'],
  [/^\(\?\(/, 'a condition'],
  [/^\\(?:[1-9]|g\{?-?\d|k[<{'])/, 'a back-reference'],
  [/^\\K/, '\\K'],
];

/** Escapes that the engine writes in another way. */
const escapes: Readonly<Record<string, string>> = {
  Z: '(?:\\n?\\z)',
  h: '[\\t ]',
  H: '[^\\t ]',
  v: '[\\n\\v\\f\\r]',
  V: '[^\\n\\v\\f\\r]',
  R: '(?:\\r\\n|[\\n\\v\\f\\r])',
  N: '[^\\n]',
  e: '\\x1b',
};

/**
 * A Perl-compatible pattern as re2js reads it. Errors: TypeError for what cannot be matched in time linear in the text,
 * with its name.
 */
export function translate(pattern: string, options: PatternOptions): string {
  let extended = options.extended;
  let multiline = options.multiline;
  let translated = flagsOf(options);
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at, at + 256);
    refuse(rest);
    const [piece = '', inline] =
      /^(?:\(\?([a-zA-Z]*(?:-[a-zA-Z]+)?)[):]|\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\[\s\S]|[^\]\\])*\]|[\s\S])/.exec(
        rest,
      ) ?? [pattern.charAt(at)];
    at += piece.length;
    if (inline !== undefined && /[mx]/.test(inline)) {
      extended = flag(inline, 'x', extended);
      multiline = flag(inline, 'm', multiline);
    }
    if (extended && piece === '#') at = endOfLine(pattern, at);
    else if (!(extended && /^\s$/.test(piece))) translated += translatePiece(piece, inline, multiline);
  }
  return translated;
}

function flagsOf({ caseless, multiline, dotall }: PatternOptions): string {
  const letters = `${caseless ? 'i' : ''}${multiline ? 'm' : ''}${dotall ? 's' : ''}`;
  return letters === '' ? '' : `(?${letters})`;
}

function refuse(rest: string): void {
  for (const [start, what] of impossible) {
    if (start.test(rest)) throw new TypeError(`${what} cannot be matched in time linear in the text`);
  }
}

/** Whether a letter is switched on or off by `i-m`. */
function flag(letters: string, letter: string, before: boolean): boolean {
  const [on = '', off = ''] = letters.split('-');
  if (off.includes(letter)) return false;
  return before || on.includes(letter);
}

function endOfLine(pattern: string, from: number): number {
  const end = pattern.indexOf('\n', from);
  return end < 0 ? pattern.length : end + 1;
}

/** `$` also stands in front of a line end that is the last character. */
function translatePiece(piece: string, inline: string | undefined, multiline: boolean): string {
  if (piece === '$' && !multiline) return '(?:\\n?\\z)';
  if (inline !== undefined)
    return piece
      .replace(/x/g, '')
      .replace(/^\(\?-?\)$/, '')
      .replace(/^\(\?-:/, '(?:');
  if (piece.startsWith('\\') && piece.length === 2) return escapes[piece.charAt(1)] ?? piece;
  return piece;
}
