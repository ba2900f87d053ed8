import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type {
  Connection,
  ConnectionReuse,
  ConnectTarget,
  Listener,
  ListenSocket,
  ProtocolBehaviour,
} from '../../../runtime/module-exports.ts';
import { createAcceptedPeers } from '../../../runtime/net/accepted-peers.ts';
import { createConnectionTable } from '../../../runtime/net/connection-table.ts';
import { isNowhere } from '../../../runtime/net/destinations.ts';
import { outSocket, socketNamed } from '../../../runtime/net/out-socket.ts';
import { createSender, peerKey } from '../../../runtime/net/sender.ts';
import { plainSocket } from '../plain-socket.ts';

function socketOf(
  protocol: string,
  address: string,
  port: number,
  more: Partial<ListenSocket> = {},
): ListenSocket {
  return plainSocket(protocol, { address, port, ...more });
}

const ws = socketOf('ws', '192.0.2.1', 80);
const udp = socketOf('udp', '192.0.2.1', 5060);
const udp6 = socketOf('udp', '2001:db8::1', 5060);

/** A protocol that dials when the test says so, and keeps what was sent. */
class TestProtocol implements ProtocolBehaviour {
  /** Only some tests tell connections apart. */
  reuse: ConnectionReuse | undefined;
  readonly dials: {
    target: ConnectTarget;
    connected: (open: Connection) => void;
    failed: (error: Error) => void;
  }[] = [];

  listen(): Promise<Listener> {
    return Promise.reject(new Error('not in this test'));
  }

  connect(target: ConnectTarget): Promise<Connection> {
    return new Promise((connected, failed) => {
      this.dials.push({ target, connected, failed });
    });
  }
}

function connectionTo(address: string, port: number, connectionId: number, sent: string[]): Connection {
  return {
    protocol: 'ws',
    socket: ws,
    remoteAddress: address,
    remotePort: port,
    connectionId,
    state: 'open',
    lastActive: 0,
    unfinishedSince: undefined,
    expire: () => undefined,
    send: (message) => sent.push(message) > 0,
    close: () => undefined,
  };
}

function setUp(maxWaitingMessages = 10) {
  const protocol = new TestProtocol();
  const connections = createConnectionTable();
  const lines: string[] = [];
  const datagrams: string[] = [];
  const acceptedPeers = createAcceptedPeers({ now: () => 0, lifetime: 1000, limit: 10 });
  const noted = (_caller: string, message: string) => void lines.push(message);
  const sender = createSender({
    connections,
    acceptedPeers,
    protocol: (name) => (name === 'ws' ? protocol : undefined),
    sockets: () => [ws, udp, udp6],
    listener: (socket) =>
      socket.protocol !== 'udp'
        ? undefined
        : {
            address: socket.address,
            port: socket.port,
            send: (message, address, port) => datagrams.push(`${message}>${address}:${port}`) > 0,
            stopAccepting: () => undefined,
            close: () => Promise.resolve(),
          },
    receive: () => undefined,
    log: {
      debugOn: false,
      infoOn: false,
      alert: noted,
      critical: noted,
      error: noted,
      warning: noted,
      notice: noted,
      info: noted,
      debug: noted,
      plain: () => undefined,
    },
    maxWaitingMessages,
  });
  const to = (address: string, port = 80, name = 'ws') => ({ protocol: name, address, port });
  return { protocol, connections, acceptedPeers, sender, lines, datagrams, to };
}

test('an open connection to the peer takes the message, however its address is spelt; the newest first', () => {
  const { connections, sender, to } = setUp();
  const older: string[] = [];
  const newer: string[] = [];
  connections.add(connectionTo('2001:db8::5', 4711, 1, older));
  connections.add(connectionTo('2001:db8::5', 4711, 2, newer));
  assert.equal(
    sender.send(to('2001:0DB8:0::5', 4711), (socket) => `by ${socket.protocol}`),
    true,
  );
  assert.deepEqual([older, newer], [[], ['by ws']]);
  assert.equal(
    sender.sendBy(1, () => 'one'),
    true,
  );
  assert.equal(
    sender.sendBy(7, () => 'none'),
    undefined,
  );
  assert.deepEqual(older, ['one']);
  assert.equal(sender.isOpen('ws', '2001:db8:0:0::5', 4711), true);
  connections.add(connectionTo('fe80::1%eth0', 4711, 3, older));
  assert.equal(sender.isOpen('ws', 'fe80::1%eth0', 4711), true);
  assert.equal(sender.isOpen('ws', '2001:db8::5', 4712), false);
});

