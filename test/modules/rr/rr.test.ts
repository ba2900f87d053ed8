import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';

/** Two udp sockets and one of ws; `X-…` headers say what is done. */
const script = `
socket=udp:127.0.0.1:5060
socket=udp:127.0.0.1:5061 tag outside
socket=ws:127.0.0.1:8080
loadmodule "proto_udp.so"
loadmodule "proto_ws.so"
loadmodule "rr.so"
loadmodule "sipmsgops.so"
route {
	if (loose_route()) {
		$var(dir) = "down";
		if (is_direction("upstream")) $var(dir) = "up";
		$var(nat) = "";
		if (check_route_param(";nat=yes$")) $var(nat) = " nat";
		xlog("loose du=$du params=$rr_params $var(dir)$var(nat)\\n");
		forward();
		exit;
	}
	xlog("no du=$du\\n");
	if (is_present_hf("X-RR")) { add_rr_param(";early=1"); record_route(); add_rr_param(";late=2"); }
	if (is_present_hf("X-RRP")) record_route(";p=1");
	if (is_present_hf("X-Twice")) { record_route(); if (!record_route()) xlog("twice\\n"); }
	if (is_present_hf("X-Preset")) record_route_preset("10.0.0.1:5060","10.0.0.2:5070;transport=tcp");
	if (is_present_hf("X-Out")) force_send_socket("outside");
	forward();
}
`;

interface Sent {
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly string[];
  readonly inDialog: boolean;
}

interface Row extends Partial<Sent> {
  readonly what: string;
  /** `{A}` and `{B}` are the two sockets, `{D}` is where the test listens. */
  readonly goesTo?: string;
  /** Route and Record-Route lines of what arrives. */
  readonly routes?: readonly string[];
  readonly by?: 'A' | 'B';
  readonly log: string;
}

