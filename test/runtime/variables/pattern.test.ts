/** POSIX extended regular expressions (IEEE 1003.1 §9.4); expectations of the tables are what glibc 2.36 answers. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { functionPattern } from '../../../runtime/module-host.ts';
import { compilePattern, maxPatternLength, PatternError } from '../../../runtime/variables/pattern.ts';
import { hasOneWay } from '../../../runtime/variables/patterns/ambiguity.ts';
import { backtrackingFind, linearFind } from '../../../runtime/variables/patterns/engines.ts';
import { readPattern } from '../../../runtime/variables/patterns/read-pattern.ts';

type Row = readonly [pattern: string, text: string, wanted: string];

/** Start and end of the match, or `no`. */
function place(pattern: string, text: string, flags: { ignoreCase?: boolean; byLine?: boolean }): string {
  const found = compilePattern(pattern, { ignoreCase: false, ...flags }).find(text);
  return found ? `${found.start}-${found.end}` : 'no';
}

function table(title: string, flags: { ignoreCase?: boolean; byLine?: boolean }, rows: readonly Row[]): void {
  describe(title, () => {
    for (const [pattern, text, wanted] of rows) {
      test(`${pattern} on ${JSON.stringify(text)}: ${wanted}`, () => {
        assert.equal(place(pattern, text, flags), wanted);
        assert.equal(compilePattern(pattern, { ignoreCase: false, ...flags }).test(text), wanted !== 'no');
      });
    }
  });
}

table('what a pattern matches', {}, [
  ['^[[:digit:]]{3,}$', '12345', '0-5'],
  ['^[[:digit:]]{3,}$', '12', 'no'],
  ['[[:alnum:]_]', '-_-', '1-2'],
  ['[^[:space:]]', ' \t', 'no'],
  ['[[:punct:]]', 'a!b', '1-2'],
  ['[[:xdigit:]]+z', '0fz', '0-3'],
  ['a.c', 'a\nc', '0-3'],
  ['[a\\]', '\\', '0-1'],
  ['[]-a]', '^', '0-1'],
  ['[^]a]', 'b', '0-1'],
  ['[--/]', '.', '0-1'],
  ['[a-c-]', '-', '0-1'],
  ['[[.a.]-c]', 'b', '0-1'],
  ['[[=a=]]', 'a', '0-1'],
  ['\\.', 'a', 'no'],
  ['a/b', 'a/b', '0-3'],
  ['^\\+[1-9]', '+49', '0-2'],
  ['(ab){2}', 'abab', '0-4'],
  ['x|^$', '', '0-0'],
  ['\xe9', '\xe9', '0-1'],
  ['\\bfoo\\b', 'a foo b', '2-5'],
  ['\\<foo', 'a foo', '2-5'],
  ['\\<foo\\>', 'food foo', '5-8'],
  ['foo\\>', 'foo_ foo', '5-8'],
  ['\\s', 'a b', '1-2'],
  ['\\d', 'd', '0-1'],
  ['\\n', 'n', '0-1'],
  ['$', '', '0-0'],
  ['a^b', 'a^b', 'no'],
  ['a$b', 'a$b', 'no'],
  ['(^a|b)c', 'bc', '0-2'],
  [')', 'a)', '1-2'],
  ['a)', 'a)', '0-2'],
  [']', ']', '0-1'],
  ['}', '}', '0-1'],
  ['a{1}}', 'a}', '0-2'],
  ['a{,3}', 'aaaa', '0-3'],
  ['a{,}', 'a', '0-1'],
  ['x{0}', 'x', '0-0'],
  ['a{2}{3}', 'aaaaaa', '0-6'],
  ['a+?', 'aa', '0-2'],
  ['a|', 'b', '0-0'],
  ['()', 'x', '0-0'],
  ['(a*)+', 'b', '0-0'],
]);

