/** RFC 3263 against a DNS server on the loopback; the answers of OpenSIPS are those of its sip_resolvehost. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type Destination,
  type DestinationSettings,
  findDestinations,
} from '../../../runtime/net/destinations.ts';
import { createNameResolver } from '../../../runtime/net/name-resolver.ts';
import { protocols } from '../../../runtime/net/protocols.ts';
import { hopOfText, hopOfUri, hopOfVia, type NextHop } from '../../../runtime/sip/next-hop.ts';
import { parseUri } from '../../../runtime/sip/uri.ts';
import { parseVia } from '../../../runtime/sip/via.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { type DnsServer, openDnsServer, type Zone } from './dns-server.ts';

const zone: Zone = {
  'plain.example': { A: ['192.0.2.1', '192.0.2.2'] },
  'both.example': { A: ['192.0.2.3'], AAAA: ['2001:db8::3'] },
  'alias.example': { CNAME: ['plain.example'] },
  'empty.example': {},
  // RFC 3263 §4.1's own example.
  'naptr.example': {
    NAPTR: [
      '50 50 "s" "SIPS+D2T" "" _sips._tcp.naptr.example',
      '90 50 "s" "SIP+D2T" "" _sip._tcp.naptr.example',
      '100 50 "s" "SIP+D2U" "" _sip._udp.naptr.example',
    ],
    A: ['192.0.2.99'],
  },
  '_sips._tcp.naptr.example': { SRV: ['0 0 5063 a.naptr.example'] },
  '_sip._tcp.naptr.example': { SRV: ['0 1 5064 a.naptr.example', '5 2 5065 b.naptr.example'] },
  '_sip._udp.naptr.example': { SRV: ['0 0 5066 a.naptr.example'] },
  'a.naptr.example': { A: ['192.0.2.11', '192.0.2.12'] },
  'b.naptr.example': { A: ['192.0.2.13'] },
  'other.example': {
    NAPTR: [
      '10 10 "u" "E2U+sip" "!^.*$!sip:a@b!" .',
      '20 10 "s" "SIP+D2X" "" _sip._tcp.naptr.example',
      '30 10 "A" "SIP+D2U" "" a.naptr.example',
      '40 10 "s" "SIP+D2U" "" _sip._udp.missing.example',
      '40 20 "S" "sip+d2w" "" _ws._tcp.other.example',
    ],
    A: ['192.0.2.98'],
  },
  '_ws._tcp.other.example': { SRV: ['0 0 8080 b.naptr.example'] },
  'tcp-only.example': { A: ['192.0.2.97'] },
  '_sip._tcp.tcp-only.example': { SRV: ['0 0 5070 b.naptr.example'] },
  'order.example': { A: ['192.0.2.96'] },
  '_sip._udp.order.example': {
    SRV: ['20 0 5062 b.naptr.example', '10 0 5061 gone.example', '10 0 5060 a.naptr.example'],
  },
  'off.example': { A: ['192.0.2.95'] },
  '_sip._udp.off.example': { SRV: ['0 0 0 .'] },
  'dead.example': { A: ['192.0.2.94'] },
  '_sip._udp.dead.example': { SRV: ['0 0 5060 gone.example'] },
};
const habits = {
  'silent.example': 'silent',
  'failing.example': 'server failure',
  'refused.example': 'refused',
  'garbage.example': 'garbage',
} as const;

let server: DnsServer;
const timers = createTimers((error) => {
  throw error;
});
before(async () => {
  server = await openDnsServer(zone, habits);
});
after(async () => {
  timers.stop();
  await server.close();
});

type Changes = Partial<DestinationSettings> & { readonly sockets?: string; readonly timeout?: number };

function settings({ sockets = 'udp tcp tls ws', timeout = 5000, ...changes }: Changes): DestinationSettings {
  const words = sockets.split(' ');
  return {
    resolver: resolverOf(server, timeout),
    hasSocket: (protocol, family) =>
      (family !== 6 && words.includes(protocol)) || (family !== 4 && words.includes(`${protocol}6`)),
    defaultPort: (protocol) => protocols[protocol]?.defaultPort ?? 5060,
    asksPointers: true,
    asksIpv6: false,
    failsOver: true,
    longestSearch: 10_000,
    after: timers.after,
    now: timers.now,
    random: () => 0,
    ...changes,
  };
}

function resolverOf({ address }: DnsServer, timeout = 5000) {
  return createNameResolver({ timeout, tries: 1, searches: false, serverAddresses: [address] });
}

/** `protocol:address:port`, in the order in which they are tried; the reason where there are none. */
async function found(hop: NextHop, changes: Changes = {}): Promise<readonly string[] | string> {
  const shown = ({ protocol, address, port }: Destination) => `${protocol}:${address}:${port}`;
  const result = findDestinations(hop, settings(changes));
  if (!('reason' in result)) return [shown(result)];
  const all: string[] = [];
  for await (const destination of result) all.push(shown(destination));
  return all.length > 0 ? all : result.reason;
}

