import { byteCount, rangesOf } from './byte-set.ts';
import { type Assertion, PatternError, type PatternNode } from './pattern-tree.ts';

/** How an engine writes what the two write differently; undefined where it cannot. */
type Dialect = Readonly<Record<Assertion, string | undefined>>;

export const javaScript: Dialect = {
  'text-start': '^',
  'text-end': '$',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  'word-edge': '\\b',
  'no-word-edge': '\\B',
  'word-start': '\\b(?=\\w)',
  'word-end': '\\b(?<=\\w)',
};

export const re2: Dialect = {
  'text-start': '\\A',
  'text-end': '\\z',
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
  'word-edge': '\\b',
  'no-word-edge': '\\B',
  'word-start': undefined,
  'word-end': undefined,
};

/** Errors: PatternError for what the engine has no form for. */
export function printPattern(node: PatternNode, dialect: Dialect): string {
  switch (node.kind) {
    case 'set':
      return printSet(rangesOf(node.set));
    case 'assertion':
      return printAssertion(node.at, dialect);
    case 'group':
      return `(${printPattern(node.body, dialect)})`;
    case 'sequence':
      return node.parts.map((part) => printPart(part, dialect)).join('');
    case 'choice':
      return node.branches.map((branch) => printPattern(branch, dialect)).join('|');
    case 'repeat':
      return printRepeat(node.body, node.min, node.max, dialect);
  }
}

function printPart(node: PatternNode, dialect: Dialect): string {
  const text = printPattern(node, dialect);
  return node.kind === 'choice' ? `(?:${text})` : text;
}

function printRepeat(body: PatternNode, min: number, max: number, dialect: Dialect): string {
  const text = printPattern(body, dialect);
  const whole = body.kind === 'set' || body.kind === 'group' ? text : `(?:${text})`;
  return `${whole}${printBounds(min, max)}`;
}

function printBounds(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function printAssertion(at: Assertion, dialect: Dialect): string {
  const text = dialect[at];
  if (text !== undefined) return text;
  throw new PatternError(`\\< and \\> cannot stand in a pattern that may be matched in several ways`);
}

function printSet(ranges: readonly (readonly [from: number, to: number])[]): string {
  const [first] = ranges;
  if (first === undefined) return '[^\\x00-\\xff]';
  const [from, to] = first;
  if (ranges.length === 1 && from === to) return printByte(from);
  if (from === 0 && to === byteCount - 1) return '[\\x00-\\xff]';
  return `[${ranges.map(printRange).join('')}]`;
}

function printRange([from, to]: readonly [from: number, to: number]): string {
  return from === to ? printByte(from) : `${printByte(from)}-${printByte(to)}`;
}

function printByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
}
