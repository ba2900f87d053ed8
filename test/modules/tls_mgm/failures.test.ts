import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { failureName, failureText } from '../../../modules/tls_mgm/handshake-failures.ts';
import { reasonCodeOf, TlsError } from '../../../modules/tls_mgm/tls-error.ts';
import { createPki, writePem } from '../../pki/index.ts';
import { clientHello } from './client-hello-bytes.ts';
import { clientOptions, visit } from './tls-client.ts';
import { IdentityFiles, startTlsHost } from './tls-host.ts';

const { root } = await createPki();
const files = new IdentityFiles();
files.write('a', await root.issue({ subject: [['CN', 'a']] }));
const domains = `server_domain a\n${files.identity('[a]', 'a')}\nverify_cert [a]0`;

/** Alerts by number (RFC 8446 §6, RFC 5246 §7.2): what the line calls each, and begins to say of it. */
const alerts: readonly (readonly [number: number, name: string, meaning: string])[] = [
  [10, 'unexpected_message', 'the peer ended the handshake with this alert'],
  [40, 'handshake_failure', 'the peer found nothing in common'],
  [42, 'bad_certificate', 'the peer does not trust our certificate: send the whole chain'],
  [43, 'unsupported_certificate', 'the peer cannot use our certificate'],
  [44, 'certificate_revoked', 'our certificate is on a revocation list'],
  [45, 'certificate_expired', 'our certificate has expired: renew it and reload'],
  [46, 'certificate_unknown', 'the peer does not trust our certificate: send the whole chain'],
  [47, 'illegal_parameter', 'the peer ended the handshake with this alert'],
  [48, 'unknown_ca', 'the peer does not trust our certificate: send the whole chain'],
  [49, 'access_denied', 'the peer does not let our certificate in'],
  [50, 'decode_error', 'the peer ended the handshake with this alert'],
  [51, 'decrypt_error', 'the peer could not verify a signature'],
  [70, 'protocol_version', 'the peer allows none of our versions'],
  [71, 'insufficient_security', 'the peer ended the handshake with this alert'],
  [80, 'internal_error', 'the peer failed on its own account'],
  [90, 'user_cancelled', 'the peer ended the handshake with this alert'],
];

