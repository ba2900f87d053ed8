import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createPki, daysFromNow, type Leaf, selfSigned, writePem } from '../../pki/index.ts';
import { freePlace, hasIpv6, IdentityFiles, shown, startTlsHost, type TlsHost } from './tls-host.ts';
import { dial, listening, startServer, verdictOf, type Wish } from './tls-server.ts';

const { root, intermediate, stranger } = await createPki();
const files = new IdentityFiles();
files.write('own', await root.issue({ subject: [['CN', 'own']] }));
files.write('other', await root.issue({ subject: [['CN', 'other']] }));
const ca = writePem(files.folder, 'ca.pem', root.certificate);

const name = 'sip.example.com';
const past = { notBefore: daysFromNow(-30), notAfter: daysFromNow(-1) };
const revoked = await root.issue({ names: [name] });
const revokedBelow = await intermediate.issue({ names: [name] });
const servers = {
  good: await root.issue({ names: [name] }),
  below: await intermediate.issue({ names: [name] }),
  expired: await root.issue({ names: [name], ...past }),
  early: await root.issue({ names: [name], notBefore: daysFromNow(1), notAfter: daysFromNow(9) }),
  unknown: await stranger.issue({ names: [name] }),
  selfSigned: await selfSigned({ names: [name] }),
  elsewhere: await root.issue({ names: ['www.example.com'] }),
  wildcard: await root.issue({ names: ['*.example.com'] }),
  onlyClients: await root.issue({ names: [name], extendedUses: ['clientAuth'] }),
  revoked,
  revokedBelow,
} satisfies Record<string, Leaf>;

for (const [folder, authorities] of [
  ['lists', [root, intermediate]],
  ['rootAlone', [root]],
] as const) {
  mkdirSync(files.path(folder));
  for (const [at, authority] of authorities.entries()) {
    const list = await authority.revocationList({ revoked: [revoked, revokedBelow] });
    writePem(files.path(folder), `${at}.pem`, list);
  }
}

const trust = (domain = 'c') => `ca_list [${domain}]${ca}`;

/** A host with a server domain that nobody visits, and these client domains. */
function hostWith(t: TestContext, domains: string, version = '3.6'): Promise<TlsHost> {
  const server =
    version === '2.4'
      ? `${files.identity('', 'own')}\nverify_cert 0`
      : `server_domain s\n${files.identity('[s]', 'own')}\nverify_cert [s]0`;
  return startTlsHost({ version, domains: `${server}\n${domains}` }, t);
}

interface Verified {
  readonly what: string;
  readonly server: keyof typeof servers;
  /** Lines of the client domain c. */
  readonly domain?: string;
  readonly hostname?: string;
  /** `ok`, or the failure and what it begins to say. */
  readonly verdict: string;
}

