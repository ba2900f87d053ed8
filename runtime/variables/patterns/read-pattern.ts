/** From the text of a POSIX extended regular expression to its tree, as glibc's regcomp reads it in the C locale. */

import { addRange, type ByteSet, byteCount, complement, emptySet, hasByte, setOfRanges } from './byte-set.ts';
import { type Assertion, PatternError, type PatternNode } from './pattern-tree.ts';
import { readBracket } from './read-bracket.ts';

export interface ReadOptions {
  /** REG_ICASE. */
  readonly ignoreCase: boolean;
  /** REG_NEWLINE: `.` and negated brackets do not take a line end; `^` and `$` also stand at line ends. */
  readonly byLine: boolean;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Round brackets inside each other; every one is a call deeper here and in the engines. */
const maxDepth = 200;

/** As in glibc (RE_DUP_MAX). */
const maxRepeat = 32_767;

const lineEnd = 0x0a;

const nothingToRepeat = 'Invalid preceding regular expression';

/** What GNU's library adds to POSIX behind a backslash. */
const assertions: Readonly<Record<string, Assertion>> = {
  b: 'word-edge',
  B: 'no-word-edge',
  '<': 'word-start',
  '>': 'word-end',
  '`': 'text-start',
  "'": 'text-end',
};
const shorthands: Readonly<Record<string, readonly [pairs: string, negated: boolean]>> = {
  w: ['09AZaz__', false],
  W: ['09AZaz__', true],
  s: ['  \t\r', false],
  S: ['  \t\r', true],
};

/** Errors: PatternError, with the words of regcomp where it refuses the pattern, too. */
export function readPattern(text: string, { ignoreCase, byLine }: ReadOptions): PatternNode {
  let at = 0;
  let depth = 0;
  let groupsClosed = 0;

  function readChoice(): PatternNode {
    const branches = [readSequence()];
    while (text[at] === '|') {
      at++;
      branches.push(readSequence());
    }
    const [only] = branches;
    return branches.length === 1 && only ? only : { kind: 'choice', branches };
  }

  function readSequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (at < text.length && text[at] !== '|' && !(text[at] === ')' && depth > 0)) {
      parts.push(readRepeated());
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'sequence', parts };
  }

  /** Doubled repetitions (`a**`, `a+?`) repeat the repetition. */
  function readRepeated(): PatternNode {
    let node = readAtom();
    for (let bounds = readBounds(); bounds; bounds = readBounds()) {
      if (node.kind === 'assertion') throw new PatternError(nothingToRepeat);
      node = { kind: 'repeat', body: node, ...bounds };
    }
    return node;
  }

  function readBounds(): Bounds | undefined {
    switch (text[at]) {
      case '*':
        at++;
        return { min: 0, max: Number.POSITIVE_INFINITY };
      case '+':
        at++;
        return { min: 1, max: Number.POSITIVE_INFINITY };
      case '?':
        at++;
        return { min: 0, max: 1 };
      case '{':
        return readInterval();
      default:
        return undefined;
    }
  }

  function readInterval(): Bounds {
    const found = /^\{(\d*)(?:(,)(\d*))?\}/.exec(text.slice(at, at + 64));
    if (!found) {
      throw new PatternError(text.includes('}', at) ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
    }
    const [whole, from = '', comma, to = ''] = found;
    if (from === '' && comma === undefined) throw new PatternError('Invalid content of \\{\\}');
    const min = Number(from);
    const max = comma === undefined ? min : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    if (min > max) throw new PatternError('Invalid content of \\{\\}');
    if (min > maxRepeat || (max > maxRepeat && max !== Number.POSITIVE_INFINITY)) {
      throw new PatternError('Regular expression too big');
    }
    at += whole.length;
    return { min, max };
  }

  function readAtom(): PatternNode {
    const character = text[at] ?? '';
    switch (character) {
      case '\\':
        return readEscape();
      case '[':
        return readSet();
      case '(':
        return readGroup();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new PatternError(nothingToRepeat);
      case '.':
        at++;
        return { kind: 'set', set: everything() };
      case '^':
        at++;
        return { kind: 'assertion', at: byLine ? 'line-start' : 'text-start' };
      case '$':
        at++;
        return { kind: 'assertion', at: byLine ? 'line-end' : 'text-end' };
      default:
        return literal(at++);
    }
  }

  function readGroup(): PatternNode {
    if (depth >= maxDepth) throw new PatternError(`more than ${maxDepth} round brackets inside each other`);
    depth++;
    at++;
    const body = readChoice();
    if (text[at] !== ')') throw new PatternError('Unmatched ( or \\(');
    at++;
    depth--;
    groupsClosed++;
    return { kind: 'group', body };
  }

  function readEscape(): PatternNode {
    const character = text[at + 1];
    if (character === undefined) throw new PatternError('Trailing backslash');
    at += 2;
    if (/[1-9]/.test(character)) throw backReference(Number(character) <= groupsClosed);
    const assertion = Object.hasOwn(assertions, character) ? assertions[character] : undefined;
    if (assertion) return { kind: 'assertion', at: assertion };
    const shorthand = Object.hasOwn(shorthands, character) ? shorthands[character] : undefined;
    if (!shorthand) return literal(at - 1);
    const [pairs, negated] = shorthand;
    return { kind: 'set', set: negated ? complement(setOfRanges(pairs)) : setOfRanges(pairs) };
  }

  function readSet(): PatternNode {
    const { negated, members, end } = readBracket(text, at + 1, byteAt, ignoreCase);
    at = end;
    const set = inBothCases(negated ? complement(members) : members);
    return { kind: 'set', set: negated && byLine ? without(set, lineEnd) : set };
  }

  function literal(place: number): PatternNode {
    const set = emptySet();
    const byte = byteAt(place);
    addRange(set, byte, byte);
    return { kind: 'set', set: inBothCases(set) };
  }

  /** The character at a place, as a capital where letter case is ignored: glibc compares capitals then. */
  function byteAt(place: number): number {
    const byte = text.charCodeAt(place);
    if (byte >= byteCount) throw new PatternError('a character that is more than a byte');
    return ignoreCase ? capital(byte) : byte;
  }

  /** A character is in the set where its capital is. */
  function inBothCases(set: ByteSet): ByteSet {
    if (!ignoreCase) return set;
    const folded = emptySet();
    for (let byte = 0; byte < byteCount; byte++) {
      if (hasByte(set, capital(byte))) addRange(folded, byte, byte);
    }
    return folded;
  }

  function everything(): ByteSet {
    const all = complement(emptySet());
    return byLine ? without(all, lineEnd) : all;
  }

  return readChoice();
}

function without(set: ByteSet, byte: number): ByteSet {
  const rest = emptySet();
  addRange(rest, byte, byte);
  return complement(rest).map((word, at) => word & (set[at] ?? 0));
}

/** In the C locale only the letters of ASCII have two cases. */
function capital(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
}

/** Deviation: glibc has back-references; no engine that has them keeps to linear time. */
function backReference(groupExists: boolean): PatternError {
  if (!groupExists) return new PatternError('Invalid back reference');
  return new PatternError('back-references (\\1) are not here: no engine that has them ends in linear time');
}
