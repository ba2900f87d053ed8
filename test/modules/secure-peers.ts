import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { CheckOptions, Host } from '../../runtime/index.ts';
import { daysFromNow, type Leaf, writePem } from '../pki/index.ts';
import { type CollectedLog, collectLog, hostOf, statusOf } from '../runtime/host/host-tools.ts';
import { addressesAlone, testNetwork } from '../runtime/net/test-network.ts';
import { AskingClient, firstLines, inOrder, placeOf } from './asking-client.ts';
import { domainLines, openRawTlsServer, type TlsFiles } from './tls-domains.ts';

/** A protocol over TLS, as two hosts speak it. */
interface SecureProtocol {
  readonly protocol: 'wss' | 'tls';
  /** Lines that give a busy machine more time than the defaults of 100 ms. */
  readonly patience: readonly string[];
}

/** Names that lead to the loopback. */
const network: CheckOptions['network'] = {
  ...testNetwork,
  interfaces: () => [{ name: 'lo', address: '127.0.0.1', family: 4 }],
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
  resolver: addressesAlone(async () => ['127.0.0.1']),
  reverse: async () => undefined,
};

function config({ protocol, patience }: SecureProtocol, files: TlsFiles, more: readonly string[]): string {
  return `
  socket=ws:127.0.0.1:8080
  socket=${protocol}:127.0.0.1:8443
  tcp_connect_timeout=20000
  loadmodule "proto_ws.so"
  loadmodule "proto_${protocol}.so"
  loadmodule "sl.so"
  ${domainLines(files)}
  ${[...patience, ...more].join('\n')}
  route {
    if ($rU == "there") {
      $rU = "here";
      $du = "sip:" + $hdr(X-Next) + ";transport=${protocol}";
      if (!forward()) sl_send_reply(477, "Send failed");
      exit;
    }
    sl_send_reply(200, "OK $hdr(X-Number)");
  }`;
}

const requiring = 'modparam("tls_mgm", "require_cert", "[here]1")';

