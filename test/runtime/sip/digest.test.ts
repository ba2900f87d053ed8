/** Digest credentials and challenges (RFC 7616 §3.4). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDigest } from '../../../runtime/sip/digest.ts';

const rows: readonly (readonly [header: string, fields: Readonly<Record<string, string>>])[] = [
  [
    'Digest username="bob", realm="biloxi.com", uri="sip:x,y", qop=auth, nc=00000001',
    { username: 'bob', realm: 'biloxi.com', uri: 'sip:x,y', qop: 'auth', nc: '00000001' },
  ],
  [' digest\tRealm = "a" ,nonce= n', { realm: 'a', nonce: 'n' }],
  ['Digest realm="a\\"b", realm="c"', { realm: 'a\\"b' }],
  ['Digest realm="", x=', { realm: '' }],
  ['Digest ,, =a, b c=d', { c: 'd' }],
  ['Digest realm="a", nonce="never closed, qop=auth', { realm: 'a' }],
  ['Digest "realm"=x, y=1', { y: '1' }],
  ['Basic realm="a"', {}],
  ['Digest', {}],
  ['Digestrealm=a', {}],
];

for (const [header, fields] of rows) {
  test(header, () => assert.deepEqual(Object.fromEntries(readDigest(header)), fields));
}
