import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { bodies, folder, isOpen, listening, start, until, writeConfig, writeModule } from './program.ts';

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal}: connections end with 1001, modules and files go, exit 0`, async (t) => {
    const place = folder(t);
    const { file, port } = await writeConfig(place);
    const pidFile = join(place, 'a.pid');
    const running = start(t, ['-F', '-f', file, '-P', pidFile]);
    await listening(running, port);
    assert.equal(readFileSync(pidFile, 'latin1'), `${running.child.pid}\n`);
    const client = new WebSocket(`ws://127.0.0.1:${port}`, 'sip');
    await once(client, 'open');
    const closed = once(client, 'close');
    running.child.kill(signal);
    const [code] = await closed;
    assert.equal(code, 1001);
    const ended = await running.ended;
    assert.deepEqual([ended.code, ended.signal], [0, null]);
    const lines = bodies(ended.err);
    assert.deepEqual(lines.slice(-2), ['INFO:core:cleanup: cleanup', 'Thank you for running opensips']);
    assert.equal(existsSync(pidFile), false);
    assert.equal(await isOpen(port), false);
  });
}

test('signals.c: HUP, USR1, USR2 and PIPE do nothing', async (t) => {
  const { file, port } = await writeConfig(folder(t));
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  await until(() => running.err().includes('INFO:proto_ws:mod_init'), 'the last line of the start');
  const before = running.err();
  for (const signal of ['SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGPIPE'] as const) running.child.kill(signal);
  const client = new WebSocket(`ws://127.0.0.1:${port}`, 'sip');
  await once(client, 'open');
  client.terminate();
  running.child.kill('SIGUSR1');
  assert.equal(await isOpen(port), true);
  assert.equal(running.err(), before, 'no line, and no debugger of Node');
  running.child.kill('SIGTERM');
  const { code } = await running.ended;
  assert.equal(code, 0);
});

test('a second signal while it ends changes nothing', async (t) => {
  const { file, port } = await writeConfig(folder(t));
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  running.child.kill('SIGTERM');
  running.child.kill('SIGTERM');
  running.child.kill('SIGINT');
  const { code } = await running.ended;
  assert.equal(code, 0);
});

test('EPIPE: it runs on where nobody reads its outputs any more', async (t) => {
  const { file, port } = await writeConfig(folder(t), 'debug_mode=yes');
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  running.child.stdout?.destroy();
  running.child.stderr?.destroy();
  for (let round = 0; round < 5; round++) {
    const client = new WebSocket(`ws://127.0.0.1:${port}`, 'sip');
    await once(client, 'open');
    client.terminate();
  }
  assert.equal(await isOpen(port), true);
  running.child.kill('SIGTERM');
  const { code } = await running.ended;
  assert.equal(code, 0);
});

test('a signal that comes while it starts breaks the start off, exit 0', async (t) => {
  const place = folder(t);
  const slow = '{ init: () => (host.log.notice("init", "begun"), new Promise((go) => setTimeout(go, 300))) }';
  const { file, port } = await writeConfig(place, '', writeModule(place, 'slow', slow));
  const running = start(t, ['-F', '-f', file]);
  await until(() => running.err().includes('NOTICE:slow:init: begun'), 'the init of the module');
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0, err);
  assert.match(err, /Thank you for running opensips\n$/);
  assert.equal(await isOpen(port), false);
});

test('a signal ends a start that waits for what never comes, exit 0', async (t) => {
  const place = folder(t);
  const stuck = '{ init: () => (host.log.notice("init", "begun"), new Promise(() => undefined)) }';
  const { file } = await writeConfig(place, '', writeModule(place, 'stuck', stuck));
  const running = start(t, ['-F', '-f', file]);
  await until(() => running.err().includes('NOTICE:stuck:init: begun'), 'the init of the module');
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0, err);
  assert.match(err, /Thank you for running opensips\n$/);
});

test('--inert: it lives on with all its sockets closed', async (t) => {
  const place = folder(t);
  const file = join(place, 'opensips.cfg');
  writeFileSync(file, 'socket=sctp:127.0.0.1:5061\nloadmodule "proto_sctp.so"\nroute { exit; }\n');
  const running = start(t, ['-F', '--inert', '-f', file]);
  await until(() => running.err().includes('stays closed'), 'the line about the socket');
  assert.equal(
    await Promise.race([running.ended, new Promise((go) => setTimeout(go, 300, 'alive'))]),
    'alive',
  );
  running.child.kill('SIGTERM');
  assert.equal((await running.ended).code, 0);
});

test('shutdown.c: an end that takes too long is cut off, as an abort', async (t) => {
  const place = folder(t);
  const pidFile = join(place, 'a.pid');
  const stuck = '{ destroy: () => new Promise(() => undefined) }';
  const { file, port } = await writeConfig(place, '', writeModule(place, 'stuck', stuck));
  const shortShutdown = fileURLToPath(new URL('./short-shutdown.js', import.meta.url));
  const running = start(t, ['-F', '-f', file, '-P', pidFile], { entry: shortShutdown, cwd: place });
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { signal, err } = await running.ended;
  assert.equal(signal, 'SIGABRT');
  assert.match(err, /CRITICAL:core:sig_alarm_abort: BUG - shutdown timeout triggered, dying\.\.\.\n/);
  assert.equal(existsSync(pidFile), false);
});

test('an error that nobody caught is logged, and ends the program in order with 255', async (t) => {
  const place = folder(t);
  const broken = '{ childInit() { setTimeout(() => { throw new Error("out of nowhere"); }, 100); } }';
  const { file, port } = await writeConfig(place, '', writeModule(place, 'broken', broken));
  const pidFile = join(place, 'a.pid');
  const { code, err } = await start(t, ['-F', '-f', file, '-P', pidFile]).ended;
  assert.equal(code, 255);
  assert.match(err, /CRITICAL:core:main: Error: out of nowhere\n/);
  assert.match(err, /INFO:core:cleanup: cleanup\n/);
  assert.equal(existsSync(pidFile), false);
  assert.equal(await isOpen(port), false);
});
