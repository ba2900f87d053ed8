/** POSIX extended regular expressions (as regcomp reads them) on JavaScript's engine. */

/** A pattern that POSIX refuses, or that has no counterpart here. */
export class PatternError extends Error {
  readonly code = 'PATTERN_UNUSABLE';
}

export interface Pattern {
  test(text: string): boolean;
  readonly expression: RegExp;
}

interface PatternOptions {
  readonly ignoreCase: boolean;
  /** `.` and brackets do not match a line end, `^` and `$` also stand at line ends (REG_NEWLINE). */
  readonly byLine?: boolean;
  /** All matches, for substitutions. */
  readonly global?: boolean;
}

/** The longest pattern that is taken. */
export const maxPatternLength = 4096;

/** Bracket classes of POSIX in the C locale, as the inside of a JavaScript class. */
const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\0-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: ' \\t-\\r',
  upper: 'A-Z',
  xdigit: 'A-Fa-f0-9',
};

/** What GNU's library adds to POSIX behind a backslash; they mean the same in JavaScript, or are given here. */
const gnuEscapes: Readonly<Record<string, string>> = {
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  s: '[ \\t-\\r]',
  S: '[^ \\t-\\r]',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=[A-Za-z0-9_])',
  '>': '\\b(?<=[A-Za-z0-9_])',
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
};

/** Errors: PatternError. */
export function compilePattern(text: string, options: PatternOptions): Pattern {
  if (text.length > maxPatternLength) throw new PatternError(`longer than ${maxPatternLength} characters`);
  const flags = `${options.ignoreCase ? 'i' : ''}${options.byLine ? 'm' : ''}${options.global ? 'g' : ''}`;
  const source = translate(text, options.byLine ?? false);
  try {
    const expression = new RegExp(source, flags);
    return {
      expression,
      test(subject) {
        expression.lastIndex = 0;
        return expression.test(subject);
      },
    };
  } catch (error) {
    throw new PatternError(error instanceof Error ? error.message : String(error));
  }
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  groups: number;
  /** Something stands before, so that a repetition may follow. */
  repeatable: boolean;
}

function translate(text: string, byLine: boolean): string {
  const reader: Reader = { text, at: 0, depth: 0, groups: 0, repeatable: false };
  const anything = byLine ? '[^\\n]' : '[\\s\\S]';
  let source = '';
  while (reader.at < text.length) source += translateOne(reader, anything);
  if (reader.depth > 0) throw new PatternError('Unmatched ( or \\(');
  return source;
}

function translateOne(reader: Reader, anything: string): string {
  const { text } = reader;
  const character = text[reader.at] ?? '';
  reader.at++;
  switch (character) {
    case '\\':
      return translateEscape(reader);
    case '[':
      reader.repeatable = true;
      return translateBracket(reader);
    case '.':
      reader.repeatable = true;
      return anything;
    case '(':
      reader.depth++;
      reader.groups++;
      reader.repeatable = false;
      return '(';
    case ')':
      return translateClose(reader);
    case '|':
    case '^':
      reader.repeatable = false;
      return character;
    case '$':
      reader.repeatable = true;
      return '$';
    case '*':
    case '+':
    case '?':
      return translateRepetition(reader, character);
    case '{':
      return translateBounds(reader);
    default:
      reader.repeatable = true;
      return quote(character);
  }
}

function quote(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}

function translateEscape(reader: Reader): string {
  const character = reader.text[reader.at];
  if (character === undefined) throw new PatternError('Trailing backslash');
  reader.at++;
  reader.repeatable = true;
  if (/[1-9]/.test(character)) {
    if (Number(character) > reader.groups) throw new PatternError('Invalid back reference');
    return `(?:\\${character})`;
  }
  return gnuEscapes[character] ?? quote(character);
}

/** An unmatched `)` is an error of POSIX. */
function translateClose(reader: Reader): string {
  if (reader.depth === 0) throw new PatternError('Unmatched ) or \\)');
  reader.depth--;
  reader.repeatable = true;
  return ')';
}

/** Doubled repetitions (`a**`, `a+?`) repeat the repetition; one with nothing before it is an error. */
function translateRepetition(reader: Reader, sign: string): string {
  if (!reader.repeatable) throw new PatternError('Invalid preceding regular expression');
  let all = sign;
  while (/[*+?]/.test(reader.text[reader.at] ?? '')) {
    all += reader.text[reader.at];
    reader.at++;
  }
  if (/^\++$/.test(all)) return '+';
  return /^\?+$/.test(all) ? '?' : '*';
}

function translateBounds(reader: Reader): string {
  const found = /^(\d*)(,?)(\d*)\}/.exec(reader.text.slice(reader.at));
  if (!reader.repeatable) throw new PatternError('Invalid preceding regular expression');
  if (!found || (found[1] === '' && found[3] === '')) throw new PatternError('Invalid content of \\{\\}');
  const [whole, from = '', comma = '', to = ''] = found;
  const low = from === '' ? 0 : Number(from);
  const high = to === '' ? (comma === '' ? low : Number.POSITIVE_INFINITY) : Number(to);
  if (low > high || low > 32_767 || (to !== '' && high > 32_767))
    throw new PatternError('Invalid content of \\{\\}');
  reader.at += whole.length;
  return `{${low}${comma === '' ? '' : ','}${to}}`;
}

/** `[…]`: a backslash is an ordinary character there, `]` too where it comes first. */
function translateBracket(reader: Reader): string {
  const { text } = reader;
  const negated = text[reader.at] === '^';
  if (negated) reader.at++;
  let inside = '';
  let first = true;
  for (;;) {
    const character = text[reader.at];
    if (character === undefined) throw new PatternError('Unmatched [, [^, [:, [., or [=');
    if (character === ']' && !first) break;
    first = false;
    inside += translateMember(reader);
  }
  reader.at++;
  return `[${negated ? '^' : ''}${inside}]`;
}

function translateMember(reader: Reader): string {
  const { text } = reader;
  const named = /^\[:([a-z]+):\]/.exec(text.slice(reader.at));
  if (named) {
    const members = classes[named[1] ?? ''];
    if (!members) throw new PatternError('Invalid character class name');
    reader.at += named[0].length;
    return members;
  }
  const from = readMember(reader);
  if (text[reader.at] !== '-' || text[reader.at + 1] === ']' || text[reader.at + 1] === undefined) {
    return quoteMember(from);
  }
  reader.at++;
  const to = readMember(reader);
  if (from > to) throw new PatternError('Invalid range end');
  return `${quoteMember(from)}-${quoteMember(to)}`;
}

/** A character, or `[.x.]` / `[=x=]` for one. */
function readMember(reader: Reader): string {
  const wrapped = /^\[([.=])(.)\1\]/.exec(reader.text.slice(reader.at));
  const character = wrapped ? (wrapped[2] ?? '') : (reader.text[reader.at] ?? '');
  reader.at += wrapped ? wrapped[0].length : 1;
  return character;
}

function quoteMember(character: string): string {
  return /[\\\]^[-]/.test(character) ? `\\${character}` : character;
}
