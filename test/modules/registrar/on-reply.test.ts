import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { UserLocation } from '../../../modules/usrloc/user-location.ts';
import type { Host } from '../../../runtime/index.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { UdpClient } from '../proto_udp/udp-client.ts';

const config = `
socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "tm.so"
loadmodule "signaling.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
modparam("tm", "onreply_avp_mode", 1)
modparam("registrar", "mcontact_avp", "$avp(sent)")
route {
	if ($hdr(X-Sent) != NULL) $avp(sent) = $hdr(X-Sent);
	t_on_reply("answered");
	$du = "sip:127.0.0.1:" + $hdr(X-To);
	t_relay();
}
onreply_route[answered] {
	if ($rs == "200") save("location");
}
`;

let host: Host;
let phone: UdpClient;
let registrar: UdpClient;
before(async () => {
  host = await hostOf(config, { version: '3.6' });
  await host.start();
  phone = await UdpClient.open();
  registrar = await UdpClient.open();
});
after(async () => {
  phone.close();
  registrar.close();
  await host.stop();
});

/** A REGISTER that the registrar behind grants, with these contacts in its answer; what the phone gets. */
async function registered(
  user: string,
  contact: string,
  granted: string,
  more: readonly string[] = [],
): Promise<string> {
  const request = [
    'REGISTER sip:example.com SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:${phone.port};branch=z9hG4bK${user}`,
    'Max-Forwards: 70',
    `From: <sip:${user}@example.com>;tag=1`,
    `To: <sip:${user}@example.com>`,
    `Call-ID: reply-${user}`,
    'CSeq: 1 REGISTER',
    `Contact: ${contact}`,
    `X-To: ${registrar.port}`,
    ...more,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
  const port = host.listeners[0]?.port ?? 0;
  await phone.send(request, port);
  const came = await registrar.receive();
  const copied = came.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
  await registrar.send(
    ['SIP/2.0 200 OK', ...copied, `Contact: ${granted}`, 'Content-Length: 0', '', ''].join('\r\n'),
    port,
  );
  return phone.receive();
}

async function stored(): Promise<readonly (readonly [uri: string, seconds: number])[]> {
  const location = host.api<UserLocation>('usrloc');
  assert.ok(location);
  return [...(await location.contacts())].map(({ uri, expires }) => [
    uri,
    Math.round((expires - location.now()) / 10) * 10,
  ]);
}

test('save() in an onreply_route stores the contact for as long as the reply grants it', async () => {
  const answer = await registered('r1', '<sip:r1@192.0.2.1>;expires=900', '<sip:r1@192.0.2.1>;expires=300');
  assert.match(answer, /^SIP\/2\.0 200 OK\r\n/);
  assert.deepEqual(await stored(), [['sip:r1@192.0.2.1', 300]]);
});

test('mcontact_avp: the contact that was sent on is found in the reply, which gets the own one back', async () => {
  const answer = await registered('r2', '<sip:r2@192.0.2.2>', '<sip:edge@198.51.100.1>;expires=120', [
    'X-Sent: sip:edge@198.51.100.1',
  ]);
  assert.match(answer, /\r\nContact: <sip:r2@192\.0\.2\.2>;expires=120\r\n/);
  const own = (await stored()).find(([uri]) => uri.includes('r2'));
  assert.deepEqual(own, ['sip:r2@192.0.2.2', 120]);
});
