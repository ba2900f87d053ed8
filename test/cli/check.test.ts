import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bodies, configText, folder, run, start, writeConfig } from './program.ts';

test('-V: the first line as tools read it, exit 0', async (t) => {
  const { code, out, err } = await run(t, ['-V']);
  assert.equal(code, 0);
  assert.match(out, /^version: opensips \d+\.\d+\.\d+ \(\w+\/\w+\)\n/);
  assert.equal(err, '');
});

test('check: nothing comes on standard error, of V8 neither', async (t) => {
  const { file } = await writeConfig(folder(t));
  const { code, out, err } = await run(t, ['check', file]);
  assert.equal(code, 0, out);
  assert.equal(err, '');
});

test('-h: version line, usage, every option, exit 0', async (t) => {
  const { code, out } = await run(t, ['-h']);
  assert.equal(code, 0);
  assert.match(out, /^version: opensips .*\nUsage: tsips /);
  for (const letter of 'fcClnNrRvdDFEWVhbmMaksewtugpPGoAiTS'.replace('e', '')) {
    assert.match(out, new RegExp(`^ {4}-${letter}\\b`, 'm'));
  }
});

test('an unknown option: the lines of the original, exit 255', async (t) => {
  const { code, out, err } = await run(t, ['-Z']);
  assert.equal(code, 255);
  assert.equal(out, '');
  assert.match(
    err,
    /^\w{3} [ \d]\d \d\d:\d\d:\d\d \[\d+\] ERROR:core:main: Unknown option `-Z`\.\n.* \[\d+\] NOTICE:core:main: Exiting\.\.\.\.\n$/,
  );
});

test('an unknown user or group: the lines of the original, exit 255', async (t) => {
  const user = await run(t, ['-u', 'no-such-user', '-C']);
  assert.deepEqual(
    [user.code, bodies(user.err)[0]],
    [255, 'ERROR:core:main: bad user name/uid number: -u no-such-user'],
  );
  const group = await run(t, ['-g', 'no-such-group', '-C']);
  assert.deepEqual(
    [group.code, bodies(group.err)[0]],
    [255, 'ERROR:core:main: bad group name/gid number: -u no-such-group'],
  );
});

for (const letter of ['-c', '-C']) {
  test(`${letter} on a good config: the sockets on standard output, the ok line, exit 0`, async (t) => {
    const { file, port } = await writeConfig(folder(t));
    const { code, out, err } = await run(t, [letter, '-f', file]);
    assert.equal(err.includes('config file ok, exiting...'), true, err);
    assert.equal(out, `Listening on \n             ws: 127.0.0.1 [127.0.0.1]:${port}\nAliases: \n\n`);
    assert.equal(bodies(err).at(-1), 'NOTICE:core:main: config file ok, exiting...');
    assert.equal(code, 0);
  });
}

test('-C on a bad config: the last lines of the original, nothing on standard output, exit 255', async (t) => {
  const file = join(folder(t), 'bad.cfg');
  writeFileSync(file, 'log_level=3\nnosuchglobal=4\nroute { nosuchfunction(); }\n');
  const { code, out, err } = await run(t, ['-C', '-f', file]);
  assert.equal(code, 255);
  assert.equal(out, '');
  const lines = bodies(err);
  const places = lines.filter((line) => line.startsWith('CRITICAL:core:yyerror: parse error in '));
  assert.ok(
    places.some((line) => line.startsWith(`CRITICAL:core:yyerror: parse error in ${file}:2:1-`)),
    err,
  );
  assert.deepEqual(lines.slice(-3), [
    `ERROR:core:parse_opensips_cfg: bad config file (${places.length} errors)`,
    `ERROR:core:main: failed to parse config file ${file}`,
    'NOTICE:core:main: Exiting....',
  ]);
});

test('a config that is not there: the lines of the original, exit 255', async (t) => {
  const file = join(folder(t), 'absent.cfg');
  const { code, err } = await run(t, ['-C', '-f', file]);
  assert.equal(code, 255);
  assert.deepEqual(bodies(err), [
    `ERROR:core:parse_opensips_cfg: loading config file ${file}: No such file or directory`,
    `ERROR:core:main: failed to parse config file ${file}`,
    'NOTICE:core:main: Exiting....',
  ]);
});

