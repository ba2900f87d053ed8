import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createPki } from '../../pki/index.ts';
import { visit } from './tls-client.ts';
import {
  addressA,
  addressB,
  freePlace,
  hasIpv6,
  IdentityFiles,
  type Place,
  shown,
  startTlsHost,
  type TlsHost,
} from './tls-host.ts';

const { root } = await createPki();
const files = new IdentityFiles();
for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
  files.write(name, await root.issue({ subject: [['CN', name]] }));
}

/** The socket, the server name that the client sends, and the certificate that comes back; `-`: refused. */
type Row = readonly [socket: 'A' | 'B' | 'V6', sni: string | undefined, certificate: string];

interface Case {
  /** The rule, with the versions of files that have it. */
  readonly what: string;
  readonly version: string;
  readonly protocol?: 'tls' | 'wss';
  /** `{A}` is a socket's place; `identity PREFIX NAME` stands for certificate and private_key. */
  readonly domains: string;
  readonly rows: readonly Row[];
}

/** Whom nobody asks for a certificate here. */
const open = (...prefixes: string[]) => prefixes.map((prefix) => `verify_cert ${prefix}0`).join('\n');

const cases: readonly Case[] = [
  {
    what: '2.x: values without a name make the default domain, which gets everything',
    version: '2.4',
    domains: `identity - a\n${open('')}`,
    rows: [
      ['A', undefined, 'a'],
      ['A', 'any.example', 'a'],
      ['B', undefined, 'a'],
    ],
  },
  {
    what: '2.2: id=address:port defines a domain, id:value sets its values; the default domain gets the rest',
    version: '2.2',
    domains: `
      server_domain one={A}
      identity - a
      identity one: b
      ${open('', 'one:')}`,
    rows: [
      ['A', undefined, 'b'],
      ['A', 'any.example', 'b'],
      ['B', undefined, 'a'],
    ],
  },
  {
    what: '2.2: a colon in a value names a domain only where there is one',
    version: '2.2',
    domains: `
      identity - a
      ciphers_list HIGH:!MD5
      ${open('')}`,
    rows: [['A', undefined, 'a']],
  },
  {
    what: '2.3 and 2.4: name=address:port, [name]value; blanks in front of the bracket do not count',
    version: '2.4',
    domains: `
      server_domain one={A}
      server_domain two={B}
      identity [one] a
      identity ${'  '}[two] b
      identity - c
      ${open('[one]', '[two]', '')}`,
    rows: [
      ['A', undefined, 'a'],
      ['B', 'any.example', 'b'],
      ['V6', undefined, 'c'],
    ],
  },
  {
    what: '2.x: of two domains for the same address the one that is defined last wins',
    version: '2.4',
    domains: `
      server_domain one={A}
      server_domain two={A}
      identity [one] a
      identity [two] b
      ${open('[one]', '[two]')}`,
    rows: [
      ['A', undefined, 'b'],
      ['A', 'any.example', 'b'],
    ],
  },
  {
    what: '3.x: a domain without filters gets every address and every name, and none',
    version: '3.6',
    domains: `
      server_domain one
      identity [one] a
      ${open('[one]')}`,
    rows: [
      ['A', undefined, 'a'],
      ['A', 'any.example', 'a'],
      ['B', undefined, 'a'],
      ['V6', undefined, 'a'],
    ],
  },
  {
    what: '3.x: values without a name are for what no domain matches',
    version: '3.0',
    domains: `
      server_domain one
      match_sip_domain [one]one.example
      identity - a
      identity [one] b
      ${open('', '[one]')}`,
    rows: [
      ['A', 'one.example', 'b'],
      ['A', 'two.example', 'a'],
      ['A', undefined, 'a'],
    ],
  },
  {
    what: '3.x: an exact name wins over a pattern, the longer pattern over the shorter, any pattern over *; of equals the last one',
    version: '3.6',
    domains: `
      server_domain exact
      server_domain pattern
      server_domain longer
      server_domain star
      server_domain laterStar
      server_domain twice
      server_domain letter
      match_sip_domain [exact]a.example.com,both.example.com
      match_sip_domain [pattern]*.example.com
      match_sip_domain [longer]*.dup.example.com
      match_sip_domain [star]*
      match_sip_domain [twice]both.example.com
      match_sip_domain [letter]?.example.org
      identity [exact] a
      identity [pattern] b
      identity [longer] c
      identity [star] d
      identity [laterStar] e
      identity [twice] f
      identity [letter] g
      ${open('[exact]', '[pattern]', '[longer]', '[star]', '[laterStar]', '[twice]', '[letter]')}`,
    rows: [
      ['A', 'a.example.com', 'a'],
      ['A', 'A.Example.COM', 'a'],
      ['A', 'a.example.com.', 'a'],
      ['A', 'both.example.com', 'f'],
      ['A', 'b.example.com', 'b'],
      ['A', 'b.c.example.com', 'b'],
      ['A', 'x.dup.example.com', 'c'],
      ['A', 'z.example.org', 'g'],
      ['A', 'zz.example.org', 'e'],
      ['A', 'other.test', 'e'],
      ['A', undefined, 'e'],
      ['B', 'a.example.com', 'a'],
    ],
  },
  {
    what: '3.x: filters in any case, with a dot at the end, with blanks around, in several lines',
    version: '3.4',
    domains: `
      server_domain one
      match_sip_domain [one] A.Example.com. , B.example.com
      match_sip_domain [one]c.EXAMPLE.com
      identity [one] a
      ${open('[one]')}`,
    rows: [
      ['A', 'a.example.com', 'a'],
      ['A', 'b.example.COM.', 'a'],
      ['A', 'c.example.com', 'a'],
      ['A', 'd.example.com', '-'],
      ['A', undefined, '-'],
    ],
  },
  {
    what: '3.x: none is for clients that send no name',
    version: '3.6',
    domains: `
      server_domain named
      server_domain nameless
      match_sip_domain [named]a.example.com
      match_sip_domain [nameless]NONE
      identity [named] a
      identity [nameless] b
      ${open('[named]', '[nameless]')}`,
    rows: [
      ['A', 'a.example.com', 'a'],
      ['A', undefined, 'b'],
      ['A', 'other.example.com', '-'],
    ],
  },
  {
    what: '3.x: a domain that names the address shadows those for any, also where its names do not match',
    version: '3.6',
    domains: `
      server_domain any
      server_domain here
      match_ip_address [any]*
      match_ip_address [here]{A}
      match_sip_domain [here]here.example
      identity [any] a
      identity [here] b
      ${open('[any]', '[here]')}`,
    rows: [
      ['A', 'here.example', 'b'],
      ['A', 'there.example', '-'],
      ['A', undefined, '-'],
      ['B', 'here.example', 'a'],
      ['B', undefined, 'a'],
    ],
  },
  {
    what: '3.x: a list of addresses, IPv6 in any spelling; the port counts',
    version: '3.6',
    domains: `
      server_domain list
      server_domain port
      match_ip_address [list]{A}, {V6 long},192.0.2.1:5061
      match_ip_address [port]{A host}:1
      match_ip_address [port]{B}
      identity [list] a
      identity [port] b
      ${open('[list]', '[port]')}`,
    rows: [
      ['A', undefined, 'a'],
      ['V6', 'any.example', 'a'],
      ['B', undefined, 'b'],
    ],
  },
  {
    what: '3.x: IPv6 without brackets, * beside an address',
    version: '3.6',
    domains: `
      server_domain six
      server_domain both
      match_ip_address [six]{V6 bare}
      match_ip_address [both]{A}
      match_ip_address [both]*
      identity [six] a
      identity [both] b
      ${open('[six]', '[both]')}`,
    rows: [
      ['V6', undefined, 'a'],
      ['A', undefined, 'b'],
      ['B', undefined, 'b'],
    ],
  },
  {
    what: '3.x over wss: the same choice',
    version: '3.6',
    protocol: 'wss',
    domains: `
      server_domain a
      server_domain b
      match_sip_domain [a]a.example.com
      match_sip_domain [b]*.example.com,none
      identity [a] a
      identity [b] b
      ${open('[a]', '[b]')}`,
    rows: [
      ['A', 'a.example.com', 'a'],
      ['A', 'b.example.com', 'b'],
      ['A', 'example.com', '-'],
      ['B', 'A.EXAMPLE.COM', 'a'],
    ],
  },
  {
    what: '3.x: names beyond ASCII come as DNS carries them (RFC 5890)',
    version: '3.6',
    domains: `
      server_domain one
      match_sip_domain [one]${Buffer.from('bücher.example,*.straße.example').toString('latin1')}
      identity [one] a
      ${open('[one]')}`,
    rows: [
      ['A', 'xn--bcher-kva.example', 'a'],
      ['A', 'XN--BCHER-KVA.example', 'a'],
      ['A', 'a.xn--strae-oqa.example', 'a'],
      ['A', 'bucher.example', '-'],
    ],
  },
];

