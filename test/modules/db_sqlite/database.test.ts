import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { SqlCondition, SqlRow, SqlValue } from '../../../runtime/module-exports.ts';
import { sqliteFolder } from './sqlite-file.ts';

const files = sqliteFolder();
after(() => files.close());

const database = files.database('values.db');
await database.raw('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, number INTEGER, either)');

/** A text as the host holds it: one character a byte of its UTF-8. */
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('a value comes back as it was, and is found', () => {
  const values: readonly [what: string, value: SqlValue][] = [
    ['a text', 'sip:bob@example.com;transport=ws'],
    ['quotes', `it's "so" \`here\` -- ; %_\\`],
    ['UTF-8', utf8('Žofie Müller 你好 🎉')],
    ['bytes that are no UTF-8', '\xff\xfe\x80abc\xc3'],
    ['a NUL', 'a\0b'],
    ['line ends', 'a\r\nb'],
    ['an empty text', ''],
    ['a number', 5],
    ['a negative number', -2_147_483_648],
    ['2^53 - 1', Number.MAX_SAFE_INTEGER],
    ['a fraction', 0.7],
    ['NULL', null],
  ];
  for (const [what, value] of values) {
    test(what, async () => {
      await database.insert('t', { name: what, either: value });
      const [row] = await database.select('t', ['either'], [equals('name', what)]);
      assert.deepEqual(row, { either: value });
      const found = await database.select('t', ['name'], [equals('either', value)]);
      assert.ok(found.some(({ name }) => name === what));
    });
  }

  test('a number in a column of texts has no fraction', async () => {
    await database.insert('t', { name: 42 });
    assert.deepEqual(await database.select('t', ['name'], [equals('name', '42')]), [{ name: '42' }]);
  });

  test('a whole number beyond 2^53 comes as its digits, and goes in as these', async () => {
    await database.insert('t', { name: 'wide', number: '9223372036854775807' });
    const [row] = await database.select('t', ['number'], [equals('name', 'wide')]);
    assert.deepEqual(row, { number: '9223372036854775807' });
    assert.deepEqual(await database.raw("SELECT typeof(number) AS type FROM t WHERE name = 'wide'"), [
      { type: 'integer' },
    ]);
  });

  test('UTF-8 is UTF-8 in the file too', async () => {
    const [row] = await database.raw("SELECT hex(either) AS bytes FROM t WHERE name = 'UTF-8'");
    assert.equal(row?.bytes, Buffer.from('Žofie Müller 你好 🎉').toString('hex').toUpperCase());
  });
});

describe('conditions', () => {
  const rows: readonly SqlRow[] = [
    { name: 'c1', number: 1, either: 'apple' },
    { name: 'c2', number: 2, either: null },
    { name: 'c3', number: 3, either: 'apricot' },
  ];
  const cases: readonly [where: Omit<SqlCondition, 'column'> & { column?: string }, names: string][] = [
    [{ operator: '=', value: 2 }, 'c2'],
    [{ operator: '!=', value: 2 }, 'c1 c3'],
    [{ operator: '<', value: 2 }, 'c1'],
    [{ operator: '<=', value: 2 }, 'c1 c2'],
    [{ operator: '>', value: 2 }, 'c3'],
    [{ operator: '>=', value: 2 }, 'c2 c3'],
    [{ column: 'either', operator: 'LIKE', value: 'ap%' }, 'c1 c3'],
    [{ column: 'either', operator: '=', value: null }, 'c2'],
    [{ column: 'either', operator: '!=', value: null }, 'c1 c3'],
    [{ column: 'either', operator: '>', value: null }, ''],
    [{ column: 'either', operator: '=', value: "x' OR '1'='1" }, ''],
  ];
  test('all rows are there', async () => {
    await database.raw('CREATE TABLE c (name, number INTEGER, either)');
    for (const row of rows) await database.insert('c', row);
    assert.deepEqual(await database.select('c', '*', [], 'number'), rows);
    assert.deepEqual(await database.select('c', '*', [], 'number DESC'), rows.toReversed());
  });
  for (const [{ column = 'number', operator, value }, names] of cases) {
    test(`${column} ${operator} ${value}`, async () => {
      const found = await database.select('c', ['name'], [{ column, operator, value }], 'name');
      assert.equal(found.map(({ name }) => name).join(' '), names);
    });
  }
  test('several must all hold', async () => {
    const where = [equals('name', 'c1'), equals('number', 2)];
    assert.deepEqual(await database.select('c', '*', where), []);
  });
  test('update and delete tell how many rows they met', async () => {
    assert.equal(
      await database.update('c', { either: 'plum' }, [{ column: 'number', operator: '>', value: 1 }]),
      2,
    );
    assert.equal(await database.delete('c', [equals('either', 'plum')]), 2);
    assert.equal(await database.delete('c', []), 1);
  });
});

