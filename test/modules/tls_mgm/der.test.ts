import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { derInteger, derObjectIdentifier, readDer, readOneDer } from '../../../modules/tls_mgm/der.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

describe('values, X.690 8.1', () => {
  const long = '61'.repeat(200);
  const rows = [
    { hex: '', values: [] },
    { hex: '0500', values: [[0x05, '']] },
    {
      hex: '020105040161',
      values: [
        [0x02, '05'],
        [0x04, '61'],
      ],
    },
    { hex: `0481c8${long}`, values: [[0x04, long]] },
    { hex: `048200c8${long}`, values: [[0x04, long]] },
  ];
  for (const { hex, values } of rows)
    test(`${hex.slice(0, 20)}: ${values.length}`, () =>
      assert.deepEqual(
        readDer(bytes(hex)).map(({ tag, content }) => [tag, content.toString('hex')]),
        values,
      ));

  for (const [what, hex] of [
    ['a tag alone', '02'],
    ['a value that is cut short', '020201'],
    ['a length that is cut short', '0482'],
    ['no length', '30800000'],
    ['a length of five bytes', '0485000000000161'],
  ] as const)
    test(`${what} is refused`, () => assert.throws(() => readDer(bytes(hex)), RangeError));

  test('a value where there is none is refused', () =>
    assert.throws(() => readOneDer(bytes('')), RangeError));

  test('any bytes are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (some) => {
        try {
          readDer(Buffer.from(some));
        } catch (error) {
          assert.ok(error instanceof RangeError);
        }
      }),
    );
  });
});

describe('integers, X.690 8.3', () => {
  const rows = [
    ['', 0n],
    ['00', 0n],
    ['7f', 127n],
    ['0080', 128n],
    ['80', -128n],
    ['ff', -1n],
    ['00ffffffffffffffff', 2n ** 64n - 1n],
  ] as const;
  for (const [hex, value] of rows)
    test(`${hex} is ${value}`, () => assert.equal(derInteger(bytes(hex)), value));
});

describe('object identifiers, X.690 8.19', () => {
  const rows = [
    ['550403', '2.5.4.3'],
    ['2a864886f70d010901', '1.2.840.113549.1.9.1'],
    ['0992268993f22c640119', '0.9.2342.19200300.100.1.25'],
    ['883703', '2.999.3'],
  ] as const;
  for (const [hex, text] of rows) test(text, () => assert.equal(derObjectIdentifier(bytes(hex)), text));
});