const verified: readonly Verified[] = [
  { what: 'a certificate of a trusted authority for the name', server: 'good', verdict: 'ok' },
  { what: 'the authority in between is sent', server: 'below', verdict: 'ok' },
  {
    what: 'names in any case, with a dot at the end',
    server: 'good',
    hostname: 'SIP.Example.com.',
    verdict: 'ok',
  },
  { what: 'a wildcard certificate', server: 'wildcard', verdict: 'ok' },
  {
    what: 'another name',
    server: 'elsewhere',
    verdict:
      'bad_certificate: the server’s certificate does not name the host; verify_hostname 0 lets it pass (Host: sip.example.com. is not in the cert',
  },
  {
    what: 'another name, verify_hostname 0',
    server: 'elsewhere',
    domain: 'verify_hostname [c]0',
    verdict: 'ok',
  },
  { what: 'another name, verify_cert 0', server: 'elsewhere', domain: 'verify_cert [c]0', verdict: 'ok' },
  { what: 'an unknown authority', server: 'unknown', verdict: 'unknown_ca: the authority' },
  {
    what: 'an unknown authority, verify_cert 0',
    server: 'unknown',
    domain: 'verify_cert [c]0',
    verdict: 'ok',
  },
  { what: 'self-signed', server: 'selfSigned', verdict: 'unknown_ca: the peer’s certificate is self-signed' },
  { what: 'expired', server: 'expired', verdict: 'certificate_expired: the peer’s certificate has expired' },
  {
    what: 'not valid yet',
    server: 'early',
    verdict: 'bad_certificate: the peer’s certificate is not valid yet',
  },
  { what: 'for clients alone', server: 'onlyClients', verdict: 'unsupported_certificate: ' },
  {
    what: 'revoked, crl_check_all 0',
    server: 'revoked',
    domain: `crl_dir [c]${files.path('lists')}`,
    verdict: 'certificate_revoked: ',
  },
  {
    what: 'revoked by an authority that it sends, crl_check_all 0',
    server: 'revokedBelow',
    domain: `crl_dir [c]${files.path('lists')}`,
    verdict: 'certificate_revoked: ',
  },
  {
    what: 'not revoked by an authority that it sends, crl_check_all 0',
    server: 'below',
    domain: `crl_dir [c]${files.path('lists')}`,
    verdict: 'ok',
  },
  {
    what: 'no list of the authority, crl_check_all 0',
    server: 'below',
    domain: `crl_dir [c]${files.path('rootAlone')}`,
    verdict: 'bad_certificate: crl_dir has no revocation list of the authority',
  },
  {
    what: 'revoked, crl_check_all 1',
    server: 'revokedBelow',
    domain: `crl_check_all [c]1\ncrl_dir [c]${files.path('lists')}`,
    verdict: 'certificate_revoked: ',
  },
  {
    what: 'no list of the authority, crl_check_all 1',
    server: 'below',
    domain: `crl_check_all [c]1\ncrl_dir [c]${files.path('rootAlone')}`,
    verdict: 'bad_certificate: crl_dir has no revocation list of the authority',
  },
];

for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
  for (const { what, server, domain = '', hostname = name, verdict } of verified)
    test(`${version}, a server that is verified: ${what}: ${verdict.split(':')[0]}`, async (t) => {
      const { place } = await startServer(t, servers[server], { maxVersion: version });
      const host = await hostWith(t, `client_domain c\n${trust()}\n${domain}`);
      const said = await verdictOf(dial(host, place, { hostname }));
      if (verdict === 'ok') {
        assert.equal(said, 'ok');
        assert.deepEqual([host.statistic('connected'), host.statistic('connect_failed')], [1, 0]);
        return;
      }
      assert.ok(said.startsWith(`New TLS connection to ${shown(place)} failed: ${verdict}`), said);
      assert.ok(said.endsWith(` (server name ${name}, domain c offers TLSv1.2 to TLSv1.3)`), said);
      assert.deepEqual([host.statistic('connected'), host.statistic('connect_failed')], [0, 1]);
      assert.equal(host.statistic(`failures_${verdict.split(':')[0]}`), 1);
    });

test('without ca_list and ca_dir nobody is trusted', async (t) => {
  const { place } = await startServer(t, servers.good);
  const host = await hostWith(t, 'client_domain c');
  assert.match(await verdictOf(dial(host, place, { hostname: name })), /unknown_ca: the authority/);
});

