import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { parseRequestHead } from '../../../modules/proto_ws/http-head.ts';
import { forwardedFor, networks } from '../../../modules/proto_ws/trusted-proxies.ts';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, configAround, hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { binary, v4 } from '../../runtime/net/proxy-headers.ts';
import { frame, goodRequest, openRawServer, TEXT, requestText as upgradeText, WireReader } from './wire.ts';

describe('X-Forwarded-For of trusted proxies', () => {
  const trusted = networks(['192.0.2.0/24, 10.0.0.1', '2001:db8::/32'], 'ws_trusted_proxies');
  const rows: readonly [lines: readonly string[], client: string | undefined][] = [
    [[], undefined],
    [['203.0.113.9'], '203.0.113.9'],
    [['198.51.100.1, 203.0.113.9'], '203.0.113.9'],
    [['203.0.113.9, 192.0.2.7, 10.0.0.1'], '203.0.113.9'],
    [['203.0.113.9', '192.0.2.7'], '203.0.113.9'],
    [['192.0.2.7'], undefined],
    [['203.0.113.9:1234'], '203.0.113.9'],
    [['2001:DB9::1'], '2001:db9::1'],
    [['[2001:db9::1]:1234, 2001:db8::5'], '2001:db9::1'],
    [['::ffff:203.0.113.9'], '203.0.113.9'],
    [['203.0.113.9, unknown'], undefined],
    [['203.0.113.9, , 192.0.2.7'], undefined],
    [['unknown, 203.0.113.9'], '203.0.113.9'],
  ];
  for (const [lines, client] of rows) {
    test(`${lines.join(' | ') || 'none'}: ${client}`, () => {
      const head = parseRequestHead(
        ['GET / HTTP/1.1', ...lines.map((line) => `X-Forwarded-For: ${line}`)].join('\r\n'),
      );
      assert.equal(forwardedFor(head, trusted), client);
    });
  }

  for (const text of [
    'nonsense',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/8/8',
    '2001:db8::/129',
    '192.0.2',
  ]) {
    test(`no network: ${text}`, () =>
      assert.throws(() => networks([text], 'ws_trusted_proxies'), /ws_trusted_proxies: ".*" is no network/));
  }
});

/** What a request on a stream with these first bytes is told of where it comes from. */
async function sourceSeen(
  host: Host,
  first: string | Buffer,
  headers: readonly string[] = [],
): Promise<string> {
  const [socket] = host.listeners;
  const stream = connect(socket?.port ?? 0, '127.0.0.1');
  await once(stream, 'connect');
  const reader = new WireReader(stream);
  stream.write(first);
  stream.write(upgradeText([...goodRequest, ...headers]));
  const head = await reader.head();
  if (!head.startsWith('HTTP/1.1 101 ')) return head.slice(0, head.indexOf('\r\n'));
  stream.write(frame({ opcode: TEXT, payload: requestText() }));
  const reply = String((await reader.frame())?.payload);
  const port = stream.localPort ?? 0;
  const [connection] = host.connections;
  const seen = `${connection?.remoteAddress} ${connection?.remotePort}`.replace(` ${port}`, ' own');
  stream.destroy();
  while (host.connections.length > 0) await new Promise(setImmediate);
  const told = /^SIP\/2\.0 200 (.*)\r\n/.exec(reply)?.[1]?.replace(` ${port}`, ' own');
  assert.equal(told, seen, '$si and $sp are what the connection has');
  assert.match(reply, new RegExp(`^Via: .*;received=${seen.split(' ')[0]}[;\\r]`, 'm'));
  return seen;
}

async function withHost(
  socketOptions: string,
  more: string,
  use: (host: Host, log: string[]) => Promise<void>,
): Promise<void> {
  const log = collectLog();
  const config = configAround('route { sl_send_reply(200, "$si $sp"); }', [], more).replace(
    'socket=ws:127.0.0.1:8080',
    `socket=ws:127.0.0.1:8080 ${socketOptions}`,
  );
  const host = await hostOf(config, { log: log.log });
  await host.start();
  await use(host, log.lines);
  await host.stop();
}

