import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { enablePing } from '../../../modules/nathelper/management.ts';
import type { Contact } from '../../../modules/usrloc/contact.ts';
import type { UserLocation } from '../../../modules/usrloc/user-location.ts';
import type { Host, HostOptions } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';

/** Bits of the flags, in the order in which the script names them. */
const flags = { sip: 1, remove: 2, latency: 4, nat: 8 } as const;

function config(...params: readonly string[]): string {
  return [
    'socket=ws:127.0.0.1:8080',
    'socket=udp:127.0.0.1:5060',
    'loadmodule "proto_ws.so"',
    'loadmodule "proto_udp.so"',
    'loadmodule "usrloc.so"',
    'loadmodule "nathelper.so"',
    'modparam("usrloc", "nat_bflag", "NAT")',
    'modparam("nathelper", "natping_interval", 1)',
    'modparam("nathelper", "ping_threshold", 1)',
    'modparam("nathelper", "sipping_bflag", "SIP")',
    'modparam("nathelper", "remove_on_timeout_bflag", "REMOVE")',
    'modparam("nathelper", "sipping_latency_flag", "LATENCY")',
    'modparam("nathelper", "sipping_from", "sip:ping@example.com")',
    ...params.map((param) => `modparam("nathelper", ${param})`),
    'route { setbflag("SIP"); setbflag("REMOVE"); setbflag("LATENCY"); setbflag("NAT"); }',
    'onreply_route { xlog("reply $rs\\n"); }',
    '',
  ].join('\n');
}

/** A UDP phone that keeps what it gets, and answers requests where it is told how. */
class Phone {
  readonly got: string[] = [];
  readonly from: string[] = [];
  answer: number | undefined;
  readonly #socket: Socket = createSocket('udp4');

  async open(): Promise<this> {
    this.#socket.on('message', (bytes, { port, address }) => {
      const text = bytes.toString('latin1');
      this.got.push(text);
      this.from.push(`${address}:${port}`);
      const lines = text.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
      if (this.answer === undefined) return;
      const reply = [`SIP/2.0 ${this.answer} Here`, ...lines, 'Content-Length: 0', '', ''];
      this.#socket.send(Buffer.from(reply.join('\r\n'), 'latin1'), port, address);
    });
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    return this;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  close(): void {
    this.#socket.close();
  }
}

class Bench {
  readonly clock = new VirtualClock();
  readonly log: CollectedLog = collectLog();
  readonly #phones: Phone[] = [];
  #host: Host | undefined;

  async start(...params: readonly string[]): Promise<void> {
    await this.startConfig(config(...params));
  }

  async startConfig(text: string, options: HostOptions = {}): Promise<void> {
    this.#host = await hostOf(text, { clock: this.clock, log: this.log.log, ...options });
    await this.host.start();
  }

