import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createLog, defaultLogSettings, type Log } from '../../../runtime/log/index.ts';
import type { LogLine } from '../../../runtime/log/log-line.ts';
import { createLoggerSink, type LoggerSinkOptions } from '../../../runtime/log/sinks/logger-sink.ts';
import type { Sink } from '../../../runtime/log/sinks/sink.ts';
import { memorySink } from './memory-sink.ts';

/** A program in the place of `logger`: a shell script with `$RECORD` as the file of what it was told. */
function program(t: TestContext, script: string): { path: string; record: () => string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-logger-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'logger');
  const file = join(folder, 'record');
  writeFileSync(path, `#!/bin/sh\nRECORD='${file}'\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, folder, record: () => (existsSync(file) ? readFileSync(file, 'latin1') : '') };
}

const recording = 'echo "args $*" >> "$RECORD"; cat >> "$RECORD"';

function openLog(loggerProgram: string): { log: Log; lines: string[] } {
  const stderr = memorySink();
  const settings = {
    ...defaultLogSettings,
    stderr: false,
    syslog: true,
    facility: 'LOG_LOCAL0',
    name: 'sip1',
  };
  return { log: createLog({ stderr, settings, loggerProgram }), lines: stderr.lines };
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(condition(), 'waited in vain');
}

const line: LogLine = { level: 3, module: undefined, caller: undefined, message: '', time: 0 };

function openSink(
  path: string,
  options: Partial<LoggerSinkOptions> = {},
): {
  sink: Sink;
  troubles: string[];
  passedOn: LogLine[];
} {
  const troubles: string[] = [];
  const passedOn: LogLine[] = [];
  const sink = createLoggerSink({
    name: 'x',
    pid: 1,
    facility: 'LOG_DAEMON',
    program: path,
    probation: 50,
    trouble: (message) => void troubles.push(message),
    otherwise: (line) => void passedOn.push(line),
    ...options,
  });
  return { sink, troubles, passedOn };
}

test('logger(1): name, process, facility, and the priority of every line', async (t) => {
  const { path, record } = program(t, recording);
  const { log, lines } = openLog(path);
  log.for('core').error('main', 'first\nsecond');
  await log.open();
  log.xlog(2, 'third');
  await log.close();
  const [told, ...rest] = record().split('\n');
  assert.match(told ?? '', new RegExp(`--prio-prefix .*-t sip1\\[${process.pid}\\] -p local0\\.notice`));
  assert.deepEqual(rest, ['<131>ERROR:core:main: first', '<131>second', '<133>NOTICE:third', '']);
  assert.deepEqual(lines, []);
});

test('without the program: one warning, and the lines go to standard error', async (t) => {
  const { folder } = program(t, '');
  const { log, lines } = openLog(join(folder, 'absent'));
  log.for('core').notice('main', 'one');
  await log.flush();
  log.for('core').notice('main', 'two');
  await log.close();
  const text = lines.join('');
  assert.match(text, /NOTICE:core:main: one\n/);
  assert.match(text, /NOTICE:core:main: two\n/);
  assert.equal(text.match(/WARNING:core:syslog: cannot log to syslog/g)?.length, 1);
});

test('a program that cannot reach syslog ends at once: the lines go to standard error', async (t) => {
  const { path } = program(t, 'exit 1');
  const { log, lines } = openLog(path);
  log.for('core').notice('main', 'one');
  await log.close();
  assert.match(lines.join(''), /NOTICE:core:main: one\n/);
  assert.match(lines.join(''), /WARNING:core:syslog: .*exit 1/);
});

test('one that dies is started again and no line is lost', async (t) => {
  const { path, record, folder } = program(t, `echo $$ > "$RECORD.pid"; ${recording}`);
  const { sink, troubles, passedOn } = openSink(path);
  sink.write(line, 'one\n');
  await until(() => record().includes('one'));
  process.kill(Number(readFileSync(join(folder, 'record.pid'), 'latin1')), 'SIGKILL');
  await until(() => {
    sink.write(line, 'more\n');
    return record().match(/^args/gm)?.length === 2;
  });
  sink.write(line, 'last\n');
  await sink.close();
  assert.match(record(), /<30>last\n$/);
  assert.deepEqual([troubles, passedOn], [[], []]);
});

test('one that keeps dying is given up, with the lines for standard error', async (t) => {
  const { path, record, folder } = program(
    t,
    `[ -e "$RECORD.pid" ] && exit 3; echo $$ > "$RECORD.pid"; ${recording}`,
  );
  const { sink, troubles, passedOn } = openSink(path, { restartDelay: 1, maxFailures: 3 });
  sink.write(line, 'good\n');
  await until(() => record().includes('good'));
  process.kill(Number(readFileSync(join(folder, 'record.pid'), 'latin1')), 'SIGKILL');
  await until(() => {
    sink.write({ ...line, message: 'kept' }, 'kept\n');
    return troubles.length > 0;
  });
  assert.match(troubles.join(), /exit 3/);
  assert.ok(passedOn.length > 0);
  await sink.close();
});

test('one that does not read costs dropped lines, counted, and nothing else', async (t) => {
  const { path, record, folder } = program(
    t,
    `while [ ! -e "$RECORD.go" ]; do sleep 0.05; done; ${recording}`,
  );
  const { sink, troubles } = openSink(path, { maxQueued: 100 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const text = `${'x'.repeat(4000)}\n`;
  for (let number = 0; number < 2000; number++) sink.write(line, text);
  assert.deepEqual(troubles, []);
  writeFileSync(join(folder, 'record.go'), '');
  await until(() => troubles.length === 1);
  const dropped = Number(/^(\d+) log lines were dropped/.exec(troubles[0] ?? '')?.[1]);
  await sink.close();
  assert.equal(record().match(/<30>x+/g)?.length, 2000 - dropped);
});

test('an output that stalls does not silence the others', async (t) => {
  const { path, record, folder } = program(
    t,
    `while [ ! -e "$RECORD.go" ]; do sleep 0.05; done; ${recording}`,
  );
  const stderr = memorySink();
  const log = createLog({ stderr, settings: { ...defaultLogSettings, syslog: true }, loggerProgram: path });
  await log.open();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const text = 'x'.repeat(1000);
  for (let number = 0; number < 5000; number++) log.for('core').notice('f', text);
  await until(() => stderr.lines.length === 5000);
  writeFileSync(join(folder, 'record.go'), '');
  await log.close();
  assert.equal(record().match(/x{1000}\n/g)?.length, 5000);
});

test('at the sudden end of a process what is left goes to a program of its own', async (t) => {
  const { path, record } = program(t, recording);
  const { sink, passedOn } = openSink(path, { probation: 60_000 });
  sink.write(line, 'left\n');
  sink.flushSync();
  assert.match(record(), /<30>left\n/);
  assert.deepEqual(passedOn, []);
  await sink.close();
});
