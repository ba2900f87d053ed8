import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { TcpClient } from './tcp-client.ts';

/** A server of streams that keeps what comes; the last stream is its peer. */
class Receiver {
  text = '';
  peer: Socket | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((stream) => {
      this.peer = stream;
      stream
        .on('error', () => undefined)
        .on('data', (chunk: Buffer) => {
          this.text += chunk.toString('latin1');
        });
    }).listen(0, '127.0.0.1');
  }

  async open(): Promise<number> {
    if (!this.#server.listening) await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  close(): void {
    this.peer?.destroy();
    this.#server.close();
  }
}

const turn = () => new Promise(setImmediate);

/** A client asks a server through the host; its reply is on its way with the client's connection open, or gone. */
async function withReply(
  onreply: string,
  { clientStays }: { clientStays: boolean },
  use: (parts: { host: Host; log: CollectedLog; client: TcpClient; listening: Receiver }) => Promise<void>,
): Promise<void> {
  const [server, listening] = [new Receiver(), new Receiver()];
  const [serverPort, viaPort] = [await server.open(), await listening.open()];
  const log = collectLog();
  const host = await hostOf(
    `tcp_no_new_conn_rplflag=REUSE_ONLY
    tcp_connect_timeout=20000
    socket=tcp:127.0.0.1:5060
    loadmodule "proto_tcp.so"
    route { $du = "sip:127.0.0.1:${serverPort};transport=tcp"; forward(); }
    onreply_route { ${onreply} }`,
    { log: log.log },
  );
  await host.start();
  const client = await TcpClient.open(host.listeners[0]?.port ?? 0);
  const headers = [
    `Via: SIP/2.0/TCP 127.0.0.1:${viaPort};branch=z9hG4bK1`,
    'From: <sip:bob@example.com>;tag=1',
    'To: <sip:alice@example.com>;tag=2',
    'Call-ID: c',
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
  ];
  client.write(['OPTIONS sip:alice@example.com SIP/2.0', ...headers, '', ''].join('\r\n'));
  while (!server.text.endsWith('\r\n\r\n')) await turn();
  if (!clientStays) {
    client.close();
    while (host.connections.length > 1) await turn();
  }
  server.peer?.write(server.text.replace(/^.*/, 'SIP/2.0 200 OK'));
  await use({ host, log, client, listening });
  client.close();
  server.close();
  listening.close();
  await host.stop();
}

const count = (host: Host, name: string) => host.statistics.get(`core:${name}`) ?? 0;

test('a reply without the flag of tcp_no_new_conn_rplflag opens a connection to sent-by (RFC 3261 §18.2.2)', () =>
  withReply('setflag("ANOTHER");', { clientStays: false }, async ({ host, listening }) => {
    while (!listening.text.endsWith('\r\n\r\n')) await turn();
    assert.match(listening.text, /^SIP\/2\.0 200 OK\r\n/);
    assert.equal(count(host, 'fwd_replies'), 1);
  }));

test('a reply with the flag of tcp_no_new_conn_rplflag opens none', () =>
  withReply('setflag("REUSE_ONLY");', { clientStays: false }, async ({ host, log, listening }) => {
    while (count(host, 'drop_replies') === 0) await turn();
    assert.match(log.from('msg_send')[0] ?? '', /no connection is open, and none may be opened/);
    assert.equal(listening.peer, undefined);
    assert.equal(count(host, 'fwd_replies'), 0);
  }));

test('tcp_no_new_conn_rplflag: what is open takes the reply', () =>
  withReply('setflag("REUSE_ONLY");', { clientStays: true }, async ({ client }) => {
    assert.match(await client.until((text) => text.endsWith('\r\n\r\n')), /^SIP\/2\.0 200 OK\r\n/);
  }));
