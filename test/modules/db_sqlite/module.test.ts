import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { fileOfUrl } from '../../../modules/db_sqlite/file-of-url.ts';
import type { CheckSurroundings, ToolAnswer } from '../../../runtime/module-exports.ts';
import { collectLog } from '../../runtime/host/host-tools.ts';
import { open, sqliteFolder } from './sqlite-file.ts';

const files = sqliteFolder();
after(() => files.close());
const around: CheckSurroundings = { sockets: [] };

describe('the file of a URL', () => {
  for (const [url, path] of [
    ['sqlite:///var/lib/x.db', '/var/lib/x.db'],
    ['sqlite://var/lib/x.db', '/var/lib/x.db'],
    ['sqlite:/var/lib/x.db', '/var/lib/x.db'],
    ['sqlite:x.db', 'beside/x.db'],
    ['sqlite:./data/x.db', 'beside/./data/x.db'],
  ] as const) {
    test(url, () =>
      assert.equal(
        fileOfUrl(url, (file) => `beside/${file}`),
        path,
      ),
    );
  }
  for (const url of ['sqlite:', 'sqlite://', 'sqlite:///']) {
    test(`${url} names none`, () => assert.throws(() => fileOfUrl(url, String), /names no file/));
  }
});

describe('a database that cannot be opened', () => {
  mkdirSync(files.path('folder'));
  writeFileSync(files.path('text.txt'), 'this is no database\n'.repeat(100));
  for (const [name, message] of [
    ['missing.db', /there is no database .*missing\.db; tsips sqlite create .*missing\.db/],
    ['folder', /is a folder/],
    ['text.txt', /text\.txt: file is not a database/],
  ] as const) {
    test(name, () => assert.throws(() => open(files.module(), `sqlite:${name}`), message));
  }
  test('nothing is made where there was nothing', () => assert.ok(!existsSync(files.path('missing.db'))));

  test('a check tells of a missing file, and opens none', () => {
    const { databaseFindings } = files.module();
    const [finding] = databaseFindings?.('sqlite:missing.db') ?? [];
    assert.equal(finding?.code, 'database-missing');
    assert.match(finding.help, /tsips sqlite create/);
    assert.deepEqual(databaseFindings?.('sqlite:text.txt'), []);
    assert.match(databaseFindings?.('sqlite:')[0]?.message ?? '', /names no file/);
  });
});

test('the same file is opened once, whatever its URL looks like', () => {
  files.database('same.db');
  const module = files.module();
  const path = files.path('same.db');
  assert.equal(open(module, `sqlite://${path}`), open(module, 'sqlite:same.db'));
  assert.notEqual(open(module, `sqlite://${path}`), open(files.module(), `sqlite://${path}`));
});

describe('exec_pragma', () => {
  const cases: readonly [pragmas: readonly string[], journal: string, synchronous: number][] = [
    [[], 'wal', 1],
    [['journal_mode = delete'], 'delete', 1],
    [['journal_mode=delete', 'synchronous=full'], 'delete', 2],
    [['synchronous(off)'], 'wal', 0],
  ];
  for (const [pragmas, journal, synchronous] of cases) {
    test(pragmas.join(', ') || 'none: a write-ahead log', async () => {
      const name = `pragma-${journal}-${synchronous}.db`;
      writeFileSync(files.path(name), '');
      const database = open(files.module({ exec_pragma: pragmas }), `sqlite:${name}`);
      assert.deepEqual((await database.rawTable('PRAGMA journal_mode')).rows, [[journal]]);
      assert.deepEqual((await database.rawTable('PRAGMA synchronous')).rows, [[synchronous]]);
    });
  }
  test('one that SQLite refuses is told, and the database is open', () => {
    files.database('refused.db');
    const { log, lines } = collectLog();
    const module = files.module({ exec_pragma: ['='] }, { log: log.for('db_sqlite') });
    open(module, 'sqlite:refused.db');
    assert.match(
      lines.join(),
      /db_sqlite_connect: Failed to execute PRAGMA \[=\]! Errmsg \[near "=": syntax error\]!/,
    );
  });
});

test('load_extension: a file that is none keeps the database from being opened', () => {
  files.database('extended.db');
  const module = files.module({ load_extension: ['text.txt;entry'] });
  assert.throws(() => open(module, 'sqlite:extended.db'), /extended\.db: .*text\.txt/);
});

describe('tsips sqlite create', () => {
  const create = (path: string | undefined, version: string, globals = {}) => {
    const tool = files.module({}, { version, globals }).tools?.['sqlite create'];
    return tool?.(path === undefined ? [] : [path], around) as ToolAnswer;
  };

  test('makes the standard tables, and a second time nothing', () => {
    const path = files.path('new.db');
    assert.match(create(path, '3.6').text, /new; made version, acc, .*subscriber.*usr_preferences\n$/);
    assert.deepEqual(create(path, '3.6'), { ok: true, text: `${path}: was there; no table was missing\n` });
  });

  test('what is there stays as it is', async () => {
    const database = files.database('half.db');
    await database.raw('DROP TABLE acc');
    await database.insert('domain', { domain: 'kept.example' });
    assert.match(create(files.path('half.db'), '3.6').text, /was there; made acc\n$/);
    assert.equal((await database.select('domain', '*')).length, 1);
  });

  for (const [version, subscriber, domain, location] of [
    ['2.2', 7, 3, 1011],
    ['2.4', 7, 3, 1013],
    ['3.1', 7, 3, 1013],
    ['3.2', 8, 3, 1013],
    ['4.0', 8, 4, 1013],
  ] as const) {
    test(`table versions of OpenSIPS ${version}`, async () => {
      const path = files.path(`version-${version}.db`);
      create(path, version);
      const database = open(files.module(), `sqlite://${path}`);
      const versions = ['subscriber', 'domain', 'location'].map((name) => database.tableVersion(name));
      assert.deepEqual(await Promise.all(versions), [subscriber, domain, location]);
    });
  }

  test('without a path: the file of db_default_url', () => {
    const answer = create(undefined, '3.6', { db_default_url: 'sqlite:default.db' });
    assert.ok(answer.ok && existsSync(files.path('default.db')));
    assert.equal(create(undefined, '3.6').ok, false);
    assert.equal(create(undefined, '3.6', { db_default_url: 'mysql://a:b@c/d' }).ok, false);
  });

  test('a folder that is not there is told', () => {
    const { ok, text } = create(files.path('nowhere/x.db'), '3.6');
    assert.equal(ok, false);
    assert.match(text, /nowhere\/x\.db: .*unable to open/);
  });

  test('db_version_table: another name for the table of versions', async () => {
    const path = files.path('named.db');
    const globals = { db_version_table: 'versions' };
    create(path, '3.6', globals);
    const database = open(files.module({}, { globals }), `sqlite://${path}`);
    assert.equal(await database.tableVersion('acc'), 7);
  });
});