  get host(): Host {
    if (!this.#host) throw new Error('not started');
    return this.#host;
  }

  async phone(): Promise<Phone> {
    const phone = await new Phone().open();
    this.#phones.push(phone);
    return phone;
  }

  get location(): UserLocation {
    const location = this.host.api<UserLocation>('usrloc');
    if (!location) throw new Error('no usrloc');
    return location;
  }

  register(aor: string, uri: string, more: Partial<Contact> = {}): Contact {
    const table = this.location.table('location');
    const contact = table.insert(table.create(aor), uri, {
      received: '',
      path: '',
      expires: 0,
      q: -1,
      instance: '',
      callId: 'one',
      cseq: 1,
      flags: 0,
      branchFlags: 0,
      userAgent: '',
      socket: undefined,
      methods: 0xffffffff,
      attributes: '',
      lastModified: 0,
      ownershipTag: '',
      refreshTime: 0,
      connectionId: 0,
      ...more,
    });
    if (!contact) throw new Error('not registered');
    return contact;
  }

  get registered(): number {
    return this.location.find('location')?.contacts ?? 0;
  }

  /** Moves the time on by a second, and waits until what is to come of it has come. */
  async second(holds: () => boolean): Promise<void> {
    await this.clock.advance(1000);
    await until(holds);
  }

  /** Replies that were worked on. */
  get replies(): number {
    return this.host.statistics.get('core:rcv_replies') ?? 0;
  }

  async close(): Promise<void> {
    await this.#host?.stop();
    for (const phone of this.#phones) phone.close();
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 5000) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

let bench: Bench;
const closeAfterEach = () => afterEach(() => bench.close());

const nothing = '\0\0\0\0';

describe('pings of datagrams', () => {
  closeAfterEach();

  test('a contact without sipping_bflag gets four zero bytes, once in natping_interval', async () => {
    bench = new Bench();
    await bench.start();
    const phone = await bench.phone();
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`);
    for (let second = 1; second <= 3; second++) await bench.second(() => phone.got.length === second);
    assert.deepEqual(phone.got, [nothing, nothing, nothing]);
  });

  test('they go where the REGISTER came from (received), and first of all along the Path (RFC 3327)', async () => {
    bench = new Bench();
    await bench.start();
    const [received, path] = [await bench.phone(), await bench.phone()];
    bench.register('alice', 'sip:alice@192.0.2.1', { received: `sip:127.0.0.1:${received.port}` });
    bench.register('bob', 'sip:bob@192.0.2.1', {
      received: 'sip:192.0.2.2',
      path: `<sip:127.0.0.1:${path.port};lr>,<sip:192.0.2.3;lr>`,
    });
    await bench.second(() => received.got.length === 1 && path.got.length === 1);
  });

  test('many contacts are spread over the interval, each gets one', async () => {
    bench = new Bench();
    await bench.start('"natping_interval", 10', '"natping_partitions", 2');
    const phone = await bench.phone();
    const count = 100;
    for (let user = 0; user < count; user++)
      bench.register(`user${user}`, `sip:user${user}@127.0.0.1:${phone.port}`, { branchFlags: flags.sip });
    const inSeconds: number[] = [];
    for (let second = 0; second < 10; second++) {
      const before = phone.got.length;
      await bench.clock.advance(1000);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inSeconds.push(phone.got.length - before);
    }
    await until(() => phone.got.length === count);
    const users = phone.got.map((request) => /^OPTIONS sip:(\w+)@/.exec(request)?.[1]);
    assert.equal(new Set(users).size, count);
    assert.ok(Math.max(...inSeconds) <= count / 2, String(inSeconds));
  });

  test('ping_nated_only: those with the nat_bflag of usrloc alone', async () => {
    bench = new Bench();
    await bench.start('"ping_nated_only", 1');
    const [direct, behindNat] = [await bench.phone(), await bench.phone()];
    bench.register('alice', `sip:alice@127.0.0.1:${direct.port}`);
    bench.register('bob', `sip:bob@127.0.0.1:${behindNat.port}`, { branchFlags: flags.nat });
    await bench.second(() => behindNat.got.length === 1);
    await bench.second(() => behindNat.got.length === 2);
    assert.deepEqual(direct.got, []);
  });

  test('force_socket: the socket for contacts that were registered by none', async () => {
    bench = new Bench();
    const text = config('"force_socket", "udp:127.0.0.2"').replace(
      'socket=udp:127.0.0.1:5060',
      'socket=udp:127.0.0.1:5060\nsocket=udp:127.0.0.2:5060',
    );
    const listenOn = (socket: string) => `${socket.split(':')[1]}:0`;
    await bench.startConfig(text, { listenOn });
    const phone = await bench.phone();
    const [first, forced] = ['127.0.0.1', '127.0.0.2'].map((address) =>
      bench.host.listeners.find((socket) => socket.protocol === 'udp' && socket.address === address),
    );
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`);
    await bench.second(() => phone.from.length === 1);
    assert.deepEqual(phone.from, [`127.0.0.2:${forced?.port}`]);
    bench.register('bob', `sip:bob@127.0.0.1:${phone.port}`, { socket: first });
    await bench.second(() => phone.from.length === 3);
    assert.ok(phone.from.includes(`127.0.0.1:${first?.port}`));
  });

  test('a contact that is over gets none', async () => {
    bench = new Bench();
    await bench.start();
    const [over, here] = [await bench.phone(), await bench.phone()];
    const expires = bench.location.now();
    bench.register('alice', `sip:alice@127.0.0.1:${over.port}`, { expires });
    bench.register('bob', `sip:bob@127.0.0.1:${here.port}`);
    await bench.second(() => here.got.length === 1);
    assert.deepEqual(over.got, []);
  });
});

describe('pings by a SIP request (sipping_bflag)', () => {
  closeAfterEach();

  test('are an OPTIONS as RFC 3261 §11.1 has it', async () => {
    bench = new Bench();
    await bench.start();
    const phone = await bench.phone();
    const uri = `sip:alice@127.0.0.1:${phone.port};ob`;
    bench.register('alice', uri, { branchFlags: flags.sip });
    await bench.second(() => phone.got.length === 1);
    const own = bench.host.listeners.find(({ protocol }) => protocol === 'udp')?.port;
    const [request = ''] = phone.got;
    assert.deepEqual(
      request
        .replace(/branch=z9hG4bK[\w.]+/, 'branch=B')
        .replace(/[0-9a-f]{16}-[0-9a-f]+/, 'ID')
        .split('\r\n'),
      [
        `OPTIONS ${uri} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=B`,
        'From: <sip:ping@example.com>;tag=1',
        `To: <${uri}>`,
        'Call-ID: ID@127.0.0.1',
        'CSeq: 1 OPTIONS',
        'Max-Forwards: 70',
        'Content-Length: 0',
        '',
        '',
      ],
    );
  });

  test('sipping_method names another method, a Path becomes Route', async () => {
    bench = new Bench();
    await bench.start('"sipping_method", "INFO"');
    const phone = await bench.phone();
    const path = `<sip:127.0.0.1:${phone.port};lr>`;
    bench.register('alice', 'sip:alice@192.0.2.1', { branchFlags: flags.sip, path });
    await bench.second(() => phone.got.length === 1);
    assert.match(phone.got[0] ?? '', /^INFO sip:alice@192\.0\.2\.1 SIP[\s\S]*\r\nCSeq: 1 INFO\r\n/);
    assert.ok(phone.got[0]?.includes(`\r\nRoute: ${path}\r\n`));
  });

  test('a contact that answers stays, its replies end here and are seen by onreply_route', async () => {
    bench = new Bench();
    await bench.start();
    const phone = await bench.phone();
    phone.answer = 200;
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, { branchFlags: flags.sip | flags.remove });
    for (let second = 1; second <= 6; second++) await bench.second(() => bench.replies === second);
    assert.equal(bench.registered, 1);
    assert.equal(bench.log.lines.filter((line) => line.endsWith('reply 200')).length, 6);
  });

  test('max_pings_lost pings without an answer remove a contact with remove_on_timeout_bflag', async () => {
    bench = new Bench();
    await bench.start('"max_pings_lost", 3');
    const phone = await bench.phone();
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, { branchFlags: flags.sip | flags.remove });
    for (let second = 1; second <= 3; second++) await bench.second(() => phone.got.length === second);
    assert.equal(bench.registered, 1);
    await bench.second(() => bench.registered === 0);
    assert.equal(phone.got.length, 3);
  });

  test('without remove_on_timeout_bflag it stays', async () => {
    bench = new Bench();
    await bench.start();
    const phone = await bench.phone();
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, { branchFlags: flags.sip | flags.latency });
    for (let second = 1; second <= 6; second++) await bench.second(() => phone.got.length === second);
    assert.equal(bench.registered, 1);
  });

