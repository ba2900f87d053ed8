import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { createPki } from '../../pki/index.ts';
import { requestText } from '../../runtime/host/host-tools.ts';
import { clientHello } from './client-hello-bytes.ts';
import { clientOptions } from './tls-client.ts';
import { IdentityFiles, type Place, startTlsHost, type TlsHost } from './tls-host.ts';

const { root } = await createPki();
const files = new IdentityFiles();
files.write('a', await root.issue());

function hostWith(t: TestContext, more = '', protocol: 'tls' | 'wss' = 'tls'): Promise<TlsHost> {
  const domains = `server_domain a\n${files.identity('[a]', 'a')}\nverify_cert [a]0\n${more}`;
  return startTlsHost({ protocol, domains }, t);
}

const hello = await clientHello('a.example');

/** Sends what it is told, and gives what comes back until the host ends the connection. */
async function send({ address, port }: Place, ...pieces: readonly (Buffer | string)[]): Promise<string> {
  const socket = connect({ host: address, port });
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
  for (const piece of pieces) socket.write(piece);
  await closed;
  return text;
}

/** The one line about a handshake that failed. */
async function onlyRefusal(host: TlsHost): Promise<string> {
  await host.settled();
  const [line = '', ...more] = host.refusals();
  assert.deepEqual(more, []);
  return line;
}

/** A TLS client whose bytes go through a relay that hands its hello on as it is told, and all else as it comes. */
async function askThrough(
  t: TestContext,
  place: Place,
  pass: (hello: Buffer, to: Socket) => Promise<void>,
): Promise<string> {
  const relay = createServer((near) => {
    const far = connect({ host: place.address, port: place.port, noDelay: true });
    near.on('error', () => undefined).on('close', () => far.destroy());
    far.on('error', () => undefined).on('close', () => near.destroy());
    near.once('data', (first: Buffer) => {
      near.pause();
      void pass(first, far).then(() => near.pipe(far));
    });
    far.pipe(near);
  }).listen(0, '127.0.0.1');
  t.after(() => relay.close());
  await once(relay, 'listening');
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const options = clientOptions({ sni: 'a.example' });
  const client = connectTls({ host: '127.0.0.1', port: address.port, ...options });
  client.write(requestText());
  const [reply] = (await once(client, 'data')) as [Buffer];
  client.destroy();
  return reply.toString('latin1');
}

/** Written by itself: what was written before has been read by the other side, as far as one process can tell. */
async function writeAlone(socket: Socket, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

test('a ClientHello that comes byte by byte is read like any other', async (t) => {
  const host = await hostWith(t);
  const reply = await askThrough(t, host.place, async (first, far) => {
    for (let at = 0; at < first.length; at++) await writeAlone(far, first.subarray(at, at + 1));
  });
  assert.match(reply, /^SIP\/2\.0 200 /);
  assert.deepEqual(host.refusals(), []);
});

test('a ClientHello may come in several records (RFC 8446 §5.1)', async (t) => {
  const host = await hostWith(t, 'match_sip_domain [a]a.example');
  const reply = await askThrough(t, host.place, async (first, far) => {
    await writeAlone(far, inRecords(first, 64));
  });
  assert.match(reply, /^SIP\/2\.0 200 /);
  assert.deepEqual(host.refusals(), []);
});

/** The message of one record in several, of so many bytes each. */
function inRecords(record: Buffer, size: number): Buffer {
  const message = record.subarray(5);
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    records.push(
      Buffer.concat([record.subarray(0, 3), Buffer.of(part.length >> 8, part.length & 0xff), part]),
    );
  }
  return Buffer.concat(records);
}

for (const [what, bytes] of [
  ['says nothing', []],
  ['sends half a ClientHello', [hello.subarray(0, hello.length >> 1)]],
  ['sends a ClientHello and nothing behind it', [hello]],
] as const)
  test(`tls_accept_timeout ends a client that ${what}`, async (t) => {
    const host = await hostWith(t, 'tls_accept_timeout 50');
    await send(host.place, ...bytes);
    const line = await onlyRefusal(host);
    assert.match(line, /failed to accept: timeout: not done after 50 ms \(tls_accept_timeout\)/);
    assert.equal(line.includes('server name a.example'), bytes[0] === hello);
    assert.equal(host.statistic('failures_timeout'), 1);
  });

