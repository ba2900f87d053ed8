import assert from 'node:assert/strict';
import { DialFailure, dialFailures } from '../../../modules/proto_ws/dial-failures.ts';
import type { Connection, ModuleHost } from '../../../runtime/module-exports.ts';
import type { AnswerRow } from './answer-rows.ts';
import { options } from './frame-rows.ts';
import { frame, TEXT, type WireReader } from './wire.ts';

/** What a row looks at, of a host whose engine asks. */
interface AskingHost {
  readonly connections: ModuleHost['connections'];
  statistic(name: string): number | undefined;
}

/** Answers the request of the engine by a row, and holds what becomes of the connection against it. */
export async function answerUpgrade(
  reader: WireReader,
  row: AnswerRow,
  connecting: Promise<Connection>,
  host: AskingHost,
): Promise<void> {
  const settled = connecting.catch((error: unknown) => error);
  await write(reader, row);
  const outcome = await settled;
  if (row.outcome === 'open') {
    reader.socket.write(frame({ opcode: TEXT, payload: options(), masked: false }));
    assert.deepEqual((await reader.frame())?.payload, options());
    assert.equal(host.statistic('dialled'), 1);
  } else {
    assert.ok(outcome instanceof DialFailure, String(outcome));
    assert.equal(outcome.code, row.outcome);
    assert.ok(outcome.message.startsWith(dialFailures[row.outcome]), outcome.message);
    assert.ok(outcome.message.endsWith(`${row.detail ?? ''} (${row.outcome})`), outcome.message);
    assert.equal(host.statistic(`dial_failed_${row.outcome}`), 1);
    assert.equal((await reader.rest()).length, 0, 'nothing is sent behind the request');
    assert.equal(host.connections.size, 0);
  }
  reader.socket.destroy();
}

async function write(reader: WireReader, row: AnswerRow): Promise<void> {
  const answer = row.answer(await reader.head());
  const size = row.pieces ?? Math.max(answer.length, 1);
  for (let at = 0; at < answer.length; at += size) {
    reader.socket.write(answer.slice(at, at + size), 'latin1');
    if (row.pieces) await new Promise(setImmediate);
  }
  if (row.ends) reader.socket.end();
}