function hopOf(text: string): NextHop {
  if (text.startsWith('SIP/2.0/')) {
    const via = parseVia(text);
    assert.ok(via);
    return hopOfVia(via);
  }
  const uri = /^sips?:/.test(text) ? parseUri(text) : undefined;
  const hop = uri ? hopOfUri(uri) : hopOfText(text);
  assert.ok(hop);
  return hop;
}

const pointed = [
  'tls:192.0.2.11:5063',
  'tls:192.0.2.12:5063',
  'tcp:192.0.2.11:5064',
  'tcp:192.0.2.12:5064',
  'tcp:192.0.2.13:5065',
  'udp:192.0.2.11:5066',
  'udp:192.0.2.12:5066',
];
const plain = (protocol: string, port: number) => [
  `${protocol}:192.0.2.1:${port}`,
  `${protocol}:192.0.2.2:${port}`,
];

const cases: [rule: string, hop: string, expected: readonly string[] | string, changes?: Changes][] = [
  ['RFC 3263 §4.1: a numeric host goes by UDP', 'sip:192.0.2.7', ['udp:192.0.2.7:5060']],
  ['RFC 3263 §4.1: a numeric host of sips: by TLS', 'sips:192.0.2.7', ['tls:192.0.2.7:5061']],
  ['RFC 3263 §4.2: a numeric host keeps its port', 'sip:[2001:db8::7]:99', ['udp:2001:db8::7:99']],
  ['RFC 3263 §4.1: a named transport is kept', 'sip:192.0.2.7;transport=tcp', ['tcp:192.0.2.7:5060']],
  ['RFC 3263 §4.1: maddr is the host', 'sip:a@plain.example;maddr=192.0.2.8', ['udp:192.0.2.8:5060']],
  ['RFC 3263 §4.1: a port means addresses alone', 'sip:naptr.example:5080', ['udp:192.0.2.99:5080']],
  [
    'RFC 3263 §4.1: a port, a transport and a name',
    'sip:naptr.example:5080;transport=tcp',
    ['tcp:192.0.2.99:5080'],
  ],
  ['RFC 3263 §4.1: NAPTR chooses the transport, in its order', 'sip:naptr.example', pointed],
  [
    'RFC 3263 §4.1: NAPTR of transports without a socket is left out',
    'sip:naptr.example',
    pointed.slice(5),
    {
      sockets: 'udp',
    },
  ],
  ['RFC 3263 §4.1: sips: takes services of SIPS alone', 'sips:naptr.example', pointed.slice(0, 2)],
  [
    'RFC 3263 §4.1: NAPTR of other flags, services and without SRV records is left out',
    'sip:other.example',
    ['ws:192.0.2.13:8080'],
  ],
  ['RFC 3263 §4.1: without NAPTR, SRV of each transport', 'sip:tcp-only.example', ['tcp:192.0.2.13:5070']],
  [
    'RFC 3263 §4.1: SRV of a transport without socket is not asked for',
    'sip:tcp-only.example',
    ['udp:192.0.2.97:5060'],
    { sockets: 'udp' },
  ],
  [
    'RFC 3263 §4.2: a transport without a port is looked for by SRV',
    'sip:naptr.example;transport=tcp',
    pointed.slice(2, 5),
  ],
  ['RFC 3263 §4.2: without SRV, addresses at the default port', 'sip:plain.example', plain('udp', 5060)],
  ['RFC 3263 §4.2: the default port of TLS', 'sips:plain.example', plain('tls', 5061)],
  ['OpenSIPS: WebSockets by _ws._tcp', 'sip:other.example;transport=ws', ['ws:192.0.2.13:8080']],
  ['OpenSIPS: WebSockets without SRV', 'sip:plain.example;transport=ws', plain('ws', 80)],
  ['OpenSIPS: host without protocol', 'naptr.example', pointed],
  ['OpenSIPS: host with protocol', 'tcp:naptr.example', pointed.slice(2, 5)],
  [
    'RFC 2782: by priority; a target without address is passed over',
    'sip:order.example',
    ['udp:192.0.2.11:5060', 'udp:192.0.2.12:5060', 'udp:192.0.2.13:5062'],
  ],
  [
    'RFC 2782: a target of "." means that there is no such service',
    'sip:off.example;transport=udp',
    '_sip._udp.off.example says that there is no such service',
  ],
  [
    'OpenSIPS: where no target of SRV has an address, the name’s own',
    'sip:dead.example',
    ['udp:192.0.2.94:5060'],
  ],
  ['RFC 1034 §3.6.2: CNAME is followed', 'sip:alias.example', plain('udp', 5060)],
  [
    'dns_try_naptr off: SRV of UDP comes first',
    'sip:naptr.example',
    pointed.slice(5),
    { asksPointers: false },
  ],
  [
    'disable_dns_failover: the addresses of the first target alone',
    'sip:naptr.example',
    pointed.slice(0, 2),
    { failsOver: false },
  ],
  [
    'disable_dns_failover: those of the first SRV record with an address',
    'sip:order.example',
    ['udp:192.0.2.11:5060', 'udp:192.0.2.12:5060'],
    { failsOver: false },
  ],
  [
    'without dns_try_ipv6 addresses of IPv4',
    'sip:both.example',
    ['udp:192.0.2.3:5060'],
    {
      sockets: 'udp udp6',
    },
  ],
  [
    'dns_try_ipv6: those of IPv6 first',
    'sip:both.example',
    ['udp:2001:db8::3:5060', 'udp:192.0.2.3:5060'],
    { sockets: 'udp udp6', asksIpv6: true },
  ],
  [
    'dns_try_ipv6: not where there is no such socket',
    'sip:both.example',
    ['udp:192.0.2.3:5060'],
    { asksIpv6: true },
  ],
  [
    'IPv6 where there are no sockets of IPv4',
    'sip:both.example',
    ['udp:2001:db8::3:5060'],
    { sockets: 'udp6' },
  ],
  [
    'RFC 3263 §5: sent-by without a port by SRV',
    'SIP/2.0/TCP naptr.example;branch=z9hG4bK1',
    pointed.slice(2, 5),
  ],
  [
    'RFC 3263 §5: sent-by with a port by its addresses',
    'SIP/2.0/UDP naptr.example:5070',
    ['udp:192.0.2.99:5070'],
  ],
  [
    'RFC 3261 §18.2.2: received has no services',
    'SIP/2.0/UDP naptr.example;received=192.0.2.7',
    ['udp:192.0.2.7:5060'],
  ],
  [
    'RFC 3261 §18.2.2: maddr at the port of sent-by, or 5060',
    'SIP/2.0/UDP a.invalid;maddr=naptr.example',
    ['udp:192.0.2.99:5060'],
  ],
  ['a host of .invalid', 'sip:x.invalid', 'nothing is sent to such a host'],
  ['a name that does not exist', 'sip:nx.example', 'the name does not exist'],
  ['a name without addresses', 'sip:empty.example', 'the name has no address'],
  ['a server that fails', 'sip:failing.example:5060', 'the DNS server failed'],
  ['a server that refuses', 'sip:refused.example:5060', 'the DNS server refuses the question'],
  [
    'an answer that cannot be read',
    'sip:garbage.example:5060',
    'the answer of the DNS server cannot be read',
  ],
  ['a server that says nothing', 'sip:silent.example:5060', 'no DNS server answers', { timeout: 100 }],
];

