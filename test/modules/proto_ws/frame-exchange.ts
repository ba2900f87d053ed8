import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import type { Engine } from './engine.ts';
import type { FrameRow, Role } from './frame-rows.ts';
import { CLOSE, frame, PING, PONG, type Received, TEXT, type WireReader } from './wire.ts';

const lastPing = 'are you there';

/** Writes a row to a fresh connection of the engine and holds what comes back against it. */
export async function exchange(
  role: Role,
  engine: Pick<Engine, 'peer'>,
  row: FrameRow,
  wordFor: (message: Received) => string,
): Promise<void> {
  const reader = await engine.peer();
  reader.socket.setNoDelay(true);
  await write(reader, row);
  const back = await comesBack(reader, row, role, wordFor);
  assert.deepEqual(back, row.back);
  if (back.at(-1)?.startsWith('close:')) {
    // RFC 6455 §7.1.1: it is the server who ends the stream.
    if (role === 'client') reader.socket.end();
    assert.equal((await reader.rest()).length, 0, 'nothing comes behind a close');
  }
  reader.socket.destroy();
}

async function write({ socket }: WireReader, row: FrameRow): Promise<void> {
  for (const bytes of row.writes) {
    socket.write(bytes);
    if (row.writes.length === 1) continue;
    await wait(row.wait ?? 1);
    // Two turns of the loop that the engine shares: each write is a read of its own, however slow the machine is.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  if (row.ends) socket.end();
}

/** What comes, up to a close, the end, or the answer to a last ping. */
async function comesBack(
  reader: WireReader,
  row: FrameRow,
  role: Role,
  wordFor: (message: Received) => string,
): Promise<string[]> {
  const back: string[] = [];
  if (!row.ends && !row.back.some((word) => word.startsWith('close:'))) {
    reader.socket.write(frame({ opcode: PING, payload: lastPing, masked: role === 'server' }));
  }
  for (;;) {
    const received = await reader.frame();
    if (!received) return [...back, 'end'];
    const { opcode, payload, masked } = received;
    assert.equal(masked, role === 'client', 'RFC 6455 §5.1: clients mask, servers do not');
    if (opcode === CLOSE) return [...back, `close:${payload.length < 2 ? 'empty' : payload.readUInt16BE()}`];
    if (opcode === PONG && payload.toString() === lastPing) return back;
    back.push(opcode === PONG ? `pong:${payload.length}` : wordFor(received));
  }
}

/** Answers as a host above would: one reply a message. */
export function answer(message: string, source: MessageSource): void {
  assert.match(message, /^(?:\r\n)?OPTIONS /);
  source.send('SIP/2.0 200 OK\r\n\r\n');
}

/** What a row calls an answer. */
export function wordFor({ opcode, payload }: Received): string {
  const kind = opcode === TEXT ? 'text' : 'binary';
  if (payload.toString() === '\r\n') return `crlf:${kind}`;
  return payload.toString().startsWith('SIP/2.0 200') ? 'reply' : `${kind}:${payload.length}`;
}
