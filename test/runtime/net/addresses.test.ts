import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expandedAddress, hostAndPort } from '../../../runtime/net/addresses.ts';
import { systemNetwork } from '../../../runtime/net/system-network.ts';

describe('IPv6 as OpenSIPS prints it', () => {
  const cases = [
    ['::', '0:0:0:0:0:0:0:0'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['fd00::2', 'FD00:0:0:0:0:0:0:2'],
    ['2001:db8:0:1::', '2001:DB8:0:1:0:0:0:0'],
    ['2001:0db8:0000:0001:0000:00a0:0000:0001', '2001:DB8:0:1:0:A0:0:1'],
    ['::ffff:192.0.2.1', '0:0:0:0:0:FFFF:C000:201'],
    ['192.0.2.1', '192.0.2.1'],
  ] as const;
  for (const [written, printed] of cases) {
    test(written, () => assert.equal(expandedAddress(written), printed));
  }
});

test('host and port', () => {
  assert.equal(hostAndPort('::1', 5), '[::1]:5');
  assert.equal(hostAndPort('a.example', 5), 'a.example:5');
});

test('the machine has its loopback, IPv4 first, and knows no .invalid (RFC 6761 §6.4)', async () => {
  const interfaces = systemNetwork.interfaces();
  assert.ok(interfaces.some(({ address }) => address === '127.0.0.1'));
  const families = interfaces.map(({ family }) => family);
  assert.deepEqual(
    families,
    families.toSorted((a, b) => a - b),
  );
  assert.deepEqual(await systemNetwork.lookup('127.0.0.1'), [{ address: '127.0.0.1', family: 4 }]);
  assert.deepEqual(await systemNetwork.lookup('nosuch.invalid'), []);
});