for (const [rule, hop, expected, changes] of cases) {
  test(`${rule}: ${hop}`, async () => assert.deepEqual(await found(hopOf(hop), changes), expected));
}

test('max_dns_time ends a search, whatever DNS still waits for', async () => {
  const reason = await found(hopOf('sip:silent.example'), { longestSearch: 50 });
  assert.equal(reason, 'no answer within max_dns_time, 50 milliseconds');
});

test('nothing is asked before it is needed: a message that the first address takes costs no more questions', async () => {
  const asked = await openDnsServer(zone);
  try {
    const resolver = resolverOf(asked);
    const search = findDestinations(hopOf('sip:naptr.example;transport=tcp'), settings({ resolver }));
    assert.ok('reason' in search);
    for await (const _first of search) break;
    assert.deepEqual(asked.questions, ['SRV _sip._tcp.naptr.example', 'A a.naptr.example']);
  } finally {
    await asked.close();
  }
});

test('more than 32 destinations of one message are not tried', async () => {
  const many: Zone = {
    'many.example': { A: Array.from({ length: 40 }, (_, index) => `192.0.2.${index + 1}`) },
  };
  const big = await openDnsServer(many);
  try {
    const resolver = resolverOf(big);
    assert.equal((await found(hopOf('sip:many.example:5060'), { resolver })).length, 32);
  } finally {
    await big.close();
  }
});
