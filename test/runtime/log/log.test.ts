import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLog, defaultLogSettings, type Log, type LogSettings } from '../../../runtime/log/index.ts';
import { memorySink } from './memory-sink.ts';

function openLog(settings: Partial<LogSettings> = {}): { log: Log; lines: string[] } {
  const stderr = memorySink();
  const log = createLog({ settings: { ...defaultLogSettings, ...settings }, stderr });
  return { log, lines: stderr.lines };
}

function bodies(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^\w+ [ \d]\d [\d:]+ \[\d+\] /, ''));
}

test('every level as a line; a newline is put where there is none', async () => {
  const { log, lines } = openLog({ level: 4 });
  const logger = log.for('proto_ws');
  logger.alert('f', 'a');
  logger.critical('f', 'c');
  logger.error('f', 'e\n');
  logger.warning('f', 'w');
  logger.notice('f', 'n');
  logger.info('f', 'i');
  logger.debug('f', 'd');
  assert.deepEqual(
    bodies(lines),
    ['ALERT:proto_ws:f: a', 'CRITICAL:proto_ws:f: c', 'ERROR:proto_ws:f: e', 'WARNING:proto_ws:f: w']
      .concat(['NOTICE:proto_ws:f: n', 'INFO:proto_ws:f: i', 'DBG:proto_ws:f: d'])
      .map((line) => `${line}\n`),
  );
  await log.close();
});

test('log_level decides which lines are made, also while running', async () => {
  const { log, lines } = openLog();
  const logger = log.for('core');
  assert.deepEqual([logger.infoOn, logger.debugOn], [false, false]);
  logger.info('f', 'not this');
  log.configure({ ...log.settings, level: 4 });
  assert.deepEqual([logger.infoOn, logger.debugOn], [true, true]);
  logger.debug('f', 'this');
  log.configure({ ...log.settings, level: -3 });
  logger.critical('f', 'not this');
  logger.alert('f', 'and this');
  assert.deepEqual(bodies(lines), ['DBG:core:f: this\n', 'ALERT:core:f: and this\n']);
  await log.close();
});

test('xlog goes by xlog_level alone and gets no newline', async () => {
  const { log, lines } = openLog({ level: -3, xlogLevel: 2 });
  log.xlog(2, 'one');
  log.xlog(3, 'two');
  assert.equal(log.xlogOn(3), false);
  assert.deepEqual(bodies(lines), ['NOTICE:one']);
  await log.close();
});

test('the log statement goes by log_level and has no module', async () => {
  const { log, lines } = openLog({ level: 2, xlogLevel: -3 });
  log.bare(2, 'one\n');
  log.bare(3, 'two\n');
  assert.deepEqual(bodies(lines), ['NOTICE:one\n']);
  await log.close();
});

test('stderror_level_filter narrows the output', async () => {
  const { log, lines } = openLog({ level: 4, stderrFilter: 1 });
  log.for('core').notice('f', 'filtered');
  log.for('core').warning('f', 'shown');
  assert.deepEqual(bodies(lines), ['WARNING:core:f: shown\n']);
  await log.close();
});

test('lines keep their order before and behind winston', async () => {
  const { log, lines } = openLog();
  const logger = log.for('core');
  for (let number = 0; number < 10; number++) logger.notice('f', String(number));
  const opened = log.open();
  for (let number = 10; number < 20; number++) logger.notice('f', String(number));
  await opened;
  for (let number = 20; number < 500; number++) logger.notice('f', String(number));
  await log.flush();
  assert.deepEqual(
    bodies(lines),
    Array.from({ length: 500 }, (_, number) => `NOTICE:core:f: ${number}\n`),
  );
  await log.close();
});

test('a closed log still reaches standard error', async () => {
  const { log, lines } = openLog({ stderr: false });
  log.for('core').notice('f', 'nowhere wanted');
  await log.close();
  log.for('core').error('f', 'late');
  assert.deepEqual(bodies(lines), ['ERROR:core:f: late\n']);
});

test('many logs in one process leave no listeners behind', async () => {
  const before = process.listenerCount('exit');
  const logs = Array.from({ length: 30 }, () => openLog().log);
  assert.ok(process.listenerCount('exit') < 10 + before, 'Node would warn of a leak');
  await Promise.all(logs.map((log) => log.close()));
  assert.equal(process.listenerCount('exit'), before);
});

for (const winston of ['with', 'without']) {
  for (const end of ['exit', 'throw']) {
    test(`20000 lines before ${end}, ${winston} winston: none is lost`, async () => {
      const script = fileURLToPath(new URL('./write-and-exit.js', import.meta.url));
      const child = spawn(process.execPath, [script, winston, end], { stdio: ['ignore', 'ignore', 'pipe'] });
      let text = '';
      child.stderr.setEncoding('latin1').on('data', (part: string) => {
        text += part;
      });
      await once(child, 'close');
      const numbers = [...text.matchAll(/NOTICE:core:f: line (\d+)\n/g)].map(([, number]) => Number(number));
      assert.deepEqual(
        numbers,
        Array.from({ length: 20_000 }, (_, number) => number),
      );
    });
  }
}