const places: Record<Row[0], Place> = {
  A: await freePlace(addressA),
  B: await freePlace(addressB),
  V6: hasIpv6 ? await freePlace('::1') : { address: '::1', port: 5061 },
};

/** `{A}` and the others: where a socket is, in several spellings. */
function filled(text: string): string {
  const { A, B, V6 } = places;
  return text
    .replaceAll('{A}', shown(A))
    .replaceAll('{A host}', A.address)
    .replaceAll('{B}', shown(B))
    .replaceAll('{V6 long}', `[0:0::0:0001]:${V6.port}`)
    .replaceAll('{V6 bare}', `0:0:0:0:0:0:0:1:${V6.port}`)
    .replace(/^ *identity (.*)(\S)$/gm, (_, prefix: string, name: string) =>
      files.identity(prefix.trimEnd().replace(/^-$/, ''), name),
    );
}

for (const { what, version, protocol = 'tls', domains, rows } of cases)
  describe(what, () => {
    let host: TlsHost;
    before(async () => {
      const asked = [...new Set(rows.map(([socket]) => socket))].filter((name) => name !== 'V6' || hasIpv6);
      const sockets = asked.map((name) => places[name]);
      host = await startTlsHost({ version, protocol, places: sockets, domains: filled(domains) });
    });
    after(() => host.stop());

    for (const [socket, sni, certificate] of rows)
      test(`${socket}, ${sni ?? 'no name'}: ${certificate === '-' ? 'refused' : certificate}`, {
        skip: socket === 'V6' && !hasIpv6 ? 'no ::1 here' : false,
      }, async () => {
        const from = host.log.lines.length;
        const came = await visit(host, places[socket], { sni });
        if (certificate !== '-') {
          assert.equal(came.certificate, certificate);
          assert.equal(came.script?.shown, certificate);
          assert.deepEqual(host.refusals(from), []);
          return;
        }
        assert.equal(came.script, undefined);
        const [line, ...more] = host.refusals(from);
        assert.deepEqual(more, []);
        assert.match(line ?? '', /from \S+:\d+ failed to accept: no_domain: /);
        assert.ok(line?.includes(sni === undefined ? 'no server name' : `server name ${sni}`), line);
        for (const { name } of named(domains)) assert.ok(line?.includes(name), `${line} names ${name}`);
      });
  });

