import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { createPki, daysFromNow, type Leaf, selfSigned, writeHashed, writePem } from '../../pki/index.ts';
import { type Visit, visit } from './tls-client.ts';
import { IdentityFiles, startTlsHost, type TlsHost } from './tls-host.ts';

const { root, intermediate, stranger } = await createPki();
const files = new IdentityFiles();
for (const name of ['v00', 'v10', 'v11']) files.write(name, await root.issue({ subject: [['CN', name]] }));
const ca = writePem(files.folder, 'ca.pem', root.certificate);

const named = (name: string) => ({ subject: [['CN', name]] }) as const;
const past = { notBefore: daysFromNow(-30), notAfter: daysFromNow(-1) };
const future = { notBefore: daysFromNow(1), notAfter: daysFromNow(30) };

const clients = {
  none: undefined,
  good: await root.issue(named('good')),
  below: await intermediate.issue(named('below')),
  unsent: { ...(await intermediate.issue(named('unsent'))) },
  unknown: await stranger.issue(named('unknown')),
  selfSigned: await selfSigned(named('selfSigned')),
  expired: await root.issue({ ...named('expired'), ...past }),
  early: await root.issue({ ...named('early'), ...future }),
  revoked: await root.issue(named('revoked')),
  revokedBelow: await intermediate.issue(named('revokedBelow')),
  strangeExpired: await stranger.issue({ ...named('strangeExpired'), ...past }),
  selfSignedExpired: await selfSigned({ ...named('selfSignedExpired'), ...past }),
} satisfies Record<string, Leaf | undefined>;
// It leaves out the authority between itself and the root.
clients.unsent.chain = clients.unsent.certificate;

/** Folders of revocation lists by what is in them. */
const revoked = [clients.revoked, clients.revokedBelow];
const lists = {
  whole: [await root.revocationList({ revoked }), await intermediate.revocationList({ revoked })],
  ofRoot: [await root.revocationList({ revoked })],
  ofIntermediate: [await intermediate.revocationList({ revoked })],
  ofStranger: [await stranger.revocationList()],
  expired: [
    await root.revocationList({ revoked, nextUpdate: daysFromNow(-1), thisUpdate: daysFromNow(-9) }),
    await intermediate.revocationList({ revoked, nextUpdate: daysFromNow(-1), thisUpdate: daysFromNow(-9) }),
  ],
};
for (const [name, texts] of Object.entries(lists)) {
  mkdirSync(files.path(name));
  for (const [at, text] of texts.entries()) writePem(files.path(name), `${at}.pem`, text);
}
mkdirSync(files.path('authorities'));
writeHashed(files.path('authorities'), root.certificate);

/** The client, and what comes of it: the flags and is_peer_verified() of the script, or the name of the failure. */
type Row = readonly [client: keyof typeof clients, outcome: string];

interface Case {
  readonly what: string;
  /** Lines of the domain with [d] in front. */
  readonly domain: string;
  readonly rows: readonly Row[];
}

const cases: readonly Case[] = [
  {
    what: 'verify_cert 0: nobody is asked for a certificate, so that all come in and none is verified',
    domain: 'verify_cert [d]0\nrequire_cert [d]1',
    rows: [
      ['none', '0000 no'],
      ['good', '0000 no'],
      ['unknown', '0000 no'],
      ['selfSigned', '0000 no'],
      ['expired', '0000 no'],
    ],
  },
  {
    what: 'verify_cert 1, require_cert 0: without a certificate one comes in, with one that fails not',
    domain: 'verify_cert [d]1\nrequire_cert [d]0',
    rows: [
      ['none', '0000 no'],
      ['good', '1000 yes'],
      ['below', '1000 yes'],
      ['unsent', 'unknown_ca'],
      ['unknown', 'unknown_ca'],
      ['selfSigned', 'unknown_ca'],
      ['expired', 'certificate_expired'],
      ['early', 'bad_certificate'],
      ['strangeExpired', 'unknown_ca'],
      ['selfSignedExpired', 'unknown_ca'],
      ['revoked', '1000 yes'],
    ],
  },
  {
    what: 'verify_cert 1, require_cert 1, the defaults: a certificate that is good, and nothing else',
    domain: '',
    rows: [
      ['none', 'certificate_required'],
      ['good', '1000 yes'],
      ['below', '1000 yes'],
      ['unsent', 'unknown_ca'],
      ['unknown', 'unknown_ca'],
      ['selfSigned', 'unknown_ca'],
      ['expired', 'certificate_expired'],
      ['early', 'bad_certificate'],
    ],
  },
  {
    what: 'crl_check_all 0: the list of the authority that signed the certificate speaks, for it alone',
    domain: `crl_dir [d]${files.path('ofRoot')}`,
    rows: [
      ['good', '1000 yes'],
      ['revoked', 'certificate_revoked'],
      ['below', 'bad_certificate'],
      ['expired', 'certificate_expired'],
      ['unknown', 'unknown_ca'],
    ],
  },
  {
    what: 'crl_check_all 0: an authority in between needs a list of its own, the root none',
    domain: `crl_dir [d]${files.path('ofIntermediate')}`,
    rows: [
      ['below', '1000 yes'],
      ['revokedBelow', 'certificate_revoked'],
      ['good', 'bad_certificate'],
    ],
  },
  {
    what: 'crl_check_all 0, require_cert 0: the list is asked as well',
    domain: `require_cert [d]0\ncrl_dir [d]${files.path('whole')}`,
    rows: [
      ['none', '0000 no'],
      ['good', '1000 yes'],
      ['revoked', 'certificate_revoked'],
      ['revokedBelow', 'certificate_revoked'],
    ],
  },
  {
    what: 'crl_check_all 1: every certificate of the chain needs a list',
    domain: `crl_check_all [d]1\ncrl_dir [d]${files.path('whole')}`,
    rows: [
      ['good', '1000 yes'],
      ['below', '1000 yes'],
      ['revoked', 'certificate_revoked'],
      ['revokedBelow', 'certificate_revoked'],
    ],
  },
  {
    what: 'crl_check_all 1: one list is not enough for a chain of two',
    domain: `crl_check_all [d]1\ncrl_dir [d]${files.path('ofIntermediate')}`,
    rows: [
      ['below', 'bad_certificate'],
      ['good', 'bad_certificate'],
    ],
  },
  {
    what: 'a list of somebody else: none speaks for the certificate',
    domain: `crl_dir [d]${files.path('ofStranger')}`,
    rows: [['good', 'bad_certificate']],
  },
  {
    what: 'crl_check_all 0: a list whose time is over lets nobody in',
    domain: `crl_dir [d]${files.path('expired')}`,
    rows: [
      ['good', 'bad_certificate'],
      ['revoked', 'certificate_revoked'],
    ],
  },
  {
    what: 'crl_check_all 1: a list whose time is over lets nobody in',
    domain: `crl_check_all [d]1\ncrl_dir [d]${files.path('expired')}`,
    rows: [['good', 'bad_certificate']],
  },
];