table('the longest of the leftmost matches', {}, [
  ['a|ab|abc', 'xabcd', '1-4'],
  ['(a|ab)(c|bcd)(d*)', 'abcd', '0-4'],
  ['(a*|b)', 'b', '0-1'],
  ['(|a)', 'a', '0-1'],
  ['(ab|a)(bc)?', 'abc', '0-3'],
  ['sip|sips', 'sips:', '0-4'],
  ['x*', 'aaa', '0-0'],
  ['(a*)(ab)*(b*)', 'abb', '0-3'],
  ['.*@|.*;', 'a@b;c', '0-4'],
]);

table('any case: the letters of ASCII alone', { ignoreCase: true }, [
  ['abc', 'ABC', '0-3'],
  ['[^A]', 'a', 'no'],
  ['[a-C]', 'B', '0-1'],
  ['[@-[]', 'a', '0-1'],
  ['[[:upper:]]', 'a', '0-1'],
  ['[^[:lower:]]', 'A', 'no'],
  ['\xe9', '\xc9', 'no'],
]);

table('by line (REG_NEWLINE)', { byLine: true }, [
  ['^a', 'b\na', '2-3'],
  ['a$', 'a\nb', '0-1'],
  ['a.b', 'a\nb', 'no'],
  ['a[^x]b', 'a\nb', 'no'],
  ['a[[:space:]]b', 'a\nb', '0-3'],
  ['a\\Wb', 'a\nb', '0-3'],
  ['^b', 'a\rb', 'no'],
]);

describe('what regcomp refuses', () => {
  const rows = [
    ['{', 'Invalid preceding regular expression'],
    ['*', 'Invalid preceding regular expression'],
    ['(*a)', 'Invalid preceding regular expression'],
    ['a|*b', 'Invalid preceding regular expression'],
    ['^*', 'Invalid preceding regular expression'],
    ['a$*', 'Invalid preceding regular expression'],
    ['\\b*', 'Invalid preceding regular expression'],
    ['(?:a)', 'Invalid preceding regular expression'],
    ['(', 'Unmatched ( or \\('],
    ['[', 'Unmatched [, [^, [:, [., or [='],
    ['[a', 'Unmatched [, [^, [:, [., or [='],
    ['[[:alpha:]', 'Unmatched [, [^, [:, [., or [='],
    ['[[:nosuch:]]', 'Invalid character class name'],
    ['[[.hyphen.]]', 'Invalid collation character'],
    ['[z-a]', 'Invalid range end'],
    ['[a-c-e]', 'Invalid range end'],
    ['[a-\\d]', 'Invalid range end'],
    ['a\\', 'Trailing backslash'],
    ['a{2', 'Unmatched \\{'],
    ['a{3,1}', 'Invalid content of \\{\\}'],
    ['a{1 }', 'Invalid content of \\{\\}'],
    ['a{99999}', 'Regular expression too big'],
    ['\\1', 'Invalid back reference'],
  ] as const;
  for (const [pattern, message] of rows) {
    test(`${pattern}: ${message}`, () => {
      assert.throws(() => compilePattern(pattern, { ignoreCase: false }), {
        code: 'PATTERN_UNUSABLE',
        message,
      });
    });
  }
});

describe('what is refused here alone', () => {
  const rows = [
    ['a back-reference', '(a)\\1', /back-references/],
    ['a pattern beyond the limit', 'a'.repeat(maxPatternLength + 1), /longer than 4096 characters/],
    ['brackets too deep', `${'('.repeat(201)}${')'.repeat(201)}`, /200 round brackets/],
    ['more repetitions than the library has', '(a|ab){2000}', /invalid repeat count/],
    ['a word edge in a pattern with several ways', '(a|ab)+\\<b', /\\< and \\> cannot stand/],
    ['the end of a word in a pattern with several ways', '(a|ab)+\\>', /\\< and \\> cannot stand/],
  ] as const;
  for (const [title, pattern, message] of rows) {
    test(title, () =>
      assert.throws(() => compilePattern(pattern, { ignoreCase: false, places: true }), message),
    );
  }
});

