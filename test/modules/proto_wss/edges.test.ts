import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { folder, freePort, listening, start } from '../../cli/program.ts';
import { asTimersAreCalled, VirtualTimers } from '../proto_ws/virtual-timers.ts';
import { frame, goodRequest, requestText, TEXT, upgraded, WireReader } from '../proto_ws/wire.ts';
import { echo } from '../protocol-host.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';
import { openSecureHost, type SecureHost } from './wss-host.ts';

const files = await makeTlsFiles();

async function dialPlain(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  // Bytes that the host has not read make a reset of its end.
  return socket.on('error', () => undefined);
}

/** Lines about handshakes that failed, without the peer's port. */
const failures = ({ logged }: SecureHost) =>
  logged.filter((line) => line.startsWith('ERROR')).map((line) => line.replace(/127\.0\.0\.1:\d+ /, 'PEER '));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** What clients begin with that know nothing of TLS. */
const plainBeginnings: readonly (readonly [what: string, bytes: string | Buffer])[] = [
  ['ws:// where wss:// was meant', requestText(goodRequest)],
  ['a browser that asks by http://', 'GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ['the first byte of it', 'G'],
  ['SIP', 'OPTIONS sip:a@b SIP/2.0\r\n\r\n'],
  ['a megabyte of it', Buffer.alloc(1_048_576, 'x')],
];

test('tls_accept_timeout: what came while the host was busy is in time', async () => {
  const timers = new VirtualTimers();
  const host = await openSecureHost(files, { onMessage: echo, timers });
  const idle = timers.pending;
  const reader = new WireReader(await dialPlain(host.port));
  await until(() => timers.pending > idle);
  await asTimersAreCalled(() => {
    reader.socket.write('GET / HTTP/1.1\r\n\r\n');
    timers.advance(10_000);
  });
  assert.match(await reader.head(), /^HTTP\/1\.1 400 /);
  reader.socket.destroy();
  await host.close();
});

describe('a client that does not speak TLS gets HTTP 400, is told why, and the connection ends', () => {
  for (const [what, bytes] of plainBeginnings) {
    test(what, async () => {
      const host = await openSecureHost(files, { onMessage: echo });
      const reader = new WireReader(await dialPlain(host.port));
      reader.socket.write(bytes);
      const answer = (await reader.rest()).toString('latin1');
      assert.equal(
        answer,
        'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 54\r\nConnection: close\r\n\r\n' +
          'this port speaks TLS: connect to wss://, not to ws://\n',
      );
      assert.equal(failures(host).length, 1);
      assert.match(
        failures(host)[0] ?? '',
        /^ERROR:tls_accept: New TLS connection from PEER failed to accept: no_tls: .*"(?:GET|G|OPTIONS|xxx).*" \(wss:127\.0\.0\.1:0\)$/,
      );
      reader.socket.destroy();
      await host.close();
    });
  }
});

test('a client that says nothing and ends, or breaks off in its handshake, leaves nothing behind', async () => {
  const host = await openSecureHost(files, { onMessage: echo });
  const begun = [
    ['closes at once', (socket: Socket) => socket.end()],
    ['resets at once', (socket: Socket) => socket.resetAndDestroy()],
    ['half a ClientHello', (socket: Socket) => socket.end('\x16\x03\x01\x02\x00\x01', 'latin1')],
  ] as const;
  for (const [, end] of begun) {
    const socket = await dialPlain(host.port);
    end(socket);
    await once(socket, 'close');
  }
  const hung = connectTls({ host: '127.0.0.1', port: host.port, ca: [files.root.certificate] });
  await once(hung, 'connect');
  hung.destroy();
  await until(() => (host.statistic('tls_mgm:accept_failed') ?? 0) === 4);
  const reader = await upgraded(await host.dial());
  reader.socket.destroy();
  await until(() => host.connections.size === 0);
  assert.equal(host.statistic('accepted'), 1);
  await host.close();
});

test('a client that ends right behind its TLS handshake, without an upgrade request, is no line of the log', async () => {
  const host = await openSecureHost(files, { onMessage: echo });
  const socket = await host.dial();
  socket.end();
  await once(socket, 'close');
  await host.close();
  assert.deepEqual(failures(host), []);
});

test('tcp_max_connections: one more is closed before its handshake; those that are there go on', async () => {
  const host = await openSecureHost(files, { globals: { tcp_max_connections: 2 }, onMessage: echo });
  const first = await upgraded(await host.dial());
  const silent = await dialPlain(host.port);
  for (let at = 0; at < 5; at++) {
    const more = new WireReader(await dialPlain(host.port));
    assert.equal((await more.rest()).length, 0);
    more.socket.destroy();
  }
  const said = host.logged.filter((line) => line.includes('maximum number of connections exceeded: 2'));
  assert.ok(said.length >= 1 && said.length < 5, host.logged.join('\n'));
  assert.equal(host.statistic('tls_mgm:accepted'), 1);
  silent.destroy();
  await until(() => host.statistic('tls_mgm:accept_failed') === 1);
  const second = await upgraded(await host.dial());
  for (const { socket } of [first, second]) socket.destroy();
  await host.close();
});

test('the end of the host: open connections get 1001, upgrades under way 503, TLS handshakes just end', async () => {
  const host = await openSecureHost(files, { onMessage: echo });
  const open = await upgraded(await host.dial());
  const half = new WireReader(await host.dial());
  half.socket.write(requestText(goodRequest).slice(0, 40));
  const silent = new WireReader(await dialPlain(host.port));
  const begun = new WireReader(await dialPlain(host.port));
  begun.socket.write('\x16\x03\x01\x02\x00\x01', 'latin1');
  await until(() => host.statistic('tls_mgm:accepted') === 2);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  const closed = host.close();
  assert.equal((await open.frame())?.payload.readUInt16BE(), 1001);
  open.socket.end();
  assert.match(await half.head(), /^HTTP\/1\.1 503 /);
  assert.equal((await silent.rest()).length, 0);
  assert.equal((await begun.rest()).length, 0);
  await closed;
  assert.equal(host.connections.size, 0);
});

test('SIGTERM while handshakes are under way: the program ends in order, and soon', async (t) => {
  const place = folder(t);
  const port = await freePort();
  const file = join(place, 'opensips.cfg');
  writeFileSync(
    file,
    `socket=wss:127.0.0.1:${port}\nloadmodule "proto_wss.so"\n${domainLines(files)}\nroute { exit; }\n`,
  );
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  const pending = await Promise.all(Array.from({ length: 40 }, () => dialPlain(port)));
  for (const [at, socket] of pending.entries()) {
    if (at % 2 === 0) socket.write('\x16\x03\x01\x02\x00\x01', 'latin1');
  }
  const secured = connectTls({ host: '127.0.0.1', port, ca: [files.root.certificate] });
  await once(secured, 'secureConnect');
  secured.on('error', () => undefined).resume();
  const began = performance.now();
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0, err);
  // tls_accept_timeout and wss_request_timeout are ten seconds.
  assert.ok(performance.now() - began < 8000);
  for (const socket of [...pending, secured]) socket.destroy();
});

test('wss_send_timeout: a host that is held up itself blames no peer', async () => {
  const sendTimeout = 100;
  const host = await openSecureHost(files, {
    params: { wss_send_timeout: sendTimeout },
    onMessage: (text, source) => {
      source.send(text);
      // Behind the end of this turn, which writes the reply.
      setImmediate(holdUp, 3 * sendTimeout);
    },
  });
  const reader = await upgraded(await host.dial());
  for (let round = 0; round < 3; round++) {
    reader.socket.write(frame({ opcode: TEXT, payload: 'hello' }));
    assert.equal((await reader.frame())?.payload.toString(), 'hello');
  }
  assert.deepEqual(
    host.logged.filter((line) => line.startsWith('ERROR')),
    [],
  );
  reader.socket.destroy();
  await host.close();
});

/** Keeps the event loop from doing anything, as a processor does that others have taken. */
function holdUp(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
