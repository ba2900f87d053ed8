import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { createPki, writePem } from '../../pki/index.ts';
import { clientHello } from './client-hello-bytes.ts';
import { clientOptions, visit } from './tls-client.ts';
import { IdentityFiles, startTlsHost, type TlsHost } from './tls-host.ts';
import { dial, startServer, verdictOf } from './tls-server.ts';

const { root, stranger } = await createPki();
const files = new IdentityFiles();
files.write('a', await root.issue());
const ca = writePem(files.folder, 'ca.pem', root.certificate);
const good = await root.issue();
const bad = await stranger.issue();
const hello = await clientHello('a.example');

const domains = `
  server_domain a\nmatch_sip_domain [a]a.example\n${files.identity('[a]', 'a')}\nca_list [a]${ca}
  client_domain c\nca_list [c]${ca}\ntls_accept_timeout 30000`;

/** Sends bytes and goes away in its own manner. */
function rush({ place: { address, port } }: TlsHost, bytes: Buffer, reset: boolean): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.on('error', () => undefined).once('close', () => resolve());
    socket.once('connect', () =>
      socket.write(bytes, () => {
        if (reset) socket.resetAndDestroy();
        else socket.end();
      }),
    );
  });
}

/** Goes away as soon as its side of the handshake is done. */
function flee({ place: { address, port } }: TlsHost): Promise<void> {
  return new Promise((resolve) => {
    const options = clientOptions({ sni: 'a.example', leaf: good });
    const socket = connectTls({ host: address, port, ...options });
    socket.on('error', () => undefined).once('close', () => resolve());
    socket.once('secureConnect', () => socket.destroy());
  });
}

const kinds: readonly ((host: TlsHost) => Promise<unknown>)[] = [
  (host) => visit(host, host.place, { sni: 'a.example', leaf: good }),
  (host) => visit(host, host.place, { sni: 'a.example', leaf: bad }),
  (host) => visit(host, host.place, { sni: 'a.example' }),
  (host) => visit(host, host.place, { sni: 'b.example', leaf: good }),
  (host) => rush(host, Buffer.alloc(0), false),
  (host) => rush(host, Buffer.alloc(0), true),
  (host) => rush(host, hello.subarray(0, 60), false),
  (host) => rush(host, hello, true),
  (host) => rush(host, Buffer.from('OPTIONS sip:a@example.com SIP/2.0\r\n\r\n'), false),
  flee,
];

test('500 handshakes that succeed, fail and are broken off leave nothing behind', async (t) => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note);
  t.after(() => process.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note));
  const host = await startTlsHost({ domains }, t);
  const before = timers();
  for (let round = 0; round < 10; round++) {
    const started = Array.from({ length: 50 }, (_, at) => kinds[at % kinds.length]?.(host));
    await Promise.all(started);
  }
  await host.settled();
  while (host.host.connections.length > 0) await new Promise(setImmediate);
  const { accepted, accept_failed } = Object.fromEntries(
    ['accepted', 'accept_failed'].map((name) => [name, host.statistic(name)]),
  );
  assert.equal((accepted ?? 0) + (accept_failed ?? 0), 500, 'each is counted once');
  assert.equal(host.refusals().length, accept_failed, 'each failure is one line');
  assert.deepEqual(uncaught, []);
  assert.equal(timers(), before);
});

/** How many timers of the process wait. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

test('100 handshakes with servers that succeed, fail and are broken off leave nothing behind', async (t) => {
  const host = await startTlsHost({ domains }, t);
  const before = timers();
  const [right, wrong] = [
    await startServer(t, await root.issue({ names: ['a.example'] })),
    await startServer(t, bad),
  ];
  for (let round = 0; round < 10; round++) {
    const verdicts = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        verdictOf(dial(host, (at % 2 === 0 ? right : wrong).place, { hostname: 'a.example' })),
      ),
    );
    assert.equal(verdicts.filter((verdict) => verdict === 'ok').length, 5);
  }
  assert.deepEqual([host.statistic('connected'), host.statistic('connect_failed')], [50, 50]);
  while (host.host.connections.length > 0) await new Promise(setImmediate);
  assert.equal(timers(), before);
});
