import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readPidFile, removePidFile, writePidFile } from '../../runtime/cli/pid-file.ts';
import { writeProcessFiles } from '../../runtime/cli/process-files.ts';
import type { Logger } from '../../runtime/module-exports.ts';
import { recorder } from '../runtime/loggers.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'tsips-pid-'));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

/** A process id that was in use a moment ago and is not any more. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

function recorded(): { core: Logger; lines: string[] } {
  const lines: string[] = [];
  return { core: recorder(lines, false), lines };
}

test('daemonize.c: the file holds the number and a newline, and goes at the end', (t) => {
  const path = join(folder(t), 'a.pid');
  writePidFile(path, 4711);
  assert.equal(readFileSync(path, 'latin1'), '4711\n');
  removePidFile(path, 4711);
  assert.equal(existsSync(path), false);
});

test('a file that another program has written since is left', (t) => {
  const path = join(folder(t), 'a.pid');
  writePidFile(path, 4711);
  removePidFile(path, 4712);
  assert.equal(existsSync(path), true);
});

test('daemonize.c: what an old file tells', (t) => {
  const path = join(folder(t), 'a.pid');
  assert.deepEqual(readPidFile(path), { kind: 'none' });
  const dead = deadPid();
  const rows: readonly [string, object][] = [
    ['', { kind: 'garbage' }],
    ['junk\n', { kind: 'garbage' }],
    ['-1\n', { kind: 'garbage' }],
    ['0\n', { kind: 'garbage' }],
    [`${process.pid}\n`, { kind: 'running', pid: process.pid }],
    [` ${process.pid} and more`, { kind: 'running', pid: process.pid }],
    [`${dead}\n`, { kind: 'stale', pid: dead }],
  ];
  for (const [text, expected] of rows) {
    writeFileSync(path, text);
    assert.deepEqual(readPidFile(path), expected, JSON.stringify(text));
  }
});

test('a live process in the file: refused, and its file stays', (t) => {
  const path = join(folder(t), 'a.pid');
  writeFileSync(path, `${process.ppid}\n`);
  const { core, lines } = recorded();
  assert.equal(writeProcessFiles({ pidFile: path, pgidFile: undefined }, core), undefined);
  assert.deepEqual(lines, [`CRITICAL:daemonize: running process found in the pid file ${path}`]);
  assert.equal(readFileSync(path, 'latin1'), `${process.ppid}\n`);
});

test('a dead process or garbage in the file: a warning, and the file is replaced', (t) => {
  const path = join(folder(t), 'a.pid');
  const rows: readonly [string, string][] = [
    [`${deadPid()}\n`, 'WARNING:daemonize: pid file contains old pid, replacing pid'],
    [
      'junk',
      `WARNING:daemonize: pid file ${path} exists, but doesn't contain a valid pid number, replacing...`,
    ],
  ];
  for (const [text, warning] of rows) {
    writeFileSync(path, text);
    const { core, lines } = recorded();
    const files = writeProcessFiles({ pidFile: path, pgidFile: undefined }, core);
    assert.deepEqual(lines, [warning]);
    assert.equal(readFileSync(path, 'latin1'), `${process.pid}\n`);
    files?.remove();
    assert.equal(existsSync(path), false);
  }
});

test('a file that cannot be written ends the start and leaves nothing', (t) => {
  const place = folder(t);
  const pidFile = join(place, 'a.pid');
  const { core, lines } = recorded();
  const files = writeProcessFiles({ pidFile, pgidFile: join(place, 'no', 'b.pid') }, core);
  assert.equal(files, undefined);
  assert.match(
    lines.join(),
    /ERROR:daemonize: unable to create pgid file .*b\.pid: No such file or directory/,
  );
  assert.equal(existsSync(pidFile), false);
});

test('the process group has its own file', (t) => {
  const place = folder(t);
  const pgidFile = join(place, 'g.pid');
  const files = writeProcessFiles({ pidFile: undefined, pgidFile }, recorded().core);
  const group = Number(readFileSync(pgidFile, 'latin1'));
  assert.ok(group > 1);
  assert.ok(process.kill(-group, 0), 'there is such a group');
  files?.remove();
  assert.equal(existsSync(pgidFile), false);
});
