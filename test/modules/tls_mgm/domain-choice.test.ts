import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseDomain, explainChoice } from '../../../modules/tls_mgm/domain-choice.ts';
import createModule, { manifest } from '../../../modules/tls_mgm/index.ts';
import type { ModuleHost } from '../../../runtime/module-exports.ts';
import { createStatistics } from '../../../runtime/statistics.ts';
import { globPattern } from '../../../runtime/variables/glob-pattern.ts';
import { silent } from '../../runtime/loggers.ts';
import { plainSocket } from '../../runtime/plain-socket.ts';
import { domainsOf, paramsOf } from './domain-tools.ts';

interface Explained {
  readonly what: string;
  readonly domains: string;
  readonly version?: string;
  readonly name?: string;
  /** Of each domain in the order of the definitions; → stands before the one that is chosen. */
  readonly reasons: readonly string[];
}

/** Of a connection to 192.0.2.1:5061. */
const explained: readonly Explained[] = [
  {
    what: 'a name that matches, names that do not',
    domains:
      'server_domain a\nserver_domain b\nmatch_sip_domain [a]a.test\nmatch_sip_domain [b]b.test,c.test',
    name: 'A.test.',
    reasons: ['→ a: its name a.test matches', 'b: its names (b.test, c.test) do not match'],
  },
  {
    what: 'no name',
    domains: 'server_domain a\nserver_domain b\nmatch_sip_domain [a]*.test\nmatch_sip_domain [b]none',
    reasons: ['a: its names (*.test) do not match', '→ b: its name none matches'],
  },
  {
    what: 'exact, pattern, longer pattern, any',
    domains:
      'server_domain exact\nserver_domain pattern\nserver_domain longer\nserver_domain any\nmatch_sip_domain [exact]x.a.test\nmatch_sip_domain [pattern]*.test\nmatch_sip_domain [longer]*.a.test',
    name: 'x.a.test',
    reasons: [
      '→ exact: its name x.a.test matches',
      'pattern: its name *.test matches, but x.a.test of exact is more exact',
      'longer: its name *.a.test matches, but x.a.test of exact is more exact',
      'any: its name * matches, but x.a.test of exact is more exact',
    ],
  },
  {
    what: 'two that say the same',
    domains: 'server_domain a\nserver_domain b',
    name: 'x.test',
    reasons: [
      'a: its name * matches, but * of b says the same, and is defined later',
      '→ b: its name * matches',
    ],
  },
  {
    what: 'addresses',
    domains:
      'server_domain any\nserver_domain here\nserver_domain there\nmatch_ip_address [here]192.0.2.1:5061\nmatch_ip_address [there]192.0.2.1:5062',
    reasons: [
      'any: it is for any address, and here names this one',
      '→ here: its name * matches',
      'there: it is for other addresses',
    ],
  },
  {
    what: '* beside an address that is another one',
    domains: 'server_domain both\nmatch_ip_address [both]192.0.2.9:1,*',
    reasons: ['→ both: its name * matches'],
  },
  {
    what: 'values without a name, which nobody needs',
    domains: 'certificate x\nserver_domain a\nmatch_sip_domain [a]a.test',
    name: 'a.test',
    reasons: ['→ a: its name a.test matches', 'default: a matches; this one is for the rest'],
  },
  {
    what: 'values without a name, for the rest',
    domains: 'certificate x\nserver_domain a=192.0.2.1:5062',
    version: '2.4',
    reasons: ['a: it is for other addresses', '→ default: no other domain matches'],
  },
  {
    what: 'none',
    domains: 'server_domain a\nmatch_sip_domain [a]a.test',
    name: 'b.test',
    reasons: ['a: its names (a.test) do not match'],
  },
];
for (const { what, domains, version, name, reasons } of explained)
  test(`the reason of each domain: ${what}`, () => {
    const { server } = domainsOf(domains, version);
    const facts = { address: '192.0.2.1', port: 5061, name };
    const verdicts = explainChoice(server, facts);
    assert.deepEqual(
      verdicts.map(({ domain, chosen, reason }) => `${chosen ? '→ ' : ''}${domain.name}: ${reason}`),
      reasons,
    );
    assert.equal(chooseDomain(server, facts), verdicts.find(({ chosen }) => chosen)?.domain);
  });

test('an IPv4 address that IPv6 carries is that address', () => {
  const { server } = domainsOf('server_domain a\nmatch_ip_address [a]192.0.2.1:5061');
  const chosen = chooseDomain(server, { address: '::ffff:192.0.2.1', port: 5061, name: undefined });
  assert.equal(chosen?.name, 'a');
});

describe('tsips tls explain', () => {
  const lines = `
    server_domain a
    server_domain b
    match_sip_domain [a]a.test
    match_ip_address [b]192.0.2.1:5062`;
  const sockets = [
    plainSocket('udp', { address: '192.0.2.9', port: 5060 }),
    plainSocket('wss', { address: '192.0.2.1', port: 443, host: 'edge.test' }),
    plainSocket('tls', { address: '2001:db8::1', port: 5061 }),
  ];

  function explain(...words: string[]) {
    const host = {
      params: paramsOf(lines),
      version: '3.6',
      globPattern,
      log: silent,
      statistics: createStatistics().group('tls', manifest.statistics),
    } satisfies Partial<ModuleHost>;
    const tool = createModule(host as unknown as ModuleHost).tools?.['tls explain'];
    assert.ok(tool);
    return tool(words, { sockets });
  }

  test('an address and a name: the domain, then each one with its filters and why', async () => {
    assert.deepEqual(await explain('192.0.2.1:443', 'a.test'), {
      ok: true,
      text: [
        '192.0.2.1:443 with the server name a.test: domain a',
        '  → a (address *; name a.test): its name a.test matches',
        '    b (address 192.0.2.1:5062; name *): it is for other addresses',
        '',
      ].join('\n'),
    });
  });

  test('no domain: the connection is refused, and the exit status tells', async () => {
    const { ok, text } = await explain('192.0.2.1:443');
    assert.equal(ok, false);
    assert.match(text, /^192\.0\.2\.1:443 with no server name: no domain: the connection is refused\n/);
  });

  for (const listener of ['192.0.2.1', 'wss:192.0.2.1', 'WSS:192.0.2.1:443', 'wss:edge.test', 'edge.test'])
    test(`a listener may be written as ${listener}`, async () => {
      assert.match(
        (await explain(listener, 'a.test')).text,
        /^192\.0\.2\.1:443 with the server name a\.test: /,
      );
    });

  for (const listener of [
    '[2001:DB8::1]',
    'tls:[2001:db8::0001]',
    'tls:[2001:db8::1]:5061',
    '2001:db8::1:5061',
  ])
    test(`a listener of IPv6 may be written as ${listener}`, async () => {
      assert.match((await explain(listener)).text, /^\[2001:db8::1\]:5061 with no server name: /);
    });

  test('what is neither is told with the sockets that there are', async () => {
    assert.deepEqual(await explain('tls:192.0.2.77'), {
      ok: false,
      text: '"tls:192.0.2.77" is neither address:port nor a socket of the config (udp:192.0.2.9:5060, wss:192.0.2.1:443, tls:[2001:db8::1]:5061)\n',
    });
  });
});
