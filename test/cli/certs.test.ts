import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { signingKey } from '../../runtime/certificates/keys.ts';
import { readRequest } from '../../runtime/certificates/request.ts';
import {
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as ParsedCertificate,
} from '../../runtime/certificates/x509.ts';
import {
  type Authority,
  createAuthority,
  daysFromNow,
  handshake,
  selfSigned,
  writePem,
} from '../pki/index.ts';
import { bodies, folder, run } from './program.ts';

function pemOf(place: string, file: string): string {
  return readFileSync(join(place, file), 'latin1');
}

function certificateOf(place: string, stem: string): X509Certificate {
  return new X509Certificate(pemOf(place, `${stem}-cert.pem`));
}

function extensionsOf(place: string, stem: string): ParsedCertificate {
  return new ParsedCertificate(pemOf(place, `${stem}-cert.pem`));
}

/** Puts an authority of the tests into a folder. */
function settle(place: string, { certificate, key }: Pick<Authority, 'certificate' | 'key'>): void {
  writePem(place, 'ca-cert.pem', certificate);
  writePem(place, 'ca-key.pem', key);
}

/** Runs `tsips certs`, which must succeed. */
async function make(t: TestContext, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await run(t, ['certs', ...argv]);
  assert.equal(err, '');
  assert.equal(code, 0);
  return out;
}

/** Runs `tsips certs`, which must fail; answers its first line. */
async function failure(t: TestContext, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await run(t, ['certs', ...argv]);
  const [first = '', ...others] = bodies(err);
  assert.equal(out, '');
  assert.deepEqual(others, ['NOTICE:core:main: Exiting....']);
  assert.equal(code, 255);
  return first;
}

test('a new folder gets an authority and localhost, the keys for their owner alone', async (t) => {
  const place = join(folder(t), 'certs', 'dev');
  await make(t, place);
  assert.deepEqual(readdirSync(place).sort(), [
    'ca-cert.pem',
    'ca-key.pem',
    'localhost-cert.pem',
    'localhost-key.pem',
  ]);
  for (const file of ['ca-key.pem', 'localhost-key.pem']) {
    assert.equal(statSync(join(place, file)).mode & 0o777, 0o600);
  }
  assert.equal(statSync(place).mode & 0o777, 0o700);
});

test('it says what was made, that it is for development only, what a config takes and whom to trust', async (t) => {
  const place = folder(t);
  const out = await make(t, place);
  const authority = certificateOf(place, 'ca');
  const until = new Date(authority.validTo).toISOString().slice(0, 10);
  assert.ok(out.startsWith(`Made in ${place}, for development only:\n`));
  assert.ok(out.includes(`    ca-cert.pem         an authority; until ${until}\n`));
  assert.ok(out.includes('    localhost-cert.pem  localhost, 127.0.0.1, ::1; until '));
  assert.match(out, /^Never use them where others rely on you/m);
  assert.ok(out.includes(`    modparam("tls_mgm", "certificate", "[dev]${place}/localhost-cert.pem")\n`));
  assert.ok(out.includes(`    modparam("tls_mgm", "private_key", "[dev]${place}/localhost-key.pem")\n`));
  assert.ok(out.includes(`    modparam("tls_mgm", "ca_list", "[dev]${place}/ca-cert.pem")\n`));
  assert.ok(out.includes(`Clients must trust ${place}/ca-cert.pem:\n`));
});

test('a client that trusts the authority verifies localhost and both of its addresses', async (t) => {
  const place = folder(t);
  await make(t, place);
  const server = { cert: pemOf(place, 'localhost-cert.pem'), key: pemOf(place, 'localhost-key.pem') };
  const ca = pemOf(place, 'ca-cert.pem');
  assert.equal(await handshake(t, server, { ca }), 'verified');
  assert.equal(await handshake(t, server, { ca, servername: '' }), 'verified');
  assert.equal(certificateOf(place, 'localhost').checkIP('::1'), '::1');
  const other = { ca, servername: 'example.com' };
  assert.equal(await handshake(t, server, other), 'ERR_TLS_CERT_ALTNAME_INVALID');
});

