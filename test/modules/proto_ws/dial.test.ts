import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { DialFailure } from '../../../modules/proto_ws/dial-failures.ts';
import { answerUpgrade } from './answer-exchange.ts';
import { answerRows } from './answer-rows.ts';
import { options } from './frame-rows.ts';
import {
  BINARY,
  CLOSE,
  closeFrame,
  frame,
  goodAnswer,
  openRawServer,
  type RawServer,
  requestText,
  TEXT,
  type WireReader,
} from './wire.ts';
import { echo, openWebSocketHost } from './ws-host.ts';

let server: RawServer;
before(async () => {
  server = await openRawServer();
});
after(() => server.close());

/** Answers an upgrade request well and leaves the stream to the test. */
async function upgrade(at: RawServer = server): Promise<WireReader> {
  const reader = await at.accepted();
  reader.socket.write(requestText(goodAnswer(await reader.head())));
  return reader;
}

describe('RFC 6455 §4.1: the answer to our upgrade request', () => {
  for (const row of answerRows) {
    test(`${row.name}: ${row.outcome}`, async () => {
      const host = await openWebSocketHost(row.params ?? {}, echo);
      const connecting = host.connect(server.port);
      await answerUpgrade(await server.accepted(), row, connecting, host);
      await host.close();
    });
  }
});