/** Each takes an engine that tries one way after the other minutes at least, most of them longer than the world is old. */
describe('patterns and texts that were made to take long', { timeout: 60_000 }, () => {
  const long = 50_000;
  const rows = [
    ['^(a+)+$', `${'a'.repeat(long)}!`, false],
    ['(a|a)*b', 'a'.repeat(long), false],
    ['(a|ab|b)*c', 'ab'.repeat(long / 2), false],
    ['(.*)(.*)(.*)(.*)(.*)x', 'a'.repeat(long), false],
    ['^.*@.*@.*@.*x$', '@'.repeat(long), false],
    ['[0-9]+[a-z]+!', '1'.repeat(long), false],
    ['(x+x+)+y', 'x'.repeat(long), false],
    ['^([a-z]+[.])*[a-z]+@', `${'a.'.repeat(long / 2)}a`, false],
    ['a.*b.*c.*d', `${'abc'.repeat(long / 3)}d`, true],
  ] as const;
  for (const [pattern, text, wanted] of rows) {
    test(pattern, () => {
      const compiled = compilePattern(pattern, { ignoreCase: true, places: true });
      assert.equal(compiled.test(text), wanted);
      assert.equal(compiled.find(text) !== undefined, wanted);
    });
  }
});

test('what functions take is any case and by line (fixup_regex)', () => {
  assert.equal(functionPattern('^b$')('a\nB\nc'), true);
});

test('find goes on behind a place and still knows what stands in front of it', () => {
  const pattern = compilePattern('^a|b', { ignoreCase: false });
  assert.deepEqual(pattern.find('aab', 1), { start: 2, end: 3, groups: pattern.find('aab', 1)?.groups });
});

test('groups: what each pair of brackets held last, undefined where it took no part', () => {
  for (const [pattern, text, groups] of [
    ['^([a-z]+):([0-9]+)?@', 'sip:@', ['sip:@', 'sip', undefined]],
    ['(a|b)+', 'abab', ['abab', 'b']],
    ['(sip|sips):(.*)@', 'sips:a@b', ['sips:a@', 'sips', 'a']],
  ] as const) {
    const found = compilePattern(pattern, { ignoreCase: false }).find(text);
    assert.deepEqual([...(found?.groups ?? [])], groups);
  }
});

const alphabet = fc.constantFrom(...'aab1-^$.*+?()[]{},|\\:=/&<>wd'.split(''));
const anyPattern = fc.string({ unit: alphabet, maxLength: 12 });

test('any text is a pattern or a PatternError, and never anything else', () => {
  fc.assert(
    fc.property(anyPattern, (pattern) => {
      try {
        compilePattern(pattern, { ignoreCase: true, places: true }).test('ab1');
      } catch (error) {
        assert.ok(error instanceof PatternError, `${pattern}: ${error}`);
      }
    }),
    { numRuns: 3000 },
  );
});

const pieces = fc.constantFrom(
  ...['a', 'b', 'c', '.', '(a', '(', ')', ')*', '|', '*', '+', '?', '{2}', '{1,2}', '^', '$', '[ab]', '[^a]'],
);
const likelyPattern = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''));
const subject = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n'), maxLength: 8 });

test('both engines find the same places of a pattern that is trusted to V8', () => {
  let compared = 0;
  fc.assert(
    fc.property(likelyPattern, subject, (pattern, text) => {
      const tree = treeOf(pattern);
      if (!tree || !hasOneWay(tree)) return;
      compared++;
      const [one, other] = [backtrackingFind(tree)(text, 0), linearFind(tree)(text, 0)];
      assert.deepEqual([one?.start, one?.end], [other?.start, other?.end]);
    }),
    { numRuns: 5000 },
  );
  assert.ok(compared > 100);
});

test('a test answers as a search, though it leaves out what may be empty', () => {
  fc.assert(
    fc.property(likelyPattern, subject, (pattern, text) => {
      if (!treeOf(pattern)) return;
      const compiled = compilePattern(pattern, { ignoreCase: false });
      assert.equal(compiled.test(text), compiled.find(text) !== undefined);
    }),
    { numRuns: 5000 },
  );
});

function treeOf(pattern: string): ReturnType<typeof readPattern> | undefined {
  try {
    return readPattern(pattern, { ignoreCase: false, byLine: false });
  } catch {
    return undefined;
  }
}