const names: readonly { readonly what: string; readonly wish: Wish; readonly sent: string | undefined }[] = [
  { what: 'the host of the next hop', wish: { hostname: 'a.example' }, sent: 'a.example' },
  { what: 'without the dot at its end', wish: { hostname: 'a.example.' }, sent: 'a.example' },
  {
    what: 'letters beyond ASCII as DNS has them',
    wish: { hostname: Buffer.from('bücher.example').toString('latin1') },
    sent: 'xn--bcher-kva.example',
  },
  { what: 'none for an IPv4 address', wish: { hostname: '127.0.0.1' }, sent: undefined },
  { what: 'none for an IPv6 address', wish: { hostname: '[::1]' }, sent: undefined },
  { what: 'none where no host is known', wish: {}, sent: undefined },
  {
    what: 'client_sip_domain_avp before the host',
    wish: { hostname: 'a.example', avps: { sip_domain: 'b.example' } },
    sent: 'b.example',
  },
  {
    what: 'client_sip_domain_avp for an address',
    wish: { hostname: '127.0.0.1', avps: { sip_domain: 'b.example' } },
    sent: 'b.example',
  },
];
for (const { what, wish, sent } of names)
  test(`the server name (RFC 6066 §3): ${what}`, async (t) => {
    const { place, seen } = await startServer(t, servers.good);
    const host = await hostWith(
      t,
      'client_domain c\nverify_cert [c]0\nclient_sip_domain_avp $avp(sip_domain)',
    );
    const stream = await dial(host, place, wish);
    while (seen.length === 0) await new Promise(setImmediate);
    assert.deepEqual(seen, [{ name: sent, client: undefined }]);
    stream.destroy();
  });

test('an address has no name to compare: one warning per domain says so, and how to silence it', async (t) => {
  const { place } = await startServer(t, servers.elsewhere);
  const host = await hostWith(
    t,
    `client_domain c\n${trust()}\nclient_domain d\n${trust('d')}\nverify_hostname [d]0\nclient_tls_domain_avp $avp(domain)`,
  );
  for (const domain of ['c', 'c', 'd', 'c']) {
    const dialling = dial(host, place, { hostname: '127.0.0.1', avps: { domain } });
    assert.equal(await verdictOf(dialling), 'ok');
  }
  const told = host.log.from('tls_connect').filter((line) => !line.startsWith('New TLS connection'));
  assert.deepEqual(told, [
    `TLS domain c: ${shown(place)} is known by its address alone, so that no name in its certificate can be compared: every certificate of an authority in ca_list or ca_dir passes, whoever has it. To mend it, send to a host name, set client_sip_domain_avp, or silence this with verify_hostname "[c]0"`,
  ]);
});

for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
  test(`${version}: a client domain shows its certificate where it has one, also to a server that asks for it`, async (t) => {
    const { place, seen } = await startServer(t, servers.good, {
      maxVersion: version,
      requestCert: true,
      rejectUnauthorized: false,
    });
    const host = await hostWith(
      t,
      `client_domain with\nclient_domain without\n${files.identity('[with]', 'other')}\n${trust('with')}\n${trust('without')}\nclient_tls_domain_avp domain`,
    );
    for (const domain of ['with', 'without']) {
      const stream = await dial(host, place, { hostname: name, avps: { domain } });
      while (seen.length === 0 || seen.length < (domain === 'with' ? 1 : 2)) await new Promise(setImmediate);
      stream.destroy();
    }
    assert.deepEqual(
      seen.map(({ client }) => client),
      ['other', undefined],
    );
  });

test('TLS 1.2: a server that requires a certificate refuses a domain without one, and the error says what to set', async (t) => {
  const { place } = await startServer(t, servers.good, {
    maxVersion: 'TLSv1.2',
    requestCert: true,
    ca: root.certificate,
  });
  const host = await hostWith(t, `client_domain c\n${trust()}`);
  assert.match(
    await verdictOf(dial(host, place, { hostname: name })),
    /failed: handshake_failure: the peer found nothing in common, or wants a certificate that it did not get/,
  );
});

/** How a client domain is chosen: what the run has, and the domain. */
interface Choice {
  readonly what: string;
  readonly version: string;
  readonly domains: string;
  readonly rows: readonly (readonly [wish: Wish['avps'], chosen: string])[];
}

