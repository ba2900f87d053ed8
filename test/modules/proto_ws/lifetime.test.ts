import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { options } from './frame-rows.ts';
import { CLOSE, frame, goodRequest, requestText, TEXT, upgraded, WireReader } from './wire.ts';
import { echo, openWebSocketHost } from './ws-host.ts';

test('the connection table has a connection from its 101 to its end', async () => {
  const host = await openWebSocketHost({}, echo);
  const reader = await upgraded(await host.dial());
  const port = reader.socket.localPort ?? 0;
  const connection = host.connections.find('ws', '127.0.0.1', port);
  assert.equal(connection?.state, 'open');
  assert.equal(host.connections.get(connection?.connectionId ?? 0), connection);
  assert.equal(connection?.socket.port, host.port);
  assert.equal(host.statistic('connections'), 1);
  reader.socket.end();
  await once(reader.socket, 'close');
  while (host.connections.size > 0) await new Promise(setImmediate);
  assert.equal(connection?.state, 'closed');
  assert.equal(connection?.send('too late'), false);
  await host.close();
});

test('RFC 6455 §7.4.1: at the end of the host clients get close 1001, unfinished upgrades 503', async () => {
  const host = await openWebSocketHost({}, echo);
  const open = await upgraded(await host.dial());
  const half = new WireReader(await host.dial());
  half.socket.write(requestText(goodRequest).slice(0, 40));
  while (host.statistic('accepted') !== 1) await new Promise(setImmediate);
  await wait(50);
  const closed = host.close();
  const received = await open.frame();
  assert.equal(received?.opcode, CLOSE);
  assert.equal(received?.payload.readUInt16BE(), 1001);
  open.socket.write(frame({ opcode: CLOSE, payload: received?.payload ?? '' }));
  assert.match(await half.head(), /^HTTP\/1\.1 503 /);
  await closed;
  assert.equal(host.connections.size, 0);
});

test('ws_close_timeout: a client that does not answer the close is cut off', async () => {
  const host = await openWebSocketHost({ ws_close_timeout: 50 }, echo);
  const reader = await upgraded(await host.dial());
  await host.close();
  assert.equal((await reader.frame())?.opcode, CLOSE);
  await reader.rest();
});

test('the time-outs of 100 ms govern what we open: a client behind 300 ms of delay each way gets in', async () => {
  const host = await openWebSocketHost({ ws_handshake_timeout: 100 }, echo, { tcp_connect_timeout: 100 });
  const socket = await host.dial();
  const reader = new WireReader(socket);
  await wait(600);
  socket.write(requestText(goodRequest));
  assert.match(await reader.head(), /^HTTP\/1\.1 101 /);
  await wait(600);
  const bytes = frame({ opcode: TEXT, payload: options() });
  socket.write(bytes.subarray(0, 20));
  await wait(300);
  socket.write(bytes.subarray(20));
  assert.deepEqual((await reader.frame())?.payload, options());
  socket.destroy();
  await host.close();
});

test('stopAccepting: no new connections, open ones work on', async () => {
  const host = await openWebSocketHost({}, echo);
  const reader = await upgraded(await host.dial());
  host.listener.stopAccepting();
  await assert.rejects(host.dial());
  reader.socket.write(frame({ opcode: TEXT, payload: options() }));
  assert.deepEqual((await reader.frame())?.payload, options());
  reader.socket.destroy();
  await host.close();
});

