import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answerUpgrade } from '../proto_ws/answer-exchange.ts';
import { answerRows } from '../proto_ws/answer-rows.ts';
import { autobahnRows, echoWord } from '../proto_ws/autobahn-rows.ts';
import { answer, exchange, wordFor } from '../proto_ws/frame-exchange.ts';
import { frameRows } from '../proto_ws/frame-rows.ts';
import { askForUpgrade } from '../proto_ws/handshake-exchange.ts';
import { handshakeRows } from '../proto_ws/handshake-rows.ts';
import type { RawServer } from '../proto_ws/wire.ts';
import { echo } from '../protocol-host.ts';
import { makeTlsFiles, openRawTlsServer } from '../tls-domains.ts';
import { openSecureEngine, openSecureHost, renamed, type SecureEngine, type SecureHost } from './wss-host.ts';

// The tables of proto_ws, each stream with TLS around it: what a peer sees inside must not differ.

const files = await makeTlsFiles();

describe('RFC 6455 §4.2: upgrade requests over TLS', () => {
  let host: SecureHost;
  before(async () => {
    host = await openSecureHost(files, { params: { wss_request_timeout: 1500 }, onMessage: echo });
  });
  after(() => host.close());

  for (const row of handshakeRows) {
    test(`${row.id} ${row.name}: ${row.answer}`, async () => askForUpgrade(await host.dial(), row, host));
  }
});

describe('RFC 6455 §4.1: the answer to our upgrade request over TLS', () => {
  let server: RawServer;
  before(async () => {
    server = await openRawTlsServer(files);
  });
  after(() => server.close());

  for (const row of answerRows) {
    test(`${row.name}: ${row.outcome}`, async () => {
      const host = await openSecureHost(files, { params: renamed(row.params), onMessage: echo });
      const connecting = host.connect(server.port);
      await answerUpgrade(await server.accepted(), row, connecting, host);
      await host.close();
    });
  }
});

for (const role of ['server', 'client'] as const) {
  describe(`RFC 6455 §5 to §8, RFC 7118 §5: frames over TLS to a ${role}`, () => {
    for (const row of frameRows(role)) {
      test(`${row.id} ${row.name}: ${row.back.join(' ') || 'alive'}`, async () => {
        const engine = await openSecureEngine(role, files, {
          params: renamed(row.params),
          onMessage: answer,
        });
        await exchange(role, engine, row, wordFor);
        await engine.close();
      });
    }
  });

  describe(`the rules of Autobahn's cases over TLS, to a ${role}`, () => {
    let engine: SecureEngine;
    before(async () => {
      const params = { wss_max_msg_chunks: 0, wss_max_msg_size: 1_048_576 };
      engine = await openSecureEngine(role, files, { params, onMessage: echo });
    });
    after(() => engine.close());

    for (const row of autobahnRows(role)) {
      test(`case ${row.id} ${row.name}`, () =>
        exchange(role, engine, row, ({ opcode, payload }) => echoWord(opcode, payload)));
    }
  });
}

test('the parameters that a close names have the names of this module', async () => {
  const { host, peer, close } = await openSecureEngine('server', files, {
    params: { wss_max_msg_size: 10 },
    onMessage: echo,
  });
  const reader = await peer();
  const [row] = frameRows('server');
  for (const bytes of row?.writes ?? []) reader.socket.write(bytes);
  assert.equal((await reader.frame())?.payload.toString('latin1', 2), 'wss_max_msg_size');
  assert.equal(host.statistic('closed_by_us_1009'), 1);
  reader.socket.destroy();
  await close();
});
