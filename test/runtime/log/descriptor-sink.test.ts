import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { LogLine } from '../../../runtime/log/log-line.ts';
import { createDescriptorSink } from '../../../runtime/log/sinks/descriptor-sink.ts';

const line: LogLine = { level: 2, module: undefined, caller: undefined, message: '', time: 0 };

/** Both ends of a pipe that does not wait: a full one answers EAGAIN. */
function pipe(t: TestContext): { writer: number; reader: number } {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-log-'));
  const path = join(folder, 'fifo');
  assert.equal(spawnSync('mkfifo', [path]).status, 0);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  t.after(() => {
    closeSync(writer);
    rmSync(folder, { recursive: true });
  });
  return { writer, reader };
}

function readSome(reader: number): string {
  const buffer = Buffer.alloc(1 << 16);
  try {
    return buffer.toString('latin1', 0, readSync(reader, buffer));
  } catch {
    return '';
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a reader that takes nothing keeps nobody waiting, and gets all lines later', async (t) => {
  const { writer, reader } = pipe(t);
  const sink = createDescriptorSink({ descriptor: writer });
  const sent = Array.from({ length: 5000 }, (_, number) => `${number} ${'x'.repeat(80)}\n`);
  for (const text of sent) sink.write(line, text);
  let got = '';
  for (let turn = 0; turn < 2000 && got.length < sent.join('').length; turn++) {
    await turns(1);
    got += readSome(reader);
  }
  assert.equal(got, sent.join(''));
  closeSync(reader);
  await sink.close();
});

test('what does not fit in the queue is counted and said', async (t) => {
  const { writer, reader } = pipe(t);
  const troubles: string[] = [];
  const sink = createDescriptorSink({
    descriptor: writer,
    maxQueuedBytes: 10_000,
    batchBytes: 1000,
    trouble: (message) => void troubles.push(message),
  });
  for (let round = 0; round < 20; round++) {
    for (let number = 0; number < 200; number++) sink.write(line, `${'y'.repeat(79)}\n`);
    await turns(1);
  }
  assert.deepEqual(troubles, [], 'nothing to say while nobody reads');
  for (let turn = 0; turn < 200 && troubles.length === 0; turn++) {
    readSome(reader);
    await turns(1);
  }
  assert.match(troubles[0] ?? '', /^\d+ log lines were dropped/);
  closeSync(reader);
  await sink.close();
});

test('EPIPE: where nobody reads any more, lines end quietly', async (t) => {
  const { writer, reader } = pipe(t);
  const sink = createDescriptorSink({ descriptor: writer });
  closeSync(reader);
  sink.write(line, 'one\n');
  sink.flushSync();
  sink.write(line, 'two\n');
  await sink.close();
});

test('the last flush waits for a slow reader only so long', (t) => {
  const { writer, reader } = pipe(t);
  const sink = createDescriptorSink({ descriptor: writer, patience: 50 });
  sink.write(line, 'z'.repeat(1 << 20));
  sink.flushSync();
  assert.equal(readSome(reader).length, 1 << 16, 'what the pipe could take is there');
  closeSync(reader);
});
