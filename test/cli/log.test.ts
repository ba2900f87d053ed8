import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { program } from '../program-path.ts';
import { bodies, folder, listening, run, start, until, writeConfig, writeModule } from './program.ts';

const quiet = 'stderror_enabled=no\nsyslog_enabled=yes';
const hello = 'startup_route { xlog("L_ERR", "grüße\\n"); }';

test('syslog_server: lines of the program and of the script arrive over UDP', async (t) => {
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const got: string[] = [];
  server.on('message', (bytes) => void got.push(bytes.toString('utf8')));
  const globals = `${quiet}\nsyslog_server="127.0.0.1:${server.address().port}"\nsyslog_name="edge1"`;
  const { file, port } = await writeConfig(folder(t), globals, hello);
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0);
  await until(() => got.some((line) => line.includes('core:cleanup')), 'the last line');
  const { pid } = running.child;
  assert.ok(
    got.some((line) => new RegExp(`^<27>1 \\S+ \\S+ edge1 ${pid} - - ERROR:grüße$`).test(line)),
    got.join('\n'),
  );
  assert.ok(got.some((line) => line.endsWith('INFO:proto_ws:mod_init: initializing WebSocket protocol')));
  assert.doesNotMatch(err, /initializing WebSocket/);
});

test('the local syslog: a logger found in PATH gets every line to the last', async (t) => {
  const place = folder(t);
  const record = join(place, 'record');
  writeFileSync(join(place, 'logger'), `#!/bin/sh\necho "$*" >> ${record}\ncat >> ${record}\n`);
  chmodSync(join(place, 'logger'), 0o755);
  const { file, port } = await writeConfig(place, `${quiet}\nsyslog_facility=LOG_LOCAL7`, hello);
  const running = start(t, ['-F', '-f', file], { env: { PATH: `${place}:${process.env.PATH}` } });
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { code } = await running.ended;
  assert.equal(code, 0);
  const text = readFileSync(record, 'utf8');
  assert.match(text, new RegExp(`-t opensips\\[${running.child.pid}\\] -p local7\\.notice\n`));
  assert.match(text, /^<187>ERROR:grüße$/m);
  assert.match(text, /<190>INFO:core:cleanup: cleanup\n$/);
});

test('no syslog anywhere: one warning, and the lines go to standard error', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place, quiet, hello);
  const running = start(t, ['-F', '-f', file], { env: { PATH: place } });
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0);
  assert.equal(err.match(/WARNING:core:syslog: cannot log to syslog/g)?.length, 1, err);
  assert.match(err, /ERROR:gr\xc3\xbc\xc3\x9fe\n/);
  assert.match(err, /INFO:core:cleanup: cleanup\n/);
});

test('under systemd: priorities in front of lines on standard error', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place, quiet, hello);
  const path = join(place, 'journal');
  const descriptor = openSync(path, 'a');
  const { dev, ino } = fstatSync(descriptor);
  const child = spawn(process.execPath, [program, '-F', '-f', file], {
    stdio: ['ignore', 'ignore', descriptor],
    env: { ...process.env, JOURNAL_STREAM: `${dev}:${ino}` },
  });
  t.after(() => void child.kill('SIGKILL'));
  await until(() => existsSync(path) && readFileSync(path, 'latin1').includes('proto_ws'), `port ${port}`);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const text = readFileSync(path, 'utf8');
  assert.match(text, /^<3>ERROR:grüße$/m);
  assert.match(text, /^<6>INFO:core:cleanup: cleanup$/m);
});

test('stderror_log_format=json: every line is JSON, in UTF-8', async (t) => {
  const { file, port } = await writeConfig(folder(t), 'stderror_log_format="json"', hello);
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { err } = await running.ended;
  const text = Buffer.from(err, 'latin1').toString('utf8');
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  assert.ok(lines.length > 5);
  const { time, ...script } = lines.find(({ message }) => message.startsWith('gr'));
  assert.match(time, /^\w{3} [ \d]\d \d\d:\d\d:\d\d$/);
  assert.deepEqual(script, { pid: running.child.pid, level: 'ERROR', message: 'grüße\n' });
});

test('20000 lines at the very end: none is lost', async (t) => {
  const place = folder(t);
  const chatty =
    '{ destroy() { for (let number = 0; number < 20000; number++) host.log.notice("f", "line " + number); } }';
  const { file, port } = await writeConfig(place, '', writeModule(place, 'chatty', chatty));
  const running = start(t, ['-F', '-f', file]);
  await listening(running, port);
  running.child.kill('SIGTERM');
  const { code, err } = await running.ended;
  assert.equal(code, 0);
  const numbers = bodies(err).flatMap((line) => /^NOTICE:chatty:f: line (\d+)$/.exec(line)?.[1] ?? []);
  assert.deepEqual(
    numbers.map(Number),
    Array.from({ length: 20_000 }, (_, number) => number),
  );
});

test('log_level of the config decides; -d raises it where the config has none', async (t) => {
  const place = folder(t);
  const { file } = await writeConfig(place, 'log_level=1');
  const silent = await run(t, ['-C', '-f', file]);
  assert.equal(silent.code, 0);
  assert.equal(silent.err, '', 'as OpenSIPS: the ok line is a NOTICE');
  const bare = join(place, 'bare.cfg');
  writeFileSync(bare, readFileSync(file, 'latin1').replace(/log_level=\d\n/g, ''));
  assert.doesNotMatch((await run(t, ['-C', '-W', 'poll', '-f', bare])).err, /option -W/);
  assert.match((await run(t, ['-C', '-d', '-W', 'poll', '-f', bare])).err, /INFO:core:main: option -W/);
});
