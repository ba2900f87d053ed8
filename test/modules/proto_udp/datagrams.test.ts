import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import createModule, { manifest } from '../../../modules/proto_udp/index.ts';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { echo, openProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';
import { UdpClient } from './udp-client.ts';

const openHost = (options: ProtocolHostOptions) => openProtocolHost(manifest, createModule, options);

/** A message for these tests: the module does not look into it. */
const message = 'OPTIONS sip:alice@example.com SIP/2.0\r\n\r\n';

const everyByte = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));

for (const [what, text] of [
  ['a short one', message],
  ['every byte', message + everyByte],
  ['the longest that IPv4 carries', message.padEnd(65507, 'x')],
] as const) {
  test(`a datagram is one message, byte for byte: ${what}`, async () => {
    const host = await openHost({ onMessage: echo });
    const client = await UdpClient.open();
    await client.send(text, host.port);
    assert.equal(await client.receive(), text);
    assert.equal(host.statistic('messages_received'), 1);
    assert.equal(host.statistic('messages_sent'), 1);
    assert.deepEqual(host.logged, []);
    client.close();
    await host.close();
  });
}

test('each datagram has its own source; a port in the answer outweighs the one that it came from', async () => {
  const sources: MessageSource[] = [];
  const host = await openHost({
    onMessage: (text, source) => {
      sources.push(source);
      source.send(text, text.startsWith('OTHER') ? other.port : undefined);
    },
  });
  const [one, two, other] = [await UdpClient.open(), await UdpClient.open(), await UdpClient.open()];
  await one.send(`${message}one`, host.port);
  assert.equal(await one.receive(), `${message}one`);
  await two.send(`OTHER ${message}`, host.port);
  assert.equal(await other.receive(), `OTHER ${message}`);
  const facts = sources.map(({ protocol, socket, remoteAddress, remotePort, connectionId }) => [
    protocol,
    socket === host.socket,
    remoteAddress,
    remotePort,
    connectionId,
  ]);
  assert.deepEqual(facts, [
    ['udp', true, '127.0.0.1', one.port, 0],
    ['udp', true, '127.0.0.1', two.port, 0],
  ]);
  assert.equal(two.waiting, 0);
  for (const client of [one, two, other]) client.close();
  await host.close();
});

/** OpenSIPS drops what is shorter than 20 bytes without a word, and logs an error for the longer ones here. */
const keepalives: readonly (readonly [what: string, data: string])[] = [
  ['CRLF', '\r\n'],
  ['CRLFCRLF (RFC 5626 §4.4.1)', '\r\n\r\n'],
  ['nothing', ''],
  ['one NUL', '\0'],
  ['four NULs', '\0\0\0\0'],
  ['the jaK of some phones', 'jaK\0'],
  ['19 bytes of text', 'x'.repeat(19)],
  ['30 NULs', '\0'.repeat(30)],
  ['15 CRLFs', '\r\n'.repeat(15)],
];

test('keepalives are counted, and neither answered nor logged as errors', async () => {
  const received: string[] = [];
  const host = await openHost({
    onMessage: (text, source) => {
      received.push(text);
      source.send(text);
    },
  });
  const client = await UdpClient.open();
  for (const [, data] of keepalives) await client.send(data, host.port);
  await client.send(message, host.port);
  assert.equal(await client.receive(), message);
  assert.deepEqual(received, [message]);
  assert.equal(host.statistic('keepalives_received'), keepalives.length);
  assert.deepEqual(
    host.logged.filter((line) => !line.startsWith('DBG:udp_read_req: keepalive')),
    [],
  );
  client.close();
  await host.close();
});

for (const [what, data] of [
  ['20 bytes', 'x'.repeat(20)],
  ['line ends in front of a message', `\r\n\r\n${message}`],
  ['NULs and something else', `${'\0'.repeat(30)}x`],
] as const) {
  test(`no keepalive: ${what}`, async () => {
    const host = await openHost({ onMessage: echo });
    const client = await UdpClient.open();
    await client.send(data, host.port);
    assert.equal(await client.receive(), data);
    client.close();
    await host.close();
  });
}