/** Sent to OpenSIPS 3.6 with the same script, which answered the same but for what the README of the module names. */
const rows: readonly Row[] = [
  { what: 'nothing', log: 'no du=<null>' },
  {
    what: 'record_route, with parameters of add_rr_param',
    headers: ['X-RR: 1'],
    routes: ['Record-Route: <sip:{A};lr;ftag=f1;early=1;late=2>'],
    log: 'no du=<null>',
  },
  {
    what: 'record_route with parameters, in front of those that came',
    headers: ['X-RRP: 1', 'Record-Route: <sip:before;lr>'],
    routes: ['Record-Route: <sip:{A};lr;ftag=f1;p=1>', 'Record-Route: <sip:before;lr>'],
    log: 'no du=<null>',
  },
  {
    what: 'record_route out by another socket: two of them',
    headers: ['X-RR: 1', 'X-Out: 1'],
    routes: [
      'Record-Route: <sip:{B};r2=on;lr;ftag=f1;early=1;late=2>',
      'Record-Route: <sip:{A};r2=on;lr;ftag=f1;early=1;late=2>',
    ],
    by: 'B',
    log: 'no du=<null>',
  },
  {
    what: 'record_route_preset with two addresses',
    headers: ['X-Preset: 1'],
    routes: [
      'Record-Route: <sip:10.0.0.1:5060;ftag=f1;lr>',
      'Record-Route: <sip:10.0.0.2:5070;transport=tcp;ftag=f1;lr>',
    ],
    log: 'no du=<null>',
  },
  {
    what: 'the last Route is this host',
    method: 'BYE',
    inDialog: true,
    headers: ['Route: <sip:{A};lr;ftag=f1;nat=yes>'],
    log: 'loose du=<null> params=lr;ftag=f1;nat=yes down nat',
  },
  {
    what: 'the tag of the caller stands in To: upstream',
    method: 'BYE',
    inDialog: true,
    headers: ['Route: <sip:{A};lr;ftag=other>'],
    log: 'loose du=<null> params=lr;ftag=other up',
  },
  {
    what: 'RFC 3261 §16.12.1.1: the next Route is the next hop',
    method: 'BYE',
    inDialog: true,
    uri: 'sip:z@nowhere.example',
    headers: ['Route: <sip:{A};lr>,<sip:{D};lr>'],
    goesTo: 'sip:z@nowhere.example',
    routes: ['Route: <sip:{D};lr>'],
    log: 'loose du=sip:{D};lr params=lr down',
  },
  {
    what: 'values in several headers, with names and parameters',
    method: 'BYE',
    inDialog: true,
    uri: 'sip:z@nowhere.example',
    headers: ['Route: <sip:{A};lr>', 'Route: "X, Y" <sip:{D};lr;x=1>;y, <sip:third;lr>'],
    goesTo: 'sip:z@nowhere.example',
    routes: ['Route: "X, Y" <sip:{D};lr;x=1>;y, <sip:third;lr>'],
    log: 'loose du=sip:{D};lr;x=1 params=lr down',
  },
  {
    what: 'both halves of a double Record-Route are taken; out by the socket of the second',
    method: 'BYE',
    inDialog: true,
    headers: ['Route: <sip:{A};r2=on;lr;ftag=f1>, <sip:{B};r2=on;lr;ftag=f1>'],
    by: 'B',
    log: 'loose du=<null> params=r2=on;lr;ftag=f1 down',
  },
  {
    what: 'a double Record-Route and a next hop',
    method: 'BYE',
    inDialog: true,
    uri: 'sip:z@nowhere.example',
    headers: ['Route: <sip:{A};r2=on;lr;ftag=f1>', 'Route: <sip:{B};r2=on;lr;ftag=f1>, <sip:{D};lr>'],
    goesTo: 'sip:z@nowhere.example',
    routes: ['Route: <sip:{D};lr>'],
    by: 'B',
    log: 'loose du=sip:{D};lr params=r2=on;lr;ftag=f1 down',
  },
  {
    what: 'RFC 3261 §16.6 step 6: the next hop is a strict router',
    method: 'BYE',
    inDialog: true,
    uri: 'sip:z@nowhere.example',
    headers: ['Route: <sip:{A};lr>,<sip:{D}>'],
    goesTo: 'sip:{D}',
    routes: ['Route: <sip:z@nowhere.example>'],
    log: 'loose du=<null> params=lr down',
  },
  {
    what: 'RFC 3261 §16.12.1.2: behind a strict router, the endpoint is next',
    method: 'BYE',
    inDialog: true,
    uri: 'sip:{A};lr',
    headers: ['Route: <sip:end@{D}>'],
    goesTo: 'sip:end@{D}',
    log: 'loose du=<null> params=<null> down',
  },
  {
    what: 'RFC 3261 §16.4: behind a strict router, a loose one is next',
    method: 'BYE',
    inDialog: true,
    uri: 'sip:{A};lr',
    headers: ['Route: <sip:{D};lr>, <sip:p2;lr>', 'Route: <sip:end@e.example>'],
    goesTo: 'sip:end@e.example',
    routes: ['Route: <sip:{D};lr>, <sip:p2;lr>'],
    log: 'loose du=sip:{D};lr params=<null> down',
  },
  {
    what: 'outside a dialog: a Route that is this host alone says nothing',
    headers: ['Route: <sip:{A};lr>'],
    log: 'no du=<null>',
  },
  {
    what: 'outside a dialog: a Route that is somebody else',
    uri: 'sip:z@nowhere.example',
    headers: ['Route: <sip:{D};lr>'],
    goesTo: 'sip:z@nowhere.example',
    routes: ['Route: <sip:{D};lr>'],
    log: 'loose du=sip:{D};lr params=<null> down',
  },
];

