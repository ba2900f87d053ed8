import { addAll, addRange, type ByteSet, emptySet, setOfRanges } from './byte-set.ts';
import { PatternError } from './pattern-tree.ts';

/** Bracket classes of POSIX in the C locale, as first and last of each run. */
const classes: Readonly<Record<string, string>> = {
  alnum: '09AZaz',
  alpha: 'AZaz',
  blank: '  \t\t',
  cntrl: '\0\x1f\x7f\x7f',
  digit: '09',
  graph: '\x21\x7e',
  lower: 'az',
  print: '\x20\x7e',
  punct: '\x21\x2f\x3a\x40\x5b\x60\x7b\x7e',
  space: '  \t\r',
  upper: 'AZ',
  xdigit: '09AFaf',
};

/** One member that was read: a character, which may begin or end a range, or a class. */
type Member = { readonly byte: number } | { readonly members: ByteSet };

interface Bracket {
  readonly negated: boolean;
  readonly members: ByteSet;
  /** Behind the closing bracket. */
  readonly end: number;
}

const unmatched = 'Unmatched [, [^, [:, [., or [=';

/**
 * Reads `[…]` from behind its opening bracket: a backslash is an ordinary character there, `]` too where it comes first.
 * `byteOf` gives the character that one of the pattern stands for. Errors: PatternError.
 */
export function readBracket(
  text: string,
  start: number,
  byteOf: (at: number) => number,
  ignoreCase: boolean,
): Bracket {
  const negated = text[start] === '^';
  const members = emptySet();
  const first = start + (negated ? 1 : 0);
  let at = first;

  const readMember = (): Member => {
    const [whole = '', sign, inside = ''] = /^\[([.=:])(.*?)\1\]/s.exec(text.slice(at, at + 32)) ?? [];
    if (sign === undefined) return { byte: byteOf(at++) };
    at += whole.length;
    if (sign === ':') return { members: classOf(inside, ignoreCase) };
    if (inside.length !== 1) throw new PatternError('Invalid collation character');
    return { byte: byteOf(at - 3) };
  };
  const isRange = () => text[at] === '-' && text[at + 1] !== ']';

  while (text[at] !== ']' || at === first) {
    if (at >= text.length) throw new PatternError(unmatched);
    const member = readMember();
    if (!isRange()) {
      addMember(members, member);
      continue;
    }
    at++;
    if (at >= text.length) throw new PatternError(unmatched);
    addRangeOf(members, member, readMember());
    if (isRange()) throw new PatternError('Invalid range end');
  }
  return { negated, members, end: at + 1 };
}

function classOf(name: string, ignoreCase: boolean): ByteSet {
  const known = ignoreCase && (name === 'lower' || name === 'upper') ? 'alpha' : name;
  const pairs = Object.hasOwn(classes, known) ? classes[known] : undefined;
  if (pairs === undefined) throw new PatternError('Invalid character class name');
  return setOfRanges(pairs);
}

function addMember(set: ByteSet, member: Member): void {
  if ('members' in member) addAll(set, member.members);
  else addRange(set, member.byte, member.byte);
}

function addRangeOf(set: ByteSet, from: Member, to: Member): void {
  if (!('byte' in from) || !('byte' in to) || from.byte > to.byte)
    throw new PatternError('Invalid range end');
  addRange(set, from.byte, to.byte);
}
