/** POSIX extended regular expressions (IEEE 1003.1 §9.4) on JavaScript's engine. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern, maxPatternLength, PatternError } from '../../../runtime/variables/pattern.ts';

const matches: readonly (readonly [pattern: string, text: string, wanted: boolean])[] = [
  ['^[[:digit:]]{3,}$', '12345', true],
  ['^[[:digit:]]{3,}$', '12', false],
  ['[[:alnum:]_]', '-_-', true],
  ['[^[:space:]]', ' \t', false],
  ['[[:punct:]]', 'a!b', true],
  ['[[:xdigit:]]+z', '0fz', true],
  ['a.c', 'a\nc', true],
  ['[a\\]', '\\', true],
  ['[]-a]', '^', true],
  ['\\.', 'a', false],
  ['a/b', 'a/b', true],
  ['^\\+[1-9]', '+49', true],
  ['(ab){2}', 'abab', true],
  ['x|^$', '', true],
  ['[é]', 'é', true],
  ['[[=a=]]', 'a', true],
  ['\\bfoo\\b', 'a foo b', true],
  ['\\s', 'a b', true],
  ['$', '', true],
  ['a^b', 'a^b', false],
];

for (const [pattern, text, wanted] of matches) {
  test(`${pattern} on ${JSON.stringify(text)}: ${wanted}`, () => {
    assert.equal(compilePattern(pattern, { ignoreCase: true }).test(text), wanted);
  });
}

const broken = [
  '{',
  '(',
  ')',
  '[',
  '[a',
  '[[:nosuch:]]',
  'a\\',
  'a{2',
  'a{3,1}',
  '*',
  '(*a)',
  '\\1',
  '[z-a]',
  'a{99999}',
];

for (const pattern of broken) {
  test(`regcomp refuses ${pattern}`, () => {
    assert.throws(() => compilePattern(pattern, { ignoreCase: true }), { code: 'PATTERN_UNUSABLE' });
  });
}

test('letter case counts where it is not ignored', () => {
  assert.equal(compilePattern('abc', { ignoreCase: false }).test('ABC'), false);
});

test('a pattern beyond the limit is refused', () => {
  assert.throws(() => compilePattern('a'.repeat(maxPatternLength + 1), { ignoreCase: true }), PatternError);
});

test('any text is a pattern or a PatternError, and never anything else', () => {
  const alphabet = fc.constantFrom(...'ab1-^$.*+?()[]{},|\\:=/&<>wd'.split(''));
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (pattern) => {
      try {
        compilePattern(pattern, { ignoreCase: true }).test('ab1');
      } catch (error) {
        assert.ok(error instanceof PatternError, `${pattern}: ${error}`);
      }
    }),
    { numRuns: 3000 },
  );
});
