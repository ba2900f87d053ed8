import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { loadCatalogue } from '../../../grammar/index.ts';
import { tlsVariableFacts } from '../../../modules/tls_mgm/tls-variables.ts';
import type { ScriptValue } from '../../../runtime/module-exports.ts';
import { createAuthority, createPki, type Leaf, type LeafFacts, selfSigned } from '../../pki/index.ts';
import { connectionFacts } from './tls-connection.ts';
import { valuesOf } from './variable-tools.ts';

type Values = Readonly<Record<string, ScriptValue>>;

const { root, intermediate, stranger } = await createPki();
const trusted = [root.certificate];
const server = await intermediate.issue({
  subject: [
    ['C', 'DE'],
    ['ST', 'Berlin'],
    ['L', 'Mitte'],
    ['O', 'Example AG'],
    ['OU', 'Ops'],
    ['CN', 'sip.example.com'],
  ],
  serial: '1000',
});

async function serverValues(leaf: Leaf | undefined, more: object = {}): Promise<Values> {
  const { server: facts } = await connectionFacts({
    server: { leaf: server, ca: trusted },
    ...(leaf && { client: { leaf } }),
    ...more,
  });
  return valuesOf(facts);
}

async function valuesOfPeer(facts: LeafFacts): Promise<Values> {
  return serverValues(await root.issue(facts));
}

test('there are all the variables that OpenSIPS has, and no others', async () => {
  const known = (await loadCatalogue()).module('tls_mgm')?.names('variable') ?? [];
  assert.deepEqual(Object.keys(tlsVariableFacts).sort(), [...known].sort());
});

describe('a peer that is verified', () => {
  let values: Values = {};
  before(async () => {
    values = await valuesOfPeer({
      subject: [
        ['C', 'FR'],
        ['ST', 'Ile'],
        ['L', 'Paris'],
        ['O', 'Acme, Inc.'],
        ['OU', 'A+B/C;x'],
        ['OU', 'Second'],
        ['CN', 'alice'],
        ['2.5.4.5', 'SN-77'],
        ['E', 'a@b.c'],
      ],
      names: ['alice@example.com', 'sip:alice@example.com', 'alice.example.com', '2001:db8::1', '10.0.0.1'],
      serial: '7fffffff',
      notBefore: new Date('2024-01-09T01:02:03Z'),
      notAfter: new Date('2044-12-31T23:59:59Z'),
    });
  });
  const rows: readonly (readonly [name: string, value: ScriptValue])[] = [
    ['peer_verified', 1],
    ['peer_revoked', 0],
    ['peer_expired', 0],
    ['peer_selfsigned', 0],
    ['peer_version', '2'],
    ['peer_serial', 2147483647],
    [
      'peer_subject',
      '/C=FR/ST=Ile/L=Paris/O=Acme, Inc./OU=A\\+B\\/C;x/OU=Second/CN=alice/serialNumber=SN-77/emailAddress=a@b.c',
    ],
    ['peer_subject_cn', 'alice'],
    ['peer_subject_country', 'FR'],
    ['peer_subject_state', 'Ile'],
    ['peer_subject_locality', 'Paris'],
    ['peer_subject_organization', 'Acme, Inc.'],
    ['peer_subject_unit', 'A+B/C;x'],
    ['peer_subject_serial', 'SN-77'],
    ['peer_issuer', '/CN=Test Root'],
    ['peer_issuer_cn', 'Test Root'],
    ['peer_issuer_country', null],
    ['peer_issuer_state', null],
    ['peer_issuer_locality', null],
    ['peer_issuer_organization', null],
    ['peer_issuer_unit', null],
    ['peer_san_email', 'alice@example.com'],
    ['peer_san_uri', 'sip:alice@example.com'],
    ['peer_san_hostname', 'alice.example.com'],
    ['peer_san_ip', '2001:DB8:0:0:0:0:0:1'],
    ['peer_notBefore', 'Jan  9 01:02:03 2024 GMT'],
    ['peer_notAfter', 'Dec 31 23:59:59 2044 GMT'],
    ['my_version', '2'],
    ['my_serial', 4096],
    ['my_subject', '/C=DE/ST=Berlin/L=Mitte/O=Example AG/OU=Ops/CN=sip.example.com'],
    ['my_subject_cn', 'sip.example.com'],
    ['my_subject_country', 'DE'],
    ['my_subject_state', 'Berlin'],
    ['my_subject_locality', 'Mitte'],
    ['my_subject_organization', 'Example AG'],
    ['my_subject_unit', 'Ops'],
    ['my_subject_serial', null],
    ['my_issuer', '/CN=Test Intermediate'],
    ['my_issuer_cn', 'Test Intermediate'],
    ['my_issuer_country', null],
    ['my_issuer_state', null],
    ['my_issuer_locality', null],
    ['my_issuer_organization', null],
    ['my_issuer_unit', null],
    ['my_san_email', null],
    ['my_san_hostname', 'localhost'],
    ['my_san_uri', null],
    ['my_san_ip', '127.0.0.1'],
  ];
  for (const [name, value] of rows) test(`$tls_${name} is ${value}`, () => assert.equal(values[name], value));
});

