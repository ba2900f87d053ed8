/** IP addresses (RFC 4291 §2.2), and how OpenSIPS spells them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  expandedAddress,
  formatIp,
  matchesNetwork,
  parseIp,
  parseNetwork,
} from '../../../runtime/sip/ip-address.ts';

describe('IPv6 as OpenSIPS prints it', () => {
  const cases = [
    ['::', '0:0:0:0:0:0:0:0'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['fd00::2', 'FD00:0:0:0:0:0:0:2'],
    ['2001:db8:0:1::', '2001:DB8:0:1:0:0:0:0'],
    ['2001:0db8:0000:0001:0000:00a0:0000:0001', '2001:DB8:0:1:0:A0:0:1'],
    ['::ffff:192.0.2.1', '0:0:0:0:0:FFFF:C000:201'],
    ['fe80::1%eth0', 'FE80:0:0:0:0:0:0:1'],
    ['192.0.2.1', '192.0.2.1'],
    ['a.example', 'a.example'],
    ['a:b', 'a:b'],
  ] as const;
  for (const [written, printed] of cases) {
    test(written, () => assert.equal(expandedAddress(written), printed));
  }
});

const addresses: readonly (readonly [text: string, printed: string | undefined])[] = [
  ['1.2.3.4', '1.2.3.4'],
  ['1.2.3', undefined],
  ['1.2.3.256', undefined],
  ['01.2.3.4', '1.2.3.4'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['[2001:db8::5]', '2001:DB8:0:0:0:0:0:5'],
  ['::ffff:1.2.3.4', '0:0:0:0:0:FFFF:102:304'],
  ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ['1:2:3:4:5:6:7:8:9', undefined],
  ['1::2::3', undefined],
  ['12345::', undefined],
  [':1', undefined],
];

for (const [text, printed] of addresses) {
  test(`RFC 4291 §2.2: ${text} is ${printed ?? 'no address'}`, () => {
    const bytes = parseIp(text);
    assert.equal(bytes && formatIp(bytes), printed);
  });
}

test('an address is in a network of its own family alone', () => {
  const network = parseNetwork('10.0.0.0', 8);
  assert.ok(network);
  assert.equal(matchesNetwork('10.200.1.1', network), true);
  assert.equal(matchesNetwork('11.0.0.1', network), false);
  assert.equal(matchesNetwork('::1', network), false);
  assert.equal(matchesNetwork('host', network), undefined);
  assert.equal(parseNetwork('10.0.0.0', 33), undefined);
  const six = parseNetwork('2001:db8::', '32');
  assert.equal(six && matchesNetwork('2001:db8:1::', six), true);
});
