import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { sendFromOtherThread } from '../other-thread.ts';
import { options } from '../proto_ws/frame-rows.ts';
import { CLOSE, frame, goodRequest, requestText, TEXT, upgraded, WireReader } from '../proto_ws/wire.ts';
import { dialTls, makeTlsFiles } from '../tls-domains.ts';
import { openTlsRelay } from '../tls-relay.ts';
import { openSecureHost } from './wss-host.ts';

const files = await makeTlsFiles();

/** Says how long a message was. */
function measure(message: string, source: MessageSource): void {
  source.send(String(message.length));
}

/** The next write is a record of its own, and comes in a turn of its own. */
async function writeRecord(socket: TLSSocket, bytes: Buffer | string): Promise<void> {
  await new Promise((resolve) => socket.write(bytes, resolve));
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}

const longest = options(65_535);
assert.equal(longest.length, 65_535);

describe('a message of 65,535 bytes in one write passes with the default wss_max_msg_chunks', () => {
  for (const [count, window] of [
    [500, 1],
    [500, 8],
  ] as const) {
    test(`${count} times, ${window} at once, from another thread`, async () => {
      const host = await openSecureHost(files, { onMessage: measure });
      const answered = await sendFromOtherThread({
        port: host.port,
        ca: files.root.certificate,
        hello: Buffer.from(requestText(goodRequest)),
        message: frame({ opcode: TEXT, payload: longest }),
        answer: frame({ opcode: TEXT, payload: '65535', masked: false }),
        count,
        window,
      });
      assert.deepEqual([answered, ...host.logged.filter((line) => line.startsWith('ERROR'))], [count]);
      assert.equal(host.statistic('messages_received'), count);
      await host.close();
    });
  }

  for (const [size, count] of [
    [1400, 50],
    [16_000, 100],
  ] as const) {
    test(`${count} times through a network that brings ${size} bytes a turn`, async () => {
      const host = await openSecureHost(files, { onMessage: measure });
      const relay = await openTlsRelay(host.port, size);
      const reader = await upgraded(await dialTls(relay.port, files));
      for (let at = 0; at < count; at++) {
        reader.socket.write(frame({ opcode: TEXT, payload: longest }));
        assert.equal((await reader.frame())?.payload.toString(), '65535');
      }
      reader.socket.destroy();
      await relay.close();
      await host.close();
    });
  }
});

/** How OpenSIPS writes an upgrade request (2.4 and 3.6, seen on the wire): a record a token, sixteen in all. */
const tokens = [
  ...['GET', ' ', '/', ' ', 'HTTP/1.1', '\r\n'],
  ...['Host: ', '127.0.0.1:443', '\r\n', 'Origin: ', '127.0.0.1:443', '\r\n'],
  ...['Sec-WebSocket-Key: ', 'dGhlIHNhbXBsZSBub25jZQ==', '\r\n'],
  'Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n',
];

test('the upgrade request of OpenSIPS, in sixteen records, and its frames, head and payload apart, pass with default parameters', async () => {
  const host = await openSecureHost(files, { onMessage: measure });
  const relay = await openTlsRelay(host.port);
  const socket = await dialTls(relay.port, files);
  const reader = new WireReader(socket);
  await writeRecord(socket, '');
  const before = relay.records;
  for (const token of tokens) await writeRecord(socket, token);
  assert.match(await reader.head(), /^HTTP\/1\.1 101 /);
  assert.equal(relay.records - before, 16);

  for (const size of [300, 17_000, 65_535]) {
    for (let at = 0; at < 20; at++) {
      const bytes = frame({ opcode: TEXT, payload: options(size) });
      await writeRecord(socket, bytes.subarray(0, bytes.length - size));
      await writeRecord(socket, bytes.subarray(bytes.length - size));
      assert.equal((await reader.frame())?.payload.toString(), String(options(size).length));
    }
  }
  assert.deepEqual(
    host.logged.filter((line) => line.startsWith('ERROR')),
    [],
  );
  socket.destroy();
  await relay.close();
  await host.close();
});

test('records that are decrypted in one turn are one read', async () => {
  const host = await openSecureHost(files, { params: { wss_max_msg_chunks: 1 }, onMessage: measure });
  const relay = await openTlsRelay(host.port);
  const socket = await dialTls(relay.port, files);
  const reader = await upgraded(socket);
  const bytes = frame({ opcode: TEXT, payload: options(400) });
  for (let round = 0; round < 20; round++) {
    const before = relay.records;
    relay.hold();
    for (let at = 0; at < bytes.length; at += 20) await writeRecord(socket, bytes.subarray(at, at + 20));
    while (relay.records < before + bytes.length / 20) await new Promise(setImmediate);
    relay.release();
    assert.equal((await reader.frame())?.payload.toString(), '400');
  }
  socket.destroy();
  await relay.close();
  await host.close();
});

test('a message that drips in small records is closed with 1008 and wss_max_msg_chunks', async () => {
  const host = await openSecureHost(files, { params: { wss_max_msg_chunks: 6 }, onMessage: measure });
  const socket = await host.dial();
  const reader = await upgraded(socket);
  const bytes = frame({ opcode: TEXT, payload: options(400) });
  let turns = 0;
  while (socket.writable && turns < bytes.length) {
    const before = host.statistic('bytes_received') ?? 0;
    socket.write(bytes.subarray(turns, turns + 1));
    while (host.connections.size > 0 && host.statistic('bytes_received') === before && !reader.ended) {
      await new Promise(setImmediate);
    }
    await new Promise(setImmediate);
    turns++;
  }
  const received = await reader.frame();
  assert.equal(received?.opcode, CLOSE);
  assert.equal(received?.payload.readUInt16BE(), 1008);
  assert.equal(received?.payload.toString('latin1', 2), 'wss_max_msg_chunks');
  assert.equal(host.statistic('bytes_received'), 6);
  assert.match(
    host.logged.join('\n'),
    /ERROR:ws_process: Made 6 read attempts but message is not complete yet - closing connection \[127/,
  );
  socket.destroy();
  await host.close();
});
