import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openEngine } from './engine.ts';
import { asTimersAreCalled, VirtualTimers } from './virtual-timers.ts';
import { CLOSE, frame, PING, PONG, type WireReader } from './wire.ts';
import { echo, type WebSocketHost } from './ws-host.ts';

const interval = 30_000;
const timeout = 10_000;
const params = { ws_ping_interval: interval, ws_pong_timeout: timeout };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

for (const role of ['server', 'client'] as const) {
  describe(`ws_ping_interval, as a ${role}`, () => {
    const masked = role === 'server';
    const pong = async (reader: WireReader, host: WebSocketHost, payload: Buffer) => {
      const before = host.statistic('pongs_received') ?? 0;
      reader.socket.write(frame({ opcode: PONG, payload, masked }));
      await until(() => host.statistic('pongs_received') === before + 1);
    };

    test('pings come with a jitter of a fifth, one at a time, and their time is kept', async () => {
      const timers = new VirtualTimers();
      const { host, peer, close } = await openEngine(role, params, echo, { timers });
      const reader = await peer();
      const waits: number[] = [];
      const payloads: string[] = [];
      for (let at = 0; at < 20; at++) {
        const wait = timers.next ?? 0;
        waits.push(wait);
        assert.ok(wait > 0.8 * interval - 1 && wait <= interval, `${wait} ms`);
        timers.advance(wait);
        const ping = await reader.frame();
        assert.equal(ping?.opcode, PING);
        assert.equal(host.statistic('pings_sent'), at + 1);
        payloads.push(String(ping?.payload));
        timers.advance(250 + at);
        await pong(reader, host, ping?.payload ?? Buffer.alloc(0));
      }
      assert.ok(new Set(waits).size > 15, 'the waits differ');
      assert.equal(new Set(payloads).size, 20, 'each ping can be told from the others');
      assert.equal(host.statistic('ping_rtt'), 269);
      assert.equal(host.statistic('ping_rtt_max'), 269);
      reader.socket.destroy();
      await until(() => host.connections.size === 0);
      assert.equal(timers.pending, 0, 'nothing of a closed connection is left');
      await close();
    });

    test('ws_pong_timeout: no answer closes with 1011 and the name of the parameter', async () => {
      const timers = new VirtualTimers();
      const { host, peer, close } = await openEngine(role, params, echo, { timers });
      const reader = await peer();
      timers.advance(timers.next ?? 0);
      assert.equal((await reader.frame())?.opcode, PING);
      timers.advance(timeout - 1);
      assert.equal([...host.connections.all()][0]?.state, 'open');
      assert.equal(host.statistic('pings_sent'), 1, 'no second one while the first is under way');
      timers.advance(1);
      const received = await reader.frame();
      assert.equal(received?.opcode, CLOSE);
      assert.equal(received?.payload.readUInt16BE(), 1011);
      assert.equal(received?.payload.toString('latin1', 2), 'ws_pong_timeout');
      assert.equal(host.statistic('closed_by_us_1011'), 1);
      assert.match(
        host.logged.at(-1) ?? '',
        /^NOTICE:ws_ping: no pong within 10000 ms .* \[127\.0\.0\.1:\d+\]$/,
      );
      reader.socket.destroy();
      await close();
    });

    test('a pong that came while the host was busy is in time', async () => {
      const timers = new VirtualTimers();
      const { host, peer, close } = await openEngine(role, params, echo, { timers });
      const reader = await peer();
      timers.advance(timers.next ?? 0);
      const ping = await reader.frame();
      await asTimersAreCalled(() => {
        reader.socket.write(frame({ opcode: PONG, payload: ping?.payload ?? '', masked }));
        timers.advance(timeout);
      });
      await until(() => host.statistic('pongs_received') === 1 || host.statistic('closed_by_us_1011') === 1);
      assert.equal([...host.connections.all()][0]?.state, 'open');
      reader.socket.destroy();
      await close();
    });

    test('a pong that answers no ping of ours counts for nothing', async () => {
      const timers = new VirtualTimers();
      const { host, peer, close } = await openEngine(role, params, echo, { timers });
      const reader = await peer();
      reader.socket.write(frame({ opcode: PONG, payload: '1', masked }));
      await until(() => (host.statistic('bytes_received') ?? 0) > 0);
      timers.advance(timers.next ?? 0);
      assert.equal((await reader.frame())?.opcode, PING);
      reader.socket.write(frame({ opcode: PONG, payload: 'other', masked }));
      reader.socket.write(frame({ opcode: PING, payload: 'x', masked }));
      assert.equal((await reader.frame())?.opcode, PONG);
      timers.advance(timeout);
      assert.equal((await reader.frame())?.opcode, CLOSE);
      assert.equal(host.statistic('pongs_received'), 0);
      reader.socket.destroy();
      await close();
    });
  });
}

test('without ws_ping_interval nothing waits and nothing is sent', async () => {
  const timers = new VirtualTimers();
  const { host, peer, close } = await openEngine('server', {}, echo, { timers });
  const reader = await peer();
  assert.equal(timers.pending, 0);
  timers.advance(3_600_000);
  assert.equal(host.statistic('pings_sent'), 0);
  reader.socket.destroy();
  await close();
});