  test('one answer confirms all pings before it', async () => {
    bench = new Bench();
    await bench.start();
    const phone = await bench.phone();
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, { branchFlags: flags.sip | flags.remove });
    for (let round = 0; round < 3; round++) {
      phone.answer = undefined;
      await bench.second(() => phone.got.length === round * 3 + 1);
      await bench.second(() => phone.got.length === round * 3 + 2);
      phone.answer = 486;
      await bench.second(() => bench.replies === round + 1);
    }
    assert.equal(bench.registered, 1);
  });

  test('sipping_ignore_rpl_codes: such replies are no sign of life', async () => {
    bench = new Bench();
    await bench.start('"sipping_ignore_rpl_codes", "408, 480"', '"max_pings_lost", 2');
    const phone = await bench.phone();
    phone.answer = 480;
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, { branchFlags: flags.sip | flags.remove });
    await bench.second(() => bench.replies === 1);
    await bench.second(() => bench.replies === 2);
    await bench.second(() => bench.registered === 0);
  });

  test('sipping_latency_flag: how long an answer took, 30 minutes for none', async () => {
    bench = new Bench();
    await bench.start();
    const phone = await bench.phone();
    phone.answer = 200;
    const contact = bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, {
      branchFlags: flags.sip | flags.latency,
    });
    await bench.second(() => bench.replies === 1);
    assert.equal(contact.latency, 0);
    phone.answer = undefined;
    await bench.second(() => phone.got.length === 2);
    await bench.second(() => contact.latency === 1_800_000_000);
  });

  test('a reply of another Call-ID is none of its own', async () => {
    bench = new Bench();
    await bench.start('"max_pings_lost", 1');
    const phone = await bench.phone();
    bench.register('alice', `sip:alice@127.0.0.1:${phone.port}`, { branchFlags: flags.sip | flags.remove });
    await bench.second(() => phone.got.length === 1);
    const [request = ''] = phone.got;
    const reply = request.replace(/^OPTIONS .*/, 'SIP/2.0 200 OK').replace(/Call-ID: ./, 'Call-ID: x');
    bench.host.inject(reply);
    await bench.second(() => bench.registered === 0);
  });
});

