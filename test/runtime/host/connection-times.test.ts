import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import { ask, connect, hostOf, requestText, statusOf } from './host-tools.ts';

const config = (globals: string) => `
${globals}
socket=tcp:127.0.0.1:5060
socket=ws:127.0.0.1:8080
loadmodule "proto_tcp.so"
loadmodule "proto_ws.so"
loadmodule "sl.so"
route { sl_send_reply(200, "OK"); }
`;

async function started(globals: string): Promise<Host> {
  const host = await hostOf(config(globals));
  await host.start();
  return host;
}

const listener = (host: Host, protocol: string) => host.listeners.find((each) => each.protocol === protocol);

/** A WebSocket client of the host's ws socket. */
function webSocket(host: Host): Promise<WebSocket> {
  const ws = listener(host, 'ws');
  return connect({ ...host, listeners: ws ? [ws] : [] });
}

async function closeOf(client: WebSocket): Promise<string> {
  const [code, reason] = await once(client, 'close');
  return `${code} ${reason}`;
}

test('tcp_connection_lifetime: idle connections end, ws with 1001 and the reason; busy ones stay', async () => {
  const host = await started('tcp_connection_lifetime=1');
  const tcp = connectTcp(listener(host, 'tcp')?.port ?? 0, '127.0.0.1').resume();
  const idle = await webSocket(host);
  const busy = await webSocket(host);
  busy.setMaxListeners(0);
  const ends = Promise.all([once(tcp, 'end'), closeOf(idle)]);
  let over = false;
  ends.then(() => {
    over = true;
  });
  while (!over) {
    assert.equal(statusOf(await ask(busy, requestText())), 200);
    await wait(100);
  }
  assert.equal((await ends)[1], '1001 tcp_connection_lifetime');
  assert.equal(statusOf(await ask(busy, requestText())), 200);
  busy.terminate();
  await host.stop();
});

test('tcp_max_msg_time: a message that does not come to its end ends its connection, however it comes', async () => {
  const host = await started('tcp_max_msg_time=1');
  const tcp = connectTcp(listener(host, 'tcp')?.port ?? 0, '127.0.0.1').resume();
  tcp.write(requestText().slice(0, -1));
  const fragments = await webSocket(host);
  fragments.send('OPTIONS', { fin: false });
  fragments.ping();
  const quiet = await webSocket(host);
  const [, closed] = await Promise.all([once(tcp, 'end'), closeOf(fragments)]);
  assert.equal(closed, '1008 tcp_max_msg_time');
  assert.equal(statusOf(await ask(quiet, requestText())), 200);
  quiet.terminate();
  await host.stop();
});
