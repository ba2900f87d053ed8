import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { orderServices } from '../../../runtime/net/service-order.ts';

const service = (name: string, priority: number, weight: number) => ({ name, port: 5060, priority, weight });
const namesOf = (records: readonly { readonly name: string }[]) => records.map(({ name }) => name).join('');

/** RFC 2782, "Weight": a number from 0 to the sum; the first running sum that reaches it is taken. */
const draws: [random: number, order: string][] = [
  [0, 'cabd'],
  [0.2, 'acbd'],
  [0.5, 'bacd'],
  [0.999, 'bacd'],
];

for (const [random, order] of draws) {
  test(`RFC 2782: weights 1, 3 and 0 with ${random} drawn`, () => {
    const records = [service('d', 2, 9), service('a', 1, 1), service('b', 1, 3), service('c', 1, 0)];
    assert.equal(namesOf(orderServices(records, () => random)), order);
  });
}

test('RFC 2782: of weights 1 and 3, drawn from 0 to 4, the second comes first in three of five draws', () => {
  const records = [service('a', 1, 1), service('b', 1, 3)];
  const steps = 1000;
  let first = 0;
  for (let step = 0; step < steps; step++) {
    if (namesOf(orderServices(records, () => step / steps)) === 'ba') first++;
  }
  assert.equal(first, 600);
});

test('RFC 2782: every record comes once, and no priority before a smaller one', () => {
  const record = fc.record({
    name: fc.constant('x'),
    port: fc.nat(65535),
    priority: fc.nat(3),
    weight: fc.nat(3),
  });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), random, (records, drawn) => {
      const ordered = orderServices(records, () => drawn);
      assert.deepEqual(new Set(ordered), new Set(records));
      assert.equal(ordered.length, records.length);
      const priorities = ordered.map(({ priority }) => priority);
      assert.deepEqual(
        priorities,
        priorities.toSorted((a, b) => a - b),
      );
    }),
  );
});
