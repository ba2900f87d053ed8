import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { refusals } from '../../../modules/proto_ws/refusals.ts';
import type { HandshakeRow } from './handshake-rows.ts';
import { WireReader } from './wire.ts';

/** What a row looks at, of a host whose engine is asked. */
interface AskedHost {
  readonly logged: readonly string[];
  statistic(name: string): number | undefined;
}

/** Writes a row to a fresh stream to the engine and holds its answer, its count and its log against it. */
export async function askForUpgrade(socket: Socket, row: HandshakeRow, host: AskedHost): Promise<void> {
  const counter = row.answer === 'open' ? 'accepted' : `refused_${row.answer}`;
  const before = host.statistic(counter) ?? 0;
  const reader = new WireReader(socket);
  await write(socket, row);
  const head = await reader.head();
  assert.equal(Number(head.split(' ')[1]), row.answer === 'open' ? 101 : refusals[row.answer].status);
  assert.equal(host.statistic(counter), before + 1);
  if (row.answer !== 'open') {
    assert.match(host.logged.at(-1) ?? '', /^ERROR:ws_parse_req_handshake: .* \[127\.0\.0\.1:\d+\] \(/);
    await reader.rest();
  }
  socket.destroy();
}

async function write(socket: Socket, row: HandshakeRow): Promise<void> {
  const bytes = Buffer.from(row.request, 'latin1');
  const at = row.cut?.at ?? [];
  const cuts = at === 'each' ? Array.from(bytes, (_, index) => index + 1) : [...at, bytes.length];
  let from = 0;
  for (const to of cuts) {
    socket.write(bytes.subarray(from, to));
    await wait(row.cut?.wait ?? 0);
    from = to;
  }
  if (row.endsAtOnce) socket.end();
}
