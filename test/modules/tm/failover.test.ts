/** Where the next server of a domain takes over (RFC 3263 §4.3), with a DNS server and two that answer. */

import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { createNameResolver } from '../../../runtime/net/name-resolver.ts';
import { systemNetwork } from '../../../runtime/net/system-network.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { openDnsServer } from '../../runtime/net/dns-server.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';

/** A server that answers each request with one status, or is silent; ACKs are kept apart. */
interface Server {
  readonly port: number;
  readonly requests: string[];
  close(): void;
}

async function openServer(status: string | undefined): Promise<Server> {
  const socket: Socket = createSocket('udp4');
  const requests: string[] = [];
  socket.on('message', (data, { port, address }) => {
    const text = data.toString('latin1');
    const [line = '', ...headers] = text.split('\r\n');
    requests.push(line.split(' ')[0] ?? '');
    if (status === undefined || line.startsWith('ACK')) return;
    const kept = headers.filter((each) => /^(Via|From|To|Call-ID|CSeq):/.test(each));
    const tagged = kept.map((each) =>
      each.startsWith('To:') ? `${each};tag=${socket.address().port}` : each,
    );
    const reply = [`SIP/2.0 ${status}`, ...tagged, 'Content-Length: 0', '', ''].join('\r\n');
    socket.send(Buffer.from(reply, 'latin1'), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, requests, close: () => socket.close() };
}

interface Row {
  readonly name: string;
  readonly first: string | undefined;
  readonly flags?: string;
  readonly globals?: string;
  /** What the second server receives, and the caller in the end. */
  readonly second: readonly string[];
  readonly answer: string;
}

const rows: readonly Row[] = [
  {
    name: 'a 503 of the first: the second is tried',
    first: '503 Service Unavailable',
    second: ['INVITE'],
    answer: '200 OK',
  },
  {
    name: 'the first is silent: the second is tried when fr_timeout is over',
    first: undefined,
    second: ['INVITE'],
    answer: '200 OK',
  },
  {
    name: 'a 486 of the first is its word: the second hears nothing',
    first: '486 Busy Here',
    second: [],
    answer: '486 Busy Here',
  },
  {
    name: 't_relay("no-dns-failover"): the second hears nothing',
    first: '503 Service Unavailable',
    flags: '"no-dns-failover"',
    second: [],
    answer: '500 Service Unavailable',
  },
  {
    name: 'disable_dns_failover: the second hears nothing',
    first: '503 Service Unavailable',
    globals: 'disable_dns_failover=yes',
    second: [],
    answer: '500 Service Unavailable',
  },
];

for (const { name, first, flags = '', globals = '', second, answer } of rows) {
  test(`RFC 3263 §4.3: ${name}`, async () => {
    const one = await openServer(first);
    const two = await openServer('200 OK');
    const dns = await openDnsServer({
      '_sip._udp.far.example': { SRV: [`1 0 ${one.port} one.example`, `2 0 ${two.port} two.example`] },
      'one.example': { A: ['127.0.0.1'] },
      'two.example': { A: ['127.0.0.1'] },
    });
    const network = {
      ...systemNetwork,
      resolver: (settings: Parameters<typeof systemNetwork.resolver>[0]) =>
        createNameResolver({ ...settings, serverAddresses: [dns.address] }),
    };
    const clock = new VirtualClock();
    const config = `
      socket=udp:127.0.0.1:5060
      dns_use_search_list=no
      dns_try_naptr=no
      ${globals}
      loadmodule "proto_udp.so"
      loadmodule "tm.so"
      modparam("tm", "fr_timeout", 2)
      route { t_relay(${flags}); }`;
    const host = await hostOf(config, { log: collectLog().log, network, clock });
    await host.start();
    const told: string[] = [];
    const heard = new Promise<string>((resolve) => {
      host.inject(invite, {
        remotePort: 9,
        onSend: (message) => {
          const status = message.slice(8, message.indexOf('\r\n'));
          told.push(status);
          if (!status.startsWith('1')) resolve(status);
        },
      });
    });
    const settled = heard.then(() => true);
    while (!(await Promise.race([settled, clock.advance(100).then(() => undefined)]))) {
      // The first server, DNS and the clock take turns.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    assert.deepEqual(told, ['100 Giving it a try', answer]);
    assert.deepEqual(
      two.requests.filter((method) => method !== 'ACK'),
      second,
    );
    assert.ok(one.requests.includes('INVITE'));
    await host.stop();
    one.close();
    two.close();
    await dns.close();
  });
}

const invite = [
  'INVITE sip:bob@far.example SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKfailover',
  'From: <sip:alice@near.example>;tag=1',
  'To: <sip:bob@far.example>',
  'Call-ID: failover',
  'CSeq: 1 INVITE',
  'Max-Forwards: 70',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');
