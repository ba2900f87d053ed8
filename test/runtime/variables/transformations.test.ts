/** Every transformation takes every text: it gives a text, an integer of 32 bits or NULL, and never throws. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createCoreTransformations } from '../../../runtime/variables/transformations.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replace(/[^\0-\xff]/g, '?')),
  fc.string({ unit: fc.constantFrom(...'ab;=,"<>@:%/[]{}.0 1'.split('')), maxLength: 20 }),
  fc.constantFrom(
    'sip:a:b@c:5;x=1;lr?h=i',
    '"A" <sip:b@c>;tag=d, <sip:e>',
    'SIP/2.0/UDP h:1;branch=z',
    'a,"b""c",d',
    '10.0.0.1',
  ),
);
const argument = fc.oneof(fc.integer({ min: -50, max: 50 }), text, fc.constant(null));

for (const [name, entry] of createCoreTransformations()) {
  test(`{${name}} takes anything`, () => {
    fc.assert(
      fc.property(
        fc.oneof(text, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        fc.array(argument, { maxLength: 3 }),
        (value, args) => {
          const result = entry.apply(value, args);
          if (typeof result === 'number') assert.equal(result, result | 0);
          else if (result !== null) assert.ok(typeof result === 'string' && !/[^\0-\xff]/.test(result));
        },
      ),
      { numRuns: 150 },
    );
  });

  test(`{${name}} leaves NULL alone`, () => {
    assert.equal(entry.apply(null, ['1', '2']), null);
  });
}

test('a substitution that cannot be read is refused when it is constant', () => {
  const subst = createCoreTransformations().get('re.subst');
  assert.throws(() => subst?.prepare?.(['/a/b']), /missing separator: \/a\/b/);
  assert.throws(() => subst?.prepare?.(['/(/b/']), { code: 'PATTERN_UNUSABLE' });
});
