import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import createModule, { manifest } from '../../../modules/proto_tls/index.ts';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { sendFromOtherThread } from '../other-thread.ts';
import { exchangeBytes, streamRows, titleOf } from '../proto_tcp/stream-rows.ts';
import { TcpClient } from '../proto_tcp/tcp-client.ts';
import { echo, openProtocolHost, type ProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';
import { dialTls, domainLines, makeTlsFiles, tlsBelow } from '../tls-domains.ts';
import { openTlsRelay } from '../tls-relay.ts';

const files = await makeTlsFiles();

const openHost = (options: ProtocolHostOptions): Promise<ProtocolHost> =>
  openProtocolHost(manifest, createModule, { ...options, below: tlsBelow(files) });

const openClient = async (port: number) => new TcpClient(await dialTls(port, files));

const message = 'OPTIONS sip:alice@example.com SIP/2.0\r\nl: 0\r\n\r\n';

/** Lines about what failed. */
const errors = ({ logged }: ProtocolHost) => logged.filter((line) => line.startsWith('ERROR'));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

test('raw bytes over TLS: the rows of proto_tcp', async (t) => {
  const host = await hostOf(
    `socket=tls:127.0.0.1:5061
     loadmodule "proto_tls.so"
     loadmodule "sl.so"
     ${domainLines(files)}
     route { sl_send_reply(200, "OK"); }`,
    { log: collectLog(-1).log },
  );
  await host.start();
  const port = host.listeners[0]?.port ?? 0;
  for (const row of streamRows) {
    await t.test(titleOf(row), async () => exchangeBytes(await openClient(port), row, host));
  }
  await host.stop();
});

describe('a message of 65,535 bytes in one write passes with the default tls_max_msg_chunks', () => {
  const head = (length: number) => `MESSAGE sip:alice@example.com SIP/2.0\r\nl: ${length}\r\n\r\n`;
  const bodyLength = 65_535 - head(10_000).length;
  const longest = Buffer.from(head(bodyLength) + 'x'.repeat(bodyLength));
  const measure = (text: string, source: MessageSource): void =>
    void source.send(`SIP/2.0 200 ${text.length}\r\n\r\n`);
  const answer = Buffer.from(`SIP/2.0 200 65535\r\n\r\n`);

  for (const [count, window] of [
    [200, 1],
    [200, 8],
  ] as const) {
    test(`${count} times, ${window} at once, from another thread`, async () => {
      const host = await openHost({ onMessage: measure });
      const answered = await sendFromOtherThread({
        port: host.port,
        ca: files.root.certificate,
        hello: undefined,
        message: longest,
        answer,
        count,
        window,
      });
      assert.deepEqual([answered, errors(host)], [count, []]);
      await host.close();
    });
  }

  test('50 times through a network that brings 1400 bytes a turn', async () => {
    const host = await openHost({ onMessage: measure });
    const relay = await openTlsRelay(host.port, 1400);
    const client = await openClient(relay.port);
    for (let at = 1; at <= 50; at++) {
      client.write(longest);
      await client.until((text) => text.length >= at * answer.length);
    }
    assert.equal(client.text, String(answer).repeat(50));
    client.close();
    await relay.close();
    await host.close();
  });
});

test('records that are decrypted in one turn are one read', async () => {
  const host = await openHost({ params: { tls_max_msg_chunks: 1 }, onMessage: echo });
  const relay = await openTlsRelay(host.port);
  const client = await openClient(relay.port);
  client.write(message);
  await client.until((text) => text === message);
  const before = relay.records;
  relay.hold();
  for (const letter of message) await new Promise((resolve) => client.socket.write(letter, resolve));
  await until(() => relay.records >= before + message.length);
  relay.release();
  assert.equal(await client.until((text) => text.length >= 2 * message.length), message + message);
  client.close();
  await relay.close();
  await host.close();
});

test('a message that drips in small records ends the connection at tls_max_msg_chunks', async () => {
  const host = await openHost({ params: { tls_max_msg_chunks: 6 }, onMessage: echo });
  const client = await openClient(host.port);
  await client.writeApart([...message.slice(0, 6)], () =>
    host.connections.find('tls', '127.0.0.1', client.port),
  );
  await client.until(() => false);
  assert.match(
    errors(host).join('\n'),
    /^ERROR:tcp_handle_req: Made 6 read attempts but message is not complete yet - closing connection \[127/,
  );
  assert.equal(host.statistic('closed_by_us'), 1);
  await host.close();
});

for (const [what, bytes] of [
  ['SIP over plain TCP', message],
  ['HTTP', 'GET / HTTP/1.1\r\n\r\n'],
  ['one byte', '\0'],
] as const) {
  test(`a client that does not speak TLS (${what}) is closed without an answer, with one line of the log`, async () => {
    const host = await openHost({ onMessage: echo });
    const socket = connect(host.port, '127.0.0.1');
    await once(socket, 'connect');
    const client = new TcpClient(socket);
    client.write(bytes);
    assert.equal(await client.until(() => false), '');
    await until(() => errors(host).length > 0);
    await host.close();
    assert.equal(errors(host).length, 1);
    assert.match(
      errors(host)[0] ?? '',
      /^ERROR:tls_accept: New TLS connection from 127\.0\.0\.1:\d+ failed to accept: no_tls: /,
    );
  });
}

test('tcp_max_connections: one more is closed before its handshake', async () => {
  const host = await openHost({ globals: { tcp_max_connections: 1 }, onMessage: echo });
  const good = await openClient(host.port);
  const socket = connect(host.port, '127.0.0.1');
  await once(socket, 'connect');
  const more = new TcpClient(socket);
  assert.equal(await more.until(() => false), '');
  good.write(message);
  assert.equal(await good.until((text) => text === message), message);
  good.close();
  await host.close();
});

for (const [pingpong, drop, writes, back] of [
  [1, 0, ['\r\n\r\n'], '\r\n'],
  [0, 0, ['\r\n\r\n'], ''],
  [1, 0, ['\r\n', '\r\n'], '\r\n'],
  [1, 1, ['\r\n', '\r\n'], ''],
] as const) {
  test(`tls_crlf_pingpong ${pingpong}, tls_crlf_drop ${drop}: ${JSON.stringify(writes)} → ${JSON.stringify(back)}`, async () => {
    const params = { tls_crlf_pingpong: pingpong, tls_crlf_drop: drop };
    const host = await openHost({ params, onMessage: echo });
    const client = await openClient(host.port);
    await client.writeApart([...writes, message], () =>
      host.connections.find('tls', '127.0.0.1', client.port),
    );
    assert.equal(await client.until((text) => text.endsWith(message)), `${back}${message}`);
    client.close();
    await host.close();
  });
}

for (const [param, value, text] of [
  ['tls_max_msg_size', 100, 'MESSAGE sip:a SIP/2.0\r\nl: 200\r\n\r\n'],
  ['tls_max_queue', 1024, 'FLOOD sip:a SIP/2.0\r\nl: 0\r\n\r\n'],
] as const) {
  test(`${param}: beyond it the connection ends`, async () => {
    const onMessage = (_: string, source: MessageSource): void => void source.send('x'.repeat(2000));
    const host = await openHost({ params: { [param]: value }, onMessage });
    const client = await openClient(host.port);
    client.write(text);
    await client.until(() => false);
    assert.match(errors(host).join('\n'), param === 'tls_max_queue' ? /tls_max_queue/ : /\(size\)/);
    await host.close();
  });
}

test('tls_send_timeout: a peer that takes nothing is dropped, another one goes on', async () => {
  const sources: MessageSource[] = [];
  const host = await openHost({
    params: { tls_max_queue: 64 * 1024 * 1024 },
    onMessage: (text, source) => {
      if (text.startsWith('FLOOD')) sources.push(source);
      else source.send(text);
    },
  });
  const [stalled, good] = [await openClient(host.port), await openClient(host.port)];
  stalled.write('FLOOD sip:a SIP/2.0\r\nl: 0\r\n\r\n');
  await until(() => sources.length > 0);
  stalled.socket.pause();
  while (sources[0]?.send('x'.repeat(60_000))) await new Promise((go) => setTimeout(go, 5));
  assert.match(errors(host).join('\n'), /ERROR:tcp_send: nothing could be written for 100 ms \[127/);
  good.write(message);
  assert.equal(await good.until((text) => text === message), message);
  for (const client of [stalled, good]) client.close();
  await host.close();
});