/** The domains that a text defines. */
function named(domains: string): { name: string }[] {
  return [...domains.matchAll(/server_domain (\w+)/g)].map(([, name = '']) => ({ name }));
}

test('a client that is refused for its name gets the alert unrecognized_name (RFC 6066 §3)', async (t) => {
  const domains = `server_domain one\nmatch_sip_domain [one]a.example\n${files.identity('[one]', 'a')}\n${open('[one]')}`;
  const host = await startTlsHost({ places: [places.A], domains }, t);
  const { error } = await visit(host, places.A, { sni: 'b.example' });
  assert.match(error ?? '', /UNRECOGNIZED_NAME/);
});

test('on a socket of all addresses the one that the client came to chooses the domain', {
  skip: addressA === addressB ? 'there is but one loopback address here' : false,
}, async (t) => {
  const { port } = await freePlace('0.0.0.0');
  const host = await startTlsHost(
    {
      places: [{ address: '0.0.0.0', port }],
      domains: `
      server_domain one
      server_domain two
      match_ip_address [one]${addressA}:${port}
      match_ip_address [two]${addressB}:${port}
      ${files.identity('[one]', 'a')}
      ${files.identity('[two]', 'b')}
      ${open('[one]', '[two]')}`,
    },
    t,
  );
  assert.equal((await visit(host, { address: addressA, port })).script?.shown, 'a');
  assert.equal((await visit(host, { address: addressB, port })).script?.shown, 'b');
  assert.equal((await visit(host, { address: '127.0.0.1', port })).script, undefined);
  assert.equal(host.refusals().length, 1);
});