/** Two hosts of which one dials the other. */
export function describeTwoHosts(secure: SecureProtocol, files: TlsFiles): void {
  const { protocol } = secure;
  const started = async (more: readonly string[] = [], log: CollectedLog = collectLog()): Promise<Host> => {
    const host = await hostOf(config(secure, files, more), { log: log.log, network });
    await host.start();
    return host;
  };
  /** Handshakes that were completed, by the side of the host. */
  const handshakes = (host: Host, side: 'accepted' | 'connected') => host.statistics.get(`tls:${side}`);

  describe(`two hosts over ${protocol}`, () => {
    test('requests and replies in both directions on one connection, none lost or reordered', async () => {
      const logs = [collectLog(), collectLog()] as const;
      const [a, b] = [await started([], logs[0]), await started([], logs[1])];
      const [ofA, ofB] = [await AskingClient.of(a), await AskingClient.of(b)];
      const there = placeOf(b, protocol);
      assert.deepEqual(firstLines(await ofA.ask(there, 3000)), inOrder(3000));
      const own = b.connections.find((each) => each.protocol === protocol);
      const back = `127.0.0.1:${own?.remotePort}`;
      const both = await Promise.all([ofA.ask(there, 1000), ofB.ask(back, 1000)]);
      for (const replies of both) assert.deepEqual(firstLines(replies), inOrder(1000));
      assert.equal(handshakes(a, 'connected'), 1);
      assert.equal(handshakes(b, 'accepted'), 1);
      assert.equal(handshakes(b, 'connected') ?? 0, 0);
      assert.deepEqual([...logs[0].from('msg_send'), ...logs[1].from('msg_send')], []);
      for (const client of [ofA, ofB]) client.end();
      await Promise.all([a.stop(), b.stop()]);
    });

    test('messages that wait while it opens leave in their order, by one connection', async () => {
      const [a, b] = [await started(), await started()];
      const client = await AskingClient.of(a);
      assert.deepEqual(firstLines(await client.ask(placeOf(b, protocol), 50, 51)), inOrder(50));
      assert.equal(handshakes(b, 'accepted'), 1);
      client.end();
      await Promise.all([a.stop(), b.stop()]);
    });

    test('mutual TLS: the server asks for a certificate and verifies it', async () => {
      const b = await started([requiring]);
      const a = await started();
      const client = await AskingClient.of(a);
      assert.deepEqual(firstLines(await client.ask(placeOf(b, protocol), 3)), inOrder(3));
      client.end();
      await Promise.all([a.stop(), b.stop()]);
    });

    for (const version of ['TLSv1_2', 'TLSv1_3'] as const) {
      test(`mutual TLS: no certificate where one is required (${version}): both logs tell it`, async () => {
        const logs = [collectLog(), collectLog()] as const;
        const a = await started(
          [
            'modparam("tls_mgm", "client_domain", "bare")',
            `modparam("tls_mgm", "tls_method", "[bare]${version}")`,
            `modparam("tls_mgm", "ca_list", "[bare]${files.ca}")`,
            'modparam("tls_mgm", "verify_hostname", "[bare]0")',
          ],
          logs[0],
        );
        const b = await started([requiring], logs[1]);
        const client = await AskingClient.of(a);
        const asked = client.ask(placeOf(b, protocol), 1);
        while (logs[1].from('tls_accept').length === 0) await new Promise(setImmediate);
        assert.match(logs[1].from('tls_accept')[0] ?? '', /failed to accept: certificate_required: /);
        const told = () =>
          [...logs[0].from('msg_send'), ...logs[0].from('tls_connect')].filter((line) =>
            /failed|ended/.test(line),
          );
        while (told().length === 0) await new Promise(setImmediate);
        assert.match(
          told()[0] ?? '',
          new RegExp(`${placeOf(b, protocol)}.*(?:certificate_required|handshake_failure|closed)`),
        );
        // In TLS 1.3 the client is through before the server judges it (RFC 8446 §4.4.2.4): then tls has sent already.
        if (protocol === 'wss' || version === 'TLSv1_2') assert.equal(statusOf((await asked)[0]), 477);
        client.end();
        await Promise.all([a.stop(), b.stop()]);
      });
    }

    describe('a server that is refused: the send fails, the log has peer and reason, the next good one goes', () => {
      const rows: readonly (readonly [what: string, reason: RegExp, leaf: () => Promise<Leaf>])[] = [
        [
          'another name',
          /bad_certificate: .*does not name the host/,
          () => files.root.issue({ names: ['other.example'] }),
        ],
        ['another authority', /unknown_ca: /, () => files.stranger.issue({ names: ['right.example'] })],
        [
          'expired',
          /certificate_expired: /,
          () =>
            files.root.issue({
              names: ['right.example'],
              notBefore: daysFromNow(-9),
              notAfter: daysFromNow(-1),
            }),
        ],
        ['revoked', /certificate_revoked: /, () => revoked(files)],
      ];
      for (const [what, reason, issue] of rows) {
        test(what, async () => {
          const leaf = await issue();
          const lists = join(files.folder, `crl-${protocol}-${what.replace(' ', '-')}`);
          mkdirSync(lists);
          writePem(
            lists,
            'list.pem',
            await files.root.revocationList({ revoked: what === 'revoked' ? [leaf] : [] }),
          );
          const log = collectLog();
          const a = await started([`modparam("tls_mgm", "crl_dir", "[there]${lists}")`], log);
          const b = await started();
          const bad = await openRawTlsServer({ leaf });
          const client = await AskingClient.of(a);
          const replies = await client.ask(`right.example:${bad.port}`, 3);
          assert.deepEqual(new Set(replies.map(statusOf)), new Set([477]));
          const [line = ''] = log.from('msg_send');
          assert.match(line, new RegExp(`cannot send .* to ${protocol}:127\\.0\\.0\\.1:${bad.port}: `));
          assert.match(line, reason);
          assert.equal(a.connections.filter((each) => each.protocol === protocol).length, 0);
          assert.deepEqual(firstLines(await client.ask(placeOf(b, protocol), 3)), inOrder(3));
          client.end();
          await bad.close();
          await Promise.all([a.stop(), b.stop()]);
        });
      }
    });
  });
}

function revoked({ root }: TlsFiles): Promise<Leaf> {
  return root.issue({ names: ['right.example'] });
}
