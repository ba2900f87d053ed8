import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { upgradeRequest } from '../../../modules/proto_ws/client-handshake.ts';
import { hopOfUri } from '../../../runtime/sip/next-hop.ts';
import { parseUri } from '../../../runtime/sip/uri.ts';
import { ask, collectLog, connect, hostOf, requestText } from '../../runtime/host/host-tools.ts';

const client = `
socket=ws:127.0.0.1:8080
tcp_connect_timeout=20000
loadmodule "proto_ws.so"
loadmodule "sl.so"
modparam("proto_ws", "ws_handshake_timeout", 20000)
modparam("proto_ws", "ws_max_request_size", 400)
route {
	$du = "sip:127.0.0.1:" + $hdr(X-Port) + ";transport=ws" + $hdr(X-Params);
	if (!forward()) sl_send_reply(477, "Send failed");
}
`;

/** A server of npm ws that lets in who has the token, and answers every request with 200. */
async function openServer(token: string): Promise<{ server: WebSocketServer; upgrades: IncomingMessage[] }> {
  const upgrades: IncomingMessage[] = [];
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    verifyClient: ({ req }: { req: IncomingMessage }) => {
      upgrades.push(req);
      return req.headers.authorization === `Bearer ${token}`;
    },
  });
  server.on('connection', (socket) =>
    socket.on('message', (data) => socket.send(String(data).replace(/^.*/, 'SIP/2.0 200 OK'))),
  );
  await once(server, 'listening');
  return { server, upgrades };
}

test(';ws-header-NAME= in the URI: a server that asks for a token lets this host in', async () => {
  const { log, from } = collectLog();
  const host = await hostOf(client, { log });
  await host.start();
  const { server, upgrades } = await openServer('abc;/?');
  const socket = await connect(host);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const replyTo = async (params: string) => {
    const reply = await ask(socket, requestText('MESSAGE', [`X-Port: ${port}`, `X-Params: ${params}`]));
    return reply.slice('SIP/2.0 '.length, reply.indexOf('\r\n'));
  };
  const opened = () => host.statistics.get('ws:dialled');
  const authorization = ';ws-header-authorization=Bearer%20abc%3b/%3F';

  assert.equal(await replyTo(''), '477 Send failed');
  assert.equal(host.statistics.get('ws:dial_failed_status'), 1, '401 without it');
  assert.equal(await replyTo(authorization), '200 OK');
  assert.equal(upgrades.at(-1)?.headers.authorization, 'Bearer abc;/?');
  assert.equal(upgrades.at(-1)?.headers.origin, `127.0.0.1:${port}`);
  assert.equal(await replyTo(authorization.toUpperCase().replace('BEARER%20ABC', 'Bearer%20abc')), '200 OK');
  assert.equal(await replyTo(''), '200 OK', 'without one any connection is taken');
  assert.equal(opened(), 1);

  const more = `${authorization};ws-header-x-tenant=7;ws-header-Origin=https://gw.example.com`;
  assert.equal(await replyTo(more), '200 OK');
  assert.equal(opened(), 2, 'other headers, another connection');
  assert.equal(upgrades.at(-1)?.headers.origin, 'https://gw.example.com');
  assert.equal(upgrades.at(-1)?.headers['x-tenant'], '7');
  assert.equal(await replyTo(more), '200 OK');
  assert.equal(opened(), 2);

  assert.equal(await replyTo(`${authorization};ws-header-host=other`), '477 Send failed');
  assert.equal(
    from('forward').at(-1),
    `bad uri <sip:127.0.0.1:${port};transport=ws;ws-header-authorization=...;ws-header-host=...>, dropping packet: ws-header-host: the handshake sets this header itself`,
  );
  assert.equal(await replyTo(`${authorization};ws-header-x=${'x'.repeat(400)}`), '477 Send failed');
  assert.match(
    from('msg_send').at(-1) ?? '',
    /: our upgrade request is too large: ws_max_request_size \(request-size\)$/,
  );
  assert.equal(host.statistics.get('ws:dial_failed_request-size'), 1);

  socket.terminate();
  await host.stop();
  server.close();
});

describe('the headers of a URI', () => {
  const own = 'the handshake sets this header itself';
  const control = 'control characters in the value';
  const rows: readonly [params: string, headers: string | undefined | RegExp][] = [
    ['', undefined],
    [';ws-header-cookie=a%3Db', 'Cookie: a=b\r\n'],
    [';WS-Header-X-API-Key=a=b', 'X-Api-Key: a=b\r\n'],
    [';ws-header-b=2;ws-header-a=1', 'A: 1\r\nB: 2\r\n'],
    [';ws-header-a=1;ws-header-a=2', 'A: 1\r\n'],
    [';ws-header-a=%2541', 'A: %41\r\n'],
    [';ws-header-a', 'A: \r\n'],
    [';ws-header-a=%09%20%C3%A4', 'A: \t \xc3\xa4\r\n'],
    [';ws-header-origin=null', 'Origin: null\r\n'],
    [';ws-header-=1', /not the name of a header/],
    [';ws-header-a:b=1', /not the name of a header/],
    [';ws-header-a(b=1', /not the name of a header/],
    ...[
      'host',
      'Upgrade',
      'CONNECTION',
      'sec-websocket-key',
      'sec-websocket-protocol',
      'sec-websocket-x',
      'content-length',
      'transfer-encoding',
    ].map((name): [string, RegExp] => [`;ws-header-${name}=1`, new RegExp(own)]),
    ...['%0D%0AHost:x', '%0a', '%0D', '%00', '%7f', '%1b'].map((value): [string, RegExp] => [
      `;ws-header-a=1${value}`,
      new RegExp(control),
    ]),
  ];
  for (const [params, headers] of rows) {
    test(`${params || 'none'}: ${JSON.stringify(headers) ?? 'none'}`, () => {
      const uri = parseUri(`sip:192.0.2.1;transport=ws${params}`);
      assert.ok(uri);
      if (headers instanceof RegExp) assert.throws(() => hopOfUri(uri), headers);
      else assert.equal(hopOfUri(uri)?.headers, headers);
    });
  }

  test('other protocols have none', () => {
    const uri = parseUri('sip:192.0.2.1;transport=tcp;ws-header-host=x');
    assert.ok(uri);
    assert.deepEqual(hopOfUri(uri), { protocol: 'tcp', host: '192.0.2.1', port: 0 });
  });

  test('they stand behind those of the handshake', () => {
    const headers = 'A: 1\r\nB: 2\r\n';
    const request = upgradeRequest({ address: '192.0.2.1', port: 80, resource: '/', headers }, 'key');
    assert.ok(request.endsWith('Sec-WebSocket-Protocol: sip\r\nA: 1\r\nB: 2\r\n\r\n'), request);
    assert.ok(request.includes('\r\nOrigin: 192.0.2.1:80\r\n'));
  });
});
