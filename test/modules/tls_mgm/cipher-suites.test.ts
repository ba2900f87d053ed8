import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { getCiphers } from 'node:tls';
import { cipherBits, describeCipher } from '../../../modules/tls_mgm/cipher-suites.ts';

describe('the bits of a cipher suite', () => {
  const rows = [
    ['TLS_AES_256_GCM_SHA384', 256],
    ['TLS_CHACHA20_POLY1305_SHA256', 256],
    ['TLS_AES_128_GCM_SHA256', 128],
    ['ECDHE-RSA-AES128-GCM-SHA256', 128],
    ['DHE-RSA-CAMELLIA256-SHA', 256],
    ['NULL-SHA256', 0],
    ['NO-SUCH-SUITE', undefined],
  ] as const;
  for (const [name, bits] of rows) test(`${name}: ${bits}`, () => assert.equal(cipherBits(name), bits));
});

test('a suite that is not known has no description', () =>
  assert.equal(describeCipher('NO-SUCH-SUITE'), undefined));

test('all suites of this Node are known but for those with shared keys and passwords', () => {
  const names = getCiphers().map((name) => name.toUpperCase());
  const unknown = names.filter((name) => cipherBits(name) === undefined && !/PSK|SRP/.test(name));
  assert.deepEqual(unknown, []);
});
