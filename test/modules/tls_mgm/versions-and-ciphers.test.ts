import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, type EphemeralKeyInfo, type SecureVersion } from 'node:tls';
import { createPki, dhParameters, writePem } from '../../pki/index.ts';
import { requestText } from '../../runtime/host/host-tools.ts';
import { clientOptions, visit } from './tls-client.ts';
import { IdentityFiles, startTlsHost, type TlsHost } from './tls-host.ts';

const { root } = await createPki();
const files = new IdentityFiles();
files.write('ec', await root.issue());
files.write('rsa', await root.issue({ key: 'rsa' }));
const dh = writePem(files.folder, 'dh.pem', dhParameters());

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const satisfies readonly SecureVersion[];

/** A value of tls_method, and the versions that are served. */
const methods: readonly (readonly [method: string, served: string])[] = [
  ['SSLv23', 'TLSv1.2 TLSv1.3'],
  ['TLSany', 'TLSv1.2 TLSv1.3'],
  ['tlsANY', 'TLSv1.2 TLSv1.3'],
  ['TLSv1', 'TLSv1'],
  ['TLSv1_1', 'TLSv1.1'],
  ['TLSv1_2', 'TLSv1.2'],
  ['TLSv1_3', 'TLSv1.3'],
  ['tlsv1_3', 'TLSv1.3'],
  ['TLSv1_2-TLSv1_3', 'TLSv1.2 TLSv1.3'],
  ['TLSv1-TLSv1_1', 'TLSv1 TLSv1.1'],
  ['TLSv1_1 - TLSv1_2', 'TLSv1.1 TLSv1.2'],
  ['TLSv1_2-', 'TLSv1.2 TLSv1.3'],
  ['-TLSv1_2', 'TLSv1 TLSv1.1 TLSv1.2'],
  ['-', 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3'],
  ['SSLv23-TLSv1_2', 'TLSv1.2 TLSv1.3'],
  ['TLSv1_2-SSLv23', 'TLSv1.2 TLSv1.3'],
];

describe('tls_method: the versions of the domain that the server name chose', () => {
  let host: TlsHost;
  before(async () => {
    const domains = methods.map(
      ([method], at) => `
        server_domain d${at}
        match_sip_domain [d${at}]d${at}.example
        tls_method [d${at}]${method}
        verify_cert [d${at}]0
        ${files.identity(`[d${at}]`, 'ec')}`,
    );
    host = await startTlsHost({ domains: domains.join('\n') });
  });
  after(() => host.stop());

  for (const [at, [method, served]] of methods.entries())
    test(`${method}: ${served}`, async () => {
      const found: string[] = [];
      for (const version of versions) {
        const from = host.log.lines.length;
        // OpenSSL 3 speaks the old versions at its lowest security level alone.
        const options = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' };
        const came = await visit(host, host.place, { sni: `d${at}.example`, options });
        if (came.script) {
          assert.equal(came.script.version, version);
          found.push(version);
        } else {
          const [line = '', ...more] = host.refusals(from);
          assert.match(line, /protocol_version: .*, offers TLSv1[.0-9]* and .*; domain d\d+ allows TLSv1/);
          assert.ok(line.includes(`offers ${version} and `), line);
          assert.deepEqual(more, []);
        }
      }
      assert.equal(found.join(' '), served);
    });
});

interface Tuning {
  readonly what: string;
  /** Lines of the domain d. */
  readonly domain: string;
  readonly key?: 'ec' | 'rsa';
  readonly client: {
    readonly ciphers?: string;
    readonly ecdhCurve?: string;
    readonly maxVersion?: SecureVersion;
  };
  /** The cipher suite, with the key exchange where that is what it is about; or the failure. */
  readonly outcome: string;
}

const tunings: readonly Tuning[] = [
  {
    what: 'ciphers_list is what TLS 1.2 offers, whatever the client likes better',
    domain: 'ciphers_list [d]ECDHE-ECDSA-AES128-GCM-SHA256',
    client: { maxVersion: 'TLSv1.2' },
    outcome: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  },
  {
    what: 'a client without any of ciphers_list is refused',
    domain: 'ciphers_list [d]ECDHE-ECDSA-AES128-GCM-SHA256',
    client: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' },
    outcome: 'handshake_failure: no cipher suite in common',
  },
  {
    what: 'ciphers_list without a suite of TLS 1.3 leaves those as they are',
    domain: 'ciphers_list [d]ECDHE-ECDSA-AES128-GCM-SHA256',
    client: {},
    outcome: 'TLS_AES_256_GCM_SHA384',
  },
  {
    what: 'ciphers_list with a suite of TLS 1.3',
    domain: 'ciphers_list [d]TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
    client: {},
    outcome: 'TLS_AES_128_GCM_SHA256',
  },
  {
    what: 'ec_curve is the curve of the key exchange',
    domain: 'ec_curve [d]P-384',
    client: { maxVersion: 'TLSv1.2', ecdhCurve: 'P-256:P-384' },
    outcome: 'secp384r1',
  },
  {
    what: 'ec_curve takes a list',
    domain: 'ec_curve [d]P-521:P-384',
    // A key on P-256 would need that curve as well.
    key: 'rsa',
    client: { maxVersion: 'TLSv1.2', ecdhCurve: 'P-384' },
    outcome: 'secp384r1',
  },
  {
    what: 'TLS 1.3: a client without the curve is refused',
    domain: 'ec_curve [d]P-384',
    client: { ecdhCurve: 'P-256' },
    outcome: 'handshake_failure: no curve in common',
  },
  {
    what: 'dh_params make suites with Diffie-Hellman work',
    domain: `ciphers_list [d]DHE-RSA-AES128-GCM-SHA256\ndh_params [d]${dh}`,
    key: 'rsa',
    client: { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256' },
    outcome: 'DH 2048',
  },
  {
    what: 'without dh_params there is none',
    domain: 'ciphers_list [d]DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    key: 'rsa',
    client: { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256' },
    outcome: 'handshake_failure: no cipher suite in common',
  },
];

for (const { what, domain, key = 'ec', client, outcome } of tunings)
  test(what, async (t) => {
    const host = await startTlsHost(
      {
        domains: `server_domain d\nverify_cert [d]0\n${files.identity('[d]', key)}\n${domain}`,
      },
      t,
    );
    const { cipher, exchange } = await parametersOf(host, client);
    await host.settled();
    const [line = ''] = host.refusals();
    const found = [cipher, exchange, line].filter((text) => text?.includes(outcome));
    assert.notDeepEqual(found, [], `${outcome} is not among ${[cipher, exchange, line].join(', ')}`);
    assert.equal(host.refusals().length, cipher === undefined ? 1 : 0);
  });

/** What a client and the host agree on: the cipher suite, and the curve or the group. */
function parametersOf(
  { place: { address, port } }: TlsHost,
  options: Tuning['client'],
): Promise<{ cipher?: string; exchange?: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, ...clientOptions({ options }) });
    socket.once('secureConnect', () => socket.write(requestText()));
    socket.once('data', () => {
      const info = socket.getEphemeralKeyInfo() as EphemeralKeyInfo;
      const exchange = info.type === 'DH' ? `DH ${info.size}` : (info.name ?? '');
      resolve({ cipher: socket.getCipher().name, exchange });
      socket.destroy();
    });
    socket.on('error', () => undefined).once('close', () => resolve({}));
  });
}
