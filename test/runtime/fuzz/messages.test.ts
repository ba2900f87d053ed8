/** Random and mutated messages: no crash, no unhandled rejection, memory back where it was. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzMessages } from './messages.ts';
import { problemsOf } from './verdict.ts';

test('6000 bad messages, injected and over WebSocket, leave the host as it was', async () => {
  const report = await fuzzMessages({ messages: 6000, seed: 20_261_121 });
  assert.deepEqual(problemsOf(report), []);
  assert.equal(report.random + report.mutated, 6000);
});
