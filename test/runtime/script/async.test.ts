/** `async()` ends the script and resumes in another route; `launch()` goes on and reports in another run. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimers } from '../../../runtime/timers.ts';
import { script, type TestCommands } from './support.ts';

const nothing = { params: [], routes: '*' } as const;

function waiting() {
  const waits: ((value: number) => void)[] = [];
  const asyncCommands: TestCommands = {
    fetch: { signature: nothing, command: () => new Promise((resolve) => waits.push(resolve)) },
    atOnce: { signature: nothing, command: () => 4 },
  };
  return { waits, asyncCommands };
}

test('async ends the script, and the resume route has message, variables, AVPs and the answer', async () => {
  const { waits, asyncCommands } = waiting();
  const compiled = script(
    'route { $var(a) = 1; $avp(b) = 2; route(inner); xlog("never"); } route[inner] { async(fetch(), resumed); xlog("never"); } route[resumed] { xlog("$rc|$var(a)|$avp(b)|$rm|$(route[*])"); return(9); }',
    { asyncCommands },
  );
  const answer = compiled.run();
  assert.ok(answer instanceof Promise);
  waits[0]?.(3);
  assert.equal(await answer, 0);
  assert.deepEqual(compiled.lines, ['3|1|2|OPTIONS|route[resumed]']);
});

test('async with a function that answers at once needs no promise', () => {
  const compiled = script(
    'route { async(atOnce(), resumed); xlog("never"); } route[resumed] { xlog("$rc"); }',
    waiting(),
  );
  assert.equal(compiled.run(), 0);
  assert.deepEqual(compiled.lines, ['4']);
});

test('a resume route may wait again', async () => {
  const { waits, asyncCommands } = waiting();
  const compiled = script(
    'route { async(fetch(), second); } route[second] { xlog("$rc"); async(fetch(), third); xlog("never"); } route[third] { xlog("$rc"); }',
    { asyncCommands },
  );
  const answer = compiled.run();
  waits[0]?.(2);
  await new Promise((resolve) => setImmediate(resolve));
  waits[1]?.(3);
  await answer;
  assert.deepEqual(compiled.lines, ['2', '3']);
});

test('async with a timeout resumes with -1 when the time is over', async () => {
  const timers = createTimers(() => {});
  const calls: { milliseconds: number; call: () => void }[] = [];
  const environment = {
    timers: {
      ...timers,
      after: (milliseconds: number, call: () => void) => {
        calls.push({ milliseconds, call });
        return { cancel: () => {} };
      },
    },
  };
  const { waits, asyncCommands } = waiting();
  const compiled = script('route { async(fetch(), resumed, 2); } route[resumed] { xlog("$rc"); }', {
    asyncCommands,
    environment,
  });
  const answer = compiled.run();
  assert.equal(calls[0]?.milliseconds, 2000);
  calls[0]?.call();
  await answer;
  waits[0]?.(1);
  assert.deepEqual(compiled.lines, ['-1']);
});

test('launch goes on, and the report route has copies of the variables', async () => {
  const { waits, asyncCommands } = waiting();
  const compiled = script(
    'route { $var(a) = 1; launch(fetch(), report, "for $rm"); $var(a) = 2; xlog("on|$rc"); } route[report] { xlog("$rc|$param(1)|$var(a)|$(route[*])"); }',
    { asyncCommands },
  );
  assert.equal(compiled.run(), 1);
  assert.deepEqual(compiled.lines, ['on|1']);
  waits[0]?.(6);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(compiled.lines, ['on|1', '6|for OPTIONS|1|route[report]']);
});

test('launch needs no report route', () => {
  const { asyncCommands } = waiting();
  const compiled = script('route { launch(fetch()); xlog("on"); }', { asyncCommands });
  assert.equal(compiled.run(), 1);
  assert.deepEqual(compiled.lines, ['on']);
});

test('a function that fails inside launch is told in the log, and its report route does not run', async () => {
  const compiled = script(
    'route { launch(breaks(), report); xlog("on|$rc"); } route[report] { xlog("never"); }',
    {
      asyncCommands: { breaks: { signature: nothing, command: () => Promise.reject(new Error('lost')) } },
    },
  );
  assert.equal(compiled.run(), 1);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(compiled.lines, ['on|1']);
  assert.match(compiled.complaints.join(), /COMMAND_FAILED: breaks\(\).*lost/);
});
