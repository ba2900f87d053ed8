import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { program } from '../program-path.ts';
import {
  bodies,
  configText,
  folder,
  isAlive,
  isOpen,
  listening,
  run,
  start,
  until,
  writeConfig,
} from './program.ts';

/** Ends the detached program of a pid file when the test is over. */
function endAfter(t: TestContext, pidFile: string): void {
  t.after(async () => {
    if (!existsSync(pidFile)) return;
    const pid = Number(readFileSync(pidFile, 'latin1'));
    if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
}

test('without -F: exit 0 when it listens; SIGTERM on the pid file ends it', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place);
  const pidFile = join(place, 'a.pid');
  const pgidFile = join(place, 'g.pid');
  endAfter(t, pidFile);
  const { code, out, err } = await detach(t, ['-f', file, '-P', pidFile, '-G', pgidFile], place);
  assert.equal(code, 0, err);
  assert.equal(await isOpen(port), true, 'it listens when the start returns');
  assert.equal(out, `Listening on \n             ws: 127.0.0.1 [127.0.0.1]:${port}\nAliases: \n\n`);
  const pid = Number(readFileSync(pidFile, 'latin1'));
  assert.equal(readFileSync(pgidFile, 'latin1'), `${pid}\n`, 'leader of a group of its own');
  process.kill(pid, 'SIGTERM');
  await until(() => !isAlive(pid), 'the end');
  assert.deepEqual([existsSync(pidFile), existsSync(pgidFile)], [false, false]);
  assert.match(readFileSync(join(place, 'stderr'), 'latin1'), /Thank you for running opensips\n$/);
});

/**
 * Starts without -F, standard error in a file: the detached process keeps it (as the original does), so a pipe
 * would stay open as long as that runs.
 */
async function detach(t: TestContext, argv: readonly string[], place: string) {
  const stderr = join(place, 'stderr');
  const descriptor = openSync(stderr, 'a');
  const child = spawn(process.execPath, [program, ...argv], { stdio: ['ignore', 'pipe', descriptor] });
  closeSync(descriptor);
  t.after(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout?.setEncoding('latin1').on('data', (part: string) => {
    out += part;
  });
  const [code] = await once(child, 'close');
  return { code, out, err: readFileSync(stderr, 'latin1') };
}

test('without -F: a bad config is told and answers 255', async (t) => {
  const file = join(folder(t), 'bad.cfg');
  writeFileSync(file, 'nosuchglobal=4\n');
  const { code, err } = await run(t, ['-f', file]);
  assert.equal(code, 255);
  assert.match(err, /ERROR:core:parse_opensips_cfg: bad config file \(\d+ errors\)/);
  assert.match(err, /NOTICE:core:main: Exiting\.\.\.\.\n$/);
});

for (const detached of [true, false]) {
  test(`${detached ? 'without' : 'with'} -F: a port in use answers 255 and leaves nothing`, async (t) => {
    const place = folder(t);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const file = join(place, 'opensips.cfg');
    const pidFile = join(place, 'a.pid');
    writeFileSync(file, configText(address.port));
    const { code, err } = await run(t, [...(detached ? [] : ['-F']), '-f', file, '-P', pidFile]);
    assert.equal(code, 255, err);
    assert.match(
      err,
      new RegExp(`ERROR:core:main: cannot listen on ws:127\\.0\\.0\\.1:${address.port}: .*EADDRINUSE`),
    );
    assert.equal(existsSync(pidFile), false);
    // The outputs are at their end, so that no process has them any more.
  });
}

test('without -F: a long JSON document reaches standard output whole', async (t) => {
  const file = join(folder(t), 'bad.cfg');
  const mistakes = Array.from({ length: 2000 }, (_, number) => `nosuchglobal${number}=4\n`);
  writeFileSync(file, mistakes.join(''));
  const { code, out } = await run(t, ['--format=json', '-f', file]);
  assert.equal(code, 255);
  assert.ok(out.length > 500_000);
  assert.equal(JSON.parse(out).errors, JSON.parse(out).findings.length);
});

test('-f - without -F: the detached process reads standard input', async (t) => {
  const { code, err } = await run(t, ['-f', '-'], { input: 'nosuchglobal=4\n' });
  assert.equal(code, 255);
  assert.match(err, /parse error in stdin:1:1-/);
});

test('a second one with the same pid file is refused and leaves the first alone', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place);
  const pidFile = join(place, 'a.pid');
  const first = start(t, ['-F', '-f', file, '-P', pidFile]);
  await listening(first, port);
  for (const argv of [['-F'], []]) {
    const { code, err } = await run(t, [...argv, '-f', file, '-P', pidFile]);
    assert.equal(code, 255);
    assert.ok(
      bodies(err).includes(`CRITICAL:core:daemonize: running process found in the pid file ${pidFile}`),
      err,
    );
  }
  assert.equal(readFileSync(pidFile, 'latin1'), `${first.child.pid}\n`);
  assert.equal(await isOpen(port), true);
});