test('ws_send_timeout: a client that takes nothing is dropped, another one goes on', async () => {
  const big = 'x'.repeat(60_000);
  const sources: MessageSource[] = [];
  const host = await openWebSocketHost({ ws_max_queue: 64 * 1024 * 1024 }, (message, source) => {
    if (message.startsWith('flood')) sources.push(source);
    else source.send(message);
  });
  const stalled = await upgraded(await host.dial());
  const good = await upgraded(await host.dial());
  stalled.socket.write(frame({ opcode: TEXT, payload: 'flood' }));
  while (sources.length === 0) await new Promise(setImmediate);
  stalled.socket.pause();
  const [source] = sources;
  while (source?.send(big)) await wait(5);
  assert.match(host.logged.join('\n'), /ERROR:ws_send: nothing could be written for 100 ms \[127/);
  good.socket.write(frame({ opcode: TEXT, payload: options() }));
  assert.deepEqual((await good.frame())?.payload, options());
  stalled.socket.destroy();
  good.socket.destroy();
  await host.close();
});

test('ws_max_queue: a connection for which too much waits is dropped', async () => {
  let refused = false;
  const host = await openWebSocketHost({ ws_max_queue: 4096, ws_send_timeout: 60_000 }, (_, source) => {
    for (let at = 0; at < 100; at++) refused ||= !source.send('y'.repeat(3000));
  });
  const reader = await upgraded(await host.dial());
  reader.socket.write(frame({ opcode: TEXT, payload: options() }));
  await reader.rest();
  assert.ok(refused);
  assert.match(
    host.logged.join('\n'),
    /ws_send: more than 4096 bytes \(ws_max_queue\) wait to be written \[127/,
  );
  await host.close();
});

test('the system probes idle connections, so that a peer that is gone is found', {
  skip: existsSync('/proc/net/tcp') ? false : 'no /proc/net/tcp here',
}, async () => {
  const host = await openWebSocketHost({}, echo);
  const reader = await upgraded(await host.dial());
  const [own, peer] = [host.port, reader.socket.localPort ?? 0].map(
    (port) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`,
  );
  // `tr` 02 is a running keepalive timer (Linux, proc_net_tcp).
  const running = new RegExp(`: ${own} ${peer} 01 \\S+ 02:`);
  while (!running.test(readFileSync('/proc/net/tcp', 'latin1'))) await wait(10);
  reader.socket.destroy();
  await host.close();
});

test('what is sent when the peer has ended its side is not said to be sent', async () => {
  const sources: MessageSource[] = [];
  const host = await openWebSocketHost({}, (_, source) => sources.push(source));
  const reader = await upgraded(await host.dial());
  reader.socket.write(frame({ opcode: TEXT, payload: options() }));
  while (sources.length === 0) await new Promise(setImmediate);
  const [source] = sources;
  const sent: (boolean | undefined)[] = [];
  const connection = host.connections.find('ws', '127.0.0.1', reader.socket.localPort ?? 0);
  reader.socket.end();
  while (connection?.state === 'open') await new Promise(setImmediate);
  sent.push(source?.send('late'));
  await once(reader.socket, 'close');
  while (host.connections.size > 0) await new Promise(setImmediate);
  sent.push(source?.send('later'));
  assert.deepEqual(sent, [false, false]);
  assert.equal(host.statistic('messages_sent'), 0);
  assert.deepEqual(
    host.logged.filter((line) => !line.includes('ended without a close frame')),
    [],
  );
  await host.close();
});

test('lastActive moves with what comes and with what is sent', async () => {
  const sources: MessageSource[] = [];
  const host = await openWebSocketHost({}, (_, source) => sources.push(source));
  const reader = await upgraded(await host.dial());
  reader.socket.write(frame({ opcode: TEXT, payload: options() }));
  while (sources.length === 0) await new Promise(setImmediate);
  const connection = host.connections.find('ws', '127.0.0.1', reader.socket.localPort ?? 0);
  const received = connection?.lastActive ?? 0;
  await wait(2);
  sources[0]?.send('x');
  assert.ok((connection?.lastActive ?? 0) > received);
  reader.socket.destroy();
  await host.close();
});

test('a listener that is closed twice ends once for both', async () => {
  const host = await openWebSocketHost({}, echo);
  const reader = await upgraded(await host.dial());
  const first = host.listener.close();
  const second = host.listener.close();
  assert.equal((await reader.frame())?.opcode, CLOSE);
  reader.socket.destroy();
  await Promise.all([first, second]);
  await host.close();
});

test('a connection that breaks off leaves no trace and no unhandled error', async () => {
  const host = await openWebSocketHost({}, echo);
  for (let at = 0; at < 20; at++) {
    const reader = await upgraded(await host.dial());
    reader.socket.write(frame({ opcode: TEXT, payload: options() }));
    reader.socket.resetAndDestroy();
  }
  while (host.connections.size > 0) await new Promise(setImmediate);
  await host.close();
});

const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
  entries?.some(({ address }) => address === '::1'),
);

test('over IPv6: the peer is found, and named in brackets', {
  skip: hasIpv6 ? false : 'no ::1 here',
}, async () => {
  const host = await openWebSocketHost({}, echo, {}, { address: '::1' });
  const reader = await upgraded(await host.dial());
  const { localPort = 0 } = reader.socket;
  assert.equal(host.connections.find('ws', '::1', localPort)?.state, 'open');
  reader.socket.write(frame({ opcode: TEXT, payload: options(), masked: false }));
  assert.equal((await reader.frame())?.opcode, CLOSE);
  assert.ok(host.logged.at(-1)?.endsWith(` [[::1]:${localPort}]`), host.logged.at(-1));
  await assert.rejects(once(connect(host.port, '127.0.0.1'), 'connect'), 'IPv6 alone, as OpenSIPS binds');
  reader.socket.destroy();
  await host.close();
});
