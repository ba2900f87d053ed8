import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import { addressesAlone, testNetwork } from '../net/test-network.ts';
import { type CollectedLog, collectLog, configAround, connect, hostOf, requestText } from './host-tools.ts';

/** Two clients of one host; what the first sends goes to the second by its address and port. */
interface Two {
  readonly host: Host;
  readonly log: CollectedLog;
  readonly a: WebSocket;
  readonly b: WebSocket;
  readonly portOfB: number;
}

async function withTwo(script: string, use: (two: Two) => Promise<void>, more = ''): Promise<void> {
  const log = collectLog();
  const host = await hostOf(configAround(script, [], more), { log: log.log });
  await host.start();
  try {
    const a = await connect(host);
    const b = await connect(host);
    const portOfB = host.connections.at(-1)?.remotePort ?? 0;
    await use({ host, log, a, b, portOfB });
    a.terminate();
    b.terminate();
  } finally {
    await host.stop();
  }
}

async function received(client: WebSocket): Promise<string> {
  const [data] = await once(client, 'message');
  return String(data);
}

/** A reply as a client gives it: the Via list and the other headers of the request. */
function replyTo(request: string, status = '200 OK', tag = 'b'): string {
  const headers = request
    .split('\r\n')
    .slice(1)
    .filter((line) => !line.startsWith('Max-Forwards'))
    .map((line) => (line.startsWith('To:') ? `${line};tag=${tag}` : line));
  return [`SIP/2.0 ${status}`, ...headers].join('\r\n');
}

const callIdOf = (message: string) => /^Call-ID: (.*)\r/m.exec(message)?.[1];
const viasOf = (message: string) => message.match(/^Via:.*$/gm) ?? [];
const toB =
  'route { $du = "sip:127.0.0.1:" + $hdr(X-Port) + ";transport=ws"; if (!forward()) sl_send_reply(477, "Send failed"); }';
const count = (host: Host, name: string) => host.statistics.get(`core:${name}`);

for (const method of ['OPTIONS', 'MESSAGE']) {
  test(`${method} passes statelessly from one WebSocket to another, and its reply finds the way back`, () =>
    withTwo(toB, async ({ host, a, b, portOfB }) => {
      const request = requestText(method, [`X-Port: ${portOfB}`]);
      const arrives = received(b);
      a.send(request);
      const forwarded = await arrives;
      const [socket] = host.listeners;
      const [own, first] = viasOf(forwarded);
      assert.match(
        own ?? '',
        new RegExp(
          `^Via: SIP/2.0/WS 127.0.0.1:${socket?.port};branch=z9hG4bK[0-9a-f]{4}.[0-9a-f]{32}.0;i=1\\.[0-9a-f]+$`,
        ),
      );
      assert.match(first ?? '', /^Via: SIP\/2\.0\/WS client\.invalid;received=127\.0\.0\.1;branch=/);
      const answer = received(a);
      b.send(replyTo(forwarded));
      const reply = await answer;
      assert.deepEqual(viasOf(reply), [first]);
      assert.match(reply, /^SIP\/2\.0 200 OK\r\n/);
      assert.equal(count(host, 'fwd_requests'), 1);
      assert.equal(count(host, 'fwd_replies'), 1);
      assert.equal(count(host, 'drop_replies'), 0);
    }));
}

const ownVias: readonly (readonly [statements: string, sentBy: string, params: RegExp])[] = [
  ['set_advertised_address("adv.example");', 'adv.example:PORT', /^i=[^;]*$/],
  ['set_advertised_port(5071);', '127.0.0.1:5071', /^i=[^;]*$/],
  ['set_advertised_address("2001:db8::1"); set_advertised_port("5071");', '[2001:db8::1]:5071', /^i=[^;]*$/],
  ['set_advertised_address("adv.example;x"); set_advertised_port(0);', '127.0.0.1:PORT', /^i=[^;]*$/],
  ['add_local_rport();', '127.0.0.1:PORT', /^i=[^;]*;rport$/],
  ['set_via_handling("add-local-rport");', '127.0.0.1:PORT', /^i=[^;]*;rport$/],
];

