import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createTimers } from '../../../runtime/timers.ts';

const noError = (error: unknown) => assert.fail(String(error));

test('timers: after fires once, every goes on until it is cancelled', async () => {
  const timers = createTimers(noError);
  let once = 0;
  await new Promise<void>((resolve) => {
    timers.after(1, () => once++);
    let turns = 0;
    const timer = timers.every(1, () => {
      turns++;
      if (turns < 3) return;
      timer.cancel();
      resolve();
    });
  });
  await wait(5);
  assert.equal(once, 1);
  assert.equal(timers.pending, 0);
});

test('timers: stop cancels all, and nothing starts behind it', async () => {
  const timers = createTimers(noError);
  let fired = 0;
  timers.after(1, () => fired++);
  timers.every(1, () => fired++);
  timers.stop();
  timers.after(1, () => fired++);
  assert.equal(timers.pending, 0);
  await wait(20);
  assert.equal(fired, 0);
});

test('timers: a deadline passes one turn after its time, so that what has come by then may still cancel it', async () => {
  const timers = createTimers(noError);
  const passed: string[] = [];
  const kept = timers.deadline(1, () => passed.push('kept'));
  await new Promise<void>((resolve) => {
    // Its own turn comes behind that of the first, as what has been read does.
    timers.after(1, () => kept.cancel());
    timers.deadline(1, () => {
      passed.push('missed');
      resolve();
    });
  });
  timers.deadline(1, () => passed.push('stopped'));
  timers.after(1, () => timers.stop());
  await wait(20);
  assert.deepEqual(passed, ['missed']);
  assert.equal(timers.pending, 0);
});

test('timers: what a call throws is told, and the timer goes on', async () => {
  const told: string[] = [];
  const timers = createTimers((error) => told.push(String(error)));
  let turns = 0;
  await new Promise<void>((resolve) => {
    timers.every(1, () => {
      turns++;
      if (turns === 2) resolve();
      throw new Error(`turn ${turns}`);
    });
  });
  timers.stop();
  assert.deepEqual(told, ['Error: turn 1', 'Error: turn 2']);
});

test('timers: a wait beyond what Node can count does not fire at once', async () => {
  const timers = createTimers(noError);
  let fired = false;
  timers.after(2 ** 40, () => {
    fired = true;
  });
  await wait(20);
  timers.stop();
  assert.equal(fired, false);
});

test('timers: now never goes back', () => {
  const timers = createTimers(noError);
  const first = timers.now();
  assert.ok(timers.now() >= first);
});