test('insertOrUpdate: the row with the same unique key keeps what is not named', async () => {
  await database.insertOrUpdate('t', { name: 'u', number: 1, either: 'kept' });
  await database.insertOrUpdate('t', { name: 'u', number: 2 });
  const [row] = await database.select('t', ['number', 'either'], [equals('name', 'u')]);
  assert.deepEqual(row, { number: 2, either: 'kept' });
});

test('rawTable: columns of the same name, in their order', async () => {
  assert.deepEqual((await database.rawTable("SELECT 'b', 1, 1, NULL")).rows, [['b', 1, 1, null]]);
});

test('rawTable: what its columns were declared to hold', async () => {
  await database.raw('CREATE TABLE kinds (a DATETIME, b FLOAT, c CHAR(5), d INTEGER)');
  const { kinds } = await database.rawTable('SELECT a, b, c, d, b + 1 FROM kinds');
  assert.deepEqual(kinds, ['time', 'fraction', undefined, undefined, undefined]);
});

test('raw: a text in double quotes is a text, as scripts written for OpenSIPS have it', async () => {
  assert.deepEqual((await database.rawTable('SELECT number FROM t WHERE name = "u"')).rows, [[2]]);
});

test('raw: only the first statement is done', async () => {
  await database.raw("UPDATE t SET number = 3 WHERE name = 'u'; DROP TABLE t");
  assert.deepEqual((await database.rawTable("SELECT number FROM t WHERE name = 'u'")).rows, [[3]]);
});

describe('errors', () => {
  const failures: readonly [what: string, code: string, ask: () => unknown][] = [
    ['a table that is not there', 'missing', () => database.select('nope', '*')],
    ['a column that is not there', 'failed', () => database.select('t', ['nope'])],
    ['a key that is taken', 'unique', () => database.insert('t', { name: 'u' })],
    ['no SQL', 'failed', () => database.raw('SELEC')],
    ['a name is a name, whatever it holds', 'missing', () => database.delete('t` WHERE 1; --', [])],
  ];
  for (const [what, code, ask] of failures) {
    test(what, async () => {
      await assert.rejects(async () => ask(), { name: 'SqliteFailure', code });
    });
  }
});

describe('transaction', () => {
  const count = async () =>
    (await database.rawTable("SELECT count(*) FROM t WHERE name LIKE 'tx%'")).rows[0]?.[0];
  test('all in one commit', async () => {
    await database.transaction(() => {
      for (let index = 0; index < 1000; index++) database.insert('t', { name: `tx${index}` });
    });
    assert.equal(await count(), 1000);
  });
  test('what it throws takes all of it back', async () => {
    await assert.rejects(
      async () =>
        database.transaction(() => {
          database.delete('t', [{ column: 'name', operator: 'LIKE', value: 'tx%' }]);
          database.insert('t', { name: 'u' });
        }),
      { code: 'unique' },
    );
    assert.equal(await count(), 1000);
  });
  test('one inside of another is a part of it', async () => {
    await database.transaction(() => {
      database.transaction(() => void database.insert('t', { name: 'tx-inner' }));
    });
    assert.equal(await count(), 1001);
  });
});

test('tableVersion: what the table version says, else 0', async () => {
  assert.equal(await database.tableVersion('location'), 1013);
  assert.equal(await database.tableVersion('nope'), 0);
});

function equals(column: string, value: SqlValue): SqlCondition {
  return { column, operator: '=', value };
}
