import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseMigrate } from '../../runtime/cli/migrate-line.ts';
import { unifiedDiff } from '../../runtime/cli/unified-diff.ts';
import { folder, run } from './program.ts';

const main =
  'listen=udp:127.0.0.1:5060 # caf\xe9\ninclude_file "parts/routes.cfg"\nloadmodule "proto_udp.so"\n';
const routes = 'route {\n\tsetflag(1);\n}\n';

function config(t: Parameters<typeof folder>[0]): string {
  const place = folder(t);
  mkdirSync(join(place, 'parts'));
  writeFileSync(join(place, 'main.cfg'), main, 'latin1');
  writeFileSync(join(place, 'parts/routes.cfg'), routes);
  return place;
}

const migrated = main.replace('listen', 'socket');
const migratedRoutes = routes.replace('1', '"FLAG_1"');

test('the new text goes to standard output byte by byte, the list to standard error', async (t) => {
  const place = folder(t);
  const file = join(place, 'one.cfg');
  writeFileSync(
    file,
    `${main.split('\n')[0]}\nloadmodule "proto_udp.so"\nroute {\n\tpaint();\n}\n`,
    'latin1',
  );
  const { code, out, err } = await run(t, ['migrate', 'one.cfg', '--from', '2.4', '--to', '3.6'], {
    cwd: place,
  });
  assert.equal(code, 1, 'something was left');
  assert.match(out, /^socket=udp:127\.0\.0\.1:5060 # caf\xe9\n/);
  assert.match(out, /\n\t# tsips migrate: .* paint .*\n\tpaint\(\);\n/);
  assert.match(
    err,
    /^one\.cfg:1:1: listen is now socket\none\.cfg:4:2: LEFT: .*paint.*\nOpenSIPS 2\.4 to 3\.6: 1 change, 1 place left\n$/,
  );
});

test('what a check for the new version says is in the list, and notes do not count', async (t) => {
  const place = folder(t);
  const text =
    'listen=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\nloadmodule "mi_fifo.so"\nroute {\n\texit;\n}\n';
  writeFileSync(join(place, 'note.cfg'), text);
  writeFileSync(join(place, 'left.cfg'), text.replace('exit', 'route(away)'));
  const argv = ['--from', '2.4', '--to', '3.6', '--diff'];
  const note = await run(t, ['migrate', 'note.cfg', ...argv], { cwd: place });
  assert.equal(note.code, 0);
  assert.match(
    note.err,
    /\nnote\.cfg:3:12: NOTE: commands of the management interface .*\nOpenSIPS 2\.4 to 3\.6: /,
  );
  const left = await run(t, ['migrate', 'left.cfg', ...argv], { cwd: place });
  assert.equal(left.code, 1);
  assert.match(left.err, /\nleft\.cfg:5:8: LEFT: route\[away\] is not defined -> /);
  assert.match(left.out, /\n\+\t# tsips migrate: route\[away\] is not defined/);
});

test('--write changes the files in their places; links stay links, rights stay', async (t) => {
  const place = config(t);
  const link = join(place, 'link.cfg');
  symlinkSync('main.cfg', link);
  chmodSync(join(place, 'main.cfg'), 0o640);
  const { code } = await run(t, ['migrate', link, '--to', '3.6', '--write']);
  assert.equal(code, 0);
  assert.equal(readFileSync(join(place, 'main.cfg'), 'latin1'), migrated);
  assert.equal(readFileSync(join(place, 'parts/routes.cfg'), 'latin1'), migratedRoutes);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(statSync(join(place, 'main.cfg')).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(place).sort(), ['link.cfg', 'main.cfg', 'parts']);
});

test('-o writes all files of the config into a folder, and leaves the old ones', async (t) => {
  const place = config(t);
  const { code } = await run(t, ['migrate', 'main.cfg', '--to=3.6', '-o', 'new/er'], { cwd: place });
  assert.equal(code, 0);
  assert.equal(readFileSync(join(place, 'new/er/main.cfg'), 'latin1'), migrated);
  assert.equal(readFileSync(join(place, 'new/er/parts/routes.cfg'), 'latin1'), migratedRoutes);
  assert.equal(readFileSync(join(place, 'main.cfg'), 'latin1'), main);
});

test('--diff prints the changes of every file', async (t) => {
  const place = config(t);
  const { code, out } = await run(t, ['migrate', 'main.cfg', '--to', '3.6', '--diff'], { cwd: place });
  assert.equal(code, 0);
  assert.equal(
    out,
    unifiedDiff('main.cfg', main, migrated) + unifiedDiff('parts/routes.cfg', routes, migratedRoutes),
  );
});

test('a config that cannot be read, and one for a newer version, end with 255', async (t) => {
  const place = config(t);
  const missing = await run(t, ['migrate', 'none.cfg', '--to', '3.6'], { cwd: place });
  assert.equal(missing.code, 255);
  assert.match(missing.err, /none\.cfg: No such file or directory/);
  const newer = await run(t, ['migrate', 'main.cfg', '--from', '3.6', '--to', '3.4'], { cwd: place });
  assert.equal(newer.code, 255);
  assert.match(newer.err, /upwards only/);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /give one config/],
  [['a.cfg', 'b.cfg', '--to', '3.6'], /give one config/],
  [['a.cfg'], /--to VERSION/],
  [['a.cfg', '--to', '5.0'], /bad OpenSIPS version: --to 5\.0/],
  [['a.cfg', '--to', '3.6', '--from', '1.11'], /--from 1\.11/],
  [['a.cfg', '--to', '3.6', '--diff', '--write'], /exclude each other/],
  [['-', '--to', '3.6', '--write'], /standard input/],
  [['a.cfg', '--two', '3.6'], /Unknown option/],
];
for (const [argv, message] of wrong) {
  test(`migrate ${argv.join(' ')}: ${message.source}`, () => {
    const parsed = parseMigrate(argv);
    assert.equal(parsed.kind, 'wrong');
    assert.match(parsed.kind === 'wrong' ? (parsed.problems[0]?.message ?? '') : '', message);
  });
}

test('a diff has three lines around each change, and says where a last line has no end', () => {
  const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'].join('\n');
  const after = ['1', '2', '3', '4', 'five', '5b', '6', '7', '8', '9', 'ten'].join('\n');
  assert.equal(
    unifiedDiff('a', before, after),
    '--- a\n+++ a\n@@ -2,9 +2,10 @@\n 2\n 3\n 4\n-5\n+five\n+5b\n 6\n 7\n 8\n 9\n-10\n\\ No newline at end of file\n+ten\n\\ No newline at end of file\n',
  );
  assert.equal(unifiedDiff('a', 'x\n', 'x\ny\n'), '--- a\n+++ a\n@@ -1 +1,2 @@\n x\n+y\n');
  assert.equal(unifiedDiff('a', 'x\n', 'x\n'), '');
});
