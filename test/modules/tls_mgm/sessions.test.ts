import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { createPki, type Leaf, writePem } from '../../pki/index.ts';
import { requestText } from '../../runtime/host/host-tools.ts';
import { clientOptions } from './tls-client.ts';
import { IdentityFiles, startTlsHost, type TlsHost } from './tls-host.ts';

const { root, intermediate, stranger } = await createPki();
const good = await root.issue({ subject: [['CN', 'good']] });
const below = await intermediate.issue({ subject: [['CN', 'below']] });
const revoked = await intermediate.issue({ subject: [['CN', 'revoked']] });

interface ClientFacts {
  readonly leaf?: Leaf;
  readonly sni?: string;
  readonly version: 'TLSv1.2' | 'TLSv1.3';
  readonly session?: Buffer | undefined;
}

interface Came {
  readonly answered: boolean;
  readonly resumed: boolean;
  /** What the server gave for another time. */
  readonly session: Buffer | undefined;
}

/** Connects, with a session where there is one, asks once, and waits for a session for another time. */
function come({ place: { address, port } }: TlsHost, client: ClientFacts): Promise<Came> {
  const { leaf, sni = 'a.example', version, session: former } = client;
  const options: ConnectionOptions = { maxVersion: version, ...(former && { session: former }) };
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({ host: address, port, ...clientOptions({ leaf, sni, options }) });
    let session: Buffer | undefined;
    let answered = false;
    let resumed = false;
    const finish = () => {
      resolve({ answered, resumed, session });
      socket.destroy();
    };
    socket.on('session', (given: Buffer) => {
      session = given;
      if (answered) finish();
    });
    socket.once('secureConnect', () => {
      resumed = socket.isSessionReused();
      socket.write(requestText());
    });
    socket.on('data', () => {
      answered = true;
      // A session that goes on over TLS 1.2 is not given anew.
      if (session || resumed) finish();
    });
    socket.on('error', () => undefined).once('close', finish);
  });
}

/** A folder of its own with a certificate, the authorities and the revocation lists of a domain. */
async function folder() {
  const files = new IdentityFiles();
  files.write('own', await root.issue({ subject: [['CN', 'own']] }));
  writePem(files.folder, 'ca.pem', root.certificate);
  mkdirSync(files.path('lists'));
  await writeLists(files, []);
  return files;
}

async function writeLists(files: IdentityFiles, gone: readonly Leaf[]): Promise<void> {
  writePem(files.path('lists'), 'root.pem', await root.revocationList({ revoked: gone }));
  writePem(files.path('lists'), 'below.pem', await intermediate.revocationList({ revoked: gone }));
}

const domain = (files: IdentityFiles, name: string, more = '') => `
  server_domain ${name}
  match_sip_domain [${name}]${name}.example
  ${files.identity(`[${name}]`, 'own')}
  ca_list [${name}]${files.path('ca.pem')}
  ${more}`;