describe('values that few certificates have', () => {
  const rows: readonly {
    readonly what: string;
    readonly facts: LeafFacts;
    readonly values: Values;
  }[] = [
    { what: 'the largest number', facts: { serial: '7fffffff' }, values: { peer_serial: 2 ** 31 - 1 } },
    { what: 'beyond 32 bits: text', facts: { serial: '80000001' }, values: { peer_serial: '2147483649' } },
    {
      what: 'twenty bytes',
      facts: { serial: '0123456789abcdef0123456789abcdef01234567' },
      values: { peer_serial: '6495562832581790663061892574634853316331521383' },
    },
    {
      what: 'text beyond ASCII: UTF-8, a character a byte, and escaped in the whole name',
      facts: { subject: [['CN', 'bob é']] },
      values: { peer_subject_cn: 'bob \xc3\xa9', peer_subject: '/CN=bob \\xC3\\xA9' },
    },
    {
      what: 'no alternative names',
      facts: { names: [], subject: [['CN', 'x']] },
      values: { peer_san_email: null, peer_san_hostname: null, peer_san_uri: null, peer_san_ip: null },
    },
    {
      what: 'the first alternative name of a kind',
      facts: { names: ['b.example', 'a.example', '10.0.0.2', '10.0.0.1'] },
      values: { peer_san_hostname: 'b.example', peer_san_ip: '10.0.0.2' },
    },
  ];
  for (const { what, facts, values } of rows)
    test(what, async () => {
      const all = await valuesOfPeer(facts);
      for (const [name, value] of Object.entries(values)) assert.equal(all[name], value, name);
    });
});