test('a client that does not trust the authority refuses', async (t) => {
  const place = folder(t);
  await make(t, place);
  const server = { cert: pemOf(place, 'localhost-cert.pem'), key: pemOf(place, 'localhost-key.pem') };
  assert.equal(await handshake(t, server, { ca: [] }), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

test('RFC 5280: keys, serial numbers, dates and extensions', async (t) => {
  const place = folder(t);
  await make(t, place);
  // Ten years have two or three leap days.
  const days = { ca: [3652, 3653], localhost: [397] };
  const uses = {
    ca: KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
    localhost: KeyUsageFlags.digitalSignature,
  };
  for (const stem of ['ca', 'localhost'] as const) {
    const read = certificateOf(place, stem);
    assert.equal(read.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
    assert.equal(read.checkPrivateKey(createPrivateKey(pemOf(place, `${stem}-key.pem`))), true);
    assert.match(read.serialNumber, /^[4-7][0-9A-F]{31}$/);
    const lifetime = (Date.parse(read.validTo) - Date.parse(read.validFrom)) / (24 * 60 * 60 * 1000);
    assert.ok(days[stem].includes(Math.floor(lifetime)), `${lifetime} days`);
    assert.equal(read.ca, stem === 'ca');
    assert.equal(extensionsOf(place, stem).getExtension(KeyUsagesExtension)?.usages, uses[stem]);
  }
  assert.deepEqual(certificateOf(place, 'localhost').keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  assert.equal(certificateOf(place, 'localhost').checkIssued(certificateOf(place, 'ca')), true);
  assert.match(
    certificateOf(place, 'ca').subject,
    /^O=tsips\\, for development only\nCN=tsips development CA /,
  );
});

test('each NAME is a certificate; names joined by commas are one, whose files are called as the first', async (t) => {
  const place = folder(t);
  await make(t, place, 'sip.example.com', '*.example.com,example.com,10.0.0.1', '::1');
  const rows = {
    'sip.example.com': 'DNS:sip.example.com',
    '_wildcard.example.com': 'DNS:*.example.com, DNS:example.com, IP Address:10.0.0.1',
    __1: 'IP Address:0:0:0:0:0:0:0:1',
  };
  for (const [stem, names] of Object.entries(rows)) {
    assert.equal(certificateOf(place, stem).subjectAltName, names);
    assert.equal(certificateOf(place, stem).verify(certificateOf(place, 'ca').publicKey), true);
  }
  assert.equal(readdirSync(place).length, 8);
});

test('names come into the form that certificates have', () => {
  const rows: readonly [string, string, string][] = [
    ['Example.COM', 'example.com', 'dns:example.com'],
    ['bücher.example', 'xn--bcher-kva.example', 'dns:xn--bcher-kva.example'],
    ['*.A.example, b', '_wildcard.a.example', 'dns:*.a.example dns:b'],
    ['2001:DB8:0:0::1', '2001_db8__1', 'ip:2001:db8::1'],
    ['192.0.2.1', '192.0.2.1', 'ip:192.0.2.1'],
  ];
  for (const [text, stem, expected] of rows) {
    const request = readRequest(text);
    assert.equal(request.stem, stem);
    assert.equal(request.names.map(({ type, value }) => `${type}:${value}`).join(' '), expected);
  }
});

test('what is no name is refused', () => {
  const long = `${'a'.repeat(63)}.`.repeat(4);
  const rows = [
    ...['', 'a,', 'a b', '-a.example', 'a_b', 'a..b', '.a', '../a', 'a/b', 'sip:a', '*', '*.com', 'a.*.com'],
    ...['1.2.3', '256.1.1.1', 'fe80::1%eth0', '[::1]', `${'a'.repeat(64)}.example`, `${long}example`],
  ];
  for (const text of rows) assert.throws(() => readRequest(text), /^Error: bad name '/, text);
});

test('an authority that is there signs the next certificates', async (t) => {
  const place = folder(t);
  await make(t, place);
  const before = pemOf(place, 'ca-cert.pem');
  const out = await make(t, place, 'a.example.com');
  assert.equal(pemOf(place, 'ca-cert.pem'), before);
  assert.doesNotMatch(out, /an authority/);
  assert.equal(certificateOf(place, 'a.example.com').checkIssued(certificateOf(place, 'ca')), true);
});

test('an RSA authority of another origin signs too, and nothing that it signs outlives it', async (t) => {
  const place = folder(t);
  settle(place, await createAuthority({ key: 'rsa', notAfter: daysFromNow(20) }));
  await make(t, place);
  const leaf = certificateOf(place, 'localhost');
  assert.equal(leaf.verify(certificateOf(place, 'ca').publicKey), true);
  assert.equal(leaf.validTo, certificateOf(place, 'ca').validTo);
});

test('an intermediate authority stands behind the certificates that it signs', async (t) => {
  const place = folder(t);
  const root = await createAuthority();
  settle(place, await root.createIntermediate());
  await make(t, place);
  const server = { cert: pemOf(place, 'localhost-cert.pem'), key: pemOf(place, 'localhost-key.pem') };
  assert.equal(await handshake(t, server, { ca: root.certificate }), 'verified');
});

test('a certificate that is there is not touched, nor is anything else made', async (t) => {
  const place = folder(t);
  await make(t, place);
  const before = pemOf(place, 'localhost-cert.pem');
  const message = `${place}/localhost-cert.pem is there already: --force makes a new one, --if-missing leaves it`;
  assert.equal(await failure(t, place, 'new.example.com', 'localhost'), `ERROR:core:certs: ${message}`);
  assert.equal(pemOf(place, 'localhost-cert.pem'), before);
  assert.equal(readdirSync(place).length, 4);
});

test('--force makes certificate and key anew and keeps the authority', async (t) => {
  const place = folder(t);
  await make(t, place);
  const files = ['ca-cert.pem', 'ca-key.pem', 'localhost-cert.pem', 'localhost-key.pem'];
  const before = files.map((file) => pemOf(place, file));
  writeFileSync(join(place, 'localhost-key.pem'), 'what others may read', { mode: 0o644 });
  await make(t, place, '--force');
  const same = files.map((file, index) => pemOf(place, file) === before[index]);
  assert.deepEqual(same, [true, true, false, false]);
  assert.equal(statSync(join(place, 'localhost-key.pem')).mode & 0o777, 0o600);
});

test('--if-missing makes what is missing, and is quiet where nothing is', async (t) => {
  const place = folder(t);
  await make(t, '--if-missing', place);
  const before = pemOf(place, 'localhost-cert.pem');
  assert.equal(await make(t, '--if-missing', place), '');
  const out = await make(t, '--if-missing', place, 'localhost', 'a.example.com');
  assert.match(out, /a\.example\.com-cert\.pem/);
  assert.doesNotMatch(out, /localhost-cert\.pem/);
  assert.equal(pemOf(place, 'localhost-cert.pem'), before);
});

test('--if-missing warns of certificates that are there and good for nothing', async (t) => {
  const place = folder(t);
  const authority = await createAuthority();
  settle(place, authority);
  const expired = await authority.issue({
    notAfter: new Date('2020-02-03'),
    notBefore: new Date('2020-01-01'),
  });
  const rows: readonly [string, string, string][] = [
    ['old', expired.certificate, 'has expired on 2020-02-03'],
    ['other', (await selfSigned()).certificate, 'was signed by another authority'],
    ['broken', 'nothing', 'is no certificate'],
    ['names', (await authority.issue({ names: ['other'] })).certificate, 'is not for names'],
  ];
  for (const [stem, certificate] of rows) {
    writePem(place, `${stem}-cert.pem`, certificate);
    writePem(place, `${stem}-key.pem`, expired.key);
  }
  const { code, out, err } = await run(t, ['certs', '--if-missing', place, ...rows.map(([stem]) => stem)]);
  assert.deepEqual(
    bodies(err),
    rows.map(
      ([stem, , fault]) =>
        `WARNING:core:certs: ${place}/${stem}-cert.pem ${fault}: tsips certs --force makes a new one`,
    ),
  );
  assert.equal(out, '');
  assert.equal(code, 0);
});

test('half of a pair is no reason to overwrite the other', async (t) => {
  const place = folder(t);
  writePem(place, 'localhost-key.pem', 'a key');
  const message = await failure(t, '--if-missing', place);
  assert.equal(
    message,
    `ERROR:core:certs: ${place}/localhost-key.pem is there and ${place}/localhost-cert.pem is not: --force makes both anew`,
  );
  assert.equal(pemOf(place, 'localhost-key.pem'), 'a key');
});

test('an authority that cannot sign a good certificate is refused', async (t) => {
  const authority = await createAuthority();
  const { certificate } = await createAuthority();
  const expired = await createAuthority({
    notAfter: new Date('2020-02-03'),
    notBefore: new Date('2020-01-01'),
  });
  const rows: readonly [Pick<Authority, 'certificate' | 'key'>, string][] = [
    [{ ...authority, certificate }, 'ca-cert.pem has another key than the one beside it'],
    [{ ...authority, certificate: 'nothing' }, 'ca-cert.pem is no certificate'],
    [{ ...authority, key: 'nothing' }, 'ca-key.pem is no private key without a passphrase'],
    [await selfSigned(), 'ca-cert.pem is not the certificate of an authority'],
    [expired, 'ca-cert.pem has expired on 2020-02-03'],
  ];
  for (const [pair, fault] of rows) {
    const place = folder(t);
    settle(place, pair);
    const remedy = `put another there, or remove ${place}/ca-cert.pem and ${place}/ca-key.pem to have a new authority`;
    assert.equal(await failure(t, place), `ERROR:core:certs: ${place}/${fault}: ${remedy}`);
    assert.equal(readdirSync(place).length, 2);
  }
});

test('a key that cannot sign here is refused with those that can', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  await assert.rejects(signingKey(privateKey), /ed25519 cannot sign here: take one of EC .* or RSA/);
});

test('half of an authority is refused', async (t) => {
  const place = folder(t);
  writePem(place, 'ca-cert.pem', 'a certificate');
  assert.match(await failure(t, place), /ca-key\.pem is not: put that back, or remove what is there/);
});

test('a folder that cannot be made or written is told with its reason', async (t) => {
  const file = writePem(folder(t), 'file', 'no folder');
  const remedy = 'Not a directory; mend that, or give another folder';
  assert.equal(
    await failure(t, join(file, 'dev')),
    `ERROR:core:certs: cannot make the folder ${file}/dev: ${remedy}`,
  );
  assert.equal(await failure(t, file), `ERROR:core:certs: cannot write ${file}/ca-key.pem: ${remedy}`);
});

test('names that cannot be made are refused before anything is written', async (t) => {
  const place = folder(t);
  const name = 'give a host name, *.example.com, an IPv4 or IPv6 address, or several joined by commas';
  const rows: readonly [string[], string][] = [
    [['good', 'a b'], `bad name 'a b': ${name}`],
    [['CA'], "the files of 'CA' would be those of the authority: put another name first, joined by a comma"],
    [['a', 'A,b'], 'two certificates would be a-cert.pem: begin one with another name'],
  ];
  for (const [names, message] of rows) {
    assert.equal(await failure(t, place, ...names), `ERROR:core:certs: ${message}`);
  }
  assert.deepEqual(readdirSync(place), []);
});

test('-h tells of the word, and the word tells of itself', async (t) => {
  const { out: all } = await run(t, ['-h']);
  assert.match(all, /^ {4}certs {15}Make certificates for development/m);
  const out = await make(t, '-h');
  assert.match(out, /^Usage: tsips certs \[options\] DIR \[NAME\.\.\.\]$/m);
  assert.match(out, /for development only/);
  for (const option of ['--force', '--if-missing', '-h'])
    assert.match(out, new RegExp(`^ {4}${option} `, 'm'));
});
