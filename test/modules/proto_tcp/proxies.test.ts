import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { binary, v4, v6 } from '../../runtime/net/proxy-headers.ts';
import { TcpClient } from './tcp-client.ts';

const request = [
  'OPTIONS sip:alice@example.com SIP/2.0',
  'Via: SIP/2.0/TCP client.invalid;branch=z9hG4bK1',
  'From: <sip:bob@example.com>;tag=1',
  'To: <sip:alice@example.com>',
  'Call-ID: c',
  'CSeq: 1 OPTIONS',
  'Max-Forwards: 70',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

async function withHost(
  flag: string,
  use: (host: Host, log: string[]) => Promise<void>,
  script = 'sl_send_reply(200, "$si $sp");',
): Promise<void> {
  const log = collectLog(4);
  const host = await hostOf(
    `socket=tcp:127.0.0.1:5060 ${flag}
    tcp_connect_timeout=20000
    tcp_max_msg_time=1
    loadmodule "proto_tcp.so"
    loadmodule "sl.so"
    modparam("proto_tcp", "tcp_max_msg_chunks", 0)
    route { ${script} }`,
    { log: log.log },
  );
  await host.start();
  await use(host, log.lines);
  await host.stop();
}

const portOf = (host: Host) => host.listeners[0]?.port ?? 0;

/** What a request on a stream with these first bytes, in these pieces, is told of where it comes from. */
async function sourceSeen(host: Host, pieces: readonly (string | Buffer)[]): Promise<string> {
  const client = await TcpClient.open(portOf(host));
  for (const piece of pieces) {
    client.write(piece);
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  }
  const reply = await client.until((text) => text.endsWith('\r\n\r\n'));
  const told = /^SIP\/2\.0 200 (.*)\r\n/.exec(reply)?.[1]?.replace(` ${client.port}`, ' own');
  client.close();
  return told ?? reply;
}

const text = 'PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n';
/** As `$si` writes an address. */
const v6Source = '2001:DB8:0:0:0:0:0:1 56324';
const rows: readonly [what: string, header: string | Buffer, source: string][] = [
  ['version 1', text, '192.0.2.1 56324'],
  ['version 1 over IPv6', 'PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n', v6Source],
  ['version 1, unknown', 'PROXY UNKNOWN\r\n', '127.0.0.1 own'],
  ['version 2', binary(`21 11 000c ${v4}`), '192.0.2.1 56324'],
  ['version 2 over IPv6', binary(`21 21 0024 ${v6}`), v6Source],
  ['version 2, the balancer itself', binary('20 00 0000'), '127.0.0.1 own'],
  ['none', '', '127.0.0.1 own'],
  ['none, but empty lines', '\r\n\r\n', '127.0.0.1 own'],
];

for (const [what, header, source] of rows) {
  test(`allow_proxy_protocol, ${what}, cut at every byte: the client is the source`, () =>
    withHost('allow_proxy_protocol', async (host, log) => {
      const bytes = Buffer.concat([Buffer.from(header), Buffer.from(request)]);
      const expected = what.endsWith('empty lines') ? /^\r\n/ : new RegExp(`^${source}$`);
      for (let at = 0; at <= Buffer.from(header).length + 8; at++) {
        const seen = await sourceSeen(host, [bytes.subarray(0, at), bytes.subarray(at)]);
        assert.match(seen, expected, `cut at ${at}`);
      }
      assert.deepEqual(
        log.filter((line) => line.includes('proxy')),
        [],
      );
    }));
}

test('the connection has the address of the client', () =>
  withHost('proxy_protocol', async (host) => {
    const client = await TcpClient.open(portOf(host));
    client.write(text + request);
    await client.until((reply) => reply.endsWith('\r\n\r\n'));
    const [connection] = host.connections;
    assert.equal(connection?.remoteAddress, '192.0.2.1');
    assert.equal(connection?.remotePort, 56324);
    assert.equal(connection?.stream?.remoteAddress, '192.0.2.1');
    client.close();
  }));

for (const [what, header] of [
  ['another family', 'PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n'],
  ['no end', `PROXY TCP4 ${'1'.repeat(200)}`],
  ['another version', binary(`11 11 000c ${v4}`)],
] as const) {
  test(`a header that is not well formed ends the connection: ${what}`, () =>
    withHost('allow_proxy_protocol', async (host, log) => {
      const client = await TcpClient.open(portOf(host));
      client.write(header);
      assert.equal(await client.until(() => false), '');
      assert.match(
        log.join('\n'),
        /check_tcp_proxy_protocol: could not parse proxy_protocol header \[127\.0\.0\.1:\d+\] \(tcp:/,
      );
      assert.equal(host.connections.length, 0);
    }));
}

for (const [what, bytes, logged] of [
  ['a header that does not come to its end', 'PROXY TCP4 192', /header not complete after tcp_max_msg_time/],
  ['a connection that says nothing', '', /nothing came within tcp_max_msg_time/],
] as const) {
  test(`tcp_max_msg_time: ${what} is closed`, () =>
    withHost('allow_proxy_protocol', async (host, log) => {
      const client = await TcpClient.open(portOf(host));
      if (bytes !== '') client.write(bytes);
      assert.equal(await client.until(() => false), '');
      assert.match(log.join('\n'), logged);
    }));
}

test('tcp_max_connections: a connection whose header has not come counts, one more is refused at once', () =>
  withHost('allow_proxy_protocol\ntcp_max_connections=1', async (host) => {
    const silent = await TcpClient.open(portOf(host));
    const refused = await TcpClient.open(portOf(host));
    assert.equal(await refused.until(() => false), '');
    assert.equal(host.statistics.get('tcp:refused'), 1);
    assert.equal(silent.ended, false);
    silent.close();
  }));

test('the end of the host does not wait for a header', async () => {
  const host = await hostOf(
    `socket=tcp:127.0.0.1:5060 allow_proxy_protocol
    tcp_max_msg_time=100000
    loadmodule "proto_tcp.so"
    route { exit; }`,
  );
  await host.start();
  const client = await TcpClient.open(portOf(host));
  client.write('PROXY ');
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  await host.stop();
  assert.equal(await client.until(() => false), '');
});

test('a listener without the flag takes no header', () =>
  withHost('send_proxy_protocol', async (host) => {
    assert.equal(await sourceSeen(host, [request]), '127.0.0.1 own');
    const client = await TcpClient.open(portOf(host));
    client.write(text + request);
    assert.doesNotMatch(await client.until((reply) => reply.includes('SIP/2.0')), /192\.0\.2\.1 56324/);
    client.close();
  }));

/** A server that keeps what comes. */
async function openServer(): Promise<{ server: Server; port: number; received: () => string }> {
  let received = '';
  const server = createServer((stream: Socket) =>
    stream
      .on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
      })
      .on('error', () => undefined),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0, received: () => received };
}

for (const flag of ['send_proxy_protocol', 'proxy_protocol', '']) {
  const what = flag === '' ? 'none without the flag' : `${flag}: one in front of what it sends`;
  test(`a header on a connection that this host opens, ${what}`, async () => {
    const next = await openServer();
    const script = `$du = "sip:127.0.0.1:${next.port};transport=tcp"; forward();`;
    await withHost(
      flag,
      async (host) => {
        const client = await TcpClient.open(portOf(host));
        client.write(request + request.replace('CSeq: 1', 'CSeq: 2'));
        while (!next.received().includes('CSeq: 2')) await new Promise(setImmediate);
        const header = `PROXY TCP4 127.0.0.1 127.0.0.1 ${client.port} ${portOf(host)}\r\n`;
        const first = next.received().slice(0, next.received().indexOf('OPTIONS'));
        assert.equal(first, flag === '' ? '' : header, 'it tells the way of the message');
        assert.equal(next.received().split('PROXY').length, flag === '' ? 1 : 2, 'once a connection');
        client.close();
      },
      script,
    );
    next.server.close();
  });
}
