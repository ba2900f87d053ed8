import assert from 'node:assert/strict';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import createModule, { manifest } from '../../../modules/proto_tcp/index.ts';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { echo, openProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';
import { TcpClient } from './tcp-client.ts';

const openHost = (options: ProtocolHostOptions) => openProtocolHost(manifest, createModule, options);

const message = 'OPTIONS sip:alice@example.com SIP/2.0\r\nl: 0\r\n\r\n';

test('the connection table has a connection from its first moment to its end', async () => {
  const host = await openHost({ onMessage: echo });
  const client = await TcpClient.open(host.port);
  client.write(message);
  assert.equal(await client.until((text) => text === message), message);
  const connection = host.connections.find('tcp', '127.0.0.1', client.port);
  assert.equal(connection?.state, 'open');
  assert.equal(connection?.socket, host.socket);
  assert.equal(host.connections.get(connection?.connectionId ?? 0), connection);
  assert.equal(host.statistic('connections'), 1);
  client.socket.end();
  while (host.connections.size > 0) await new Promise(setImmediate);
  assert.equal(connection?.state, 'closed');
  assert.equal(connection?.send('too late'), false);
  assert.equal(host.statistic('closed_by_peer'), 1);
  await host.close();
});

test('unfinishedSince tells when a message began, until it is whole', async () => {
  const host = await openHost({ onMessage: echo });
  const client = await TcpClient.open(host.port);
  const connection = () => host.connections.find('tcp', '127.0.0.1', client.port);
  await client.writeApart(['\r\n'], connection);
  assert.equal(connection()?.unfinishedSince, undefined);
  await client.writeApart([message.slice(0, 9)], connection);
  const since = connection()?.unfinishedSince;
  assert.ok(since !== undefined && since <= host.timers.now());
  await client.writeApart([message.slice(9, 12)], connection);
  assert.equal(connection()?.unfinishedSince, since);
  await client.writeApart([message.slice(12) + message.slice(0, 5)], connection);
  assert.ok((connection()?.unfinishedSince ?? 0) > since);
  await client.writeApart([message.slice(5)], connection);
  assert.equal(connection()?.unfinishedSince, undefined);
  client.close();
  await host.close();
});

for (const [limit, logged] of [
  [
    'tcp_connection_lifetime',
    /^DBG:tcpconn_lifetime: idle for tcp_connection_lifetime \[127\.0\.0\.1:\d+\]$/,
  ],
  ['tcp_max_msg_time', /^ERROR:tcp_read_req: a message is not complete after tcp_max_msg_time \[127/],
] as const) {
  test(`${limit}: what was sent leaves first, then the connection ends`, async () => {
    const host = await openHost({
      onMessage: (text, source) => {
        source.send(text);
        host.connections.find('tcp', '127.0.0.1', source.remotePort)?.expire(limit);
      },
    });
    const client = await TcpClient.open(host.port);
    client.write(message + message);
    await client.until(() => false);
    assert.equal(client.text, message);
    assert.match(host.logged.join('\n'), logged);
    assert.equal(host.statistic('closed_by_us'), 1);
    await host.close();
  });
}

test('tcp_max_msg_chunks=0 is no limit', async () => {
  const host = await openHost({ onMessage: echo, params: { tcp_max_msg_chunks: 0 } });
  const client = await TcpClient.open(host.port);
  await client.writeApart([...message], () => host.connections.find('tcp', '127.0.0.1', client.port));
  assert.equal(await client.until((text) => text === message), message);
  client.close();
  await host.close();
});

test('tcp_crlf_pingpong=0: CRLFCRLF is counted and not answered', async () => {
  const host = await openHost({ onMessage: echo, params: { tcp_crlf_pingpong: 0 } });
  const client = await TcpClient.open(host.port);
  client.write(`\r\n\r\n${message}`);
  assert.equal(await client.until((text) => text.endsWith('\r\n\r\n')), message);
  assert.equal(host.statistic('keepalives_received'), 1);
  client.close();
  await host.close();
});

test('tcp_max_connections: one more is closed at once, said once a second', async () => {
  const host = await openHost({ onMessage: echo, globals: { tcp_max_connections: 2 } });
  const good = [await TcpClient.open(host.port), await TcpClient.open(host.port)];
  while (host.connections.size < 2) await new Promise(setImmediate);
  for (let at = 0; at < 5; at++) {
    const refused = await TcpClient.open(host.port);
    await refused.until(() => false);
    refused.close();
  }
  assert.equal(host.statistic('refused'), 5);
  const said = host.logged.filter((line) => line.includes('maximum number of connections exceeded: 2'));
  assert.ok(said.length >= 1 && said.length < 5, said.join('\n'));
  good[0]?.write(message);
  assert.equal(await good[0]?.until((text) => text === message), message);
  for (const client of good) client.close();
  await host.close();
});

test('tcp_send_timeout: a peer that takes nothing is dropped, another one goes on', async () => {
  const sources: MessageSource[] = [];
  const host = await openHost({
    params: { tcp_max_queue: 64 * 1024 * 1024 },
    onMessage: (text, source) => {
      if (text.startsWith('FLOOD')) sources.push(source);
      else source.send(text);
    },
  });
  const [stalled, good] = [await TcpClient.open(host.port), await TcpClient.open(host.port)];
  stalled.write('FLOOD sip:a SIP/2.0\r\nl: 0\r\n\r\n');
  while (sources.length === 0) await new Promise(setImmediate);
  stalled.socket.pause();
  while (sources[0]?.send('x'.repeat(60_000))) await wait(5);
  assert.match(host.logged.join('\n'), /ERROR:tcp_send: nothing could be written for 100 ms \[127/);
  good.write(message);
  assert.equal(await good.until((text) => text === message), message);
  for (const client of [stalled, good]) client.close();
  await host.close();
});

test('tcp_max_queue: a connection for which too much waits is dropped', async () => {
  let refused = false;
  const host = await openHost({
    params: { tcp_max_queue: 4096, tcp_send_timeout: 60_000 },
    onMessage: (_text, source) => {
      for (let at = 0; at < 100; at++) refused ||= !source.send('y'.repeat(3000));
    },
  });
  const client = await TcpClient.open(host.port);
  client.write(message);
  await client.until(() => false);
  assert.ok(refused);
  assert.match(host.logged.join('\n'), /more than 4096 bytes \(tcp_max_queue\) wait to be written \[127/);
  await host.close();
});

test('what is sent in one turn leaves in one write', async () => {
  const host = await openHost({
    onMessage: (_text, source) => {
      for (let at = 0; at < 100; at++) source.send(`${at};`);
    },
  });
  const client = await TcpClient.open(host.port);
  const chunks: string[] = [];
  client.socket.on('data', (chunk: Buffer) => chunks.push(chunk.toString('latin1')));
  client.write(message);
  await client.until((text) => text.endsWith('99;'));
  assert.equal(chunks.length, 1);
  client.close();
  await host.close();
});

test('the end of the host: what waits leaves, then the connections end; a peer that stays is cut off', async () => {
  const host = await openHost({ onMessage: echo, params: { tcp_close_timeout: 50 } });
  const client = await TcpClient.open(host.port);
  const half = await TcpClient.open(host.port);
  half.socket.allowHalfOpen = true;
  client.write(message);
  await client.until((text) => text === message);
  while (host.connections.size < 2) await new Promise(setImmediate);
  const sources = [...host.connections.all()];
  for (const source of sources) source.send('bye');
  await host.listener.close();
  assert.equal(host.connections.size, 0);
  assert.equal(await client.until((text) => text.endsWith('bye')), `${message}bye`);
  assert.equal(await half.until((text) => text === 'bye'), 'bye');
  await assert.rejects(TcpClient.open(host.port));
  half.close();
  await host.close();
});

test('connections that break off leave no trace and no unhandled error', async () => {
  const host = await openHost({ onMessage: echo });
  for (let at = 0; at < 20; at++) {
    const client = await TcpClient.open(host.port);
    client.write(message + message.slice(0, 9));
    client.socket.resetAndDestroy();
    await once(client.socket, 'close');
  }
  while (host.connections.size > 0) await new Promise(setImmediate);
  await host.close();
});

const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
  entries?.some(({ address }) => address === '::1'),
);

test('over IPv6 the peer is found, and named in brackets', {
  skip: hasIpv6 ? false : 'no ::1 here',
}, async () => {
  const host = await openHost({ onMessage: echo, address: '::1' });
  const client = await TcpClient.open(host.port, '::1');
  client.write(message);
  await client.until((text) => text === message);
  assert.equal(host.connections.find('tcp', '::1', client.port)?.state, 'open');
  client.write('no SIP\r\n\r\n');
  await client.until(() => false);
  assert.ok(host.logged.at(-1)?.endsWith(` [[::1]:${client.port}]`), host.logged.at(-1));
  await host.close();
});