const text = 'PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n';

for (const option of ['allow_proxy_protocol', 'proxy_protocol', 'ALLOW-PROXY']) {
  test(`a listener with ${option}: the client's address is the source everywhere`, () =>
    withHost(option, '', async (host, log) => {
      assert.equal(await sourceSeen(host, text), '192.0.2.1 56324');
      assert.equal(await sourceSeen(host, binary(`21 11 000c ${v4}`)), '192.0.2.1 56324');
      assert.equal(await sourceSeen(host, ''), '127.0.0.1 own');
      assert.equal(await sourceSeen(host, 'PROXY UNKNOWN\r\n'), '127.0.0.1 own');
      assert.equal(await sourceSeen(host, 'PROXY nonsense\r\n'), '');
      assert.match(log.join('\n'), /could not parse proxy_protocol header \[127\.0\.0\.1:\d+\] \(ws:/);
    }));
}

test('a refusal behind a PROXY header is logged with the address of the client', () =>
  withHost('allow_proxy_protocol', 'modparam("proto_ws", "require_origin", 1)', async (host, log) => {
    assert.equal(await sourceSeen(host, text), 'HTTP/1.1 403 Forbidden');
    assert.ok(
      log.some((line) => line.includes('Origin header not present! [192.0.2.1:56324] (origin, ')),
      log.join('\n'),
    );
  }));

for (const option of ['', 'send_proxy_protocol']) {
  test(`a listener ${option === '' ? 'without a mark' : `with ${option} alone`} takes no PROXY header`, () =>
    withHost(option, '', async (host) => {
      assert.equal(await sourceSeen(host, text), 'HTTP/1.1 400 Bad Request');
      assert.equal(await sourceSeen(host, ''), '127.0.0.1 own');
    }));
}

test('ws_trusted_proxies: X-Forwarded-For counts from these networks alone', async () => {
  const header = ['X-Forwarded-For: 198.51.100.1, 203.0.113.9'];
  const param = (value: string) => `modparam("proto_ws", "ws_trusted_proxies", "${value}")`;
  await withHost('', param('127.0.0.0/8'), async (host) => {
    assert.equal(await sourceSeen(host, '', header), '203.0.113.9 own');
    assert.equal(await sourceSeen(host, ''), '127.0.0.1 own');
  });
  await withHost('', param('192.0.2.0/24'), async (host) => {
    assert.equal(await sourceSeen(host, '', header), '127.0.0.1 own');
  });
  await withHost('', '', async (host) => {
    assert.equal(await sourceSeen(host, '', header), '127.0.0.1 own');
  });
  await withHost('allow_proxy_protocol', param('192.0.2.1'), async (host) => {
    assert.equal(await sourceSeen(host, text, header), '203.0.113.9 56324');
  });
});

test('ws_trusted_proxies that name no network fail the start with their text', async () => {
  const config = configAround(
    'route { exit; }',
    [],
    'modparam("proto_ws", "ws_trusted_proxies", "10.0.0.0/40")',
  );
  await assert.rejects(async () => {
    const host = await hostOf(config);
    await host.start();
  }, /ws_trusted_proxies: "10\.0\.0\.0\/40" is no network/);
});

test('send_proxy_protocol: a connection to a server begins with a header that tells of it', async () => {
  const server = await openRawServer();
  const script = `route { $du = "sip:127.0.0.1:${server.port};transport=ws"; forward(); }`;
  const config = configAround(script, [], 'tcp_connect_timeout=20000').replace(
    'socket=ws:127.0.0.1:8080',
    'socket=ws:127.0.0.1:8080 send_proxy_protocol',
  );
  const host = await hostOf(config);
  await host.start();
  host.inject(requestText());
  const reader = await server.accepted();
  const [header, requestLine] = (await reader.head()).split('\r\n');
  assert.equal(header, `PROXY TCP4 127.0.0.1 127.0.0.1 ${reader.socket.remotePort} ${server.port}`);
  assert.equal(requestLine, 'GET / HTTP/1.1');
  reader.socket.destroy();
  await host.stop();
  await server.close();
});
