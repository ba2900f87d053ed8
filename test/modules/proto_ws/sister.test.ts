import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { createWebSocketProtocol } from '../../../modules/proto_ws/engine.ts';
import { manifest as plain } from '../../../modules/proto_ws/index.ts';
import { paramSchemas } from '../../../modules/proto_ws/parameter-table.ts';
import { statisticFacts } from '../../../modules/proto_ws/statistics.ts';
import type { Manifest, ModuleFactory } from '../../../runtime/module-exports.ts';
import { openProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';
import { options } from './frame-rows.ts';
import { CLOSE, frame, goodRequest, requestText, TEXT, upgraded, WireReader } from './wire.ts';
import { echo } from './ws-host.ts';

/** Another module with the same engine; its streams are plain ones, because the engine does not ask. */
const manifest: Manifest = {
  name: 'proto_wss',
  params: paramSchemas({ prefix: 'wss', port: 443, since: { send_timeout: '3.1' } }),
  statistics: statisticFacts,
  protocols: { wss: { description: 'a sister of ws', defaultPort: 443, transport: 'stream' } },
};

const createModule: ModuleFactory = (host) => {
  const { protocol, destroy } = createWebSocketProtocol(host, {
    protocol: 'wss',
    prefix: 'wss',
    streams: host.streams,
    readRule: 'each-turn',
  });
  return { protocols: { wss: protocol }, destroy };
};

async function openSister(params: ProtocolHostOptions['params'] = {}) {
  const host = await openProtocolHost(manifest, createModule, { onMessage: echo, params });
  const dial = async () => {
    const socket = connect(host.port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  };
  return { host, dial };
}

test('its parameters are those of proto_ws with another prefix, port and versions', () => {
  const names = (params: Manifest['params']) => Object.keys(params ?? {});
  assert.deepEqual(
    names(manifest.params),
    names(plain.params).map((name) => name.replace(/^ws_/, 'wss_')),
  );
  assert.equal(manifest.params?.wss_port?.default, 443);
  assert.equal(plain.params.ws_port?.default, 80);
  assert.equal(manifest.params?.wss_send_timeout?.since, '3.1');
  assert.equal(plain.params.ws_send_timeout?.since, undefined);
});

test('its connections are of its protocol, and tell the stream that they came by', async () => {
  const { host, dial } = await openSister();
  const reader = await upgraded(await dial());
  const port = reader.socket.localPort ?? 0;
  const connection = host.connections.find('wss', '127.0.0.1', port);
  assert.equal(connection?.protocol, 'wss');
  assert.equal(connection?.stream?.remotePort, port);
  reader.socket.destroy();
  await host.close();
});

test('wss_max_msg_chunks: turns that leave a frame unfinished; the reason and the log name it', async () => {
  const { host, dial } = await openSister({ wss_max_msg_chunks: 3 });
  const reader = await upgraded(await dial());
  const bytes = frame({ opcode: TEXT, payload: options() });
  for (let at = 0; at < 3; at++) {
    reader.socket.write(bytes.subarray(at, at + 1));
    while ((host.statistic('bytes_received') ?? 0) <= at) await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  const received = await reader.frame();
  assert.equal(received?.opcode, CLOSE);
  assert.equal(received?.payload.readUInt16BE(), 1008);
  assert.equal(received?.payload.toString('latin1', 2), 'wss_max_msg_chunks');
  assert.match(host.logged.join('\n'), /ERROR:ws_process: Made 3 read attempts but message is not complete/);
  reader.socket.destroy();
  await host.close();
});

for (const [param, value, size, code] of [
  ['wss_max_msg_size', 100, 101, 1009],
  ['wss_max_queue', 1024, 1100, undefined],
] as const) {
  test(`${param}: whoever is told of it is told its own name`, async () => {
    const { host, dial } = await openSister({ [param]: value });
    const reader = await upgraded(await dial());
    reader.socket.write(frame({ opcode: TEXT, payload: 'x'.repeat(size) }));
    const received = await reader.frame();
    assert.equal(received?.payload.toString('latin1', 2), code && param);
    if (code === undefined) assert.match(host.logged.join('\n'), /\(wss_max_queue\) wait to be written/);
    reader.socket.destroy();
    await host.close();
  });
}

test('wss_max_request_size: the log names it', async () => {
  const { host, dial } = await openSister({ wss_max_request_size: 256 });
  const reader = new WireReader(await dial());
  reader.socket.write(requestText([...goodRequest, `X: ${'x'.repeat(300)}`]));
  assert.match(await reader.head(), /^HTTP\/1\.1 431 /);
  assert.match(host.logged.join('\n'), /is larger than wss_max_request_size .*\(head-size, wss:/);
  reader.socket.destroy();
  await host.close();
});
