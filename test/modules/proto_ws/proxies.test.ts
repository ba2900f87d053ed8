import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { parseRequestHead } from '../../../modules/proto_ws/http-head.ts';
import { ProxyHeaderReader, type ReadProxyHeader } from '../../../modules/proto_ws/proxy-header.ts';
import { Refusal } from '../../../modules/proto_ws/refusals.ts';
import { forwardedFor, networks } from '../../../modules/proto_ws/trusted-proxies.ts';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, configAround, hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { frame, goodRequest, TEXT, requestText as upgradeText, WireReader } from './wire.ts';

const mark = '0d0a0d0a000d0a515549540a';
const binary = (hex: string) => Buffer.from(mark + hex.replaceAll(' ', ''), 'hex');
const v4 = 'c0000201 c0000202 dc04 01bb';
const v6 = '20010db8000000000000000000000001 20010db8000000000000000000000002 dc04 01bb';

describe('the PROXY protocol, versions 1 and 2', () => {
  const rows: readonly [name: string, header: string | Buffer, peer: string | undefined][] = [
    ['TCP4', 'PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n', '192.0.2.1 56324'],
    ['TCP6', 'PROXY TCP6 2001:DB8:0:0:0:0:0:1 2001:db8::2 56324 443\r\n', '2001:db8::1 56324'],
    ['TCP6 with an IPv4 address', 'PROXY TCP6 ::ffff:192.0.2.1 ::ffff:192.0.2.2 1 2\r\n', '192.0.2.1 1'],
    ['UNKNOWN', 'PROXY UNKNOWN\r\n', undefined],
    ['UNKNOWN with more', 'PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n', undefined],
    ['version 2, IPv4', binary(`21 11 000c ${v4}`), '192.0.2.1 56324'],
    ['version 2, IPv6', binary(`21 21 0024 ${v6}`), '2001:db8::1 56324'],
    ['version 2, more behind the addresses', binary(`21 11 0010 ${v4} 04000100`), '192.0.2.1 56324'],
    ['version 2, LOCAL', binary('20 00 0000'), undefined],
    ['version 2, LOCAL with addresses', binary(`20 11 000c ${v4}`), undefined],
    ['version 2, a family that is not told', binary('21 00 0000'), undefined],
    ['version 2, a socket of the file system', binary(`21 31 00d8 ${'00'.repeat(216)}`), undefined],
    ['none', '', undefined],
    ['none, and empty lines', '\r\n\r\n', undefined],
  ];
  for (const [name, header, peer] of rows) {
    const rest = 'GET / HTTP/1.1\r\n';
    const bytes = Buffer.concat([Buffer.from(header), Buffer.from(rest)]);
    const kept = peer === undefined && String(header).trim() === '' ? String(header) + rest : rest;
    test(`${name}, cut at every byte`, () => {
      for (let at = 0; at <= bytes.length; at++) {
        const reader = new ProxyHeaderReader();
        const early = at === 0 ? undefined : reader.push(bytes.subarray(0, at));
        const read = early ?? reader.push(bytes.subarray(at));
        assert.deepEqual(wordsOf(read), peer, `cut at ${at}`);
        assert.equal(String(read?.rest) + (early ? String(bytes.subarray(at)) : ''), kept, `cut at ${at}`);
      }
    });
  }

  const bad: readonly [name: string, header: string | Buffer][] = [
    ['another family', 'PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n'],
    ['an IPv6 address in TCP4', 'PROXY TCP4 2001:db8::1 192.0.2.2 1 2\r\n'],
    ['no address', 'PROXY TCP4 nonsense 192.0.2.2 1 2\r\n'],
    ['a port beyond 65535', 'PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n'],
    ['a port missing', 'PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n'],
    ['a word too many', 'PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n'],
    ['two blanks', 'PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n'],
    ['a line without end', `PROXY TCP4 ${'1'.repeat(200)}`],
    ['another version', binary(`11 11 000c ${v4}`)],
    ['another command', binary(`22 11 000c ${v4}`)],
    ['too short for its addresses', binary('21 11 0004 c0000201')],
    ['a length that nobody needs', binary('21 11 ffff')],
  ];
  for (const [name, header] of bad) {
    test(`refused: ${name}`, () => {
      assert.throws(
        () => new ProxyHeaderReader().push(Buffer.from(header)),
        (error) => error instanceof Refusal && error.code === 'proxy-header',
      );
    });
  }
});

function wordsOf(read: ReadProxyHeader | undefined): string | undefined {
  return read?.peer && `${read.peer.address} ${read.peer.port}`;
}

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
    withHost(option, '', async (host) => {
      assert.equal(await sourceSeen(host, text), '192.0.2.1 56324');
      assert.equal(await sourceSeen(host, binary(`21 11 000c ${v4}`)), '192.0.2.1 56324');
      assert.equal(await sourceSeen(host, ''), '127.0.0.1 own');
      assert.equal(await sourceSeen(host, 'PROXY UNKNOWN\r\n'), '127.0.0.1 own');
      assert.equal(await sourceSeen(host, 'PROXY nonsense\r\n'), 'HTTP/1.1 400 Bad Request');
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