test('a peer that has gone (ICMP port unreachable) disturbs no other', async () => {
  const host = await openHost({ onMessage: echo });
  const gone = await UdpClient.open();
  const { port } = gone;
  gone.close();
  const client = await UdpClient.open();
  for (let at = 0; at < 5; at++) {
    assert.equal(host.listener.send?.(message, '127.0.0.1', port), true);
    await client.send(`${message}${at}`, host.port);
    assert.equal(await client.receive(), `${message}${at}`);
  }
  client.close();
  await host.close();
});

test('a message that no datagram carries is not sent, and the log says why (EMSGSIZE)', async () => {
  const sent: (boolean | undefined)[] = [];
  const host = await openHost({
    onMessage: (text, source) => {
      sent.push(source.send('x'.repeat(65508)), source.send(text));
    },
  });
  const client = await UdpClient.open();
  await client.send(message, host.port);
  assert.equal(await client.receive(), message);
  assert.deepEqual(sent, [false, true]);
  assert.deepEqual(host.logged, [
    `ERROR:proto_udp_send: 65508 bytes are more than one datagram carries (65507) [127.0.0.1:${client.port}]`,
  ]);
  assert.equal(host.statistic('send_errors'), 1);
  client.close();
  await host.close();
});

test('what the system refuses to send is a line of the log', async () => {
  const host = await openHost({ onMessage: echo });
  // Not allowed without SO_BROADCAST.
  host.listener.send?.(message, '255.255.255.255', 5060);
  while (host.statistic('send_errors') === 0) await new Promise(setImmediate);
  assert.match(host.logged.join('\n'), /^ERROR:proto_udp_send: .*EACCES.* \[255\.255\.255\.255:5060\]$/);
  const client = await UdpClient.open();
  await client.send(message, host.port);
  assert.equal(await client.receive(), message);
  client.close();
  await host.close();
});

test('stopAccepting drops what comes, and answers still go out; after close nothing is sent', async () => {
  const sources: MessageSource[] = [];
  const host = await openHost({ onMessage: (_text, source) => sources.push(source) });
  const client = await UdpClient.open();
  await client.send(message, host.port);
  while (sources.length === 0) await new Promise(setImmediate);
  host.listener.stopAccepting();
  await client.send(message, host.port);
  assert.equal(sources[0]?.send('an answer that is late'), true);
  assert.equal(await client.receive(), 'an answer that is late');
  assert.equal(sources.length, 1);
  await host.listener.close();
  await host.listener.close();
  assert.equal(sources[0]?.send('too late'), false);
  client.close();
  await host.close();
});

test('a port that another server has is an error, though both speak UDP', async () => {
  const other = createSocket('udp4').bind(0, '127.0.0.1');
  await once(other, 'listening');
  const host = await openHost({ onMessage: echo });
  const bind = {
    protocol: 'udp',
    address: '127.0.0.1',
    port: other.address().port,
    family: 4,
    reusePort: false,
    label: 'udp:taken',
    socket: () => host.socket,
  } as const;
  await assert.rejects(host.protocol.listen(bind, echo), /EADDRINUSE/);
  other.close();
  await host.close();
});

test('maxbuffer: the receive buffer grows to it and never shrinks', async () => {
  const client = await UdpClient.open();
  for (const maxbuffer of [1, 200_000]) {
    const host = await openHost({ onMessage: echo, globals: { maxbuffer } });
    await client.send(message, host.port);
    assert.equal(await client.receive(), message);
    await host.close();
  }
  client.close();
});

const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
  entries?.some(({ address }) => address === '::1'),
);

test('over IPv6', { skip: hasIpv6 ? false : 'no ::1 here' }, async () => {
  const host = await openHost({ onMessage: echo, address: '::1' });
  const client = await UdpClient.open('::1');
  await client.send(message, host.port, '::1');
  assert.equal(await client.receive(), message);
  client.close();
  await host.close();
});