describe('rr over udp', () => {
  const { log, lines } = collectLog(4);
  const client: Socket = createSocket('udp4');
  let host: Host;
  let places: Readonly<Record<string, string>>;

  before(async () => {
    client.bind(0, '127.0.0.1');
    await once(client, 'listening');
    host = await hostOf(script, { log });
    await host.start();
    const [a, b] = host.listeners;
    places = {
      '{A}': `127.0.0.1:${a?.port}`,
      '{B}': `127.0.0.1:${b?.port}`,
      '{D}': `127.0.0.1:${client.address().port}`,
    };
  });
  after(async () => {
    await host.stop();
    client.close();
  });

  const filled = (text: string) => text.replace(/\{[ABD]\}/g, (name) => places[name] ?? name);

  function requestOf({
    method = 'INVITE',
    uri = 'sip:u@{D}',
    headers = [],
    inDialog = false,
  }: Partial<Sent>): string {
    return filled(
      [
        `${method} ${uri} SIP/2.0`,
        'Via: SIP/2.0/UDP {D};branch=z9hG4bKabc',
        'Max-Forwards: 70',
        'From: <sip:a@x.example>;tag=f1',
        `To: <sip:b@y.example>${inDialog ? ';tag=t1' : ''}`,
        'Call-ID: one',
        `CSeq: 1 ${method}`,
        ...headers,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
  }

  async function pass(sent: Partial<Sent>): Promise<{ text: string; port: number }> {
    const arrives = once(client, 'message');
    client.send(Buffer.from(requestOf(sent)), host.listeners[0]?.port ?? 0, '127.0.0.1');
    const [data, from] = await arrives;
    return { text: String(data), port: from.port };
  }

  for (const row of rows) {
    test(row.what, async () => {
      lines.length = 0;
      const { text, port } = await pass(row);
      const uri = text.split(' ')[1];
      assert.equal(uri, filled(row.goesTo ?? row.uri ?? 'sip:u@{D}'));
      assert.deepEqual(text.match(/^(?:Record-)?Route:.*(?=\r)/gm) ?? [], (row.routes ?? []).map(filled));
      assert.equal(port, host.listeners[row.by === 'B' ? 1 : 0]?.port);
      assert.ok(
        lines.some((line) => line.endsWith(filled(row.log))),
        `${filled(row.log)}\n${lines.join('\n')}`,
      );
    });
  }

  test('a second record_route is refused', async () => {
    lines.length = 0;
    const { text } = await pass({ headers: ['X-Twice: 1'] });
    assert.equal(text.match(/^Record-Route:/gm)?.length, 1);
    assert.ok(lines.some((line) => line.endsWith('twice')));
    assert.ok(lines.some((line) => line.includes('Double attempt to record-route')));
  });

  test('a Route that cannot be read is told of and not followed', async () => {
    lines.length = 0;
    await pass({ method: 'BYE', inDialog: true, headers: ['Route: <nonsense>'] });
    assert.ok(lines.some((line) => line.includes('bad Route <<nonsense>>')));
    assert.ok(lines.some((line) => line.endsWith('no du=<null>')));
  });

  test('a Route of this host whose socket is not there is warned of', async () => {
    lines.length = 0;
    const second = 'sip:{B};transport=tcp;r2=on;lr';
    await pass({ method: 'BYE', inDialog: true, headers: [`Route: <sip:{A};r2=on;lr>, <${second}>`] });
    assert.ok(lines.some((line) => line.includes('no socket found to match 2nd RR')));
  });
});

test('what the parameters of rr change', async () => {
  const { log } = collectLog();
  const params = [
    ['add_username', 1],
    ['append_fromtag', 0],
    ['enable_double_rr', 0],
  ].map(([name, value]) => `modparam("rr", "${name}", ${value})`);
  const config = `
socket=udp:127.0.0.1:5060
socket=udp:127.0.0.1:5061 tag outside
loadmodule "proto_udp.so"
loadmodule "rr.so"
${params.join('\n')}
route { record_route(); force_send_socket("outside"); forward(); }
`;
  const client = createSocket('udp4').bind(0, '127.0.0.1');
  await once(client, 'listening');
  const host = await hostOf(config, { log });
  await host.start();
  try {
    const { port } = client.address();
    const arrives = once(client, 'message');
    host.inject(
      [
        `INVITE sip:bob@127.0.0.1:${port} SIP/2.0`,
        'Via: SIP/2.0/UDP 127.0.0.1:1;branch=z9hG4bKabc',
        'From: <sip:a@x.example>;tag=f1',
        'To: <sip:b@y.example>',
        'Call-ID: one',
        'CSeq: 1 INVITE',
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    );
    const [data] = await arrives;
    const own = `Record-Route: <sip:bob@127.0.0.1:${host.listeners[1]?.port};lr>`;
    assert.deepEqual(String(data).match(/^Record-Route:.*(?=\r)/gm), [own]);
  } finally {
    await host.stop();
    client.close();
  }
});

test('is_direction without append_fromtag, or with another word, is an error of the config', async () => {
  const around = (param: string, word: string) => `
socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "rr.so"
${param}
route { if (is_direction("${word}")) exit; }
`;
  await assert.rejects(hostOf(around('modparam("rr", "append_fromtag", 0)', 'upstream')), /append_fromtag/);
  await assert.rejects(hostOf(around('', 'sideways')), /unknown direction/);
});