test('one attempt at a time for a destination; the messages behind it wait in order, as they were', async () => {
  const { protocol, connections, sender, to } = setUp();
  let text = 'one';
  const answers = [sender.send(to('192.0.2.9'), () => text)];
  text = 'two';
  answers.push(sender.send(to('192.0.2.9'), () => text));
  text = 'changed later';
  assert.equal(protocol.dials.length, 1);
  assert.equal(sender.dialling, 1);
  const [dial] = protocol.dials;
  assert.equal(dial?.target.socket, ws);
  const sent: string[] = [];
  const opened = connectionTo('192.0.2.9', 80, 3, sent);
  connections.add(opened);
  dial?.connected(opened);
  answers.push(sender.send(to('192.0.2.9'), () => 'three'));
  assert.deepEqual(await Promise.all(answers), [true, true, true]);
  assert.deepEqual(sent, ['one', 'two', 'three']);
  assert.equal(sender.dialling, 0);
  assert.equal(sender.hasDialled(opened), true);
});

test('an attempt that fails fails its messages, with one line; the next message tries again', async () => {
  const { protocol, sender, lines, to } = setUp();
  const answers = [1, 2].map((number) => sender.send(to('192.0.2.9'), () => String(number)));
  protocol.dials[0]?.failed(new Error('connection refused'));
  assert.deepEqual(await Promise.all(answers), [false, false]);
  assert.deepEqual(lines, ['cannot send 2 messages to ws:192.0.2.9:80: connection refused']);
  sender.send(to('192.0.2.9'), () => 'again');
  await turn();
  assert.equal(protocol.dials.length, 2);
});

test('max_waiting_messages: more do not wait', () => {
  const { sender, lines, to } = setUp(1);
  const first = sender.send(to('192.0.2.9'), () => '1');
  assert.ok(first instanceof Promise);
  assert.equal(
    sender.send(to('192.0.2.9'), () => '2'),
    false,
  );
  assert.match(lines[0] ?? '', /1 messages wait for a connection already/);
});

test('the far end of an accepted connection is not dialled when it is gone', () => {
  const { acceptedPeers, protocol, sender, lines, to } = setUp();
  acceptedPeers.remember(peerKey('ws', '192.0.2.9', 50000));
  assert.equal(
    sender.send(to('192.0.2.9', 50000), () => 'x'),
    false,
  );
  assert.deepEqual(protocol.dials, []);
  assert.match(lines[0] ?? '', /the peer had connected to this host, and is gone/);
});

test('accepted peers are forgotten after their lifetime, and the oldest where there are too many', () => {
  let now = 0;
  const peers = createAcceptedPeers({ now: () => now, lifetime: 100, limit: 2 });
  peers.remember('a');
  now = 60;
  peers.remember('b');
  assert.deepEqual([peers.has('a'), peers.has('b')], [true, true]);
  now = 100;
  assert.deepEqual([peers.has('a'), peers.has('b')], [false, true]);
  peers.remember('c');
  peers.remember('d');
  assert.deepEqual([peers.has('b'), peers.has('c'), peers.has('d'), peers.size], [false, true, true, 2]);
});

test('datagrams leave by a socket of their protocol and family', () => {
  const { sender, datagrams, lines, to } = setUp();
  assert.equal(
    sender.send(to('192.0.2.9', 5060, 'udp'), ({ address }) => address),
    true,
  );
  assert.equal(
    sender.send(to('2001:db8::9', 5060, 'udp'), ({ address }) => address),
    true,
  );
  assert.deepEqual(datagrams, ['192.0.2.1>192.0.2.9:5060', '2001:db8::1>2001:db8::9:5060']);
  assert.equal(
    sender.send(to('192.0.2.9', 5060, 'sctp'), () => 'x'),
    false,
  );
  assert.deepEqual(lines, [
    'cannot send a message to sctp:192.0.2.9:5060: no sctp socket of this address family',
  ]);
});

const loopback = socketOf('udp', '127.0.0.1', 5060);
const second = socketOf('udp', '192.0.2.1', 5070);
const tcp = socketOf('tcp', '192.0.2.1', 5070);
const all = [loopback, udp, second, tcp, udp6];
const choices: [what: string, way: Parameters<typeof outSocket>[1], socket: ListenSocket | undefined][] = [
  ['the first that is not loopback', { protocol: 'udp', family: 4 }, udp],
  ['the forced one', { protocol: 'udp', family: 4, forced: second }, second],
  ['beside a forced one of another protocol', { protocol: 'udp', family: 4, forced: tcp }, second],
  ['a forced one of another family does not count', { protocol: 'udp', family: 6, forced: second }, udp6],
  ['udp: the one that the message came by', { protocol: 'udp', family: 4, receivedBy: loopback }, loopback],
  ['none of the protocol', { protocol: 'ws', family: 4 }, undefined],
];

for (const [what, way, socket] of choices) {
  test(`the socket that a message goes out by: ${what}`, () => assert.equal(outSocket(all, way), socket));
}

const tagged = socketOf('tcp', '192.0.2.7', 5060, {
  tag: 'Inside',
  host: 'proxy.example',
  advertisedHost: '[2001:db8::7]',
});
const names: [text: string, socket: ListenSocket | undefined][] = [
  ['udp:192.0.2.1:5070', second],
  ['192.0.2.1:5060', udp],
  ['udp:[2001:0db8::1]:5060', udp6],
  ['tcp:192.0.2.1', tcp],
  ['proxy.example:5060', tagged],
  ['tcp:[2001:db8::7]:5060', tagged],
  ['inside', tagged],
  ['tls:192.0.2.1:5060', undefined],
  ['192.0.2.1:5080', undefined],
  ['', undefined],
  ['a b', undefined],
];

