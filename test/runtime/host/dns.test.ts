/** Names of next hops, from the script to a peer: RFC 3263 with a DNS server, two hosts and plain sockets. */

import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { createNameResolver } from '../../../runtime/net/name-resolver.ts';
import { type SystemNetwork, systemNetwork } from '../../../runtime/net/system-network.ts';
import { type DnsServer, type Habit, openDnsServer, type Zone } from '../net/dns-server.ts';
import { type CollectedLog, collectLog, hostOf, requestText } from './host-tools.ts';

interface Peer {
  readonly port: number;
  readonly next: () => Promise<string>;
  readonly send: (text: string, port: number) => void;
  readonly close: () => void;
}

/** A UDP client; each message is taken once. */
async function openPeer(): Promise<Peer> {
  const socket: Socket = createSocket('udp4');
  const kept: string[] = [];
  socket.on('message', (data) => void kept.push(data.toString('latin1')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    async next() {
      while (kept.length === 0) await once(socket, 'message');
      return kept.shift() ?? '';
    },
    send: (text, port) => socket.send(text, port, '127.0.0.1'),
    close: () => socket.close(),
  };
}

interface Scene {
  readonly host: Host;
  readonly log: CollectedLog;
  readonly dns: DnsServer;
  readonly near: Peer;
  readonly far: Peer;
}

interface SceneOptions {
  readonly script?: string;
  readonly globals?: string;
  readonly zone?: (farPort: number) => Zone;
  readonly habits?: Readonly<Record<string, Habit>>;
  readonly network?: Partial<SystemNetwork>;
}

const toNextHop = `route {
  if ($hdr(X-Next)) $du = $hdr(X-Next);
  forward();
  $var(rc) = $rc;
  if ($var(rc) > 0) exit;
  if ($var(rc) == -476) sl_send_reply(478, "Unresolvable destination");
  else sl_send_reply(477, "Send failed");
}`;

/** A host with a UDP and a TCP socket whose names are those of a DNS server of the test. */
async function withScene(options: SceneOptions, use: (scene: Scene) => Promise<void>): Promise<void> {
  const log = collectLog();
  const near = await openPeer();
  const far = await openPeer();
  const dns = await openDnsServer(options.zone?.(far.port) ?? {}, options.habits);
  const network: SystemNetwork = {
    ...systemNetwork,
    resolver: (settings) => createNameResolver({ ...settings, serverAddresses: [dns.address] }),
    ...options.network,
  };
  const config = `
    socket=udp:127.0.0.1:5060
    socket=tcp:127.0.0.1:5060
    dns_use_search_list=no
    tcp_connect_timeout=5000
    ${options.globals ?? ''}
    loadmodule "proto_udp.so"
    loadmodule "proto_tcp.so"
    loadmodule "sl.so"
    ${options.script ?? toNextHop}`;
  const host = await hostOf(config, { log: log.log, network });
  await host.start();
  try {
    await use({ host, log, dns, near, far });
  } finally {
    await host.stop();
    near.close();
    far.close();
    await dns.close();
  }
}

const portOf = (host: Host) => host.listeners.find(({ protocol }) => protocol === 'udp')?.port ?? 0;

function udpRequest(next: string): string {
  return requestText('OPTIONS', [`X-Next: ${next}`]).replace(
    '/WS client.invalid',
    '/UDP client.invalid;rport',
  );
}

/** A reply of the far end to what it got. */
function replyTo(request: string): string {
  const headers = request.split('\r\n').slice(1);
  return [
    'SIP/2.0 200 OK',
    ...headers.map((line) => (line.startsWith('To:') ? `${line};tag=far` : line)),
  ].join('\r\n');
}

const services = (farPort: number): Zone => ({
  'far.example': { NAPTR: ['10 10 "s" "SIP+D2U" "" _sip._udp.far.example'] },
  '_sip._udp.far.example': { SRV: [`0 0 ${farPort} host.far.example`] },
  'host.far.example': { A: ['127.0.0.1'] },
});

test('RFC 3263 §4: forward() goes where NAPTR, SRV and A lead', () =>
  withScene({ zone: services }, async ({ host, dns, near, far }) => {
    near.send(udpRequest('sip:far.example'), portOf(host));
    assert.match(await far.next(), /^OPTIONS sip:alice@example\.com SIP\/2\.0\r\nVia: SIP\/2\.0\/UDP 127/);
    assert.deepEqual(dns.questions, ['NAPTR far.example', 'SRV _sip._udp.far.example', 'A host.far.example']);
  }));

test('RFC 3263 §4.3: a target that takes no connection is followed by the next one', () =>
  withScene(
    {
      zone: (farPort) => ({
        '_sip._tcp.two.example': { SRV: ['1 0 1 closed.example', '2 0 2 closed.example'] },
        'closed.example': { A: ['127.0.0.1'] },
        'two.example': {
          NAPTR: ['1 1 "s" "SIP+D2T" "" _sip._tcp.two.example', '2 1 "s" "SIP+D2U" "" _sip._udp.two.example'],
        },
        '_sip._udp.two.example': { SRV: [`1 0 ${farPort} closed.example`] },
      }),
    },
    async ({ host, log, near, far }) => {
      near.send(udpRequest('sip:two.example'), portOf(host));
      assert.match(await far.next(), /^OPTIONS /);
      const failed = log
        .from('msg_send')
        .map((line) => /cannot send a message to (\S+): /.exec(line)?.[1] ?? '');
      assert.deepEqual(failed, ['tcp:127.0.0.1:1', 'tcp:127.0.0.1:2']);
      assert.equal(host.statistics.get('core:fwd_requests'), 1);
    },
  ));

test('disable_dns_failover: the target behind the first is not tried', () =>
  withScene(
    {
      globals: 'disable_dns_failover=yes',
      zone: () => ({
        '_sip._tcp.two.example': { SRV: ['1 0 1 closed.example', '2 0 2 closed.example'] },
        'closed.example': { A: ['127.0.0.1'] },
      }),
    },
    async ({ host, log, near }) => {
      near.send(udpRequest('sip:two.example;transport=tcp'), portOf(host));
      assert.match(await near.next(), /^SIP\/2\.0 477 /);
      assert.equal(log.from('msg_send').length, 1);
      assert.equal(host.statistics.get('core:drop_requests'), 1);
    },
  ));

/** The zone that OpenSIPS 3.6.8 was measured with; its TCP targets take no connection. */
const measuredZone = (farPort: number): Zone => ({
  'naptr.example': {
    NAPTR: [
      '50 50 "s" "SIP+D2T" "" _sip._tcp.naptr.example',
      '60 50 "s" "SIP+D2U" "" _sip._udp.naptr.example',
    ],
  },
  '_sip._tcp.naptr.example': { SRV: ['1 0 1 h.example', '2 0 2 h.example'] },
  '_sip._udp.naptr.example': { SRV: [`1 0 ${farPort} h.example`] },
  'h.example': { A: ['127.0.0.1'] },
});

/** What OpenSIPS 3.6.8 asks and what its forward() answers. */
const measured: [globals: string, next: string, questions: string, answer: number][] = [
  [
    '',
    'sip:naptr.example',
    'NAPTR naptr.example, SRV _sip._tcp.naptr.example, A h.example, A h.example, SRV _sip._udp.naptr.example, A h.example',
    1,
  ],
  ['', 'sip:naptr.example;transport=tcp', 'SRV _sip._tcp.naptr.example, A h.example, A h.example', -1],
  ['', 'sip:nx.example:5070', 'A nx.example', -476],
  [
    'disable_dns_failover=yes',
    'sip:naptr.example',
    'NAPTR naptr.example, SRV _sip._tcp.naptr.example, A h.example',
    -1,
  ],
  [
    'disable_dns_failover=yes',
    'sip:naptr.example;transport=tcp',
    'SRV _sip._tcp.naptr.example, A h.example',
    -1,
  ],
  ['dns_try_naptr=no', 'sip:naptr.example', 'SRV _sip._udp.naptr.example, A h.example', 1],
];

for (const [globals, next, questions, answer] of measured) {
  test(`measured with OpenSIPS 3.6.8: ${globals} ${next} is ${answer}`, () =>
    withScene(
      {
        globals,
        zone: measuredZone,
        script: 'route { $du = $hdr(X-Next); forward(); $var(rc) = $rc; sl_send_reply(200, "$var(rc)"); }',
      },
      async ({ host, dns, near }) => {
        near.send(udpRequest(next), portOf(host));
        const [status] = (await near.next()).split('\r\n');
        assert.equal(status, `SIP/2.0 200 ${answer}`);
        assert.equal(dns.questions.join(', '), questions);
      },
    ));
}

const unknown: [next: string, line: string][] = [
  ['sip:nx.example', 'udp:nx.example: the name does not exist'],
  ['sip:failing.example', 'udp:failing.example: the DNS server failed'],
  [
    'sip:off.example;transport=tcp',
    'tcp:off.example: _sip._tcp.off.example says that there is no such service',
  ],
];

for (const [next, line] of unknown) {
  test(`a name that leads nowhere fails the send (-476), and the log has it: ${line}`, () =>
    withScene(
      {
        zone: () => ({ '_sip._tcp.off.example': { SRV: ['0 0 0 .'] } }),
        habits: {
          'failing.example': 'server failure',
          '_sip._udp.failing.example': 'server failure',
        },
      },
      async ({ host, log, near }) => {
        near.send(udpRequest(next), portOf(host));
        assert.match(await near.next(), /^SIP\/2\.0 478 /);
        assert.deepEqual(log.from('msg_send'), [`cannot send a message to ${line}`]);
      },
    ));
}

test('max_dns_time: a server that says nothing holds up its own message alone, and no longer than that', () =>
  withScene(
    {
      globals: 'max_dns_time=200',
      zone: services,
      habits: { 'silent.example': 'silent' },
    },
    async ({ host, log, near, far }) => {
      near.send(udpRequest('sip:silent.example:5060'), portOf(host));
      near.send(udpRequest('sip:far.example'), portOf(host));
      assert.match(await far.next(), /^OPTIONS /);
      assert.match(await near.next(), /^SIP\/2\.0 478 /);
      assert.deepEqual(log.from('msg_send'), [
        'cannot send a message to udp:silent.example: no answer within max_dns_time, 200 milliseconds',
      ]);
    },
  ));

test('dns_retr_time, dns_retr_no, dns_servers_no and dns_use_search_list reach the resolver; without them glibc’s 5 seconds twice', async () => {
  const asked: unknown[] = [];
  const network: Partial<SystemNetwork> = {
    resolver: (settings) => {
      asked.push(settings);
      return createNameResolver(settings);
    },
  };
  await withScene({ network, globals: 'dns_use_search_list=yes' }, async () => undefined);
  await withScene(
    { network, globals: 'dns_retr_time=1\ndns_retr_no=3\ndns_servers_no=1' },
    async () => undefined,
  );
  assert.deepEqual(asked, [
    { timeout: 5000, tries: 2, servers: undefined, searches: true },
    { timeout: 1000, tries: 3, servers: 1, searches: false },
  ]);
});

test('RFC 3263 §5: a reply goes by the SRV records of a sent-by without a port', () =>
  withScene({ zone: services }, async ({ host, near, far }) => {
    near.send(udpRequest(`sip:127.0.0.1:${near.port}`), portOf(host));
    const forwarded = await near.next();
    const withoutSource = forwarded.replace(/UDP client\.invalid;[^\r]*/, 'UDP far.example;branch=z9hG4bK1');
    assert.notEqual(withoutSource, forwarded);
    near.send(replyTo(withoutSource), portOf(host));
    assert.match(await far.next(), /^SIP\/2\.0 200 OK\r\nVia: SIP\/2\.0\/UDP far\.example;/);
  }));

for (const [globals, lines] of [
  ['disable_dns_blacklist=no', 1],
  ['', 2],
] as const) {
  test(`${globals || 'disable_dns_blacklist by default'}: a destination that failed is ${lines === 1 ? 'not tried again' : 'tried again'}`, () =>
    withScene({ globals }, async ({ host, log, near }) => {
      for (let round = 0; round < 2; round++) {
        near.send(udpRequest('sip:127.0.0.1:1;transport=tcp'), portOf(host));
        assert.match(await near.next(), /^SIP\/2\.0 477 /);
      }
      assert.equal(log.from('msg_send').length, lines);
    }));
}

test('mhomed: the socket is the one whose address the system would send from', () =>
  withScene({ globals: 'mhomed=1' }, async ({ host, near, far }) => {
    near.send(udpRequest(`sip:127.0.0.1:${far.port}`), portOf(host));
    assert.match(await far.next(), new RegExp(`Via: SIP/2\\.0/UDP 127\\.0\\.0\\.1:${portOf(host)};`));
  }));

test('mhomed: where no socket has that address the send fails', () =>
  withScene(
    { globals: 'mhomed=1', network: { addressTowards: async () => '192.0.2.77' } },
    async ({ host, log, near, far }) => {
      near.send(udpRequest(`sip:127.0.0.1:${far.port}`), portOf(host));
      assert.match(await near.next(), /^SIP\/2\.0 477 /);
      assert.deepEqual(log.from('msg_send'), [
        `cannot send a message to udp:127.0.0.1:${far.port}: no udp socket has the address 192.0.2.77`,
      ]);
    },
  ));