for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
  describe(version, () => {
    test('a session goes on under its domain, with what is known of the peer', async (t) => {
      const files = await folder();
      const host = await startTlsHost({ domains: domain(files, 'a') }, t);
      const first = await come(host, { version, leaf: good });
      assert.deepEqual([first.answered, first.resumed], [true, false]);
      const second = await come(host, { version, leaf: good, session: first.session });
      assert.deepEqual([second.answered, second.resumed], [true, true]);
      assert.equal(host.statistic('resumed'), 1);
      assert.equal(host.statistic('accepted'), 2);
    });

    test('a session of one domain is not taken by another, which asks for the certificate anew', async (t) => {
      const files = await folder();
      const host = await startTlsHost(
        {
          domains: [
            domain(files, 'a', 'verify_cert [a]0'),
            domain(files, 'b', 'verify_cert [b]1'),
            domain(files, 'c', 'verify_cert [c]0'),
          ].join('\n'),
        },
        t,
      );
      const { session } = await come(host, { version });
      const strict = await come(host, { version, sni: 'b.example', session });
      assert.deepEqual([strict.answered, strict.resumed], [false, false]);
      const alike = await come(host, { version, sni: 'c.example', session });
      assert.deepEqual([alike.answered, alike.resumed], [true, false]);
      assert.equal(host.statistic('resumed'), 0);
    });

    test('a session of another host is not taken', async (t) => {
      const files = await folder();
      const [one, other] = [
        await startTlsHost({ domains: domain(files, 'a') }, t),
        await startTlsHost({ domains: domain(files, 'a') }, t),
      ];
      const { session } = await come(one, { version, leaf: good });
      const second = await come(other, { version, leaf: good, session });
      assert.deepEqual([second.answered, second.resumed], [true, false]);
    });

    /** What changes between two readings of the files, and whether sessions from before go on. */
    const reloads: readonly {
      readonly what: string;
      readonly change: (files: IdentityFiles) => Promise<void>;
      readonly resumed: boolean;
    }[] = [
      { what: 'nothing', change: async () => undefined, resumed: true },
      {
        what: 'the certificate',
        change: async (files) => files.write('own', await root.issue({ subject: [['CN', 'renewed']] })),
        resumed: true,
      },
      {
        what: 'an authority',
        change: async (files) =>
          void writePem(files.folder, 'ca.pem', root.certificate, stranger.certificate),
        resumed: false,
      },
      { what: 'a revocation list', change: (files) => writeLists(files, [revoked]), resumed: false },
    ];
    for (const { what, change, resumed } of reloads)
      test(`after a reload that changes ${what} a session ${resumed ? 'goes on' : 'begins anew'}`, async (t) => {
        const files = await folder();
        const lists = `crl_check_all [a]1\ncrl_dir [a]${files.path('lists')}`;
        const host = await startTlsHost({ domains: domain(files, 'a', lists) }, t);
        const { session } = await come(host, { version, leaf: good });
        await change(files);
        await host.api.reload();
        const second = await come(host, { version, leaf: good, session });
        assert.deepEqual([second.answered, second.resumed], [true, resumed]);
      });

    test('crl_check_all 0: a revoked client does not come in by the ticket that it got before the list was asked', async (t) => {
      const files = await folder();
      await writeLists(files, [revoked]);
      const host = await startTlsHost(
        { domains: domain(files, 'a', `crl_dir [a]${files.path('lists')}`) },
        t,
      );
      const first = await come(host, { version, leaf: revoked });
      assert.equal(first.answered, false);
      assert.ok(first.session, 'the client has a ticket');
      // Others have shown who the authority in between is.
      assert.equal((await come(host, { version, leaf: below })).answered, true);
      for (let at = 0; at < 3; at++) {
        assert.equal((await come(host, { version, leaf: revoked, session: first.session })).answered, false);
      }
      assert.equal(host.statistic('failures_certificate_revoked'), 4);
    });

    test('crl_check_all 0: sessions of a client below an authority that it has sent go on, over a reload, too', async (t) => {
      const files = await folder();
      const host = await startTlsHost(
        { domains: domain(files, 'a', `crl_dir [a]${files.path('lists')}`) },
        t,
      );
      const { session } = await come(host, { version, leaf: below });
      const second = await come(host, { version, leaf: below, session });
      assert.deepEqual([second.answered, second.resumed], [true, true]);
      await host.api.reload();
      const third = await come(host, { version, leaf: below, session: second.session ?? session });
      assert.deepEqual([third.answered, third.resumed], [true, true]);
    });

    test('verify_cert 1, require_cert 0: a client that was refused does not come in by a ticket', async (t) => {
      const files = await folder();
      const host = await startTlsHost({ domains: domain(files, 'a', 'require_cert [a]0') }, t);
      const leaf = await stranger.issue();
      const first = await come(host, { version, leaf });
      assert.equal(first.answered, false);
      const second = await come(host, { version, leaf, session: first.session });
      assert.equal(second.answered, false);
      assert.equal(host.statistic('accepted'), 0);
    });
  });

test('a client cannot negotiate anew (RFC 5746 §4.5)', async (t) => {
  const files = await folder();
  const host = await startTlsHost({ domains: domain(files, 'a', 'verify_cert [a]0') }, t);
  const { address, port } = host.place;
  const options = clientOptions({ sni: 'a.example', options: { maxVersion: 'TLSv1.2' } });
  const socket = connect({ host: address, port, ...options });
  const refused = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => {
      socket.renegotiate({ rejectUnauthorized: false }, (error) => resolve(error?.message ?? 'done'));
    });
    socket.on('error', (error) => resolve(error.message));
  });
  assert.match(refused, /no renegotiation/);
  socket.destroy();
});
