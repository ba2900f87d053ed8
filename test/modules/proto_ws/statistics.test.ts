import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manifest } from '../../../modules/proto_ws/index.ts';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { collectLog, configAround, connect, hostOf } from '../../runtime/host/host-tools.ts';
import { openEngine } from './engine.ts';
import { CLOSE, closeFrame, frame, PING, TEXT } from './wire.ts';
import { echo } from './ws-host.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

for (const role of ['server', 'client'] as const) {
  describe(`what the engine counts as a ${role}`, () => {
    const masked = role === 'server';

    test('messages, bytes of frames, fragments, pings, keepalives', async () => {
      const { host, peer, close } = await openEngine(role, {}, echo);
      const reader = await peer();
      const frames = [
        frame({ opcode: TEXT, payload: 'one message', masked }),
        frame({ opcode: TEXT, payload: 'in ', fin: false, masked }),
        frame({ opcode: 0, payload: 'three', fin: false, masked }),
        frame({ opcode: PING, payload: 'p', masked }),
        frame({ opcode: 0, payload: ' frames', masked }),
        frame({ opcode: TEXT, payload: '\r\n\r\n', masked }),
        frame({ opcode: TEXT, payload: '', masked }),
      ];
      reader.socket.write(Buffer.concat(frames));
      const back = [await reader.frame(), await reader.frame(), await reader.frame(), await reader.frame()];
      assert.deepEqual(
        back.map((received) => String(received?.payload)),
        ['one message', 'p', 'in three frames', '\r\n'],
      );
      const counted = {
        messages_received: 2,
        messages_sent: 2,
        fragments_received: 3,
        pings_received: 1,
        keepalives_received: 2,
        bytes_received: Buffer.concat(frames).length,
        bytes_sent: [11, 1, 15, 2].reduce((sum, length) => sum + length + (masked ? 2 : 6), 0),
        connections: 1,
        connections_max: 1,
        queue: 0,
      };
      for (const [name, value] of Object.entries(counted)) assert.equal(host.statistic(name), value, name);
      reader.socket.destroy();
      await close();
    });

    const ends = [
      ['a close of the peer', 'closed_by_peer_1000', [closeFrame(1000, '', { masked })]],
      ['one without a code', 'closed_by_peer_1005', [frame({ opcode: CLOSE, masked })]],
      ['one with a code of an application', 'closed_by_peer_other', [closeFrame(4000, '', { masked })]],
      ['the end of the stream alone', 'closed_by_peer_1006', []],
      ['a broken rule', 'closed_by_us_1002', [frame({ opcode: TEXT, payload: 'x', masked: !masked })]],
      ['bad UTF-8', 'closed_by_us_1007', [frame({ opcode: TEXT, payload: Buffer.from([0xff]), masked })]],
      ['a long message', 'closed_by_us_1009', [frame({ opcode: TEXT, payload: 'x'.repeat(70_000), masked })]],
    ] as const;
    for (const [name, statistic, writes] of ends) {
      test(`${name}: ${statistic}`, async () => {
        const { host, peer, close } = await openEngine(role, {}, echo);
        const reader = await peer();
        for (const bytes of writes) reader.socket.write(bytes);
        if (writes.length === 0 || role === 'client') reader.socket.end();
        await reader.rest();
        await until(() => host.connections.size === 0);
        const [total = ''] = statistic.split(/_(?=\d|other)/);
        assert.equal(host.statistic(statistic), 1);
        assert.equal(host.statistic(total), 1);
        const others = total === 'closed_by_us' ? 'closed_by_peer' : 'closed_by_us';
        assert.equal(host.statistic(others), 0, 'each end counts for one side');
        await close();
      });
    }

    test('queue, queue_max: what waits for a peer that does not read', async () => {
      const sources: MessageSource[] = [];
      const { host, peer, close } = await openEngine(
        role,
        { ws_max_queue: 2 ** 30, ws_send_timeout: 600_000 },
        (_, source) => sources.push(source),
      );
      const reader = await peer();
      reader.socket.write(frame({ opcode: TEXT, payload: 'go on', masked }));
      await until(() => sources.length === 1);
      reader.socket.pause();
      const [source] = sources;
      for (let at = 0; at < 100_000 && !host.statistic('queue_max'); at++) {
        assert.ok(source?.send('y'.repeat(60_000)));
        await new Promise(setImmediate);
      }
      assert.ok((host.statistic('queue') ?? 0) > 0);
      const most = host.statistic('queue_max') ?? 0;
      assert.ok(most > 0);
      reader.socket.destroy();
      await until(() => host.connections.size === 0);
      assert.equal(host.statistic('queue'), 0);
      assert.equal(host.statistic('queue_max'), most);
      assert.equal(host.statistic('connections'), 0);
      assert.equal(host.statistic('connections_max'), 1);
      await close();
    });
  });
}

test("the group is ws, and every statistic of the manifest is read through the host's", async () => {
  const host = await hostOf(configAround('route { exit; }'), { log: collectLog().log });
  await host.start();
  const client = await connect(host);
  const names = host.statistics.entries().map(([name]) => name);
  for (const name of Object.keys(manifest.statistics)) assert.ok(names.includes(`ws:${name}`), name);
  assert.equal(host.statistics.get('ws:accepted'), 1);
  assert.equal(host.statistics.get('ws:connections'), 1);
  client.terminate();
  await host.stop();
});
