import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { createSecureContext, type TlsOptions } from 'node:tls';
import {
  createAuthority,
  createPki,
  daysFromNow,
  dhParameters,
  encryptKey,
  handshake,
  type Leaf,
  selfSigned,
  subjectHash,
  temporaryFolder,
  writeHashed,
  writePem,
} from './index.ts';

const { root, intermediate, stranger } = await createPki();

function certificateOf({ chain, key }: Leaf): TlsOptions {
  return { cert: chain, key };
}

test('a leaf of the intermediate is verified by whoever has the root', async (t) => {
  const leaf = await intermediate.issue();
  assert.equal(await handshake(t, certificateOf(leaf), { ca: root.certificate }), 'verified');
});

test('an RSA leaf of an RSA root is verified, with the key exchanged by RSA too', async (t) => {
  const authority = await createAuthority({ key: 'rsa' });
  const leaf = await authority.issue({ key: 'rsa' });
  const server = { ...certificateOf(leaf), maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' } as const;
  assert.equal(await handshake(t, server, { ca: authority.certificate }), 'verified');
});

test('what is wrong with a leaf is what a client says', async (t) => {
  const dates = { expired: [-30, -1], early: [1, 30], soon: [-1, 10] } as const;
  const ofDates = ([from, to]: readonly [number, number]) =>
    intermediate.issue({ notBefore: daysFromNow(from), notAfter: daysFromNow(to) });
  const rows: readonly [Leaf, string][] = [
    [await ofDates(dates.soon), 'verified'],
    [await ofDates(dates.expired), 'CERT_HAS_EXPIRED'],
    [await ofDates(dates.early), 'CERT_NOT_YET_VALID'],
    [await intermediate.issue({ names: ['other.example.com'] }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [await intermediate.issue({ extendedUses: ['clientAuth'] }), 'INVALID_PURPOSE'],
    [await stranger.issue(), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [await selfSigned(), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ];
  for (const [leaf, verdict] of rows) {
    assert.equal(await handshake(t, certificateOf(leaf), { ca: root.certificate }), verdict);
  }
});

test('CRLs: a revoked leaf, one that is not, a revoked intermediate, a list that has expired', async (t) => {
  const good = await intermediate.issue();
  const bad = await intermediate.issue();
  const ofRoot = await root.revocationList();
  const ofIntermediate = await intermediate.revocationList({ revoked: [bad] });
  const { serialNumber } = new X509Certificate(intermediate.certificate);
  const revoking = await root.revocationList({ revoked: [{ serial: serialNumber }] });
  const old = await intermediate.revocationList({ nextUpdate: daysFromNow(-0.5) });
  const rows: readonly [Leaf, string[], string][] = [
    [good, [ofRoot, ofIntermediate], 'verified'],
    [bad, [ofRoot, ofIntermediate], 'CERT_REVOKED'],
    [good, [revoking, ofIntermediate], 'CERT_REVOKED'],
    [good, [ofRoot, old], 'CRL_HAS_EXPIRED'],
  ];
  for (const [leaf, crl, verdict] of rows) {
    assert.equal(await handshake(t, certificateOf(leaf), { ca: root.certificate, crl }), verdict);
  }
});

test('the subject and every kind of name stand in a leaf as they were given', async () => {
  const leaf = await root.issue({
    subject: [
      ['C', 'DE'],
      ['ST', 'Hessen'],
      ['L', 'Frankfurt'],
      ['O', 'Some Org'],
      ['OU', 'Phönix'],
      ['CN', 'a.example.com'],
      ['E', 'a@example.com'],
    ],
    names: ['a.example.com', '*.example.com', '10.0.0.1', '2001:db8::1', 'sip:example.com', 'b@example.com'],
    serial: '00ff01',
  });
  const read = new X509Certificate(leaf.certificate);
  assert.equal(
    read.subject,
    'C=DE\nST=Hessen\nL=Frankfurt\nO=Some Org\nOU=Phönix\nCN=a.example.com\nemailAddress=a@example.com',
  );
  assert.equal(
    read.subjectAltName,
    'DNS:a.example.com, DNS:*.example.com, IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1, URI:sip:example.com, email:b@example.com',
  );
  assert.equal(leaf.serial, 'FF01');
  assert.equal(read.issuer, 'CN=Test Root');
});

test('an encrypted key opens with its passphrase alone', () => {
  const key = encryptKey(root.key, 'secret');
  assert.match(key, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  assert.equal(createPrivateKey({ key, passphrase: 'secret' }).asymmetricKeyType, 'ec');
  assert.throws(() => createPrivateKey({ key, passphrase: 'other' }));
});

test('a key of another certificate does not fit', async () => {
  const [leaf, other] = [await root.issue(), await root.issue()];
  assert.throws(() => createSecureContext({ cert: leaf.certificate, key: other.key }), {
    code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
  });
});

test('the Diffie-Hellman group serves a handshake', async (t) => {
  const leaf = await root.issue({ key: 'rsa' });
  const ciphers = 'DHE-RSA-AES256-GCM-SHA384';
  const server = { ...certificateOf(leaf), dhparam: dhParameters(), ciphers, maxVersion: 'TLSv1.2' } as const;
  assert.equal(await handshake(t, server, { ca: root.certificate, ciphers }), 'verified');
});

test('hashed names are those that OpenSSL computes, and count on', async () => {
  const folder = temporaryFolder();
  const named = await createAuthority({
    subject: [
      ['C', 'DE'],
      ['O', '  Some   ÖRG '],
      ['CN', 'Root X'],
      ['E', 'A@Example.com'],
    ],
  });
  assert.equal(subjectHash(root.certificate), '2faabc7f');
  assert.equal(subjectHash(named.certificate), '0878559b');
  const paths = [
    writeHashed(folder, root.certificate),
    writeHashed(folder, root.certificate),
    writeHashed(folder, root.certificate, await root.revocationList()),
  ];
  assert.deepEqual(
    paths.map((path) => basename(path)),
    ['2faabc7f.0', '2faabc7f.1', '2faabc7f.r0'],
  );
});

test('a file holds the texts one after the other, for its owner alone', () => {
  const path = writePem(temporaryFolder(), 'all.pem', root.certificate, root.key);
  assert.equal(readFileSync(path, 'latin1'), root.certificate + root.key);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});