for (const [text, socket] of names) {
  test(`the socket that a text names: ${text}`, () =>
    assert.equal(socketNamed([...all, tagged], text), socket));
}

test('RFC 2606 §2: names that lead nowhere', () => {
  assert.deepEqual(['a.invalid', 'A.INVALID.', 'invalid', 'invalid.example', 'notinvalid'].map(isNowhere), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a message that may open no connection goes by an open one, or fails', () => {
  const { protocol, connections, sender, lines, to } = setUp();
  assert.equal(
    sender.send({ ...to('192.0.2.9'), onlyOpen: true }, () => 'x'),
    false,
  );
  assert.deepEqual(protocol.dials, []);
  assert.match(lines[0] ?? '', /to ws:192\.0\.2\.9:80: no connection is open, and none may be opened$/);
  const sent: string[] = [];
  connections.add(connectionTo('192.0.2.9', 80, 1, sent));
  assert.equal(
    sender.send({ ...to('192.0.2.9'), onlyOpen: true }, () => 'y'),
    true,
  );
  assert.deepEqual(sent, ['y']);
});

test('each path of a server has a connection of its own', async () => {
  const { protocol, connections, sender, to } = setUp();
  const answers = ['/one', '/two', '/one'].map((path) =>
    sender.send({ ...to('192.0.2.9'), path }, () => `to ${path}`),
  );
  assert.deepEqual(
    protocol.dials.map(({ target }) => target.path),
    ['/one', '/two'],
  );
  const sent: string[][] = [];
  for (const [at, { target, connected }] of protocol.dials.entries()) {
    const taken: string[] = [];
    sent.push(taken);
    const opened = { ...connectionTo('192.0.2.9', 80, at + 1, taken), path: target.path };
    connections.add(opened);
    connected(opened);
  }
  assert.deepEqual(await Promise.all(answers), [true, true, true]);
  sender.send({ ...to('192.0.2.9'), path: '/one' }, () => 'later');
  assert.deepEqual(sent, [['to /one', 'to /one', 'later'], ['to /two']]);
});

test('each set of headers has a connection of its own, and none of them stands in the log', async () => {
  const { protocol, sender, lines, to } = setUp(1);
  const keys = ['X-Key: 1\r\n', 'X-Key: 2\r\n', undefined];
  const answers = keys.map((headers) => sender.send({ ...to('192.0.2.9'), headers }, () => 'x'));
  assert.deepEqual(
    protocol.dials.map(({ target }) => target.headers),
    keys,
  );
  assert.equal(
    sender.send({ ...to('192.0.2.9'), headers: keys[0] }, () => 'y'),
    false,
    'the first attempt goes on',
  );
  for (const { failed } of protocol.dials) failed(new Error('no'));
  assert.deepEqual(await Promise.all(answers), [false, false, false]);
  assert.equal(lines.length, 4);
  assert.ok(lines.every((line) => line.includes('ws:192.0.2.9:80: ') && !line.includes('Key')));
});

/** Connections are told apart by the host name that they were opened for: here the text that they sent first. */
function byHostname(opened: ReadonlyMap<number, string>): ConnectionReuse {
  return {
    keyOf: ({ hostname = '' }) => hostname,
    fits: ({ connectionId }, key) => opened.get(connectionId) === key,
  };
}

test('where a protocol tells connections to a peer apart, one that fits is used, else a new one is opened', async () => {
  const { protocol, connections, sender, to } = setUp();
  protocol.reuse = byHostname(
    new Map([
      [1, 'a.example'],
      [2, 'b.example'],
    ]),
  );
  const [a, b]: [string[], string[]] = [[], []];
  connections.add(connectionTo('192.0.2.9', 80, 1, a));
  connections.add(connectionTo('192.0.2.9', 80, 2, b));
  for (const hostname of ['a.example', 'b.example']) {
    sender.send({ ...to('192.0.2.9'), hostname }, () => `for ${hostname}`);
  }
  assert.deepEqual([a, b], [['for a.example'], ['for b.example']]);
  const waiting = sender.send({ ...to('192.0.2.9'), hostname: 'c.example' }, () => 'for c.example');
  assert.equal(protocol.dials[0]?.target.hostname, 'c.example');
  protocol.dials[0]?.failed(new Error('no'));
  assert.equal(await waiting, false);
});

test('messages wait for one attempt each where the protocol tells their connections apart', () => {
  const { protocol, sender, to } = setUp();
  protocol.reuse = byHostname(new Map());
  for (const hostname of ['a.example', 'b.example', 'a.example']) {
    void sender.send({ ...to('192.0.2.9'), hostname }, () => hostname);
  }
  assert.deepEqual(
    protocol.dials.map(({ target }) => target.hostname),
    ['a.example', 'b.example'],
  );
});