describe('pings over streams', () => {
  closeAfterEach();

  test('natping_tcp: an open WebSocket gets the request, or a line end (RFC 3261 §7.5)', async () => {
    bench = new Bench();
    await bench.start('"natping_tcp", 1');
    const browser = await browserOf(bench.host);
    const got = messagesOf(browser);
    const received = receivedOf(bench.host);
    bench.register('alice', 'sip:a@x.invalid;transport=ws', { received, branchFlags: flags.sip });
    bench.register('bob', 'sip:b@x.invalid;transport=ws', { received });
    await bench.second(() => got.length === 2);
    assert.deepEqual(got.map((text) => text.slice(0, 12)).sort(), ['\r\n', 'OPTIONS sip:']);
    assert.match(got.join(''), /Via: SIP\/2\.0\/WS /);
    browser.terminate();
  });

  test('a contact that is bound to its connection is pinged by it, whatever its URI says', async () => {
    bench = new Bench();
    await bench.start('"natping_tcp", 1');
    const browser = await browserOf(bench.host);
    const got = messagesOf(browser);
    const connectionId = bench.host.connections[0]?.connectionId ?? 0;
    bench.register('alice', 'sip:a@x.invalid;transport=ws', { connectionId, branchFlags: flags.sip });
    await bench.second(() => got.length === 1);
    browser.terminate();
  });

  test('without natping_tcp they get nothing', async () => {
    bench = new Bench();
    await bench.start();
    const browser = await browserOf(bench.host);
    const got = messagesOf(browser);
    const phone = await bench.phone();
    bench.register('alice', 'sip:a@x.invalid;transport=ws', { received: receivedOf(bench.host) });
    bench.register('bob', `sip:bob@127.0.0.1:${phone.port}`);
    await bench.second(() => phone.got.length === 1);
    await bench.second(() => phone.got.length === 2);
    assert.deepEqual(got, []);
    browser.terminate();
  });

  test('no connection is opened for a ping', async () => {
    bench = new Bench();
    await bench.start('"natping_tcp", 1', '"max_pings_lost", 2');
    let opened = 0;
    const server = createServer((socket) => {
      opened++;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    bench.register('alice', `sip:a@127.0.0.1:${port};transport=ws`, {
      branchFlags: flags.sip | flags.remove,
    });
    for (let second = 0; second < 3; second++) await bench.second(() => true);
    assert.equal(bench.registered, 0);
    assert.equal(opened, 0);
    server.close();
  });
});

async function browserOf(host: Host): Promise<WebSocket> {
  const port = host.listeners.find(({ protocol }) => protocol === 'ws')?.port;
  const browser = new WebSocket(`ws://127.0.0.1:${port}/`, 'sip');
  await once(browser, 'open');
  return browser;
}

function messagesOf(browser: WebSocket): string[] {
  const got: string[] = [];
  browser.on('message', (data) => got.push(data.toString()));
  return got;
}

/** Where the only connection has come from, as registrar notes it. */
function receivedOf(host: Host): string {
  const [connection] = host.connections;
  return `sip:${connection?.remoteAddress}:${connection?.remotePort};transport=ws`;
}

describe('what a start refuses', () => {
  for (const [params, message] of [
    [['"sipping_from", ""'], /SIP ping FROM is empty/],
    [['"sipping_ignore_rpl_codes", "99"'], /invalid SIP reply code/],
    [['"natping_partitions", 9'], /natping_partitions/],
  ] as const) {
    test(params.join(), () => assert.rejects(hostOf(config(...params)), message));
  }

  test('ping_nated_only without the nat_bflag of usrloc', async () => {
    const text = config('"ping_nated_only", 1').replace(/.*nat_bflag.*\n/, '');
    const host = await hostOf(text);
    await assert.rejects(host.start(), /nat/);
    await host.stop();
  });

  test('natping_interval without usrloc', () =>
    assert.rejects(hostOf(config().replace(/.*usrloc.*\n/g, '')), /usrloc/));
});

test('a ping_threshold above natping_interval is halved, which the log tells', async (t) => {
  bench = new Bench();
  t.after(() => bench.close());
  await bench.start('"natping_interval", 8', '"ping_threshold", 10');
  assert.ok(bench.log.lines.some((line) => line.includes('4 s are taken')));
});

describe('nh_enable_ping', () => {
  test('tells and sets whether contacts are pinged, in the words of OpenSIPS', () => {
    const pinger = { enabled: true };
    const call = enablePing(() => pinger);
    assert.deepEqual(call({}), { Status: 1 });
    assert.equal(call({ status: '0' }), 'OK');
    assert.deepEqual(call({}), { Status: 0 });
    assert.equal(call({ status: 5 }), 'OK');
    assert.equal(pinger.enabled, true);
    assert.throws(() => call({ status: 'on' }), { code: 400 });
  });

  test('is refused without natping_interval', () =>
    assert.throws(() => enablePing(() => undefined)({}), {
      code: 400,
      message: 'NATping disabled from script',
    }));
});