/** `{HERE}` is the server's place. */
const choices: readonly Choice[] = [
  {
    what: '3.x: client_tls_domain_avp names the domain, in its very letters, and nothing else will do',
    version: '3.6',
    domains: 'client_domain a\nclient_domain b\nclient_tls_domain_avp $avp(d)',
    rows: [
      [{ d: 'a' }, 'a'],
      [{ d: 'b' }, 'b'],
      [{ d: 'A' }, 'no domain named A'],
      [{}, 'b'],
      [{ other: 'a' }, 'b'],
    ],
  },
  {
    what: '3.x: client_sip_domain_avp is what match_sip_domain is compared with; without it only * matches',
    version: '3.6',
    domains: `
      client_domain exact
      client_domain pattern
      client_domain rest
      match_sip_domain [exact]a.example
      match_sip_domain [pattern]*.example
      client_sip_domain_avp $(avp(s))`,
    rows: [
      [{ s: 'a.example' }, 'exact'],
      [{ s: 'A.EXAMPLE' }, 'exact'],
      [{ s: 'b.example' }, 'pattern'],
      [{ s: 'b.test' }, 'rest'],
      [{}, 'rest'],
    ],
  },
  {
    what: '3.x: a domain that names the destination shadows those for any',
    version: '3.6',
    domains: `
      client_domain here
      client_domain any
      match_ip_address [here]{HERE}
      match_sip_domain [here]*.example,*
      client_sip_domain_avp s`,
    rows: [
      [{}, 'here'],
      [{ s: 'b.test' }, 'here'],
    ],
  },
  {
    what: '3.x: no domain for the destination',
    version: '3.6',
    domains: 'client_domain far\nmatch_ip_address [far]192.0.2.1:5061\nclient_sip_domain_avp s',
    rows: [
      [{}, 'no domain for'],
      [{ s: 'a.example' }, 'no domain for'],
    ],
  },
  {
    what: '2.x: client_domain_avp in any case; a name that there is not falls back to the address, then to the default',
    version: '2.4',
    domains: `
      client_domain a
      client_domain here={HERE}
      verify_cert [a]0
      verify_cert [here]0
      client_domain_avp $avp(d)`,
    rows: [
      [{ d: 'A' }, 'a'],
      [{ d: 'nobody' }, 'here'],
      [{}, 'here'],
    ],
  },
  {
    what: '2.x: the default client domain',
    version: '2.4',
    domains: 'client_domain far=192.0.2.1:5061\nclient_domain_avp d',
    rows: [
      [{}, 'default'],
      [{ d: 'nobody' }, 'default'],
      [{ d: 'FAR' }, 'far'],
    ],
  },
];

for (const { what, version, domains, rows } of choices)
  test(`a client domain is chosen: ${what}`, async (t) => {
    const { place } = await startServer(t, servers.good);
    const named = [...domains.matchAll(/client_domain (\w+)/g)].map(([, each]) => `[${each}]`);
    const unverified = ['', ...named].slice(version === '2.4' ? 0 : 1).map((each) => `verify_cert ${each}0`);
    const host = await hostWith(
      t,
      `${domains.replaceAll('{HERE}', shown(place))}\n${unverified.join('\n')}`,
      version,
    );
    for (const [avps = {}, chosen] of rows) {
      const from = host.log.lines.length;
      const said = await verdictOf(dial(host, place, { hostname: 'a.example', avps }));
      const domain = /established \(.*, domain (\w+)\)/.exec(host.log.lines.slice(from).join('\n'))?.[1];
      if (said === 'ok') assert.equal(domain, chosen, JSON.stringify(avps));
      else {
        const [, missing = ''] = /^no (.*)$/.exec(chosen) ?? [];
        assert.ok(said.includes(missing.replace('domain', 'TLS client domain found')), `${said}: ${chosen}`);
        assert.match(said, /: define one with client_domain$/);
      }
    }
  });

test('2.1, 2.2: client_domain "id=name" is what client_domain_avp asks for by that name', async (t) => {
  const { place } = await startServer(t, servers.good);
  const domains = `client_domain one=Atlanta.example\nverify_cert one:0\nclient_domain_avp $avp(d)\n${files.identity('', 'own')}\nverify_cert 0`;
  const host = await startTlsHost({ version: '2.2', domains }, t);
  assert.equal(await verdictOf(dial(host, place, { avps: { d: 'atlanta.EXAMPLE' } })), 'ok');
  assert.equal(host.statistic('handshakes_domain_one'), 1);
});