test('-D: in the foreground, everything logged, no pid file', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place, 'stderror_enabled=no\nsyslog_enabled=yes');
  const pidFile = join(place, 'a.pid');
  const running = start(t, ['-D', '-f', file, '-P', pidFile]);
  await listening(running, port);
  assert.equal(existsSync(pidFile), false);
  running.child.kill('SIGINT');
  const { code, err } = await running.ended;
  assert.equal(code, 0);
  assert.match(err, /NOTICE:core:main: DEBUG MODE activated\n/);
  assert.match(err, /NOTICE:core:main: disabling daemon mode \(found enabled\)\n/);
  assert.match(err, /DBG:core:/);
});

test('debug_mode in the config keeps the starter in the foreground', async (t) => {
  const { file, port } = await writeConfig(folder(t), 'debug_mode=yes');
  const running = start(t, ['-f', file]);
  await listening(running, port);
  assert.equal(running.child.exitCode, null);
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0, err);
  assert.match(err, /Thank you for running opensips\n$/);
  assert.equal(await isOpen(port), false);
});

test('-w: where relative pid files lie; a folder that is not there ends the start', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place);
  const running = start(t, ['-F', '-f', file, '-w', place, '-P', 'rel.pid']);
  await listening(running, port);
  assert.equal(readFileSync(join(place, 'rel.pid'), 'latin1'), `${running.child.pid}\n`);
  running.child.kill('SIGTERM');
  await running.ended;
  const { code, err } = await run(t, ['-F', '-f', file, '-w', join(place, 'absent')]);
  assert.equal(code, 255);
  assert.match(err, /CRITICAL:core:daemonize: Cannot chdir to .*absent: No such file or directory/);
});

test('-C: a start that could not stand in its folder, or write its files, fails the check', async (t) => {
  const place = folder(t);
  const absent = join(place, 'absent');
  const { file } = await writeConfig(place);
  for (const [options, line] of [
    [['-w', absent], `CRITICAL:core:daemonize: Cannot chdir to ${absent}: No such file or directory`],
    [['-w', file], `CRITICAL:core:daemonize: Cannot chdir to ${file}: Not a directory`],
    [
      ['-P', `${absent}/a`],
      `ERROR:core:daemonize: unable to create pid file ${absent}/a: No such file or directory`,
    ],
  ] as const) {
    const { code, err } = await run(t, ['-C', '-f', file, ...options]);
    assert.equal(code, 255);
    assert.deepEqual(bodies(err).slice(-2), [line, 'NOTICE:core:main: Exiting....']);
  }
  const { code } = await run(t, ['-C', '-f', file, '-w', place, '-P', 'a.pid', '-G', 'b.pid']);
  assert.equal(code, 0);
});

