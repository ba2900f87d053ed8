import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf, statusOf } from '../../runtime/host/host-tools.ts';
import { AskingClient, firstLines, hostAndPort, inOrder, placeOf } from '../asking-client.ts';

/** Passes what is for "there" on to X-Next, where it is for "here"; answers all else. */
const script = `
  route {
    if ($rU == "there") {
      $rU = "here";
      $du = "sip:" + $hdr(X-Next) + ";transport=ws";
      if (!forward()) sl_send_reply(477, "Send failed");
      exit;
    }
    sl_send_reply(200, "OK $hdr(X-Number)");
  }`;

// A busy machine needs more time than the defaults of 100 ms.
const config = `
  socket=ws:127.0.0.1:8080
  tcp_connect_timeout=20000
  loadmodule "proto_ws.so"
  loadmodule "sl.so"
  modparam("proto_ws", "ws_handshake_timeout", 20000)
  ${script}`;

async function started(address: string, log: CollectedLog = collectLog()): Promise<Host> {
  const listenOn = address.includes(':') ? `[${address}]:0` : `${address}:0`;
  const host = await hostOf(config, { listenOn: () => listenOn, log: log.log });
  await host.start();
  return host;
}

const count = (host: Host, name: string) => host.statistics.get(`ws:${name}`);

const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
  entries?.some(({ address }) => address === '::1'),
);

for (const [address, numbers] of [
  ['127.0.0.1', 10_000],
  ['::1', 2000],
] as const) {
  test(`one host dials another over ${address}: ${numbers} requests and their replies, none lost or reordered, in both directions`, {
    skip: address.includes(':') && !hasIpv6 ? `no ${address} here` : false,
  }, async () => {
    const logs = [collectLog(), collectLog()] as const;
    const a = await started(address, logs[0]);
    const b = await started(address, logs[1]);
    const clientOfA = await AskingClient.of(a);
    assert.deepEqual(firstLines(await clientOfA.ask(placeOf(b), numbers)), inOrder(numbers));
    assert.equal(count(a, 'dialled'), 1, 'one connection for all of them');
    const own = b.connections.find(({ remotePort }) => remotePort !== 0);
    assert.ok(own);

    // Back on the same connection, while requests go on in the first direction.
    const clientOfB = await AskingClient.of(b);
    const back = hostAndPort(own.remoteAddress, own.remotePort);
    const half = numbers / 2;
    const [there, here] = await Promise.all([clientOfA.ask(placeOf(b), half), clientOfB.ask(back, half)]);
    assert.deepEqual(firstLines(there), inOrder(half));
    assert.deepEqual(firstLines(here), inOrder(half));
    assert.equal(count(a, 'dialled'), 1);
    assert.equal(count(b, 'dialled'), 0);
    assert.deepEqual(
      [...logs[0].lines, ...logs[1].lines].filter((line) => line.includes('send')),
      [],
    );
    clientOfA.end();
    clientOfB.end();
    await Promise.all([a.stop(), b.stop()]);
  });
}

/**
 * Where the relay listens. On Linux all of 127/8 is the loopback: a port of this address stays free while the relay
 * is down, because nobody else is given one there.
 */
const relayAddress = process.platform === 'linux' ? '127.83.73.80' : '127.0.0.1';

/** Stands between two hosts and can break off what goes through it. */
class Relay {
  readonly #to: number;
  readonly #streams = new Set<Socket>();
  #server: Server | undefined;
  port = 0;

  constructor(to: number) {
    this.#to = to;
  }

  async open(): Promise<void> {
    this.#server = createServer((stream) => {
      const on = connect(this.#to, '127.0.0.1');
      for (const each of [stream, on]) {
        this.#streams.add(each);
        each.on('error', () => each.destroy()).on('close', () => this.#streams.delete(each));
      }
      stream.pipe(on).pipe(stream);
    }).listen(this.port, relayAddress);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address && typeof address === 'object') this.port = address.port;
  }

  async kill(): Promise<void> {
    for (const stream of this.#streams) stream.resetAndDestroy();
    this.#server?.close();
    await once(this.#server as Server, 'close');
  }
}

test('the peer is killed in between: sends fail cleanly with peer and reason, the next one reconnects', async () => {
  const log = collectLog();
  const a = await started('127.0.0.1', log);
  const b = await started('127.0.0.1');
  const relay = new Relay(b.listeners[0]?.port ?? 0);
  await relay.open();
  const client = await AskingClient.of(a);
  const next = `${relayAddress}:${relay.port}`;
  assert.deepEqual(firstLines(await client.ask(next, 100)), inOrder(100));

  await relay.kill();
  while (a.connections.some(({ remotePort }) => remotePort === relay.port)) await new Promise(setImmediate);
  const failed = await client.ask(next, 20);
  assert.deepEqual(new Set(failed.map(statusOf)), new Set([477]));
  const [line = ''] = log.from('msg_send');
  assert.match(
    line,
    new RegExp(`to ws:${next}: the system could not connect: connect ECONNREFUSED .* \\(connect\\)$`),
  );

  await relay.open();
  assert.deepEqual(firstLines(await client.ask(next, 100)), inOrder(100));
  assert.equal(count(a, 'dialled'), 2);
  client.end();
  await relay.kill();
  await Promise.all([a.stop(), b.stop()]);
});

test('a server that refuses the upgrade: each message that waited is answered, the log has the code once', async () => {
  const log = collectLog();
  const a = await started('127.0.0.1', log);
  const server = createServer((stream) => stream.end('HTTP/1.1 403 Forbidden\r\n\r\n').resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const next = `127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
  const client = await AskingClient.of(a);
  const replies = await client.ask(next, 5);
  assert.deepEqual(replies.map(statusOf), [477, 477, 477, 477, 477]);
  const lines = log.from('msg_send');
  assert.ok(lines.length >= 1 && lines.length <= 5);
  for (const line of lines) {
    assert.match(
      line,
      new RegExp(`to ws:${next}: the server refused the upgrade: 403 Forbidden \\(status\\)$`),
    );
  }
  client.end();
  server.close();
  await a.stop();
});

test('at the end of a host its peer sees 1001 on a connection that the host had opened', async () => {
  const a = await started('127.0.0.1');
  const b = await started('127.0.0.1');
  const client = await AskingClient.of(a);
  await client.ask(placeOf(b), 1);
  client.end();
  await a.stop();
  while (b.connections.length > 0) await new Promise(setImmediate);
  assert.equal(count(b, 'closed_by_peer_1001'), 1);
  await b.stop();
});
