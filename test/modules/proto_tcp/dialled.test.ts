import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import createModule, { manifest } from '../../../modules/proto_tcp/index.ts';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { echo, openProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';

const openHost = (options: ProtocolHostOptions) => openProtocolHost(manifest, createModule, options);

const message = (name: string) => `${name} sip:alice@example.com SIP/2.0\r\nl: 0\r\n\r\n`;

test('a connection that is opened from here carries messages both ways', async () => {
  const [server, client] = [
    await openHost({ onMessage: echo }),
    await openHost({ onMessage: (text, source) => answers.push([text, source]) }),
  ];
  const answers: [string, MessageSource][] = [];
  const target = { protocol: 'tcp', address: '127.0.0.1', port: server.port, socket: client.socket };
  const connection = await client.protocol.connect?.(target, (text, source) => answers.push([text, source]));
  assert.ok(connection);
  assert.equal(connection.remotePort, server.port);
  assert.equal(client.connections.find('tcp', '127.0.0.1', server.port), connection);
  for (let at = 0; at < 1000; at++) assert.equal(connection.send(message(`M${at}`)), true);
  while (answers.length < 1000) await new Promise(setImmediate);
  assert.deepEqual(
    answers.map(([text]) => text),
    Array.from({ length: 1000 }, (_, at) => message(`M${at}`)),
  );
  assert.equal(answers[0]?.[1], connection);
  await server.close();
  while (client.connections.size > 0) await new Promise(setImmediate);
  assert.equal(connection.send(message('LATE')), false);
  await client.close();
});

test('the end of the module ends what it has opened', async () => {
  const [server, client] = [await openHost({ onMessage: echo }), await openHost({ onMessage: echo })];
  const target = { protocol: 'tcp', address: '127.0.0.1', port: server.port, socket: client.socket };
  const connection = await client.protocol.connect?.(target, echo);
  await client.close();
  assert.equal(connection?.state, 'closed');
  await assert.rejects(async () => client.protocol.connect?.(target, echo), /the host is stopping/);
  await server.close();
});

test('a port where nobody listens refuses', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  server.close();
  await once(server, 'close');
  const host = await openHost({ onMessage: echo });
  const target = { protocol: 'tcp', address: '127.0.0.1', port, socket: host.socket };
  await assert.rejects(async () => host.protocol.connect?.(target, echo), /ECONNREFUSED/);
  assert.equal(host.connections.size, 0);
  await host.close();
});