test('cfg.y: workdir in the config counts more than -w', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place, `workdir="${place}"`);
  const running = start(t, ['-F', '-f', file, '-w', '/', '-P', 'rel.pid']);
  await listening(running, port);
  assert.equal(readFileSync(join(place, 'rel.pid'), 'latin1'), `${running.child.pid}\n`);
  running.child.kill('SIGTERM');
  assert.equal((await running.ended).code, 0);
});

test('user and group of a 2.1 config: one that is not there fails check and start', async (t) => {
  const { file } = await writeConfig(folder(t), 'user="no-such-user"');
  for (const how of ['-C', '-F']) {
    const { code, err } = await run(t, [how, '-f', file]);
    assert.equal(code, 255);
    assert.ok(bodies(err).includes('ERROR:core:main: bad user name/uid number: -u no-such-user'), err);
  }
});

const isRoot = process.getuid?.() === 0;

test('-u and -g: another user once the sockets are open; the files are theirs', {
  skip: isRoot ? false : 'only root may become another user',
}, async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place);
  const pidFile = join(place, 'a.pid');
  const running = start(t, ['-F', '-f', file, '-P', pidFile, '-u', '54321', '-g', '54322']);
  await listening(running, port);
  const status = () => readFileSync(`/proc/${running.child.pid}/status`, 'latin1');
  await until(() => /^Uid:\t54321\t/m.test(status()), 'the other user');
  const { uid, gid } = statSync(pidFile);
  assert.deepEqual([uid, gid], [54_321, 54_322]);
  assert.match(status(), /^Uid:\t54321\t54321\t54321\t54321$/m);
  assert.match(status(), /^Gid:\t54322\t54322\t54322\t54322$/m);
  assert.match(status(), /^Groups:\t54322 *$/m);
  running.child.kill('SIGTERM');
  const { code } = await running.ended;
  assert.equal(code, 0);
});

test('user and group of a 2.1 config: it becomes them', {
  skip: isRoot ? false : 'only root may become another user',
}, async (t) => {
  const { file, port } = await writeConfig(folder(t), 'user="54321"\ngroup="54322"');
  const running = start(t, ['-F', '-f', file, '-u', '1']);
  await listening(running, port);
  const status = () => readFileSync(`/proc/${running.child.pid}/status`, 'latin1');
  await until(() => /^Uid:\t54321\t/m.test(status()), 'the other user');
  assert.match(status(), /^Gid:\t54322\t/m);
  running.child.kill('SIGTERM');
  assert.equal((await running.ended).code, 0);
});

/** The user `nobody`: root steps down to it, so that the test runs for root, too. */
const nobody = isRoot ? { uid: 65_534 } : {};

test('-u without the right to it: the sockets close again, exit 255', {
  skip:
    readableByAll(program) && readableByAll(process.execPath)
      ? false
      : 'the user nobody may not read the compiled program, or Node',
}, async (t) => {
  const place = folder(t);
  chmodSync(place, 0o755);
  const { file, port } = await writeConfig(place);
  const { code, err } = await run(t, ['-F', '-f', file, '-u', 'root'], nobody);
  assert.equal(code, 255);
  assert.match(err, /cannot change [gu]id to 0/);
  const check = await run(t, ['-C', '-f', file, '-u', 'root'], nobody);
  assert.equal(check.code, 255);
  assert.match(check.err, /cannot change [gu]id to 0/);
  assert.equal(await isOpen(port), false);
});

/** Whether every user may read a file and enter the folders above it. */
function readableByAll(path: string): boolean {
  if (!isRoot) return true;
  if ((statSync(path).mode & 0o004) === 0) return false;
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}

test('the lines that tools look for', async (t) => {
  const { file, port } = await writeConfig(folder(t), 'log_prefix="edge"');
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { err } = await running.ended;
  assert.match(err, /edge:NOTICE:core:main: version: opensips \d+\.\d+\.\d+ \(\w+\/\w+\)\n/);
  assert.match(err, /edge:INFO:proto_ws:mod_init: initializing WebSocket protocol\n/);
});
