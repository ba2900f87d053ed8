import { after, before, describe, test } from 'node:test';
import { autobahnRows, echoWord } from './autobahn-rows.ts';
import { type Engine, openEngine } from './engine.ts';
import { exchange } from './frame-exchange.ts';
import { echo } from './ws-host.ts';

/** The suite sends more than SIP does, in any pieces. */
const limits = { ws_max_msg_chunks: 0, ws_max_msg_size: 1_048_576 };

for (const role of ['server', 'client'] as const) {
  describe(`the rules of Autobahn's cases, to a ${role}`, () => {
    let engine: Engine;
    before(async () => {
      engine = await openEngine(role, limits, echo);
    });
    after(() => engine.close());

    for (const row of autobahnRows(role)) {
      test(`case ${row.id} ${row.name}`, () =>
        exchange(role, engine, row, ({ opcode, payload }) => echoWord(opcode, payload)));
    }
  });
}
