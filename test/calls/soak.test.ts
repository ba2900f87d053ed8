import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHost } from '../../runtime/index.ts';
import { collectLog } from '../runtime/host/host-tools.ts';
import { VirtualClock } from '../runtime/virtual-clock.ts';
import { heldBy, letAgentsLive, soakConfig } from './soak.ts';

test('calls, registrations and disconnects at random: afterwards the host holds what it held before', async () => {
  const clock = new VirtualClock();
  const { log, lines } = collectLog();
  const host = await createHost({ config: soakConfig(), log, clock, listenOn: () => '127.0.0.1:0' });
  await host.start();
  try {
    const figures = () => ({
      ...heldBy(host.statistics.entries()),
      connections: host.connections.length,
      waitingRuns: host.waitingRuns,
      timers: clock.pending,
    });
    const before = figures();
    const ports = Object.fromEntries(host.listeners.map(({ protocol, port }) => [protocol, port]));
    let isOver = false;
    const living = letAgentsLive({ ports, agents: 12, seconds: 2, seed: 1, pace: 60 }).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await clock.advance(20);
    }
    const deeds = await living;
    assert.ok((deeds.answered ?? 0) > 0, JSON.stringify(deeds));
    await clock.advance(120_000);
    assert.deepEqual(figures(), before);
    assert.deepEqual(
      lines.filter((line) => /CRITICAL|BUG|TypeError/.test(line)),
      [],
    );
  } finally {
    await host.stop();
  }
});
