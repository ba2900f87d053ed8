import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createNonceMaker } from '../../../modules/auth/nonces.ts';
import { UsedNonces } from '../../../modules/auth/used-nonces.ts';

const facts = { index: 77, qop: 1, algorithm: 3, expires: 1_700_000_000_123 };

describe('nonces', () => {
  test('have the 44 letters of OpenSIPS 3.2 and newer, all different', () => {
    const maker = createNonceMaker('0123456789abcdef0123456789abcdef');
    const nonces = Array.from({ length: 100 }, () => maker.make(facts));
    for (const nonce of nonces) assert.match(nonce, /^[A-Za-z\d+/]{43}A$/);
    assert.equal(new Set(nonces).size, nonces.length);
  });

  test('that OpenSIPS 3.6.8 made with the same secret are read', () => {
    const read = createNonceMaker('0123456789abcdef0123456789abcdef').read(
      'iV/36rfG51g1gTGZG/o2I7au9RbJBweoade6bca5RG4A',
    );
    assert.deepEqual({ ...read, expires: undefined }, { index: 0, qop: 1, algorithm: 3, expires: undefined });
  });

  test('say again what they were made of', () => {
    const maker = createNonceMaker(undefined);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0x7fff_ffff }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 2 ** 34 * 1000 - 1 }),
        (index, qop, algorithm, expires) => {
          const made = { index, qop, algorithm, expires };
          assert.deepEqual(maker.read(maker.make(made)), made);
        },
      ),
    );
  });

  test('of another secret, cut, changed or without their canonical end are none', () => {
    const maker = createNonceMaker('secret of 2.x');
    const nonce = maker.make(facts);
    assert.deepEqual(maker.read(nonce), facts);
    const others = [
      createNonceMaker('another one').make(facts),
      nonce.slice(1),
      `${nonce}A`,
      `${nonce.slice(0, 43)}B`,
      `${nonce.slice(0, 43)}=`,
      `${nonce.slice(0, 30)}${nonce[30] === 'x' ? 'y' : 'x'}${nonce.slice(31)}`,
      nonce.replace(/.$/, ' A'),
      '',
    ];
    for (const other of others) assert.equal(maker.read(other), undefined, other);
  });
});

/** The counts one after the other; what was taken. */
function taken(counts: readonly (number | undefined)[]): readonly boolean[] {
  const used = new UsedNonces(10, () => 0);
  return counts.map((count) => {
    const fresh = used.isFresh(1, count);
    assert.equal(used.use(1, count, 1000), fresh);
    return fresh;
  });
}

describe('a nonce count is taken once (RFC 7616 §3.4.5)', () => {
  const rows: readonly (readonly [string, readonly (number | undefined)[], readonly boolean[]])[] = [
    ['it counts on', [1, 2, 3], [true, true, true]],
    ['it comes again', [1, 1, 2, 1], [true, false, true, false]],
    ['requests overtake each other', [3, 1, 2, 1], [true, true, true, false]],
    ['31 behind the highest', [40, 9, 8, 9], [true, true, false, false]],
    ['far ahead', [1, 1000, 1], [true, true, false]],
    ['31 ahead, the first is known still', [1, 32, 1], [true, true, false]],
    ['the highest number there is', [0xffff_ffff, 0xffff_ffff, 1], [true, false, false]],
    ['no count uses it up', [undefined, undefined, 1], [true, false, false]],
    ['no count behind a count', [1, undefined, 2], [true, false, true]],
  ];
  for (const [name, counts, expected] of rows) {
    test(name, () => assert.deepEqual(taken(counts), expected));
  }

  test('in whatever order they come, none is taken twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 200 }), (counts) => {
        const accepted = counts.filter(
          (
            (answers) => (_count, at) =>
              answers[at]
          )(taken(counts)),
        );
        assert.equal(new Set(accepted).size, accepted.length);
      }),
    );
  });
});

describe('max_used_nonces', () => {
  test('more are refused until some have ended', () => {
    let now = 0;
    const used = new UsedNonces(2, () => now);
    assert.equal(used.use(1, 1, 100), true);
    assert.equal(used.use(2, 1, 200), true);
    assert.equal(used.use(3, 1, 300), 'full');
    assert.equal(used.use(1, 2, 100), true, 'one that is remembered goes on');
    now = 100;
    assert.equal(used.use(3, 1, 300), true);
    assert.equal(used.size, 2);
    now = 1000;
    assert.equal(used.use(4, 1, 2000), true);
    assert.equal(used.size, 1, 'those that have ended are forgotten');
  });
});
