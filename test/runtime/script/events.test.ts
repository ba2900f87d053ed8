/** Events: what measured-events.json cannot show. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timers } from '../../../runtime/module-exports.ts';
import { createEvents } from '../../../runtime/script/index.ts';
import { script } from './support.ts';

/** Timers whose time the test moves. */
function steps() {
  let time = 0;
  let waiting: (() => void)[] = [];
  const never = { cancel() {} };
  const timers: Timers = {
    now: () => time,
    after(_milliseconds, call) {
      waiting.push(call);
      return never;
    },
    deadline: () => never,
    every: () => never,
    coarse: () => never,
  };
  return {
    timers,
    pass(milliseconds: number) {
      time += milliseconds;
      const due = waiting;
      waiting = [];
      for (const call of due) call();
    },
  };
}

function hub(atOnce = false) {
  const { timers, pass } = steps();
  const heard: string[] = [];
  const complaints: string[] = [];
  const events = createEvents(timers, (message) => complaints.push(message));
  events.connect(
    new Map([
      ['E_A', { atOnce }],
      ['other', { atOnce }],
    ]),
    (route, event, params) => {
      heard.push(`${route} ${event} ${params.map(({ name, value }) => `${name}=${value}`).join(' ')}`.trim());
      if (event === 'E_LOOP') events.raise('E_LOOP');
    },
  );
  return { events, heard, complaints, pass };
}

test('event_route: it runs behind what raised the event', () => {
  const { events, heard, pass } = hub();
  events.raise('E_A', [{ name: 'x', value: 1 }]);
  assert.deepEqual(heard, []);
  pass(0);
  assert.deepEqual(heard, ['E_A E_A x=1']);
});

test('up to 2.4, event_route[name, sync]: it runs at once', () => {
  const { events, heard } = hub(true);
  events.raise('E_A');
  assert.deepEqual(heard, ['E_A E_A']);
});

test('event_interface.c: events that raise each other at once end after ten', () => {
  const { events, heard, complaints } = hub(true);
  events.subscribe('E_LOOP', 'route:other', 0);
  events.raise('E_LOOP');
  assert.equal(heard.length, 10);
  assert.deepEqual(complaints, ['Too many nested events 10']);
});

test('subscribe_event: a subscription ends after its seconds, and once more prolongs it', () => {
  const { events, heard, pass } = hub();
  events.subscribe('E_X', 'route:other', 10);
  pass(9_999);
  events.raise('E_X');
  pass(0);
  events.subscribe('E_X', 'route:other', 10);
  pass(9_999);
  assert.equal(events.isHeard('E_X'), true);
  pass(1);
  assert.equal(events.isHeard('E_X'), false);
  assert.deepEqual(heard, ['other E_X']);
});

test('the first event_route of a name counts', async () => {
  const compiled = script(
    'route { raise_event("E_A"); } event_route[E_A] { xlog("first"); } event_route[E_A] { xlog("second"); }',
  );
  compiled.run();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(compiled.lines, ['first']);
});
