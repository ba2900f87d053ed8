import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection } from '../../../runtime/module-exports.ts';
import { createConnectionSweep } from '../../../runtime/net/connection-sweep.ts';

const times = { lifetime: 120_000, messageTime: 4000 };
const now = 1_000_000;

/** State, milliseconds since something went through, milliseconds since a message began; which limit is over. */
const rows: readonly (readonly [Connection['state'], number, number | undefined, string | undefined])[] = [
  ['open', 0, undefined, undefined],
  ['open', 120_000, undefined, undefined],
  ['open', 120_001, undefined, 'tcp_connection_lifetime'],
  ['open', 0, 4000, undefined],
  ['open', 0, 4001, 'tcp_max_msg_time'],
  ['open', 120_001, 120_001, 'tcp_max_msg_time'],
  ['closing', 120_001, 4001, undefined],
  ['closed', 120_001, 4001, undefined],
];

for (const [state, idle, unfinished, limit] of rows) {
  test(`${state}, idle ${idle} ms, message since ${unfinished ?? 'never'}: ${limit ?? 'stays'}`, () => {
    const expired: string[] = [];
    const connection = {
      state,
      lastActive: now - idle,
      unfinishedSince: unfinished === undefined ? undefined : now - unfinished,
      expire: (over: string) => expired.push(over),
    } as unknown as Connection;
    const sweep = createConnectionSweep({ keptUntil: () => 0, all: () => [connection].values() }, times);
    assert.equal(sweep(now), limit === undefined ? 0 : 1);
    assert.deepEqual(expired, limit === undefined ? [] : [limit]);
  });
}