test('without any client domain the error says what to add', async (t) => {
  const { place } = await startServer(t, servers.good);
  const host = await hostWith(t, '');
  assert.equal(
    await verdictOf(dial(host, place)),
    `no TLS client domain found for ${shown(place)}: define one with client_domain`,
  );
});

test('tls_handshake_timeout ends a handshake that nobody answers', async (t) => {
  const place = await listening(t, createServer());
  const host = await hostWith(t, `client_domain c\n${trust()}\ntls_handshake_timeout 50`, '3.0');
  const [socket] = host.host.listeners;
  assert.ok(socket);
  const said = await verdictOf(
    host.api.streams().connect({ protocol: 'tls', ...place, socket, hostname: name }),
  );
  assert.match(said, /failed: timeout: not done after 50 ms \(tls_handshake_timeout\)/);
  assert.equal(host.statistic('failures_timeout'), 1);
});

test('the end of the host ends handshakes with servers', async (t) => {
  const server = createServer();
  const begun = new Promise((resolve) => {
    server.once('connection', (socket) => socket.once('data', resolve));
  });
  const place = await listening(t, server);
  const host = await hostWith(t, `client_domain c\n${trust()}`);
  const dialling = verdictOf(dial(host, place, { hostname: name }));
  await begun;
  await host.stop();
  assert.match(await dialling, /failed: stopping: the host is stopping/);
});

test('a server that does not speak TLS', async (t) => {
  const server = createServer((socket) => socket.end('SIP/2.0 400 Bad Request\r\n\r\n'));
  const place = await listening(t, server);
  const host = await hostWith(t, `client_domain c\n${trust()}`);
  assert.match(
    await verdictOf(dial(host, place, { hostname: name })),
    /failed: no_tls: the other side does not speak TLS on this port/,
  );
});

test('a server that ends the connection', async (t) => {
  const place = await listening(
    t,
    createServer((socket) => socket.end()),
  );
  const host = await hostWith(t, `client_domain c\n${trust()}`);
  assert.match(
    await verdictOf(dial(host, place, { hostname: name })),
    /failed: closed: the peer ended the connection before the handshake was done/,
  );
});

test('a server that allows no common version', async (t) => {
  const { place } = await startServer(t, servers.good, { minVersion: 'TLSv1.3' });
  const host = await hostWith(t, `client_domain c\n${trust()}\ntls_method [c]TLSv1_2`);
  assert.match(
    await verdictOf(dial(host, place, { hostname: name })),
    /failed: protocol_version: the peer allows none of our versions \(tls_method\) \(server name sip\.example\.com, domain c offers TLSv1\.2\)$/,
  );
});

test('an address of IPv6', { skip: hasIpv6 ? false : 'no ::1 here' }, async (t) => {
  const { place } = await startServer(t, servers.good, {}, '::1');
  const six = await freePlace('::1');
  const host = await startTlsHost(
    {
      places: [six],
      domains: `server_domain s\n${files.identity('[s]', 'own')}\nverify_cert [s]0\nclient_domain c\n${trust()}\nmatch_ip_address [c][0::1]:${place.port}`,
    },
    t,
  );
  assert.equal(await verdictOf(dial(host, place, { hostname: name })), 'ok');
});

test('no handshake with a server resumes a session', async (t) => {
  const { place } = await startServer(t, servers.good);
  const host = await hostWith(t, `client_domain c\n${trust()}`);
  for (let at = 0; at < 3; at++) assert.equal(await verdictOf(dial(host, place, { hostname: name })), 'ok');
  assert.deepEqual([host.statistic('connected'), host.statistic('resumed')], [3, 0]);
});