/** The statistic of that name is counted once for a refusal. */
async function outcome(host: TlsHost, came: Visit, from: number): Promise<string> {
  if (came.script) {
    assert.deepEqual(host.refusals(from), []);
    return `${came.script.flags} ${came.script.verified}`;
  }
  const [line = '', ...more] = host.refusals(from);
  assert.deepEqual(more, []);
  const [, name = line] = / failed to accept: (\w+): /.exec(line) ?? [];
  return name;
}

for (const { what, domain, rows } of cases)
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
    describe(`${version}: ${what}`, () => {
      let host: TlsHost;
      before(async () => {
        const trust = `ca_list [d]${ca}`;
        host = await startTlsHost({
          domains: `server_domain d\n${files.identity('[d]', 'v11')}\n${trust}\n${domain}`,
        });
      });
      after(() => host.stop());

      for (const [client, expected] of rows)
        test(`${client}: ${expected}`, async () => {
          const from = host.log.lines.length;
          const leaf = clients[client];
          const failures = host.statistic(`failures_${expected}`);
          const came = await visit(host, host.place, { leaf, options: { maxVersion: version } });
          assert.equal(await outcome(host, came, from), expected);
          if (!came.script) assert.equal(host.statistic(`failures_${expected}`), failures + 1);
          if (came.script?.flags === '1000') assert.equal(came.script.peer, client);
        });
    });

test('ca_dir is a folder of authorities, by itself and beside ca_list', async (t) => {
  const own = writePem(files.folder, 'stranger.pem', stranger.certificate);
  const domains = `server_domain d\n${files.identity('[d]', 'v11')}\nca_dir [d]${files.path('authorities')}`;
  for (const [more, outcomeOfStranger] of [
    ['', 'unknown_ca'],
    [`ca_list [d]${own}`, '1000 yes'],
  ] as const) {
    const host = await startTlsHost({ domains: `${domains}\n${more}` }, t);
    for (const [leaf, expected] of [
      [clients.good, '1000 yes'],
      [clients.unknown, outcomeOfStranger],
    ] as const) {
      const from = host.log.lines.length;
      assert.equal(await outcome(host, await visit(host, host.place, { leaf }), from), expected);
    }
  }
});

test('without ca_list and ca_dir nobody is trusted, the public authorities neither', async (t) => {
  const host = await startTlsHost({ domains: `server_domain d\n${files.identity('[d]', 'v11')}` }, t);
  const came = await visit(host, host.place, { leaf: clients.good });
  assert.equal(await outcome(host, came, 0), 'unknown_ca');
});

describe('verify_cert and require_cert are those of the domain that the server name chose, not of the first one', () => {
  let host: TlsHost;
  before(async () => {
    const names = ['v00', 'v10', 'v11'];
    host = await startTlsHost({
      domains: [
        ...names.map((name) => `server_domain ${name}\nmatch_sip_domain [${name}]${name}.example`),
        ...names.map((name) => `${files.identity(`[${name}]`, name)}\nca_list [${name}]${ca}`),
        ...names.map((name) => `verify_cert [${name}]${name[1]}\nrequire_cert [${name}]${name[2]}`),
      ].join('\n'),
    });
  });
  after(() => host.stop());

  const rows: readonly (readonly [name: string, client: keyof typeof clients, outcome: string])[] = [
    ['v00', 'none', '0000 no'],
    ['v00', 'unknown', '0000 no'],
    ['v10', 'none', '0000 no'],
    ['v10', 'good', '1000 yes'],
    ['v10', 'unknown', 'unknown_ca'],
    ['v11', 'none', 'certificate_required'],
    ['v11', 'good', '1000 yes'],
    ['v11', 'expired', 'certificate_expired'],
  ];
  for (const [name, client, expected] of rows)
    test(`${name}.example, ${client}: ${expected}`, async () => {
      const from = host.log.lines.length;
      const came = await visit(host, host.place, { sni: `${name}.example`, leaf: clients[client] });
      assert.equal(await outcome(host, came, from), expected);
      if (came.script) assert.equal(came.script.shown, name);
    });
});