test('the upgrade request has the bytes and the order of OpenSIPS', async () => {
  const host = await openWebSocketHost({ ws_resource: '/sip?x=1' }, echo);
  const connecting = host.connect(server.port);
  const reader = await server.accepted();
  const request = await reader.head();
  const [key = ''] = /(?<=Sec-WebSocket-Key: ).*(?=\r\n)/.exec(request) ?? [];
  assert.equal(
    request,
    `GET /sip?x=1 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: 127.0.0.1:${server.port}\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nUpgrade: websocket\r\nConnection: upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n',
  );
  assert.equal(Buffer.from(key, 'base64').length, 16);
  reader.socket.write(requestText(goodAnswer(request)));
  await connecting;
  const other = host.connect(server.port);
  const second = await upgrade();
  await other;
  reader.socket.destroy();
  second.socket.destroy();
  await host.close();
});

test('each request has a key of its own', async () => {
  const host = await openWebSocketHost({}, echo);
  const keys = new Set<string>();
  for (let at = 0; at < 5; at++) {
    const connecting = host.connect(server.port).catch(() => undefined);
    const reader = await server.accepted();
    keys.add(/Sec-WebSocket-Key: (.*)/.exec(await reader.head())?.[1] ?? '');
    reader.socket.destroy();
    await connecting;
  }
  assert.equal(keys.size, 5);
  await host.close();
});

test('an open connection is in the table and serves both ways', async () => {
  const received: string[] = [];
  const host = await openWebSocketHost({}, (message) => received.push(message));
  const connecting = host.connect(server.port);
  const reader = await upgrade();
  const connection = await connecting;
  assert.equal(host.connections.find('ws', '127.0.0.1', server.port), connection);
  assert.equal(connection.state, 'open');
  assert.equal(connection.socket.port, host.port);
  assert.equal(host.statistic('connections'), 1);
  assert.ok(connection.send('REGISTER'));
  assert.ok(connection.send('\xff\0'));
  assert.deepEqual(await reader.frame(), { opcode: TEXT, payload: Buffer.from('REGISTER'), masked: true });
  assert.deepEqual(await reader.frame(), { opcode: BINARY, payload: Buffer.from([0xff, 0]), masked: true });
  reader.socket.write(frame({ opcode: TEXT, payload: options(), masked: false }));
  while (received.length === 0) await new Promise(setImmediate);
  assert.deepEqual(received, [options().toString()]);
  reader.socket.destroy();
  while (host.connections.size > 0) await new Promise(setImmediate);
  assert.equal(connection.send('late'), false);
  assert.equal(host.statistic('closed_by_peer_1006'), 1);
  await host.close();
});

test('frames right behind the 101 are the first ones', async () => {
  const received: string[] = [];
  const host = await openWebSocketHost({}, (message, source) => {
    received.push(message);
    source.send('answer');
  });
  const connecting = host.connect(server.port);
  const reader = await server.accepted();
  const answer = requestText(goodAnswer(await reader.head()));
  const first = frame({ opcode: TEXT, payload: 'OPTIONS 1', masked: false });
  const second = frame({ opcode: TEXT, payload: 'OPTIONS 2', masked: false });
  reader.socket.write(Buffer.concat([Buffer.from(answer), first, second.subarray(0, 4)]));
  await connecting;
  reader.socket.write(second.subarray(4));
  assert.equal((await reader.frame())?.payload.toString(), 'answer');
  assert.equal((await reader.frame())?.payload.toString(), 'answer');
  assert.deepEqual(received, ['OPTIONS 1', 'OPTIONS 2']);
  reader.socket.destroy();
  await host.close();
});

test('ws_handshake_timeout is a time of the clock: drops that come in meanwhile do not prolong it', async () => {
  const host = await openWebSocketHost({ ws_handshake_timeout: 150 }, echo);
  const connecting = host.connect(server.port).catch((error: unknown) => error);
  const reader = await server.accepted();
  const answer = requestText(goodAnswer(await reader.head()));
  const start = performance.now();
  for (let at = 0; !reader.ended && at < answer.length - 4; at++) {
    reader.socket.write(answer.slice(at, at + 1));
    await wait(50);
  }
  const outcome = await connecting;
  assert.ok(outcome instanceof DialFailure && outcome.code === 'handshake-timeout');
  assert.ok(performance.now() - start < 0.8 * 50 * answer.length);
  await host.close();
});

test('a port where nobody listens: a failure with the words of the system', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const address = closed.address();
  closed.close();
  await once(closed, 'close');
  const host = await openWebSocketHost({}, echo);
  await assert.rejects(host.connect(typeof address === 'object' ? (address?.port ?? 0) : 0), {
    code: 'connect',
    message: /^the system could not connect: connect ECONNREFUSED 127\.0\.0\.1:\d+.* \(connect\)$/,
  });
  assert.equal(host.statistic('dial_failed'), 1);
  await host.close();
});

/** A program that listens and never accepts. */
const deafServer = `
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

test('tcp_connect_timeout: a server that lets nobody in', {
  skip: process.platform === 'linux' ? false : 'other systems answer in place of the program',
}, async () => {
  const child = spawn(process.execPath, ['-e', deafServer], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  const queue = Array.from({ length: 2 }, () => connect(Number(port), '127.0.0.1'));
  await Promise.all(queue.map((socket) => once(socket, 'connect')));
  const host = await openWebSocketHost({}, echo, { tcp_connect_timeout: 60 });
  await assert.rejects(host.connect(Number(port)), {
    code: 'connect-timeout',
    message: 'no connection within tcp_connect_timeout: 60 ms (connect-timeout)',
  });
  assert.equal(host.statistic('dial_failed_connect-timeout'), 1);
  await host.close();
  for (const socket of queue) socket.destroy();
  child.kill('SIGKILL');
});

test('RFC 6455 §7.1.1: the server ends the stream behind a close; one that does not is cut off', async () => {
  const host = await openWebSocketHost({ ws_close_timeout: 50 }, echo);
  const connecting = host.connect(server.port);
  const reader = await upgrade();
  await connecting;
  reader.socket.write(closeFrame(1000, 'bye', { masked: false }));
  assert.equal((await reader.frame())?.opcode, CLOSE);
  assert.equal((await reader.rest()).length, 0);
  assert.equal(host.statistic('closed_by_peer_1000'), 1);
  await host.close();
});

test('at the end of the host open connections get 1001, those that open fail', async () => {
  const host = await openWebSocketHost({}, echo);
  const connecting = host.connect(server.port);
  const open = await upgrade();
  await connecting;
  const opening = host.connect(server.port);
  const half = await server.accepted();
  await half.head();
  const closed = host.close();
  await assert.rejects(opening, { code: 'stopping' });
  const received = await open.frame();
  assert.equal(received?.opcode, CLOSE);
  assert.equal(received?.payload.readUInt16BE(), 1001);
  open.socket.write(frame({ opcode: CLOSE, payload: received?.payload ?? '', masked: false }));
  open.socket.end();
  await closed;
  assert.equal(host.connections.size, 0);
  await assert.rejects(host.connect(server.port), { code: 'stopping' });
});

test('the connection leaves from the address of the chosen socket', {
  skip: process.platform === 'linux' ? false : 'only 127.0.0.1 is an address of loopback here',
}, async () => {
  const host = await openWebSocketHost({}, echo, {}, { address: '127.0.0.2' });
  const connecting = host.connect(server.port, '127.0.0.1');
  const reader = await upgrade();
  await connecting;
  assert.equal(reader.socket.remoteAddress, '127.0.0.2');
  reader.socket.destroy();
  await host.close();
});

const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
  entries?.some(({ address }) => address === '::1'),
);

test('over IPv6: Host and Origin have brackets', { skip: hasIpv6 ? false : 'no ::1 here' }, async () => {
  const server6 = await openRawServer('::1');
  const host = await openWebSocketHost({}, echo, {}, { address: '::1' });
  const connecting = host.connect(server6.port);
  const reader = await server6.accepted();
  const request = await reader.head();
  assert.ok(
    request.includes(`\r\nHost: [::1]:${server6.port}\r\nOrigin: [::1]:${server6.port}\r\n`),
    request,
  );
  reader.socket.write(requestText(goodAnswer(request)));
  await connecting;
  assert.ok(host.connections.find('ws', '::1', server6.port));
  reader.socket.destroy();
  await host.close();
  await server6.close();
});
