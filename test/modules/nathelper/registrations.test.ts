import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';

const modules = `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "usrloc.so"
modparam("usrloc", "nat_bflag", "NAT")
loadmodule "registrar.so"
modparam("registrar", "received_avp", "$avp(rcv)")
loadmodule "nathelper.so"
modparam("nathelper", "received_avp", "$avp(rcv)")
`;

function register(contact: string): string {
  return [
    'REGISTER sip:example.com SIP/2.0',
    'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
    'From: <sip:alice@example.com>;tag=1',
    'To: <sip:alice@example.com>',
    'Call-ID: one',
    'CSeq: 1 REGISTER',
    `Contact: ${contact}`,
    'Expires: 600',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** The Contact of the reply to a REGISTER from there. */
function answer(host: Host, contact: string, remotePort = 40000): string | undefined {
  const [reply = ''] = host.inject(register(contact), { remoteAddress: '127.0.0.7', remotePort });
  return /^Contact: (.*)\r$/m.exec(reply)?.[1];
}

describe('a REGISTER from behind a NAT', () => {
  test('fix_nated_contact() before save(): the mended contacts are stored, as by OpenSIPS 3.6', async () => {
    const host = await hostOf(`${modules}route { fix_nated_contact(";nat=yes"); save("location"); }\n`);
    await host.start();
    assert.equal(
      answer(host, '<sip:a@10.0.0.1:5070;ob>;q=0.5, sip:b@10.0.0.2'),
      '<sip:a@127.0.0.7:40000;nat=yes;ob>;q=0.5;expires=600, <sip:b@127.0.0.7:40000;nat=yes>;expires=600',
    );
    await host.stop();
  });

  test('fix_nated_register() before save(): the contact stays, where it came from is its received', async () => {
    const host = await hostOf(`${modules}route { fix_nated_register(); save("location"); }\n`);
    await host.start();
    assert.equal(
      answer(host, '<sip:a@10.0.0.1>'),
      '<sip:a@10.0.0.1>;expires=600;received="sip:127.0.0.7:40000"',
    );
    await host.stop();
  });

  test('the whole of it: test, register, ping where it came from', async () => {
    const phone = createSocket('udp4').bind(0, '127.0.0.7');
    await once(phone, 'listening');
    const clock = new VirtualClock();
    const config = `${modules}modparam("nathelper", "natping_interval", 1)
modparam("nathelper", "ping_nated_only", 1)
modparam("nathelper", "sipping_bflag", "SIP")
modparam("nathelper", "sipping_from", "sip:ping@example.com")
route {
	if (nat_uac_test("private-contact,diff-ip-src-via")) {
		fix_nated_register();
		setbflag("NAT");
		setbflag("SIP");
	}
	save("location");
}
`;
    const host = await hostOf(config, { clock });
    await host.start();
    answer(host, '<sip:a@10.0.0.1:5070>', phone.address().port);
    const pinged = once(phone, 'message');
    await clock.advance(1000);
    const [ping] = await pinged;
    assert.match(String(ping), /^OPTIONS sip:a@10\.0\.0\.1:5070 SIP\/2\.0\r\n/);
    await host.stop();
    phone.close();
  });
});