describe('how the verification ended', () => {
  const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') };
  const none = { peer_verified: 0, peer_revoked: 0, peer_expired: 0, peer_selfsigned: 0 };
  const rows: readonly {
    readonly what: string;
    readonly leaf: () => Promise<Leaf>;
    readonly values: Values;
  }[] = [
    { what: 'verified', leaf: () => root.issue(), values: { ...none, peer_verified: 1 } },
    {
      what: 'verified by an intermediate',
      leaf: () => intermediate.issue(),
      values: { ...none, peer_verified: 1 },
    },
    { what: 'expired', leaf: () => root.issue(past), values: { ...none, peer_expired: 1 } },
    {
      what: 'expired, by an intermediate',
      leaf: () => intermediate.issue(past),
      values: { ...none, peer_expired: 1 },
    },
    { what: 'self-signed', leaf: () => selfSigned(), values: { ...none, peer_selfsigned: 1 } },
    {
      what: 'self-signed and expired: it is nobody that has expired',
      leaf: () => selfSigned(past),
      values: { ...none, peer_selfsigned: 1 },
    },
    { what: 'of an authority that is not trusted', leaf: () => stranger.issue(), values: none },
    {
      what: 'of an authority that is not trusted, and expired',
      leaf: () => stranger.issue(past),
      values: none,
    },
    {
      what: 'of a false authority with the name of the true one, and expired',
      leaf: async () => (await createAuthority()).issue(past),
      values: none,
    },
    {
      what: 'not valid yet',
      leaf: () => root.issue({ notBefore: new Date('2200-01-01'), notAfter: new Date('2201-01-01') }),
      values: none,
    },
  ];
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
    for (const { what, leaf, values } of rows)
      test(`${what}, ${version}`, async () => {
        const all = await serverValues(await leaf(), { version });
        assert.deepEqual(Object.fromEntries(Object.keys(none).map((name) => [name, all[name]])), values);
      });

  test('revoked, by a CRL that Node looks at', async () => {
    const leaf = await root.issue();
    const crl = [await root.revocationList({ revoked: [leaf] }), await intermediate.revocationList()];
    const { peer_revoked, peer_verified } = await serverValues(leaf, {
      server: { leaf: server, ca: trusted, crl },
    });
    assert.deepEqual({ peer_revoked, peer_verified }, { peer_revoked: 1, peer_verified: 0 });
  });

  for (const [what, facts] of [
    ['valid but for that', {}],
    ['expired too', past],
  ] as const)
    test(`revoked, by a CRL that the domain looks at: ${what}`, async () => {
      const leaf = await root.issue(facts);
      const { peer_revoked, peer_expired, peer_verified } = await serverValues(leaf, {
        server: { leaf: server, ca: trusted, findsRevoked: true },
      });
      assert.deepEqual([peer_revoked, peer_expired, peer_verified], [1, 0, 0]);
    });

  test('a client sees the server so, too', async () => {
    const leaf = await root.issue(past);
    const { client } = await connectionFacts({ server: { leaf }, client: { ca: trusted } });
    const { peer_expired, peer_verified, peer_subject_cn, my_subject } = valuesOf(client);
    assert.deepEqual([peer_expired, peer_verified, peer_subject_cn, my_subject], [1, 0, 'localhost', null]);
  });
});

describe('without a certificate of the peer', () => {
  const numbers = ['peer_verified', 'peer_revoked', 'peer_expired', 'peer_selfsigned'];
  let values: Values = {};
  before(async () => {
    values = await serverValues(undefined);
  });

  test('the verification is 0', () => {
    for (const name of numbers) assert.equal(values[name], 0, name);
  });

  test('all else of the peer is NULL', () => {
    const rest = Object.keys(values).filter((name) => name.startsWith('peer_') && !numbers.includes(name));
    assert.equal(rest.length, 23);
    for (const name of rest) assert.equal(values[name], null, name);
  });

  test('the own certificate is there', () => assert.equal(values.my_subject_cn, 'sip.example.com'));
});

test('all are NULL for a message that came over no TLS', () => {
  for (const [name, value] of Object.entries(valuesOf(undefined))) assert.equal(value, null, name);
});

describe('the session', () => {
  const rows = [
    {
      version: 'TLSv1.3',
      ciphers: 'TLS_AES_256_GCM_SHA384',
      bits: 256,
      description:
        'TLS_AES_256_GCM_SHA384         TLSv1.3 Kx=any      Au=any   Enc=AESGCM(256)            Mac=AEAD\n',
    },
    {
      version: 'TLSv1.3',
      ciphers: 'TLS_AES_128_GCM_SHA256',
      bits: 128,
      description:
        'TLS_AES_128_GCM_SHA256         TLSv1.3 Kx=any      Au=any   Enc=AESGCM(128)            Mac=AEAD\n',
    },
    {
      version: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384',
      bits: 256,
      description:
        'ECDHE-ECDSA-AES256-GCM-SHA384  TLSv1.2 Kx=ECDH     Au=ECDSA Enc=AESGCM(256)            Mac=AEAD\n',
    },
    {
      version: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-SHA',
      bits: 128,
      description:
        'ECDHE-ECDSA-AES128-SHA         TLSv1   Kx=ECDH     Au=ECDSA Enc=AES(128)               Mac=SHA1\n',
    },
  ] as const;
  for (const { version, ciphers, bits, description } of rows)
    test(`${version} with ${ciphers}`, async () => {
      const values = await serverValues(undefined, { version, ciphers });
      assert.deepEqual(
        [values.version, values.cipher_info, values.cipher_bits, values.description],
        [version, ciphers, bits, description],
      );
    });
});
