import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostAndPort } from '../../../runtime/net/addresses.ts';
import { systemNetwork } from '../../../runtime/net/system-network.ts';

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