for (const [statements, sentBy, params] of ownVias) {
  test(`core functions: ${statements} makes our Via ${sentBy}`, () =>
    withTwo(`route { ${statements} ${toB.slice('route {'.length)}`, async ({ host, a, b, portOfB }) => {
      const arrives = received(b);
      a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`]));
      const [own = ''] = viasOf(await arrives);
      const [, written, rest = ''] = /^Via: SIP\/2\.0\/WS ([^;]*);branch=[^;]*;(.*)$/.exec(own) ?? [];
      assert.equal(written, sentBy.replace('PORT', String(host.listeners[0]?.port)));
      assert.match(rest, params);
    }));
}

const lists =
  'dst_blacklist = local:{ (ws, 127.0.0.1, 0, "") }\ndst_blacklist = secret:{ (any, 127.0.0.1, 0, "*X-Secret*") }';

for (const [name, header, isSent] of [
  ['local', 'X-Open: 1', false],
  ['secret', 'X-Open: 1', true],
  ['secret', 'X-Secret: 1', false],
  ['all', 'X-Open: 1', false],
] as const) {
  test(`use_blacklist("${name}") ${isSent ? 'lets' : 'keeps'} a message with ${header} ${isSent ? 'go' : 'from being sent'}`, () =>
    withTwo(
      `route { use_blacklist("${name}"); ${toB.slice('route {'.length)}`,
      async ({ host, a, b, portOfB }) => {
        const arrives = isSent ? received(b) : received(a);
        a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`, header]));
        assert.match(await arrives, isSent ? /^OPTIONS / : /^SIP\/2\.0 477 Send failed/);
        assert.equal(count(host, isSent ? 'fwd_requests' : 'drop_requests'), 1);
      },
      lists,
    ));
}

test('RFC 3261 §16.7 step 6: a 503 goes on as 500, and as it is with disable_503_translation', async () => {
  for (const [more, status] of [
    ['', '500'],
    ['disable_503_translation=yes', '503'],
  ] as const) {
    await withTwo(
      toB,
      async ({ a, b, portOfB }) => {
        const arrives = received(b);
        a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`]));
        const answer = received(a);
        b.send(replyTo(await arrives, '503 Busy'));
        assert.equal((await answer).slice(0, 16), `SIP/2.0 ${status} Busy`.slice(0, 16));
      },
      more,
    );
  }
});

test('onreply_route sees a reply first, changes it or drops it', () =>
  withTwo(
    `${toB}
     onreply_route { if ($rs == "180") drop; if ($rs == "404") $socket_out = NULL; }`,
    async ({ host, a, b, portOfB }) => {
      const arrives = received(b);
      a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`]));
      const forwarded = await arrives;
      const answer = received(a);
      b.send(replyTo(forwarded, '180 Ringing'));
      b.send(replyTo(forwarded, '404 Not Found'));
      assert.match(await answer, /^SIP\/2\.0 404 /);
      assert.equal(count(host, 'drop_replies'), 1);
      assert.equal(count(host, 'fwd_replies'), 1);
    },
  ));

test('RFC 3261 §18.1.2: a reply whose first Via is not ours, or that no forward() asked for, goes nowhere', () =>
  withTwo(toB, async ({ host, a, b, portOfB }) => {
    const reply = replyTo(requestText());
    const foreign = reply.replace('Via:', 'Via: SIP/2.0/WS other.example:80;branch=z9hG4bKx\r\nVia:');
    host.inject(foreign);
    assert.equal(count(host, 'drop_replies'), 1);
    const [socket] = host.listeners;
    const alone = reply.replace(/^Via:.*$/m, `Via: SIP/2.0/WS 127.0.0.1:${socket?.port};branch=z9hG4bKx`);
    host.inject(alone);
    assert.equal(count(host, 'err_replies'), 1);
    assert.ok(a && b && portOfB);
  }));

test('without forward() in the script replies go nowhere, as in OpenSIPS', () =>
  withTwo('route { exit; }', async ({ host }) => {
    const [socket] = host.listeners;
    const own = `Via: SIP/2.0/WS 127.0.0.1:${socket?.port};branch=z9hG4bKx`;
    host.inject(replyTo(requestText()).replace('Via:', `${own}\r\nVia:`));
    assert.equal(count(host, 'drop_replies'), 1);
    assert.equal(count(host, 'fwd_replies'), 0);
  }));

test('RFC 7118 §5: a reply whose connection is gone is not sent to a host of .invalid', () =>
  withTwo(toB, async ({ host, log, a, b, portOfB }) => {
    const arrives = received(b);
    a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`]));
    const forwarded = await arrives;
    const first = host.connections[0];
    a.terminate();
    while (first?.state !== 'closed') await pause(5);
    host.inject(replyTo(forwarded));
    while (count(host, 'drop_replies') === 0) await pause(5);
    assert.match(log.from('msg_send')[0] ?? '', /cannot send a message to ws:/);
    assert.equal(count(host, 'fwd_replies'), 0);
  }));

test('a send that fails is a negative answer in the script and a line with peer and reason', () =>
  withTwo(toB, async ({ host, log, a, b, portOfB }) => {
    const gone = host.connections.at(-1);
    b.terminate();
    while (gone?.state !== 'closed') await pause(5);
    const answer = received(a);
    a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`]));
    assert.match(await answer, /^SIP\/2\.0 477 /);
    assert.match(
      log.from('msg_send')[0] ?? '',
      new RegExp(
        `cannot send a message to ws:127.0.0.1:${portOfB}: the peer had connected to this host, and is gone`,
      ),
    );
    assert.equal(count(host, 'fwd_requests'), 0);
  }));

