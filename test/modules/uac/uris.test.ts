import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { quoteDisplay, readNameAddress, writeNameAddress } from '../../../modules/uac/name-address-parts.ts';
import { UriCode } from '../../../modules/uac/uri-code.ts';

describe('From and To in parts (RFC 3261 §20.10)', () => {
  for (const [value, parts] of [
    ['<sip:a@b>', ['', 'sip:a@b', '']],
    ['"A <x>" <sip:a@b;c>;tag=1', ['"A <x>"', 'sip:a@b;c', ';tag=1']],
    ['"a\\"<" <sip:a@b> ;tag=1', ['"a\\"<"', 'sip:a@b', ';tag=1']],
    ['A B<sip:a@b>', ['A B', 'sip:a@b', '']],
    ['sip:a@b;tag=1', ['', 'sip:a@b', ';tag=1']],
    ['sip:a@b', ['', 'sip:a@b', '']],
    ['"A <sip:a@b>', undefined],
    ['A <sip:a@b', undefined],
    ['A <>', undefined],
    ['a b', undefined],
    ['', undefined],
  ] as const) {
    test(`'${value}'`, () => {
      const read = readNameAddress(value);
      assert.deepEqual(read && [read.display, read.uri, read.params], parts);
    });
  }

  test('what is written is read again', () => {
    const uri = fc.stringMatching(/^sip:[a-z]{1,8}@[a-z.]{1,20}(?:;x=\d)?$/);
    fc.assert(
      fc.property(fc.string(), uri, (name, address) => {
        const display = quoteDisplay(name.replace(/[\r\n\0]/g, ''));
        const parts = { display: display.trim(), uri: address, params: ';tag=1' };
        assert.deepEqual(readNameAddress(writeNameAddress(parts)), parts);
      }),
    );
  });

  // What is quadratic takes minutes here.
  test('time is in proportion to the length', { timeout: 20_000 }, () => {
    const started = performance.now();
    for (const part of [' ', '" ', '\\"', '< ', 'a ']) readNameAddress(`x ${part.repeat(250_000)}`);
    assert.ok(performance.now() - started < 10_000);
  });
});

describe('the other URI in a parameter of Record-Route', () => {
  const uri = fc.stringMatching(/^sip:[a-z0-9.]{1,40}@[a-z.]{1,40}$/);

  test('each of the two gives the other, with and without a password', () => {
    fc.assert(
      fc.property(uri, uri, fc.string({ unit: 'binary-ascii', maxLength: 10 }), (one, other, password) => {
        fc.pre(one !== other);
        const code = new UriCode(password);
        const kept = code.encode(one, `<${other}>`);
        assert.match(kept, /^[A-Za-z\d+/]+-{0,2}$/);
        assert.equal(code.decode(kept, one), `<${other}>`);
        assert.equal(code.decode(kept, `<${other}>`), one);
      }),
    );
  });

  test('what others write gives a URI without blanks and control characters, or nothing', () => {
    const code = new UriCode('');
    fc.assert(
      fc.property(fc.base64String({ maxLength: 2000 }), (kept) => {
        assert.match(code.decode(kept.replaceAll('=', '-'), 'sip:a@b') ?? '', /^[^\s"\0-\x1f\x7f]*$/);
      }),
    );
    for (const kept of ['', 'AAAA', '%', 'A-A', 'A'.repeat(1400)])
      assert.equal(code.decode(kept, 'sip:a@b'), undefined);
  });
});
