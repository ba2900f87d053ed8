/** Responses of Digest as RFC 7616 and the worked examples for SIP have them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DigestAlgorithm, DigestParts } from '../../../runtime/module-exports.ts';
import { digestTools } from '../../../runtime/sip/digest-hash.ts';

type Account = readonly [user: string, realm: string, password: string];

function response(algorithm: DigestAlgorithm, account: Account, parts: DigestParts): string {
  return digestTools.response(algorithm, digestTools.ha1(algorithm, ...account), parts);
}

const mufasa: Account = ['Mufasa', 'http-auth@example.org', 'Circle of Life'];
const circle: DigestParts = {
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  qop: 'auth',
};

/** UTF-8, one character a byte. */
const jason: Account = [Buffer.from('Jäsøn Doe').toString('latin1'), 'api@example.org', 'Secret, or not?'];
const doe: DigestParts = {
  method: 'GET',
  uri: '/doe.json',
  nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
  nc: '00000001',
  cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
  qop: 'auth',
};

const bob: Account = ['bob', 'biloxi.com', 'zanzibar'];
const plainInvite = {
  method: 'INVITE',
  uri: 'sip:bob@biloxi.com',
  nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
};
const counted = { ...plainInvite, nc: '00000001', cnonce: '0a4f113b' };
const sdp = [
  'v=0',
  'o=bob 2890844526 2890844526 IN IP4 media.biloxi.com',
  's=-',
  'c=IN IP4 media.biloxi.com',
  't=0 0',
  'm=audio 49170 RTP/AVP 0',
  'a=rtpmap:0 PCMU/8000',
  'm=video 51372 RTP/AVP 31',
  'a=rtpmap:31 H261/90000',
  'm=video 53000 RTP/AVP 32',
  'a=rtpmap:32 MPV/90000',
  '',
].join('\r\n');
const whole = { ...counted, qop: 'auth-int', body: sdp };

const rows: readonly (readonly [string, DigestAlgorithm, Account, DigestParts, string])[] = [
  ['RFC 7616 §3.9.1, MD5', 'MD5', mufasa, circle, '8ca523f5e9506fed4657c9700eebdbec'],
  [
    'RFC 7616 §3.9.1, SHA-256',
    'SHA-256',
    mufasa,
    circle,
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  ],
  [
    'RFC 7616 §3.9.2, SHA-512-256, as erratum 4897 corrects it',
    'SHA-512-256',
    jason,
    doe,
    '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5',
  ],
  ['SIP examples §3.1, no qop', 'MD5', bob, plainInvite, 'bf57e4e0d0bffc0fbaedce64d59add5e'],
  ['SIP examples §3.3, auth', 'MD5', bob, { ...counted, qop: 'auth' }, '89eb0059246c02b2f6ee02c7961d5ea3'],
  [
    'SIP examples §3.4, MD5-sess',
    'MD5-sess',
    bob,
    { ...counted, qop: 'auth' },
    'e4e4ea61d186d07a92c9e1f6919902e9',
  ],
  ['SIP examples §3.5, auth-int', 'MD5', bob, whole, 'bdbeebb2da6adb6bca02599c2239e192'],
  ['SIP examples §3.6, auth-int and MD5-sess', 'MD5-sess', bob, whole, '91984da2d8663716e91554859c22ca70'],
];

describe('responses (RFC 7616 §3.4.1; draft-smith-sipping-auth-examples-01)', () => {
  for (const [name, algorithm, account, parts, expected] of rows) {
    test(name, () => {
      const ours = response(algorithm, account, parts);
      assert.equal(ours, expected);
      assert.equal(ours.length, digestTools.hashLength(algorithm));
      assert.ok(digestTools.isSame(ours, expected));
    });
  }

  for (const other of [
    '',
    '8ca5',
    '8ca523f5e9506fed4657c9700eebdbed',
    '8CA523F5E9506FED4657C9700EEBDBEC',
  ] as const) {
    test(`'${other}' is another response`, () => {
      assert.ok(!digestTools.isSame(other, '8ca523f5e9506fed4657c9700eebdbec'));
    });
  }
});

describe('algorithms by name, in any letter case (RFC 8760 §2.1)', () => {
  for (const [name, algorithm] of [
    ['md5', 'MD5'],
    [' SHA-256 ', 'SHA-256'],
    ['sha-512-256-SESS', 'SHA-512-256-sess'],
    ['SHA-1', undefined],
    ['', undefined],
  ] as const) {
    test(`'${name}'`, () => assert.equal(digestTools.algorithm(name), algorithm));
  }
});

describe('credentials that are to be judged (C: parse_digest_cred)', () => {
  const read = (header: string) => {
    const fields = digestTools.read(header);
    return typeof fields === 'string' ? fields : Object.fromEntries(fields);
  };
  for (const [header, fields] of [
    ['Digest username="bob", nc=00000001', { username: 'bob', nc: '00000001' }],
    ['digest Username = "a" , username=b', { username: 'b' }],
    ['Digest realm="a\\"b, c"', { realm: 'a\\"b, c' }],
    ['Digest realm="a" b c, x=1', { realm: 'a', x: '1' }],
    ['Digest a, b=c', { 'a, b': 'c' }],
    ['Digest a=1,', 'malformed'],
    ['Digest a=', 'malformed'],
    ['Digest a=,b=1', 'malformed'],
    ['Digest a', 'malformed'],
    ['Digest a="b', 'malformed'],
    ['Digest', 'other-scheme'],
    ['Basic a=b', 'other-scheme'],
    ['', 'other-scheme'],
  ] as const) {
    test(`'${header}'`, () => assert.deepEqual(read(header), fields));
  }
});

// What is quadratic takes minutes here.
test('credentials are read in a time in proportion to their length', { timeout: 20_000 }, () => {
  const started = performance.now();
  for (const part of [' ', ',', '=', '"', '",', 'a=b,', 'a="",', '\\"', ' a', 'a = ']) {
    digestTools.read(`Digest a=b,${part.repeat(250_000)}`);
  }
  assert.ok(performance.now() - started < 10_000);
});
