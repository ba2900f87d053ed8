import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, suggest, suggestions } from '../../grammar/findings/suggest.ts';

const names = [
  'log_level',
  'xlog_level',
  'listen',
  'debug',
  'mpath',
  'sl_send_reply',
  'send_reply',
  'rr',
  'tm',
];

for (const [wrong, meant] of [
  ['log_levle', 'log_level'],
  ['LOG_LEVEL', 'log_level'],
  ['listn', 'listen'],
  ['debgu', 'debug'],
  ['sl_send_repyl', 'sl_send_reply'],
  ['RR', 'rr'],
  ['rx', undefined],
  ['socket', undefined],
  ['', undefined],
] as const) {
  test(`did you mean: ${wrong || '(nothing)'} → ${meant ?? 'no suggestion'}`, () => {
    assert.equal(suggest(wrong, names), meant);
  });
}

test('a name never suggests itself, and each name comes once, nearest first', () => {
  assert.deepEqual(suggestions('log_level', ['log_level', 'xlog_level', 'xlog_level', 'log_leve']), [
    'log_leve',
    'xlog_level',
  ]);
});

test('a swap of neighbours is one edit', () => {
  assert.equal(editDistance('levle', 'level'), 1);
  assert.equal(editDistance('abc', ''), 3);
  assert.equal(editDistance('kitten', 'sitting'), 3);
});

test('the distance is symmetric, zero only for equal texts, and cut off one above the limit', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 5 }), (a, b, limit) => {
      const distance = editDistance(a, b);
      assert.equal(distance, editDistance(b, a));
      assert.equal(distance === 0, a === b);
      assert.equal(editDistance(a, b, limit), Math.min(distance, limit + 1));
    }),
  );
});
