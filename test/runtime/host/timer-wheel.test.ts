import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Timer } from '../../../runtime/module-exports.ts';
import { createTimerWheel } from '../../../runtime/timer-wheel.ts';
import { VirtualClock } from '../virtual-clock.ts';

const direct = (call: () => void) => call();

test('timer wheel: never early, at most 100 ms late, in the order of their times', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 40 }), async (waits) => {
      const clock = new VirtualClock();
      const wheel = createTimerWheel(clock, direct);
      const started = clock.now();
      const fired: { wait: number; after: number }[] = [];
      for (const wait of waits) wheel.after(wait, () => fired.push({ wait, after: clock.now() - started }));
      assert.equal(wheel.size, waits.length);
      await clock.advance(5200);
      assert.equal(fired.length, waits.length);
      for (const { wait, after } of fired)
        assert.ok(after >= wait && after <= wait + 100, `${wait}: ${after}`);
      assert.equal(wheel.size, 0);
      assert.equal(clock.pending, 0, 'the clock is left alone where nothing waits');
    }),
    { numRuns: 20 },
  );
});

test('timer wheel: what is cancelled is not called, also by one that falls due with it', async () => {
  const clock = new VirtualClock();
  const wheel = createTimerWheel(clock, direct);
  const fired: string[] = [];
  const timers: Timer[] = [];
  wheel.after(300, () => {
    fired.push('first');
    for (const timer of timers) timer.cancel();
  });
  timers.push(wheel.after(300, () => fired.push('second')));
  wheel.after(500, () => fired.push('third')).cancel();
  await clock.advance(1000);
  assert.deepEqual(fired, ['first']);
  assert.equal(wheel.size, 0);
});

test('timer wheel: one that is set while others are worked on comes at the next step', async () => {
  const clock = new VirtualClock();
  const wheel = createTimerWheel(clock, direct);
  const fired: number[] = [];
  const started = clock.now();
  const again = () => {
    fired.push(clock.now() - started);
    if (fired.length < 3) wheel.after(0, again);
  };
  wheel.after(0, again);
  await clock.advance(1000);
  assert.deepEqual(fired, [100, 200, 300]);
});

test('timer wheel: nothing is left behind a stop', async () => {
  const clock = new VirtualClock();
  const wheel = createTimerWheel(clock, direct);
  wheel.after(100, () => assert.fail('stopped'));
  wheel.stop();
  wheel.after(100, () => assert.fail('stopped'));
  await clock.advance(1000);
  assert.equal(wheel.size, 0);
});
