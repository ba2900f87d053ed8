import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf, statusOf } from '../../runtime/host/host-tools.ts';
import { TcpClient } from './tcp-client.ts';

/** Answers, but for a MESSAGE, which goes on to the port of X-Port, on a connection that is open. */
const configOf = (globals: string, onRequest: string) => `
${globals}
tcp_no_new_conn_bflag=REUSE_ONLY
socket=tcp:127.0.0.1:5060
loadmodule "proto_tcp.so"
loadmodule "sl.so"
route {
	if ($rm == "MESSAGE") {
		setbflag("REUSE_ONLY");
		$du = "sip:127.0.0.1:" + $hdr(X-Port) + ";transport=tcp";
		if (!forward()) sl_send_reply(477, "Send failed");
		exit;
	}
	${onRequest}
	sl_send_reply(200, "OK");
}
`;

let requests = 0;

function request(method: string, via: string, more: readonly string[] = []): string {
  requests += 1;
  return [
    `${method} sip:alice@example.com SIP/2.0`,
    `Via: SIP/2.0/TCP 127.0.0.1${via};branch=z9hG4bK${requests}`,
    'From: <sip:bob@example.com>;tag=1',
    'To: <sip:alice@example.com>',
    `Call-ID: call-${requests}`,
    `CSeq: 1 ${method}`,
    ...more,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** Sends one request and answers what has come back when a whole message is there. */
function ask(client: TcpClient, text: string): Promise<string> {
  client.text = '';
  client.write(text);
  return client.until((so) => so.endsWith('\r\n\r\n'));
}

async function withHost(
  globals: string,
  onRequest: string,
  body: (clients: readonly [TcpClient, TcpClient], host: Host, failures: () => string[]) => Promise<void>,
): Promise<void> {
  const { log, from } = collectLog();
  const host = await hostOf(configOf(globals, onRequest), { log });
  await host.start();
  const port = host.listeners[0]?.port ?? 0;
  const clients = [await TcpClient.open(port), await TcpClient.open(port)] as const;
  try {
    await body(clients, host, () => from('tcpconn_add_alias'));
  } finally {
    for (const client of clients) client.close();
    await host.stop();
  }
}

const ALIAS_PORT = 17622;

/** Whether what goes to that port comes to the first client, which has sent one request with this Via before. */
const rows: readonly [
  what: string,
  globals: string,
  onRequest: string,
  via: string,
  port: number,
  found: boolean,
][] = [
  ['by default', '', '', `:${ALIAS_PORT};alias`, ALIAS_PORT, false],
  [
    'tcp_accept_aliases=1, Via with alias',
    'tcp_accept_aliases=1',
    '',
    `:${ALIAS_PORT};alias`,
    ALIAS_PORT,
    true,
  ],
  [
    'tcp_accept_aliases=1, Via without alias',
    'tcp_accept_aliases=1',
    '',
    `:${ALIAS_PORT}`,
    ALIAS_PORT,
    false,
  ],
  ['tcp_accept_aliases=2, Via without alias', 'tcp_accept_aliases=2', '', `:${ALIAS_PORT}`, ALIAS_PORT, true],
  ['Via without a port: that of the protocol', 'tcp_accept_aliases=1', '', ';alias', 5060, true],
  ['force_tcp_alias()', '', 'force_tcp_alias();', `:${ALIAS_PORT}`, ALIAS_PORT, true],
  ['force_tcp_alias(port)', '', `force_tcp_alias(${ALIAS_PORT});`, ':17623', ALIAS_PORT, true],
];

for (const [what, globals, onRequest, via, port, found] of rows) {
  test(`a connection ${found ? 'is' : 'is not'} found by a port of its Via: ${what}`, () =>
    withHost(globals, onRequest, async ([peer, other]) => {
      assert.equal(statusOf(await ask(peer, request('OPTIONS', via))), 200);
      peer.text = '';
      const back = ask(other, request('MESSAGE', ':17700', [`X-Port: ${port}`]));
      if (!found) {
        assert.equal(statusOf(await back), 477, 'tcp_no_new_conn_bflag: no connection is opened');
        assert.equal(peer.text, '');
        return;
      }
      const forwarded = await peer.until((text) => text.endsWith('\r\n\r\n'));
      assert.match(forwarded, /^MESSAGE sip:alice@example\.com SIP\/2\.0\r\n/);
      peer.write(forwarded.replace(/^.*\r\n/, 'SIP/2.0 202 Accepted\r\n'));
      assert.equal(statusOf(await back), 202);
    }));
}

test('a port that leads to one connection is not given to another; force_tcp_alias() tells', () =>
  withHost(
    'tcp_accept_aliases=1',
    'if (!force_tcp_alias()) { sl_send_reply(403, "Taken"); exit; }',
    async ([first, second], _host, failures) => {
      const via = `:${ALIAS_PORT};alias`;
      assert.equal(statusOf(await ask(first, request('OPTIONS', via))), 200);
      assert.equal(statusOf(await ask(second, request('OPTIONS', via))), 403);
      assert.match(
        failures()[0] ?? '',
        /^tcp alias failed: possible port hijack attempt: .*\(127\.0\.0\.1, port 17622\)$/,
      );
    },
  ));

test('tcp_no_new_conn_bflag: what is open takes the message', () =>
  withHost('', '', async ([first, second], host) => {
    // The client's own port is found without alias.
    const back = ask(first, request('MESSAGE', ':17700', [`X-Port: ${second.port}`]));
    const forwarded = await second.until((text) => text.endsWith('\r\n\r\n'));
    second.write(forwarded.replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n'));
    assert.equal(statusOf(await back), 200);
    assert.equal(host.connections.length, 2);
  }));