test('--format=json: one document on standard output, with errors and without', async (t) => {
  const place = folder(t);
  const { file } = await writeConfig(place);
  const good = await run(t, ['-C', '--format=json', '-f', file]);
  assert.equal(good.code, 0);
  assert.equal(JSON.parse(good.out).errors, 0);
  const bad = join(place, 'bad.cfg');
  writeFileSync(bad, 'nosuchglobal=4\n');
  const { code, out } = await run(t, ['-C', '--format', 'json', '-f', bad]);
  assert.equal(code, 255);
  assert.equal(JSON.parse(out).findings[0].line, 1);
});

test('--format=human: no line of the original', async (t) => {
  const file = join(folder(t), 'bad.cfg');
  writeFileSync(file, 'nosuchglobal=4\n');
  const { err } = await run(t, ['-C', '--format=human', '-f', file]);
  assert.doesNotMatch(err, /yyerror/);
  assert.match(err, /nosuchglobal/);
  assert.doesNotMatch(err, /\x1b\[/, 'no colour where no terminal is');
});

test('without -f: ./opensips.cfg', async (t) => {
  const place = folder(t);
  const { port } = await writeConfig(place);
  const { code, out } = await run(t, ['-C'], { cwd: place });
  assert.equal(code, 0);
  assert.match(out, new RegExp(`:${port}\n`));
});

test('-f -: the config comes from standard input', async (t) => {
  const good = await run(t, ['-C', '-f', '-'], { input: configText(8080) });
  assert.equal(good.code, 0, good.err);
  const bad = await run(t, ['-C', '-f', '-'], { input: 'nosuchglobal=4\n' });
  assert.equal(bad.code, 255);
  assert.match(bad.err, /parse error in stdin:1:1-/);
  assert.match(bad.err, /failed to parse config file -\n/);
});

test('relative paths: the folder of the config first, then the working directory', async (t) => {
  const place = folder(t);
  mkdirSync(join(place, 'conf'));
  mkdirSync(join(place, 'work'));
  const file = join(place, 'conf', 'main.cfg');
  writeFileSync(file, `include_file "beside.cfg"\ninclude_file "work.cfg"\n${configText(8080)}`);
  writeFileSync(join(place, 'conf', 'beside.cfg'), 'log_prefix="beside"\n');
  writeFileSync(join(place, 'work', 'beside.cfg'), 'nosuchglobal=1\n');
  writeFileSync(join(place, 'work', 'work.cfg'), 'xlog_level=3\n');
  const { code, err } = await run(t, ['-C', '-f', file], { cwd: join(place, 'work') });
  assert.equal(code, 0, err);
  assert.match(err, /beside:NOTICE:core:main: config file ok/);

  writeFileSync(file, `include_file "nowhere.cfg"\n${configText(8080)}`);
  const missing = await run(t, ['-C', '-f', file], { cwd: join(place, 'work') });
  assert.equal(missing.code, 255);
  assert.match(
    missing.err,
    /beside the including file, then beside the config, then in the working directory/,
  );
});

test('-p: the config and what it includes go through the command', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place, 'include_file "more.cfg"');
  writeFileSync(join(place, 'more.cfg'), 'log_prefix="PLACEHOLDER"\n');
  const { code, err, out } = await run(t, ['-C', '-f', file, '-p', 'sed s/PLACEHOLDER/filled/']);
  assert.equal(code, 0, err);
  assert.match(err, /filled:NOTICE:core:main: config file ok/);
  assert.match(out, new RegExp(`:${port}\n`));
});

test('-p: places in findings are those of the files', async (t) => {
  const place = folder(t);
  const file = join(place, 'main.cfg');
  const more = join(place, 'more.cfg');
  writeFileSync(file, `log_level=3\ninclude_file "${more}"\nroute { exit; }\n`);
  writeFileSync(more, '# one\n# two\nNAME=4\n');
  const { code, err } = await run(t, ['-C', '-f', file, '-p', 'sed s/NAME/nosuchglobal/']);
  assert.equal(code, 255);
  assert.match(err, new RegExp(`parse error in ${more}:3:1-`));
});