describe('an alert of the client in the middle of a handshake is one line with its name and what it means', () => {
  for (const [number, name, meaning] of alerts)
    test(`${number}: ${name}`, async (t) => {
      const host = await startTlsHost({ domains }, t);
      const { address, port } = host.place;
      const socket = connect(port, address);
      socket.write(await clientHello('b.example', { maxVersion: 'TLSv1.2' }));
      await once(socket, 'data');
      const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
      // RFC 8446 §5.1, §6: a record of alerts, of two bytes; the alert is fatal.
      socket.write(Buffer.of(0x15, 3, 3, 0, 2, 2, number));
      await closed;
      await host.settled();
      const peer = `127.0.0.1:${socket.localPort}`;
      const [line = '', ...more] = host.refusals();
      assert.deepEqual(more, []);
      assert.match(line, new RegExp(` failed to accept: ${name}: ${meaning}`));
      assert.match(
        line,
        /\(server name b\.example, offers TLSv1\.2 and \d+ ciphers; domain a allows TLSv1\.2 to TLSv1\.3; tls:127/,
      );
      assert.equal(line.includes(peer), socket.localPort !== undefined);
      assert.equal(host.statistic(`failures_${name}`), 1);
      assert.equal(host.statistic('accept_failed'), 1);
    });
});

test('a client that goes away in the middle is one line', async (t) => {
  const host = await startTlsHost({ domains }, t);
  const { address, port } = host.place;
  for (const end of ['end', 'resetAndDestroy'] as const) {
    const socket = connect(port, address);
    socket.write(await clientHello('b.example'));
    await once(socket, 'data');
    socket.on('error', () => undefined)[end]();
    const before = host.refusals().length;
    while (host.refusals().length === before) await new Promise(setImmediate);
    await host.settled();
    const [line = '', ...more] = host.refusals().slice(before);
    assert.deepEqual(more, []);
    assert.match(
      line,
      /failed to accept: closed: the peer ended the connection before the handshake was done \(server name b\.example, /,
    );
  }
  assert.equal(host.statistic('failures_closed'), 2);
});

test('each of many bad certificates that come at once has the line of its own client', async (t) => {
  const { root: own, stranger } = await createPki();
  const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') };
  const leafs = { certificate_expired: await own.issue(past), unknown_ca: await stranger.issue() };
  const ca = writePem(files.folder, 'ca.pem', own.certificate);
  const host = await startTlsHost(
    { domains: `server_domain a\n${files.identity('[a]', 'a')}\nca_list [a]${ca}` },
    t,
  );
  const { address, port } = host.place;
  const expected = new Map<string, string>();
  await Promise.all(
    Array.from({ length: 40 }, async (_, at) => {
      const [name, leaf] = Object.entries(leafs)[at % 2] ?? [];
      const socket = connectTls({ host: address, port, ...clientOptions({ leaf }) });
      const closed = new Promise((resolve) => socket.on('error', () => undefined).once('close', resolve));
      await once(socket, 'connect');
      expected.set(`127.0.0.1:${socket.localPort}`, name ?? '');
      await closed;
    }),
  );
  await host.settled();
  const told = host
    .refusals()
    .map((line) => /from (\S+) failed to accept: (\w+):/.exec(line)?.slice(1) ?? []);
  assert.equal(told.length, 40);
  for (const [peer = '', name] of told) assert.equal(name, expected.get(peer), peer);
});

test('the statistics of the group tls count handshakes by outcome, version, cipher suite and domain', async (t) => {
  files.write('b', await root.issue({ subject: [['CN', 'b']] }));
  const host = await startTlsHost(
    {
      domains: `
        server_domain a\nmatch_sip_domain [a]a.example\n${files.identity('[a]', 'a')}\nverify_cert [a]0
        server_domain b\nmatch_sip_domain [b]b.example\n${files.identity('[b]', 'b')}\nverify_cert [b]0\ntls_method [b]TLSv1_3`,
    },
    t,
  );
  const old = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' } as const;
  await visit(host, host.place, { sni: 'a.example' });
  await visit(host, host.place, { sni: 'a.example', options: old });
  await visit(host, host.place, { sni: 'b.example' });
  await visit(host, host.place, { sni: 'b.example', options: old });
  await visit(host, host.place, { sni: 'c.example' });
  const counted = host.host.statistics
    .entries()
    .filter(([name, value]) => name.startsWith('tls:') && !name.includes('days_to_expiry') && value !== 0);
  assert.deepEqual(Object.fromEntries(counted), {
    'tls:accepted': 3,
    'tls:accept_failed': 2,
    'tls:handshakes_version_TLSv1.3': 2,
    'tls:handshakes_version_TLSv1.2': 1,
    'tls:handshakes_cipher_TLS_AES_256_GCM_SHA384': 2,
    'tls:handshakes_cipher_ECDHE-ECDSA-AES128-GCM-SHA256': 1,
    'tls:handshakes_domain_a': 2,
    'tls:handshakes_domain_b': 1,
    'tls:failures_protocol_version': 1,
    'tls:failures_no_domain': 1,
  });
});

const codes: readonly (readonly [code: string, name: string])[] = [
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'unknown_ca'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'bad_certificate'],
  // OpenSSL 3.2 and later
  ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'bad_certificate'],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'handshake_failure'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate_required'],
  ['ERR_SSL_TLSV1_ALERT_NO_RENEGOTIATION', 'no_renegotiation'],
  ['CERT_HAS_EXPIRED', 'certificate_expired'],
  ['CRL_SIGNATURE_FAILURE', 'bad_certificate'],
  ['ECONNRESET', 'closed'],
  ['no-domain', 'no_domain'],
  ['timeout', 'timeout'],
  ['constructor', 'other'],
  ['ERR_SSL_SOMETHING_NEW', 'other'],
];
for (const [code, name] of codes)
  test(`${code} is counted as ${name}`, () => {
    assert.equal(failureName(code), name);
  });

test('what nothing is known of keeps the words of OpenSSL', () => {
  const message =
    '80CC:error:0A000102:SSL routines:tls_early_post_process_client_hello:something new:../ssl.c:1:';
  assert.equal(failureText('ERR_SSL_SOMETHING_NEW', message), 'ERR_SSL_SOMETHING_NEW: something new');
  assert.equal(failureText('EPERM', 'not permitted'), 'EPERM: not permitted');
});

test('an error that met a write has its code in its text', () => {
  const text =
    'write EPROTO 80CC:error:0A000458:SSL routines:ssl3_read_bytes:tlsv1 unrecognized name:../rec.c:1590:SSL alert number 112\n';
  const error = Object.assign(new Error(text), { code: 'EPROTO' });
  assert.equal(reasonCodeOf(error), 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
  assert.equal(reasonCodeOf(Object.assign(new Error('write EPROTO'), { code: 'EPROTO' })), 'EPROTO');
  assert.equal(reasonCodeOf(new TlsError('timeout', 'x')), 'timeout');
  assert.equal(reasonCodeOf(new Error('x')), 'UNKNOWN');
  assert.equal(reasonCodeOf('x'), 'UNKNOWN');
});
