import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { UdpClient } from '../proto_udp/udp-client.ts';

const config = `
log_level=2
socket=udp:127.0.0.1:5060
socket=tcp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "proto_tcp.so"
loadmodule "sipmsgops.so"
loadmodule "rr.so"
loadmodule "path.so"
modparam("path", "use_received", 1)
route {
	if (!is_method("REGISTER")) {
		$var(taken) = loose_route();
		xlog("L_ALERT", "routed to $du\\n");
		exit;
	}
	$var(how) = $hdr(X-How);
	if ($var(how) == "plain") add_path();
	if ($var(how) == "user") add_path("bob");
	if ($var(how) == "received") add_path_received();
	if ($var(how) == "both") add_path_received("bob");
	$du = "sip:127.0.0.1:" + $hdr(X-To);
	forward();
}
`;

let messages = 0;

function request(method: string, protocol: string, lines: readonly string[]): string {
  const id = ++messages;
  return [
    `${method} sip:example.com SIP/2.0`,
    `Via: SIP/2.0/${protocol} 127.0.0.1;branch=z9hG4bKpath${id}`,
    'Max-Forwards: 70',
    'From: <sip:u@example.com>;tag=1',
    'To: <sip:u@example.com>',
    `Call-ID: path-${id}`,
    `CSeq: 7 ${method}`,
    ...lines,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

describe('Path (RFC 3327 §5.2), as OpenSIPS 3.6.8 writes it', () => {
  let host: Host;
  let udp: UdpClient;
  let registrar: UdpClient;
  let tcp: Socket;
  const collected = collectLog();
  const portOf = (protocol: string) => host.listeners.find((each) => each.protocol === protocol)?.port ?? 0;

  before(async () => {
    host = await hostOf(config, { log: collected.log, version: '3.6' });
    await host.start();
    udp = await UdpClient.open();
    registrar = await UdpClient.open();
    tcp = connect(portOf('tcp'), '127.0.0.1');
    await once(tcp, 'connect');
  });
  after(async () => {
    udp.close();
    registrar.close();
    tcp.destroy();
    await host.stop();
  });

  /** The Path headers that arrive, with names for the ports. */
  async function pathsOf(protocol: 'udp' | 'tcp', how: string, more: readonly string[]): Promise<string[]> {
    const lines = [`X-How: ${how}`, `X-To: ${registrar.port}`, ...more];
    const text = request('REGISTER', protocol.toUpperCase(), lines);
    if (protocol === 'udp') await udp.send(text, portOf('udp'));
    else tcp.write(text);
    const arrived = await registrar.receive();
    const names = new Map([
      [portOf('udp'), 'UDP'],
      [portOf('tcp'), 'TCP'],
      [udp.port, 'U'],
      [tcp.localPort ?? 0, 'T'],
    ]);
    return arrived
      .split('\r\n')
      .filter((line) => line.startsWith('Path: '))
      .map((line) =>
        line
          .slice(6)
          .replace(/127\.0\.0\.1:(\d+)/g, (_whole, port: string) => names.get(Number(port)) ?? port),
      );
  }

  const fromTcp = '%3btransport%3dtcp';
  for (const [how, protocol, paths] of [
    ['plain', 'udp', ['<sip:UDP;lr>']],
    ['plain', 'tcp', ['<sip:UDP;r2=on;lr>', '<sip:TCP;transport=tcp;r2=on;lr>']],
    ['user', 'udp', ['<sip:bob@UDP;lr>']],
    ['user', 'tcp', ['<sip:bob@UDP;r2=on;lr>', '<sip:bob@TCP;transport=tcp;r2=on;lr>']],
    ['received', 'udp', ['<sip:UDP;lr;received=sip:U>']],
    ['received', 'tcp', ['<sip:UDP;r2=on;lr>', `<sip:TCP;transport=tcp;r2=on;lr;received=sip:T${fromTcp}>`]],
    ['both', 'udp', ['<sip:bob@UDP;lr;received=sip:U>']],
    [
      'both',
      'tcp',
      ['<sip:bob@UDP;r2=on;lr>', `<sip:bob@TCP;transport=tcp;r2=on;lr;received=sip:T${fromTcp}>`],
    ],
  ] as const) {
    test(`${how}, from ${protocol} to udp`, async () =>
      assert.deepEqual(await pathsOf(protocol, how, []), paths));
    test(`${how}, from ${protocol} to udp, in front of another Path`, async () => {
      const other = '<sip:9.9.9.9;lr>';
      assert.deepEqual(await pathsOf(protocol, how, [`Path: ${other}`]), [...paths, other]);
    });
  }

  for (const [what, routes, next] of [
    ['one Route', '<sip:HOST;lr;received=sip:198.51.100.1:4000>', 'sip:198.51.100.1:4000'],
    [
      'the second of two',
      `<sip:HOST;r2=on;lr>, <sip:TCP;transport=tcp;r2=on;lr;received=sip:198.51.100.1:4000${fromTcp}>`,
      'sip:198.51.100.1:4000;transport=tcp',
    ],
    [
      'a Route behind it',
      '<sip:HOST;lr;received=sip:198.51.100.1:4000>, <sip:8.8.8.8;lr>',
      'sip:198.51.100.1:4000',
    ],
    ['none', '<sip:HOST;lr>, <sip:8.8.8.8;lr>', 'sip:8.8.8.8;lr'],
  ] as const) {
    test(`use_received: loose_route() goes on to what ${what} tells`, () => {
      const places = { HOST: `127.0.0.1:${portOf('udp')}`, TCP: `127.0.0.1:${portOf('tcp')}` };
      const route = routes.replace(/HOST/g, places.HOST).replace(/TCP/g, places.TCP);
      host.inject(request('INVITE', 'UDP', [`Route: ${route}`]));
      assert.equal(collected.lines.at(-1), `xlog : routed to ${next}`);
    });
  }
});
