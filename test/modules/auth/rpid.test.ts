/** What goes on behind a request that was authorized. */

import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { digestTools } from '../../../runtime/sip/digest-hash.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { challengesOf, fieldsOf, written } from './digest-client.ts';
import { UdpExchange } from './exchange.ts';
import { requestOf } from './rows.ts';

const config = `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "auth.so"
modparam("auth", "username_spec", "$var(user)")
modparam("auth", "password_spec", "$var(password)")
modparam("auth", "rpid_avp", "$avp(party)")
modparam("auth", "rpid_prefix", "<")
modparam("auth", "rpid_suffix", ">;screen=yes")
route {
	$var(user) = "alice";
	$var(password) = "f0b2e0cda5e4e4d0b04dd8e2a4b7a8ad";
	$avp(party) = $hdr(X-Party);
	$du = "sip:127.0.0.1:" + $hdr(X-Port);
	if ($hdr(X-Do) == "consume") {
		if (!pv_proxy_authorize("example.com")) { proxy_challenge("example.com", "auth"); exit; }
		consume_credentials();
		if (consume_credentials()) append_hf("X-Twice: yes\\r\\n");
	}
	if ($hdr(X-Do) == "append") append_rpid_hf();
	if ($hdr(X-Do) == "own") append_rpid_hf("Alice <", ">;party=calling");
	if (is_rpid_user_e164()) append_hf("X-Number: yes\\r\\n");
	remove_hf("X-Party");
	forward();
}
`;

describe('behind an authorization', () => {
  let host: Host;
  let client: UdpExchange;
  let peer: Socket;

  before(async () => {
    host = await hostOf(config, { version: '3.6' });
    await host.start();
    client = await UdpExchange.with(host);
    peer = createSocket('udp4').bind(0, '127.0.0.1');
    await once(peer, 'listening');
  });
  after(async () => {
    client.close();
    peer.close();
    await host.stop();
  });

  const request = (lines: readonly string[]) =>
    requestOf({ rule: '', method: 'OPTIONS' }, client.port, [`X-Port: ${peer.address().port}`, ...lines]);

  /** What goes on to the peer. */
  async function passed(lines: readonly string[]): Promise<string> {
    client.send(request(lines));
    const [message] = await once(peer, 'message');
    return String(message);
  }

  test('consume_credentials takes out what was looked at, once, and leaves what is for others', async () => {
    const [challenge] = challengesOf(await client.ask(request(['X-Do: consume'])));
    const known = {
      username: 'alice',
      realm: 'example.com',
      password: '',
      method: 'OPTIONS',
      uri: 'sip:example.com',
      nonce: challenge?.get('nonce') ?? '',
      qop: 'auth',
      nc: '00000001',
      cnonce: 'c',
    };
    // H(A1) is in the script as it is: the response is made of it, not of a password.
    const fields = fieldsOf(known);
    fields.set('response', `"${digestTools.response('MD5', 'f0b2e0cda5e4e4d0b04dd8e2a4b7a8ad', known)}"`);
    const other = 'Proxy-Authorization: Digest username="alice", realm="downstream"';
    const message = await passed(['X-Do: consume', other, `Proxy-Authorization: ${written(fields)}`]);
    assert.deepEqual(message.match(/^Proxy-Authorization: .*$/gm), [other]);
    assert.doesNotMatch(message, /X-Twice/);
  });

  for (const [doing, party, line] of [
    ['append', 'sip:+4930@example.com', 'Remote-Party-ID: <sip:+4930@example.com>;screen=yes'],
    ['own', 'sip:alice@example.com', 'Remote-Party-ID: Alice <sip:alice@example.com>;party=calling'],
    ['append', '', undefined],
  ] as const) {
    test(`append_rpid_hf (${doing}) with '${party}'`, async () => {
      const message = await passed([`X-Do: ${doing}`, `X-Party: ${party}`]);
      assert.equal(/^Remote-Party-ID: .*$/m.exec(message)?.[0], line);
    });
  }

  for (const [party, isNumber] of [
    ['sip:+4930@example.com', true],
    ['"Alice" <sip:+4930@example.com>;party=calling', true],
    ['sip:4930@example.com', false],
    ['sip:alice@example.com', false],
    ['<nonsense', false],
  ] as const) {
    test(`is_rpid_user_e164 of ${party}: ${isNumber}`, async () => {
      assert.equal(/X-Number: yes/.test(await passed([`X-Party: ${party}`])), isNumber);
    });
  }
});
