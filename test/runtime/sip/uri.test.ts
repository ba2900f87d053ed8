/** URIs: RFC 3261 §19.1 and §25.1, RFC 3966 §3. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUri } from '../../../runtime/sip/uri.ts';

interface Parts {
  readonly scheme?: string;
  readonly user?: string;
  readonly password?: string;
  readonly host?: string;
  readonly port?: number;
  readonly params?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const accepted: readonly (readonly [text: string, parts: Parts])[] = [
  ['sip:example.com', { host: 'example.com' }],
  ['sip:alice@example.com', { user: 'alice', host: 'example.com' }],
  ['SIPS:Alice@Example.COM:5061', { scheme: 'sips', user: 'Alice', host: 'Example.COM', port: 5061 }],
  ['sip:alice:secret@192.0.2.1:5060', { user: 'alice', password: 'secret', host: '192.0.2.1', port: 5060 }],
  ['sip:alice:@b', { user: 'alice', password: '', host: 'b' }],
  ['sip:[2001:db8::1]', { host: '[2001:db8::1]' }],
  ['sip:a@[2001:db8::1]:5070;lr', { user: 'a', host: '[2001:db8::1]', port: 5070, params: { lr: '' } }],
  [
    'sip:b;transport=WS;LR;maddr=224.0.0.1',
    { host: 'b', params: { transport: 'WS', lr: '', maddr: '224.0.0.1' } },
  ],
  ['sip:b;x=1;X=2;;', { host: 'b', params: { x: '1' } }],
  [
    'sip:a@b;p=1?Subject=x%20y&to=c',
    { user: 'a', host: 'b', params: { p: '1' }, headers: { subject: 'x%20y', to: 'c' } },
  ],
  ['sip:a@b?priority=urgent', { user: 'a', host: 'b', headers: { priority: 'urgent' } }],
  ['sip:user;par=u%40example.net@example.com', { user: 'user;par=u%40example.net', host: 'example.com' }],
  ['sip:a?b&c=+$/,@d', { user: 'a?b&c=+$/,', host: 'd' }],
  [
    'sip:+1-212-555-1212:1234@gateway.com;user=phone',
    { user: '+1-212-555-1212', password: '1234', host: 'gateway.com', params: { user: 'phone' } },
  ],
  ['tel:+358-555-1234567;postd=pp22', { scheme: 'tel', user: '+358-555-1234567', params: { postd: 'pp22' } }],
  [
    'tel:7042;phone-context=example.com',
    { scheme: 'tel', user: '7042', params: { 'phone-context': 'example.com' } },
  ],
  ['urn:service:sos', { scheme: 'urn', host: 'sos' }],
  ['urn:nena:service:x', { scheme: 'urn', host: 'x' }],
  ['urn:uuid:1', { scheme: 'urn', user: 'uuid:1' }],
  ['soap.beep://192.0.2.1:3002', { scheme: 'soap.beep', user: '//192.0.2.1:3002' }],
];

for (const [text, parts] of accepted) {
  test(`RFC 3261 §19.1 URI ${text}`, () => {
    const uri = parseUri(text);
    assert.ok(uri);
    assert.deepEqual(
      {
        scheme: uri.scheme,
        user: uri.user,
        password: uri.password,
        host: uri.host,
        port: uri.port,
        params: Object.fromEntries(uri.params),
        headers: Object.fromEntries(uri.headers),
      },
      { scheme: 'sip', user: '', password: undefined, host: '', port: 0, params: {}, headers: {}, ...parts },
    );
  });
}

const refused = [
  '',
  'sip',
  'sip:',
  ':alice',
  'alice@example.com',
  '1sip:a',
  'sip:@b',
  'sip:a@',
  'sip:a@b@c',
  'sip:a b@c',
  'sip:a@b c',
  'sip:a@b:',
  'sip:a@b:x',
  'sip:a@b:-1',
  'sip:a@b:65536',
  'sip:a@[2001:db8::1',
  'sip:a@[]',
  'sip:a@[x]',
  'sip:a@b/c',
  'sip:a@b"',
  '<sip:a@b>',
  'sip:a@b\r\n',
  'tel:',
  'tel:alice',
];

for (const text of refused) {
  test(`RFC 3261 §19.1 no URI: ${JSON.stringify(text)}`, () => {
    assert.equal(parseUri(text), undefined);
  });
}