test('-p: a command may leave its input unread', async (t) => {
  const place = folder(t);
  const { file, port } = await writeConfig(place);
  const template = join(place, 'template.cfg');
  writeFileSync(template, '# long\n'.repeat(100_000));
  const { code, err, out } = await run(t, ['-C', '-f', template, '-p', `cat ${file}`]);
  assert.equal(code, 0, err);
  assert.match(out, new RegExp(`:${port}\n`));
});

test('-p: a command that fails ends the start', async (t) => {
  const { file } = await writeConfig(folder(t));
  for (const command of ['false', '/no/such/command', ' ']) {
    const { code, err } = await run(t, ['-C', '-f', file, '-p', command]);
    assert.equal(code, 255, command);
    assert.match(err, /ERROR:core:parse_opensips_cfg: .*preprocessor/);
  }
});

test('-l adds a socket; -A and -o are taken', async (t) => {
  const { file, port } = await writeConfig(folder(t));
  const other = port === 65535 ? 65534 : port + 1;
  const { code, out, err } = await run(t, [
    ...['-C', '-f', file, '-l', `ws:127.0.0.1:${other}`],
    ...['-A', '192.0.2.1', '-o', 'NAME=value'],
  ]);
  assert.equal(code, 0, err);
  assert.match(out, new RegExp(`ws: 127\\.0\\.0\\.1 \\[127\\.0\\.0\\.1\\]:${other}\n`));
});

test('-l of a protocol that has no module is an error', async (t) => {
  const { file } = await writeConfig(folder(t));
  const { code } = await run(t, ['-C', '-f', file, '-l', 'udp:127.0.0.1:5060']);
  assert.equal(code, 255);
});

test('options without effect are named with the reason', async (t) => {
  const { file } = await writeConfig(folder(t));
  const { code, err } = await run(t, ['-C', '-m', '64', '-M', '8', '-N', '4', '-E', '-f', file, 'stray']);
  assert.equal(code, 0);
  for (const letter of 'mMN')
    assert.match(err, new RegExp(`NOTICE:core:main: option -${letter} has no effect`));
  assert.match(err, /WARNING:core:main: -E option deprecated since 3\.4/);
  assert.match(err, /WARNING:core:main: argument 'stray' is ignored/);
});

test('-C says the version that the config is taken for; --opensips chooses it', async (t) => {
  const { file } = await writeConfig(folder(t));
  const guessed = await run(t, ['-C', '-f', file]);
  assert.match(guessed.err, /NOTICE:core:main: taken as written for OpenSIPS \d\.\d/);
  const given = await run(t, ['-C', '--opensips', '3.6', '-f', file]);
  assert.equal(given.code, 0, given.err);
  const unknown = await run(t, ['-C', '--opensips', '9.9', '-f', file]);
  assert.equal(unknown.code, 255);
  assert.match(unknown.err, /ERROR:core:main: bad OpenSIPS version: --opensips 9\.9/);
});

test('-t is refused: going on outside the directory would be less safe than was asked for', async (t) => {
  const { file } = await writeConfig(folder(t));
  const { code, err } = await run(t, ['-C', '-t', '/tmp', '-f', file]);
  assert.equal(code, 255);
  assert.match(err, /CRITICAL:core:daemonize: Cannot chroot to \/tmp/);
});

test('cfg.y: a check logs to standard error whatever the config says', async (t) => {
  const { file } = await writeConfig(folder(t), 'stderror_enabled=no\nsyslog_enabled=yes');
  const { err } = await run(t, ['-C', '-f', file]);
  assert.match(err, /config file ok/);
});

test('tsips modules prints what each module is and where it came from', async (t) => {
  const { file } = await writeConfig(folder(t));
  const { code, out } = await run(t, ['modules', '-f', file]);
  assert.equal(code, 0);
  assert.match(out, /1\. proto_ws +bundled +\/.*proto_ws/);
});

test('a reader of standard output that goes away harms nobody', async (t) => {
  const { file } = await writeConfig(folder(t));
  const running = start(t, ['-C', '-f', file]);
  running.child.stdout?.destroy();
  const { code } = await running.ended;
  assert.equal(code, 0);
});
