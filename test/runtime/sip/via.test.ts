/** Via values: RFC 3261 §20.42 and §25.1, RFC 3581. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVia } from '../../../runtime/sip/via.ts';

const accepted: readonly (readonly [
  text: string,
  protocol: string,
  host: string,
  port: number,
  params: object,
])[] = [
  ['SIP/2.0/WS a.invalid;branch=z9hG4bKx', 'WS', 'a.invalid', 0, { branch: 'z9hG4bKx' }],
  ['SIP/2.0/UDP 192.0.2.1:5060', 'UDP', '192.0.2.1', 5060, {}],
  [
    'SIP / 2.0 /\r\n TCP\t  a.example : 99 ; branch = z ; rport',
    'TCP',
    'a.example',
    99,
    { branch: 'z', rport: '' },
  ],
  [
    'SIP/2.0/TLS [2001:db8::1]:5061;received=192.0.2.9;rport=7',
    'TLS',
    '[2001:db8::1]',
    5061,
    { received: '192.0.2.9', rport: '7' },
  ],
  [
    'SIP/2.0/WSS [::ffff:192.0.2.1];maddr=224.2.0.1;ttl=16',
    'WSS',
    '[::ffff:192.0.2.1]',
    0,
    { maddr: '224.2.0.1', ttl: '16' },
  ],
  [
    'SIP/2.0/UDP a_b.example;RPORT;Alias;x="a;b,c \\"d"',
    'UDP',
    'a_b.example',
    0,
    { rport: '', alias: '', x: 'a;b,c "d' },
  ],
  [
    'SIP/2.0/UDP a;received=[2001:db8::2];branch=1;branch=2',
    'UDP',
    'a',
    0,
    { received: '[2001:db8::2]', branch: '1' },
  ],
];

for (const [text, protocol, host, port, params] of accepted) {
  test(`RFC 3261 §20.42 Via ${JSON.stringify(text)}`, () => {
    const via = parseVia(text);
    assert.ok(via);
    assert.deepEqual([via.protocol, via.host, via.port], [protocol, host, port]);
    assert.deepEqual(Object.fromEntries(via.params), params);
    assert.equal(via.branch, via.params.get('branch'));
    assert.equal(via.rportStart >= 0, via.params.has('rport'));
    assert.equal(via.receivedStart >= 0, via.params.has('received'));
  });
}

const refused = [
  '',
  'SIP/2.0/UDP',
  'SIP/2.0 a.example',
  'SIP/2.0/ a.example',
  'SIP//UDP a.example',
  'SIP/2.0/UDP;branch=x',
  'SIP/2.0/UDP a.example:',
  'SIP/2.0/UDP a.example:0',
  'SIP/2.0/UDP a.example:65536',
  'SIP/2.0/UDP a.example:5x',
  'SIP/2.0/UDP [2001:db8::1',
  'SIP/2.0/UDP []',
  'SIP/2.0/UDP a@example',
  'SIP/2.0/UDP a.example;',
  'SIP/2.0/UDP a.example;;branch=x',
  'SIP/2.0/UDP a.example;branch="x',
  'SIP/2.0/UDP a.example;br@nch=x',
  'SIP/2.0/UDP a.example;branch=x y',
  'SIP/2.0/UDP a.example b',
];

for (const text of refused) {
  test(`RFC 3261 §20.42 no Via: ${JSON.stringify(text)}`, () => {
    assert.equal(parseVia(text), undefined);
  });
}

test('RFC 3261 §7.3.1 several Via values in one line: each ends at its comma', () => {
  const text = 'SIP/2.0/UDP a;branch=1 ,SIP/2.0/TCP b:7;x=",",\r\n SIP/2.0/WS c';
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const via = parseVia(text, at);
    assert.ok(via);
    found.push(`${via.protocol} ${via.host} ${via.port}`);
    at = via.end + 1;
  }
  assert.deepEqual(found, ['UDP a 0', 'TCP b 7', 'WS c 0']);
  assert.equal(parseVia('SIP/2.0/UDP a,', 14), undefined);
  assert.equal(parseVia('SIP/2.0/UDP a, b', 14), undefined);
});
