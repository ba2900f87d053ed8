import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';

const description = 'v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\n';

interface Row {
  readonly rule: string;
  readonly script: string;
  readonly uri?: string;
  readonly contact?: string;
  readonly body?: string;
  readonly protocol?: 'udp' | 'ws';
  readonly from?: string;
  /** Lines of what goes on. */
  readonly sends: readonly string[];
}

const rows: readonly Row[] = [
  {
    rule: 'an address of IPv6 stands in square brackets in a contact (RFC 3261 §25.1)',
    script: 'fix_nated_contact();',
    from: 'fd00::7',
    contact: '<sip:alice@10.0.0.1:5070;ob>',
    sends: ['Contact: <sip:alice@[FD00:0:0:0:0:0:0:7]:40000;ob>'],
  },
  {
    rule: 'add_rcv_param(): a transport other than UDP is said',
    script: 'add_rcv_param();',
    protocol: 'ws',
    contact: '<sip:alice@x.invalid;transport=ws>',
    sends: ['Contact: <sip:alice@x.invalid;transport=ws>;received="sip:127.0.0.7:40000;transport=ws"'],
  },
  {
    rule: 'add_rcv_param(1): in a URI it is escaped (RFC 3261 §19.1.2)',
    script: 'add_rcv_param(1);',
    protocol: 'ws',
    contact: '<sip:alice@x.invalid?X=1>',
    sends: ['Contact: <sip:alice@x.invalid;received=sip:127.0.0.7:40000%3Btransport%3Dws?X=1>'],
  },
  {
    rule: 'add_rcv_param(1) behind fix_nated_contact(), which ends OpenSIPS 3.6',
    script: 'fix_nated_contact(); add_rcv_param(1);',
    contact: '<sip:alice@10.0.0.1;ob>',
    sends: ['Contact: <sip:alice@127.0.0.7:40000;ob;received=sip:127.0.0.7:40000>'],
  },
  {
    rule: 'fix_nated_contact() with preserve-uri (4.0): host and port are kept in the URI, in angle brackets',
    script: 'fix_nated_contact("", "preserve-uri");',
    contact: 'sip:alice@10.0.0.1:5070',
    sends: ['Contact: <sip:alice@127.0.0.7:40000;org=MTAuMC4wLjE6NTA3MA>'],
  },
  {
    rule: 'restore_nated_ruri() (4.0) brings them back, and what was there is the next hop',
    script: 'restore_nated_ruri(); append_hf("X-Next: $du\\r\\n");',
    uri: 'sip:alice@192.0.2.1:4000;org=MTAuMC4wLjE6NTA3MA;ob',
    sends: ['INVITE sip:alice@10.0.0.1:5070;ob SIP/2.0', 'X-Next: sip:alice@192.0.2.1:4000;ob'],
  },
  {
    rule: 'restore_nated_ruri() takes what OpenSIPS has kept, with the parameters behind the port',
    script: 'restore_nated_ruri();',
    uri: 'sip:alice@192.0.2.1:4000;org=MTAuMC4wLjE6NTA3MDtvYg==;ob',
    sends: ['INVITE sip:alice@10.0.0.1:5070;ob SIP/2.0'],
  },
  {
    rule: 'restore_nated_ruri() is false without the parameter, and for what is no host',
    script:
      'if (!restore_nated_ruri()) append_hf("X-One: false\\r\\n"); $ru = $ru + ";org=****"; if (!restore_nated_ruri()) append_hf("X-Two: false\\r\\n");',
    sends: ['X-One: false', 'X-Two: false', 'INVITE sip:bob@example.com;org=**** SIP/2.0'],
  },
  {
    rule: 'fix_nated_sdp(): a source of IPv6 makes IP6 of IP4 (RFC 8866 §5.7)',
    script: 'fix_nated_sdp("rewrite-media-ip");',
    from: 'fd00::7',
    body: description,
    sends: ['c=IN IP6 FD00:0:0:0:0:0:0:7', 'a=oldcip:10.0.0.2'],
  },
  {
    rule: 'fix_nated_sdp() changes the SDP beside a part that the script has added',
    script: 'add_body_part("hello", "text/plain"); fix_nated_sdp("add-dir-active,rewrite-media-ip");',
    body: description,
    sends: ['c=IN IP4 127.0.0.7', 'a=direction:active', 'a=oldcip:10.0.0.2', 'hello'],
  },
  {
    rule: 'a part that is added behind it leaves the changes',
    script: 'fix_nated_sdp("rewrite-media-ip"); add_body_part("hello", "text/plain");',
    body: description,
    sends: ['c=IN IP4 127.0.0.7', 'a=oldcip:10.0.0.2', 'hello'],
  },
  {
    rule: 'flags in a variable',
    script: '$var(flags) = "add-dir-active"; fix_nated_sdp($var(flags));',
    body: description,
    sends: ['a=direction:active'],
  },
  {
    rule: 'flags as a number (3.0 to 3.3)',
    script: 'fix_nated_sdp(1); if (nat_uac_test(4)) append_hf("X-Test: true\\r\\n");',
    body: description,
    sends: ['a=direction:active', 'X-Test: true'],
  },
];