test('tls_accept_timeout is over once the handshake is done', async (t) => {
  const host = await hostWith(t, 'tls_accept_timeout 1000');
  const { address, port } = host.place;
  const client = connectTls({ host: address, port, ...clientOptions({ sni: 'a.example' }) });
  await once(client, 'secureConnect');
  // Whoever comes later and says nothing is ended while this one stays.
  await send(host.place);
  await onlyRefusal(host);
  client.write(requestText());
  const [reply] = (await once(client, 'data')) as [Buffer];
  assert.match(reply.toString(), /^SIP\/2\.0 200 /);
  client.destroy();
});

test('tls_max_hello: a longer ClientHello ends the connection', async (t) => {
  const host = await hostWith(t, 'tls_max_hello 512');
  const long = await clientHello('a.example', {
    ALPNProtocols: Array.from({ length: 60 }, (_, at) => `protocol-${at}`),
  });
  assert.ok(long.length > 512);
  // The last byte is kept back: as long as the message is not whole, its length is what counts.
  await send(host.place, long.subarray(0, long.length - 1));
  assert.match(
    await onlyRefusal(host),
    /hello_too_long: the ClientHello is longer than 512 bytes \(tls_max_hello\)/,
  );
  assert.equal(host.statistic('failures_hello_too_long'), 1);
});

const plain: readonly (readonly [what: string, bytes: string])[] = [
  ['SIP', requestText()],
  ['HTTP', 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n'],
  ['a ClientHello of SSL 2', '\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10\x01\x00\x80'],
  ['a record that is no handshake', '\x17\x03\x03\x00\x01\x00'],
  ['a handshake message that is no ClientHello', '\x16\x03\x01\x00\x04\x02\x00\x00\x00'],
  ['a ClientHello whose lengths are wrong', '\x16\x03\x01\x00\x08\x01\x00\x00\x04\x03\x03\x00\x00'],
  ['zeros', '\0'.repeat(100)],
];
for (const [what, text] of plain)
  test(`${what} in place of TLS is refused with a line that quotes it; tls sends nothing back`, async (t) => {
    const host = await hostWith(t);
    assert.equal(await send(host.place, Buffer.from(text, 'latin1')), '');
    const line = await onlyRefusal(host);
    const begins = JSON.stringify(text.slice(0, 20));
    assert.ok(
      line.includes(`failed to accept: no_tls: the client does not speak TLS, it began with ${begins}`),
      line,
    );
    assert.equal(host.statistic('failures_no_tls'), 1);
  });

test('wss tells a client that speaks HTTP what this port is', async (t) => {
  const host = await hostWith(t, '', 'wss');
  const answer = await send(host.place, 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
  assert.match(answer, /\r\n\r\nthis port speaks TLS: connect to wss:\/\/, not to ws:\/\/\n$/);
  await onlyRefusal(host);
});

test('a client that is told that and stays does not outlive the host', async (t) => {
  const host = await hostWith(t, 'tls_handshake_timeout 600000', 'wss');
  const { address, port } = host.place;
  const socket = connect({ host: address, port, allowHalfOpen: true });
  socket.write('GET / HTTP/1.1\r\n\r\n');
  await once(socket, 'data');
  socket.on('error', () => undefined);
  await host.stop();
  // Nobody is there to take it any more.
  while (!socket.closed) {
    socket.write('x');
    await new Promise(setImmediate);
  }
});

test('the end of the host ends handshakes that are under way, without a line', async (t) => {
  const host = await hostWith(t);
  const silent = send(host.place);
  const half = send(host.place, hello.subarray(0, 100));
  const whole = send(host.place, hello);
  while (host.statistic('accepting') < 3) await new Promise(setImmediate);
  await host.stop();
  await Promise.all([silent, half, whole]);
  assert.deepEqual(host.refusals(), []);
});
