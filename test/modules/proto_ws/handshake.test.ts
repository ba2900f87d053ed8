import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { acceptKey } from '../../../modules/proto_ws/handshake.ts';
import { HeadReader } from '../../../modules/proto_ws/head-reader.ts';
import { headerValues, parseRequestHead } from '../../../modules/proto_ws/http-head.ts';
import { askForUpgrade } from './handshake-exchange.ts';
import { handshakeRows } from './handshake-rows.ts';
import { asTimersAreCalled, VirtualTimers } from './virtual-timers.ts';
import { goodRequest, requestText, WireReader } from './wire.ts';
import { echo, openWebSocketHost, type WebSocketHost } from './ws-host.ts';

const requestTimeout = 1500;

test('RFC 6455 §1.3: the accept key of the sample nonce', () => {
  assert.equal(acceptKey('dGhlIHNhbXBsZSBub25jZQ=='), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

describe('RFC 6455 §4.2: upgrade requests', () => {
  let host: WebSocketHost;
  before(async () => {
    host = await openWebSocketHost({ ws_request_timeout: requestTimeout }, echo);
  });
  after(() => host.close());

  for (const row of handshakeRows) {
    test(`${row.id} ${row.name}: ${row.answer} (the RFCs: ${row.wants})`, async () => {
      assert.ok(row.wants === 'either' || (row.wants === 'accept') === (row.answer === 'open'));
      await askForUpgrade(await host.dial(), row, host);
    });
  }
});

test('ws_request_timeout: a request that came while the host was busy is in time', async () => {
  const timers = new VirtualTimers();
  const host = await openWebSocketHost({}, echo, {}, { timers });
  const reader = new WireReader(await host.dial());
  while (timers.pending === 0) await new Promise(setImmediate);
  await asTimersAreCalled(() => {
    reader.socket.write(requestText(goodRequest));
    timers.advance(10_000);
  });
  assert.match(await reader.head(), /^HTTP\/1\.1 101 /);
  reader.socket.destroy();
  await host.close();
});

describe('requests that are made to cost time', () => {
  const blanks = ' '.repeat(1_000_000);
  const rows = [
    ['blanks in the middle of a value', `X: a${blanks}b`, `a${blanks}b`],
    ['blanks at the ends of a value', `X:${blanks}a${blanks}`, 'a'],
    ['continuation lines', `X: a${'\r\n b'.repeat(100_000)}`, `a${' b'.repeat(100_000)}`],
    ['empty continuation lines', `X: a${'\r\n '.repeat(300_000)}`, 'a'],
    ['a first line that is continued', 'X:\r\n a', 'a'],
  ] as const;
  for (const [name, lines, value] of rows) {
    // What is quadratic takes minutes here.
    test(`${name} take time in proportion`, { timeout: 20_000 }, () => {
      const start = performance.now();
      const head = parseRequestHead(`GET / HTTP/1.1\r\n${lines}`);
      assert.deepEqual(headerValues(head, 'x'), [value]);
      assert.ok(performance.now() - start < 10_000);
    });
  }

  test('a request that comes byte by byte', () => {
    const reader = new HeadReader(65535, 'ws_max_request_size');
    const bytes = Buffer.from(requestText([...goodRequest, `X: ${'y'.repeat(60_000)}`]));
    const rest = Buffer.from('rest');
    const found = [...bytes].map((byte) => reader.push(Buffer.from([byte])));
    assert.ok(found.slice(0, -1).every((request) => request === undefined));
    assert.equal(found.at(-1)?.head.headers.length, goodRequest.length);
    const whole = new HeadReader(65535, 'ws_max_request_size').push(Buffer.concat([bytes, rest]));
    assert.deepEqual(whole?.head, found.at(-1)?.head);
    assert.deepEqual(whole?.rest, rest);
  });
});

describe('the answers', () => {
  test('the 101 has the bytes and the order of OpenSIPS', async () => {
    const host = await openWebSocketHost({}, echo);
    const reader = new WireReader(await host.dial());
    reader.socket.write(requestText(goodRequest));
    assert.equal(
      await reader.head(),
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    );
    reader.socket.destroy();
    await host.close();
  });

  test('a refusal tells why and ends; the log has the text of OpenSIPS and the peer', async () => {
    const host = await openWebSocketHost({}, echo);
    const reader = new WireReader(await host.dial());
    const peer = `127.0.0.1:${reader.socket.localPort}`;
    reader.socket.write(requestText(['POST / HTTP/1.1', ...goodRequest.slice(1)]));
    const answer = (await reader.rest()).toString('latin1');
    assert.equal(
      answer,
      'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nContent-Type: text/plain\r\nContent-Length: 25\r\n' +
        'Connection: close\r\n\r\nonly GET can be upgraded\n',
    );
    assert.deepEqual(host.logged, [
      `ERROR:ws_parse_req_handshake: invalid first line: method <POST> [${peer}] (method, ws:127.0.0.1:0)`,
    ]);
    await host.close();
  });

  test('require_origin=1 refuses a request without Origin', async () => {
    const host = await openWebSocketHost({ require_origin: 1 }, echo);
    const reader = new WireReader(await host.dial());
    reader.socket.write(requestText(goodRequest));
    assert.match(await reader.head(), /^HTTP\/1\.1 403 /);
    assert.match(host.logged.join('\n'), /Origin header not present! \[127/);
    await host.close();
  });

  test('tcp_max_connections: one more gets 503 with Retry-After, said once a second', async () => {
    const host = await openWebSocketHost({}, echo, { tcp_max_connections: 1 });
    const first = new WireReader(await host.dial());
    first.socket.write(requestText(goodRequest));
    await first.head();
    for (let at = 0; at < 5; at++) {
      const more = new WireReader(await host.dial());
      assert.match(await more.head(), /^HTTP\/1\.1 503 .*\r\nRetry-After: \d/);
      more.socket.destroy();
    }
    assert.equal(host.statistic('refused_connections'), 5);
    const said = host.logged.filter((line) => line.includes('maximum number of connections exceeded: 1'));
    assert.ok(said.length >= 1 && said.length < 5, said.join('\n'));
    first.socket.destroy();
    await host.close();
  });

  test('tcp_max_connections: one that has said nothing yet counts', async () => {
    const host = await openWebSocketHost({}, echo, { tcp_max_connections: 1 });
    const silent = await host.dial();
    const second = new WireReader(await host.dial());
    assert.match(await second.head(), /^HTTP\/1\.1 503 /);
    silent.destroy();
    await host.close();
  });
});
