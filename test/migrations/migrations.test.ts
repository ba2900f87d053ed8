import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Catalogue, loadCatalogue } from '../../grammar/catalogue.ts';
import { MigratesDownwards, type Migration, migrate } from '../../grammar/migrate.ts';
import { createParser } from '../../grammar/parse/parse.ts';
import { collectEvidence } from '../../grammar/versions/evidence.ts';
import { versions } from '../../grammar/versions/versions.ts';
import { readSamples } from '../grammar/parse/samples.ts';
import { readMigrations, readResidential } from './cases.ts';

const parse = createParser();
const cases = readMigrations();
let catalogue: Catalogue;
before(async () => {
  catalogue = await loadCatalogue();
});

const run = (text: string, to: string, from?: string): Migration =>
  migrate(text, { name: 'test.cfg', catalogue, parse, to, ...(from !== undefined && { from }) });
const textOf = ({ files }: Migration) => files[0]?.text ?? '';

/** A second run finds nothing to do, and what the new version does not have has been told of. */
function assertSettled(first: Migration, what: string): void {
  const text = textOf(first);
  const second = run(text, first.to);
  assert.equal(textOf(second), text, `${what}: a second run changes the text`);
  assert.deepEqual(second.done, [], what);
  const { config, facts, source } = parse(text, { name: what });
  const told = new Set(second.left.map(({ line }) => line));
  for (const { what: thing, span, versions: present } of collectEvidence(config, catalogue, facts)) {
    if (present.includes(first.to)) continue;
    assert.ok(told.has(source.locate(span.start).line), `${what}: ${thing} is not listed`);
  }
}

for (const { name, from, to, input, expected } of cases) {
  test(`from ${from} to ${to}: ${name}`, () => {
    const migration = run(input, to, from);
    assert.equal(textOf(migration), expected);
    assertSettled(migration, name);
    assert.equal(textOf(run(expected, to, from)), expected, 'nor does one that is told the old version');
  });
}

test('each pair of neighbouring versions has a case', () => {
  const pairs = new Set(cases.map(({ from, to }) => `${from}-${to}`));
  const wanted = versions.slice(1).map((version, at) => `${versions[at]}-${version}`);
  assert.deepEqual(
    wanted.filter((pair) => !pairs.has(pair)),
    [],
  );
});

test('the residential script of 2.2 becomes one of 3.6, and that one of 4.0, with nothing left', () => {
  const newer = run(readResidential('2.2'), '3.6');
  const newest = run(textOf(newer), '4.0');
  for (const migration of [newer, newest]) {
    assert.deepEqual(migration.left, []);
    assertSettled(migration, 'residential');
  }
  assert.equal(textOf(newest), textOf(run(readResidential('2.2'), '4.0')), 'in one step as in two');
});

test('what is for the new version stays byte for byte', () => {
  for (const [version, to] of [
    ['3.4', '3.6'],
    ['4.0', '4.0'],
  ] as const) {
    const migration = run(readResidential(version), to);
    assert.equal(textOf(migration), readResidential(version));
    assert.deepEqual(migration.left, []);
  }
});

test('an edit in an included file goes to that file', () => {
  const parts: Readonly<Record<string, string>> = {
    'log.cfg': 'log_facility=LOG_DAEMON',
    'routes.cfg': 'route[a] {\n\texec_avp("x");\n\tsend_reply("404", "No");\n}\n',
  };
  const text =
    'listen=udp:127.0.0.1:5060\ninclude_file "log.cfg"\nloadmodule "proto_udp.so"\nloadmodule "signaling.so"\n' +
    'loadmodule "exec.so"\nroute { route(a); }\ninclude_file "routes.cfg"\n';
  const migration = migrate(text, { name: 'main.cfg', catalogue, to: '3.6', read: (path) => parts[path] });
  assert.deepEqual(
    migration.files.map(({ name, text: now }) => [name, now]),
    [
      ['main.cfg', text.replace('listen', 'socket')],
      ['log.cfg', 'syslog_facility=LOG_DAEMON'],
      [
        'routes.cfg',
        'route[a] {\n\t# tsips migrate: the function exec_avp is gone; write exec(command, , $var(out)) and set the AVPs of what it printed\n\texec_avp("x");\n\tsend_reply(404, "No");\n}\n',
      ],
    ],
  );
  assert.deepEqual(
    migration.left.map(({ file, line, column }) => [file, line, column]),
    [['routes.cfg', 2, 2]],
  );
  assert.deepEqual(
    migration.done.map(({ file, line, column }) => [file, line, column]),
    [
      ['main.cfg', 1, 1],
      ['log.cfg', 1, 1],
      ['routes.cfg', 3, 2],
    ],
  );
});

test('what cannot be read is listed and stays', () => {
  const text = 'listen=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\nroute {\n\tif (;\n\texit;\n}\n';
  const migration = run(text, '3.6');
  assert.equal(textOf(migration), text.replace('listen', 'socket'));
  assert.equal(migration.left.length, 1);
});

test('a file that is said to be for a newer version is refused', () => {
  assert.throws(() => run('route { exit; }', '3.4', '3.6'), MigratesDownwards);
});

const samples = readSamples();
const ofVersion2 = typeof samples === 'string' ? [] : samples.filter(({ name }) => /_2\.\d__/.test(name));
const skip = typeof samples === 'string' ? samples : false;

test('samples of 2.x settle in 3.6 and 4.0', { skip }, () => {
  // A third of them, in turn: all in both would take half a minute.
  for (const [at, { name, text }] of ofVersion2.filter((_sample, place) => place % 3 === 0).entries()) {
    const migration = run(text, at % 2 === 0 ? '3.6' : '4.0');
    const second = run(textOf(migration), migration.to);
    assert.equal(textOf(second), textOf(migration), `${name}: a second run changes the text`);
    assert.deepEqual(second.done, [], name);
  }
});
