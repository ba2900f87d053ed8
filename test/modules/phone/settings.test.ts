import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webSocketUrls } from '../../../modules/phone/settings.ts';
import type { ListenSocket } from '../../../runtime/module-exports.ts';

function socket(protocol: string, address: string, port: number): ListenSocket {
  const family = address.includes(':') ? 6 : 4;
  const advertised = { advertisedHost: undefined, advertisedPort: undefined, tag: undefined };
  return { protocol, host: address, address, port, family, ...advertised };
}

for (const [what, sockets, urls] of [
  [
    'ws before wss',
    [socket('wss', '127.0.0.1', 8443), socket('ws', '127.0.0.1', 80)],
    ['ws://127.0.0.1:80/', 'wss://127.0.0.1:8443/'],
  ],
  ['no other protocol', [socket('udp', '127.0.0.1', 5060), socket('tls', '127.0.0.1', 5061)], []],
  ['IPv6 in brackets', [socket('ws', '::1', 8080)], ['ws://[::1]:8080/']],
  [
    'bound to every address: where the page was asked for',
    [socket('ws', '0.0.0.0', 8080), socket('ws', '::', 8080)],
    ['ws://asked.test:8080/'],
  ],
] as const) {
  test(`the servers of the page: ${what}`, () => {
    assert.deepEqual(webSocketUrls(sockets, 'asked.test'), urls);
  });
}
