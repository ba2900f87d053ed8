import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkConfig, HostError } from '../../../runtime/index.ts';
import { behaviourProblems } from '../../../runtime/module-shape.ts';
import { collectLog, configAround, hostOf } from './host-tools.ts';

/** `db_shelf` opens `shelf:` URLs; `reader` asks for a database and reads one row of it. */
const modules = {
  db_shelf: `export const manifest = { name: 'db_shelf', kind: 'sqldb' };
export default () => ({
  databases: { shelf: (url) => ({ select: (table) => [{ url, table }] }) },
  databaseFindings: (url) => url === 'shelf:gone'
    ? [{ code: 'database-missing', severity: 'error', message: 'no such shelf', why: 'w', help: 'h' }] : [],
});`,
  reader: `export const manifest = {
  name: 'reader',
  params: { db_url: { type: 'string', description: 'Its database.' } },
};
export default (host) => {
  const url = () => host.params.db_url ?? host.globals.get('db_default_url');
  return {
    check: () => host.databaseFindings(url(), 'db_url'),
    async init() {
      const [row] = await host.database(url()).select('books', '*');
      host.log.info('init', row.url + ' ' + row.table);
    },
  };
};`,
};

const mpath = mkdtempSync(join(tmpdir(), 'tsips-databases-'));
after(() => rmSync(mpath, { recursive: true, force: true }));
writeFileSync(join(mpath, 'package.json'), '{ "type": "module" }');
for (const [name, text] of Object.entries(modules)) {
  mkdirSync(join(mpath, name));
  writeFileSync(join(mpath, name, 'index.js'), text);
}

function configWith(...lines: readonly string[]): string {
  return configAround('route { exit; }', [], [`mpath="${mpath}"`, ...lines].join('\n'));
}

test('host.database: the module of the scheme opens it, in whatever order the modules stand', async () => {
  const { log, from } = collectLog(3);
  const lines = [
    'loadmodule "reader.so"',
    'loadmodule "db_shelf.so"',
    'modparam("reader", "db_url", "shelf:a")',
  ];
  const host = await hostOf(configWith(...lines), { log });
  await host.start();
  await host.stop();
  assert.deepEqual(from('init'), ['shelf:a books']);
});

test('db_default_url: what a module without a URL of its own opens', async () => {
  const { log, from } = collectLog(3);
  const lines = ['db_default_url="shelf:b"', 'loadmodule "reader.so"', 'loadmodule "db_shelf.so"'];
  const host = await hostOf(configWith(...lines), { log });
  await host.start();
  await host.stop();
  assert.deepEqual(from('init'), ['shelf:b books']);
});

const findings: readonly [url: string, code: string, help: RegExp][] = [
  ['shelf:gone', 'reader/database-missing', /^h$/],
  ['mysql://user:secret@host/x', 'reader/database-module-missing', /loadmodule "db_mysql\.so"/],
  ['opensips.db', 'reader/database-url', /db_default_url, as in sqlite:/],
];

for (const [url, code, help] of findings) {
  test(`databaseFindings: a check tells ${code} at the parameter, and nothing of what stands in the URL`, async () => {
    const lines = [
      'loadmodule "reader.so"',
      'loadmodule "db_shelf.so"',
      `modparam("reader", "db_url", "${url}")`,
    ];
    const { diagnostics, parsed } = await checkConfig({ config: configWith(...lines) });
    const [finding] = diagnostics.filter(({ severity }) => severity === 'error');
    assert.equal(finding?.code, code);
    assert.match(finding.help ?? '', help);
    assert.doesNotMatch(finding.message, /secret/);
    const text = parsed.source.text.slice(finding.span.start, finding.span.end);
    assert.ok(text.includes(url), text);
  });
}

test('host.database: no module for the scheme is DATABASE_MODULE_MISSING', async () => {
  const lines = [`mpath="${mpath}"`, 'loadmodule "late.so"'];
  mkdirSync(join(mpath, 'late'), { recursive: true });
  writeFileSync(
    join(mpath, 'late', 'index.js'),
    `export const manifest = { name: 'late' };
export default (host) => ({ init: () => void host.database('mysql://user:secret@host/x') });`,
  );
  const host = await hostOf(configAround('route { exit; }', [], lines.join('\n')));
  const failure = await host.start().catch((error: unknown) => error);
  assert.ok(failure instanceof HostError);
  assert.match(failure.message, /late: no module .* mysql:.*loadmodule "db_mysql\.so"/);
  assert.doesNotMatch(failure.message, /secret/);
  assert.ok(failure.cause instanceof HostError);
  assert.equal(failure.cause.code, 'DATABASE_MODULE_MISSING');
});

test('a behaviour with databases: functions, of a module of kind sqldb', () => {
  const open = () => ({});
  assert.deepEqual(behaviourProblems({ name: 'a', kind: 'sqldb' }, { databases: { a: open } }), []);
  assert.match(behaviourProblems({ name: 'a' }, { databases: { a: open } }).join(), /kind is not 'sqldb'/);
  assert.match(
    behaviourProblems({ name: 'a', kind: 'sqldb' }, { databases: { a: 1 } }).join(),
    /databases\.a is not a function/,
  );
});
