import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTcpProtocol } from '../../../modules/proto_tcp/engine.ts';
import { paramSchemas, statisticFacts } from '../../../modules/proto_tcp/engine-facts.ts';
import { manifest as plain } from '../../../modules/proto_tcp/index.ts';
import type { Manifest, ModuleFactory } from '../../../runtime/module-exports.ts';
import { echo, openProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';
import { TcpClient } from './tcp-client.ts';

/** Another module with the same engine; its streams are plain ones, because the engine does not ask. */
const manifest: Manifest = {
  name: 'proto_tls',
  params: paramSchemas({ prefix: 'tls', port: 5061 }),
  statistics: statisticFacts,
  protocols: { tls: { description: 'a sister of tcp', defaultPort: 5061, transport: 'stream' } },
};

const createModule: ModuleFactory = (host) => {
  const { protocol, destroy } = createTcpProtocol(host, {
    protocol: 'tls',
    prefix: 'tls',
    streams: host.streams,
    readRule: 'each-turn',
  });
  return { protocols: { tls: protocol }, destroy };
};

const openSister = (options: ProtocolHostOptions) => openProtocolHost(manifest, createModule, options);
const message = 'OPTIONS sip:alice@example.com SIP/2.0\r\nl: 0\r\n\r\n';

test('its parameters are among those of proto_tcp, with another prefix and port', () => {
  const known = Object.keys(plain.params).map((name) => name.replace(/^tcp_/, 'tls_'));
  const unknown = Object.keys(manifest.params ?? {}).filter((name) => !known.includes(name));
  assert.deepEqual(unknown, []);
  assert.equal(manifest.params?.tls_port?.default, 5061);
  assert.equal(manifest.params?.tls_crlf_drop?.default, 0);
});

test('its connections are of its protocol, count for it, and tell the stream that they came by', async () => {
  const host = await openSister({ onMessage: echo });
  const client = await TcpClient.open(host.port);
  client.write(message);
  assert.equal(await client.until((text) => text === message), message);
  assert.equal(host.connections.find('tls', '127.0.0.1', client.port)?.stream?.remotePort, client.port);
  assert.equal(host.statistic('connections'), 1);
  client.close();
  await host.close();
});

test('tls_max_msg_chunks counts turns that leave a message unfinished', async () => {
  const host = await openSister({ onMessage: echo, params: { tls_max_msg_chunks: 3 } });
  const client = await TcpClient.open(host.port);
  const connection = () => host.connections.find('tls', '127.0.0.1', client.port);
  await client.writeApart(['O', 'P', 'T'], connection);
  await client.until(() => false);
  assert.match(
    host.logged.join('\n'),
    /ERROR:tcp_handle_req: Made 3 read attempts but message is not complete/,
  );
  await host.close();
});

test('tls_max_queue: the log names it', async () => {
  const host = await openSister({
    params: { tls_max_queue: 1024 },
    onMessage: (_text, source) => void source.send('x'.repeat(2000)),
  });
  const client = await TcpClient.open(host.port);
  client.write(message);
  await client.until(() => false);
  assert.match(host.logged.join('\n'), /more than 1024 bytes \(tls_max_queue\) wait to be written/);
  await host.close();
});