const destinations: [what: string, script: string, status: number][] = [
  ['a host of .invalid', 'forward("ws:browser.invalid:80")', 476],
  ['a URI as destination', 'forward("sip:browser.invalid;transport=ws")', 476],
  ['a protocol without socket', 'forward("sctp:192.0.2.1")', 477],
  ['a URI that cannot be read', '$du = "nonsense"; forward()', 476],
];

for (const [what, script, status] of destinations) {
  test(`forward() fails at once: ${what}`, () =>
    withTwo(
      `route { ${script}; $var(rc) = $rc; if ($var(rc) == -476) { sl_send_reply(476, "Bad URI"); exit; } if ($var(rc) < 0) sl_send_reply(477, "x"); }`,
      async ({ a }) => {
        const answer = received(a);
        a.send(requestText());
        assert.match(await answer, new RegExp(`^SIP/2\\.0 ${status} `));
      },
    ));
}

test('send() gives the message on as it came, with headers behind its first line', () =>
  withTwo(
    'route { $ru = "sip:changed@example.com"; send("ws:127.0.0.1:$hdr(X-Port)", "X-New: 1\\r\\n"); }',
    async ({ a, b, portOfB }) => {
      const request = requestText('OPTIONS', [`X-Port: ${portOfB}`]);
      const arrives = received(b);
      a.send(request);
      assert.equal(await arrives, request.replace('\r\n', '\r\nX-New: 1\r\n'));
    },
  ));

test('as and advertised_address: what this host calls itself in Via', async () => {
  const cases: [line: string, own: string][] = [
    ['advertised_address="proxy.example"\nadvertised_port=8443', 'proxy.example:8443'],
  ];
  for (const [line, own] of cases) {
    await withTwo(
      toB,
      async ({ host, a, b, portOfB }) => {
        const arrives = received(b);
        a.send(requestText('OPTIONS', [`X-Port: ${portOfB}`]));
        const forwarded = await arrives;
        assert.match(viasOf(forwarded)[0] ?? '', new RegExp(`^Via: SIP/2.0/WS ${own};`));
        const answer = received(a);
        b.send(replyTo(forwarded));
        await answer;
        assert.equal(count(host, 'fwd_replies'), 1);
      },
      line,
    );
  }
});

test('disable_stateless_fwd and forward() in one config are an error', async () => {
  const config = configAround(toB, [], 'disable_stateless_fwd=yes');
  await assert.rejects(hostOf(config), /disable_stateless_fwd/);
});

test('a host name is looked up for its message alone; those behind it go on', async () => {
  const { log } = collectLog();
  let found: (address: string) => void = () => undefined;
  const network = {
    ...testNetwork,
    resolver: addressesAlone(
      (host) =>
        new Promise((resolve) => {
          assert.equal(host, 'far.example');
          found = (address) => resolve(address === '' ? [] : [address]);
        }),
    ),
  };
  const script = `route {
	if (is_present_hf("X-Port")) {
		$du = "sip:far.example:" + $hdr(X-Port) + ";transport=ws";
		remove_hf("X-Port");
		if (!forward()) sl_send_reply(478, "Unresolvable destination");
	} else sl_send_reply(200, "OK");
}`;
  const near = await hostOf(configAround(script, ['sipmsgops']), { log, network });
  const far = await hostOf(configAround('route { sl_send_reply(200, "OK"); }'));
  try {
    await near.start();
    await far.start();
    const client = await connect(near);
    const waiting = requestText('OPTIONS', [`X-Port: ${far.listeners[0]?.port}`]);
    client.send(waiting);
    const direct = requestText();
    const first = received(client);
    client.send(direct);
    assert.equal(callIdOf(await first), callIdOf(direct));
    assert.equal(near.waitingRuns, 1);
    const answer = received(client);
    found('127.0.0.1');
    assert.equal(callIdOf(await answer), callIdOf(waiting));
    assert.equal(near.waitingRuns, 0);

    const refused = received(client);
    client.send(requestText('OPTIONS', [`X-Port: ${far.listeners[0]?.port}`]));
    while (near.waitingRuns === 0) await pause(5);
    found('');
    assert.match(await refused, /^SIP\/2\.0 478 /);
    client.terminate();
  } finally {
    await near.stop();
    await far.stop();
  }
});