describe('nathelper mends', () => {
  let host: Host;
  let peer: Socket;
  const sent: string[] = [];

  before(async () => {
    peer = createSocket('udp4');
    peer.on('message', (bytes) => sent.push(bytes.toString('latin1')));
    peer.bind(0, '127.0.0.1');
    await once(peer, 'listening');
    const config = [
      'socket=udp:127.0.0.1:5060',
      'socket=ws:127.0.0.1:8080',
      'loadmodule "proto_udp.so"',
      'loadmodule "proto_ws.so"',
      'loadmodule "sipmsgops.so"',
      'loadmodule "nathelper.so"',
      'route {',
      ...rows.map(({ script }, index) => `if ($hdr(X-Row) == "${index}") { ${script} }`),
      `$du = "sip:127.0.0.1:${peer.address().port}";`,
      'forward();',
      '}',
      '',
    ].join('\n');
    host = await hostOf(config, { version: '4.0' });
    await host.start();
  });
  after(async () => {
    await host.stop();
    peer.close();
  });

  for (const [index, row] of rows.entries()) {
    test(row.rule, async () => {
      sent.length = 0;
      const socket = host.listeners.find(({ protocol }) => protocol === (row.protocol ?? 'udp'));
      assert.ok(socket);
      host.inject(request(row, index), {
        socket,
        remoteAddress: row.from ?? '127.0.0.7',
        remotePort: 40000,
      });
      if (sent.length === 0) await once(peer, 'message');
      const lines = sent[0]?.split('\r\n') ?? [];
      assert.deepEqual(
        row.sends.filter((line) => !lines.includes(line)),
        [],
        sent[0],
      );
    });
  }
});

function request({ uri = 'sip:bob@example.com', contact, body = '' }: Row, index: number): string {
  return [
    `INVITE ${uri} SIP/2.0`,
    'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
    'From: <sip:alice@a.example>;tag=1',
    'To: <sip:bob@b.example>',
    'Call-ID: one',
    'CSeq: 1 INVITE',
    `X-Row: ${index}`,
    ...(contact === undefined ? [] : [`Contact: ${contact}`]),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

describe('nathelper with parameters', () => {
  const params = [
    '"oldip_skip", "c"',
    '"nortpproxy_str", "a=mangled:yes\r\n"',
    '"received_avp", "$avp(rcv)"',
  ];
  const config = (port: number) => `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "nathelper.so"
loadmodule "sipmsgops.so"
${params.map((param) => `modparam("nathelper", ${param})`).join('\n')}
route {
	fix_nated_sdp("rewrite-media-ip,rewrite-origin-ip,add-no-rtpproxy");
	fix_nated_register();
	append_hf("X-Received: $avp(rcv)\r\n");
	$du = "sip:127.0.0.1:${port}";
	forward();
}
onreply_route {
	if (nat_uac_test("private-contact"))
		fix_nated_contact();
}
`;
  let host: Host;
  let peer: Socket;
  before(async () => {
    peer = createSocket('udp4').bind(0, '127.0.0.1');
    await once(peer, 'listening');
    host = await hostOf(config(peer.address().port), { version: '3.6' });
    await host.start();
  });
  after(async () => {
    await host.stop();
    peer.close();
  });

  const row: Row = { rule: '', script: '', body: description, sends: [] };

  test('oldip_skip, nortpproxy_str and received_avp', async () => {
    host.inject(request(row, 0), { remoteAddress: '127.0.0.7', remotePort: 40000 });
    const [message] = await once(peer, 'message');
    assert.deepEqual(String(message).split('\r\n').slice(-7), [
      'o=- 1 1 IN IP4 127.0.0.7',
      's=-',
      'c=IN IP4 127.0.0.7',
      't=0 0',
      'a=mangled:yes',
      'a=oldoip:10.0.0.1',
      '',
    ]);
    assert.match(String(message), /\r\nX-Received: sip:127\.0\.0\.7:40000\r\n/);
  });

  test('the contact of a reply gets the address that the reply came from', async () => {
    const { port } = peer.address();
    const via = `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bKpeer`;
    host.inject(request(row, 0).replace(/Via: .*/, via), { remotePort: port });
    const [invite] = await once(peer, 'message');
    const vias = String(invite).match(/^Via: .*$/gm) ?? [];
    const reply = [
      'SIP/2.0 200 OK',
      ...vias.map((line) => line.trim()),
      'From: <sip:alice@a.example>;tag=1',
      'To: <sip:bob@b.example>;tag=2',
      'Call-ID: one',
      'CSeq: 1 INVITE',
      'Contact: <sip:bob@10.0.0.9:5070;ob>',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    peer.send(reply, host.listeners[0]?.port ?? 0, '127.0.0.1');
    const [forwarded] = await once(peer, 'message');
    assert.match(String(forwarded), new RegExp(`^Contact: <sip:bob@127\\.0\\.0\\.1:${port};ob>`, 'm'));
  });
});

describe('what is refused at the start, as in OpenSIPS', () => {
  const config = (statement: string, param = '') =>
    `socket=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\nloadmodule "nathelper.so"\n${param}\nroute { ${statement} }\n`;
  for (const [version, statement, message] of [
    ['3.6', 'nat_uac_test("private");', /Unknown flag: private/],
    ['3.6', 'fix_nated_sdp("rewrite");', /Unknown flag: rewrite/],
    ['2.4', 'fix_nated_register();', /received_avp/],
  ] as const) {
    test(`${version}: ${statement}`, () => assert.rejects(hostOf(config(statement), { version }), message));
  }

  test('received_avp that is no AVP', () =>
    assert.rejects(
      hostOf(config('exit;', 'modparam("nathelper", "received_avp", "$var(x)")')),
      /received_avp/,
    ));

  test('oldip_skip with another letter than c and o', () =>
    assert.rejects(hostOf(config('exit;', 'modparam("nathelper", "oldip_skip", "x")')), /oldip_skip/));
});
