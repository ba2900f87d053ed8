import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readColumns, readFilter, readRow } from '../../../modules/sqlops/json-arguments.ts';
import type { Host } from '../../../runtime/index.ts';
import {
  type CollectedLog,
  collectLog,
  configAround,
  hostOf,
  requestText,
} from '../../runtime/host/host-tools.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';

const files = sqliteFolder();
const path = files.path('ops.db');
const database = files.database('ops.db');
after(() => files.close());

async function fill(): Promise<void> {
  for (const [uuid, username, domain, attribute, type, value] of [
    ['u1', '', '', 'name', 0, 'one'],
    ['u1', '', '', 'num', 1, '42'],
    ['', 'bob', 'example.com', 'fwd', 0, 'sip:x@y'],
    ['', 'bob', 'other.example', 'fwd', 0, 'sip:z@y'],
  ] as const) {
    await database.insert('usr_preferences', { uuid, username, domain, attribute, type, value });
  }
  await database.raw('CREATE TABLE vals (i INTEGER, t CHAR(20), n CHAR(9), d DATETIME)');
  await database.raw(
    "INSERT INTO vals VALUES (5, 'text', NULL, '2020-01-02 03:04:05'), (-7, '2', 'x', NULL)",
  );
  await database.raw("CREATE TABLE u (k CHAR(9) UNIQUE, a CHAR(9) DEFAULT 'dflt', n INTEGER)");
}

const seconds = new Date(2020, 0, 2, 3, 4, 5).getTime() / 1000;

type Row = readonly [script: string, ...lines: readonly string[]];

const rows: readonly Row[] = [
  // ---- Queries.
  [
    'sql_query("select i, t, n from vals"); xlog("$rc $(avp(1)[*])|$(avp(2)[*])|$(avp(3)[*])");',
    '1 5, -7|text, 2|<null>, x',
  ],
  ['sql_query("select i from vals where i = 99", "$avp(z)"); xlog("$rc");', '-2'],
  ['sql_query("select i from nope", "$avp(z)"); xlog("$rc");', '-1'],
  ['sql_query("select i from vals where i = 5", "$avp(z)", 3); xlog("$rc $avp(z)");', '1 5'],
  [
    'sql_query_one("select i, t, n from vals", "$var(i);$var(t);$avp(n)"); xlog("$rc $var(i) $var(t) $avp(n)");',
    '1 5 text <null>',
  ],
  ['sql_query_one("select d from vals where i = 5", "$var(d)"); xlog("$rc $var(d)");', `1 ${seconds}`],
  ['sql_query_one("select i, t from vals", "$var(i)"); xlog("$rc");', '-1'],
  ['sql_query_one("select i from vals", "$var(i);$var(t)"); xlog("$rc $var(i)");', '1 5'],
  ['sql_query_one("select i from vals where i = 99", "$var(i)"); xlog("$rc");', '-2'],
  ['sql_query_one("update vals set t = \'text\' where i = 5"); xlog("$rc");', '-2'],
  // ---- Selections.
  [
    `sql_select('["i","t"]', "vals", '[{"i":5}]', , "$avp(i);$avp(t)"); xlog("$rc $avp(i) $avp(t)");`,
    '1 5 text',
  ],
  [
    'sql_select(, "vals", , "i", "$avp(i);$avp(t)"); xlog("$rc $(avp(i)[*]) $(avp(t)[*])");',
    '1 -7, 5 2, text',
  ],
  [`sql_select('["i"]', "vals", '[{"i":99}]', , "$avp(i)"); xlog("$rc $avp(i)");`, '1 <null>'],
  [`sql_select('["i"]', "vals", '[{"i":{">":0}}]', , "$avp(i)"); xlog("$rc $(avp(i)[*])");`, '1 5'],
  [`sql_select('["i"]', "vals", '[{"t":{" like ":"te%"}}]', , "$avp(i)"); xlog("$rc $(avp(i)[*])");`, '1 5'],
  [
    `sql_select('["i"]', "vals", '[{"i":{"!=":5}},{"t":"2"}]', , "$avp(i)"); xlog("$rc $(avp(i)[*])");`,
    '1 -7',
  ],
  [`sql_select('["nope"]', "vals", , , "$avp(e)"); xlog("$rc");`, '-1'],
  ['sql_select("no json", "vals", , , "$avp(e)"); xlog("$rc");', '-1'],
  [`sql_select('{"a":1}', "vals", , , "$avp(e)"); xlog("$rc");`, '-1'],
  [`sql_select('["i"]', "vals", '["x"]', , "$avp(e)"); xlog("$rc");`, '-1'],
  [
    `sql_select_one('["i","n"]', "vals", '[{"i":5}]', , "$var(i);$var(n)"); xlog("$rc $var(i) $var(n)");`,
    '1 5 <null>',
  ],
  [`sql_select_one('["i"]', "vals", '[{"i":99}]', , "$var(i)"); xlog("$rc $var(i)");`, '1 <null>'],
  // ---- Changes.
  [
    `sql_insert("u", '[{"k":"a"},{"n":5}]'); xlog("$rc"); sql_insert("u", '[{"k":"a"}]'); xlog("$rc");
    $var(apostrophe) = "'"; sql_insert("u", '[{"k":"q$var(apostrophe)uote"},{"a":null}]'); xlog("$rc");
    sql_query("select k, a, n from u", "$avp(k);$avp(a);$avp(n)"); xlog("$(avp(k)[*])|$(avp(a)[*])|$(avp(n)[*])");`,
    '1',
    '-1',
    '1',
    "a, q'uote|dflt, <null>|5, <null>",
  ],
  [
    `sql_update('[{"n":6},{"a":"new"}]', "u", '[{"k":"a"}]'); xlog("$rc");
    sql_update('[{"n":6}]', "u", '[{"k":"zz"}]'); xlog("$rc");
    sql_query_one("select a, n from u where k='a'", "$var(a);$var(n)"); xlog("$var(a) $var(n)");`,
    '1',
    '1',
    'new 6',
  ],
  [
    `sql_replace("u", '[{"k":"a"},{"n":7}]'); xlog("$rc");
    sql_query_one("select a, n from u where k='a'", "$var(a);$var(n)"); xlog("$var(a) $var(n)");`,
    '1',
    'dflt 7',
  ],
  [
    `sql_delete("u", '[{"k":"a"}]'); xlog("$rc"); sql_delete("u"); xlog("$rc");
    sql_query("select k from u"); xlog("$rc"); sql_delete("nope"); xlog("$rc");`,
    '1',
    '1',
    '-2',
    '-1',
  ],
  // ---- AVPs of users.
  ['sql_avp_load("u1", "$avp(num)", 3, "p_"); xlog("$rc $avp(p_num)");', '1 42'],
  ['sql_avp_load("$fu", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:z@y, sip:x@y'],
  [
    `$avp(new) = "v"; sql_avp_store("st", "$avp(new)"); xlog("$rc");
    sql_query("select attribute, value, type from usr_preferences where uuid='st'"); xlog("$avp(1) $avp(2) $avp(3)");
    sql_avp_delete("st", "$avp(new)"); xlog("$rc");`,
    '1',
    'new v 2',
    '1',
  ],
];

/** Not as OpenSIPS, but as its manual has it: NULL can be asked for. */
const departures: readonly Row[] = [
  [`sql_select('["i"]', "vals", '[{"n":null}]', , "$avp(i)"); xlog("$(avp(i)[*])");`, '5'],
  [`sql_select('["i"]', "vals", '[{"n":{"!=":null}}]', , "$avp(i)"); xlog("$(avp(i)[*])");`, '-7'],
];

const all = [...rows, ...departures];

async function started(scripts: readonly Row[], version: string): Promise<[Host, CollectedLog]> {
  const log = collectLog();
  const route = [
    'route {',
    ...scripts.map((_row, index) => `if ($hdr(X-Row) == "${index}") route(row${index});`),
    'sl_send_reply(200, "OK");',
    '}',
    ...scripts.map(([script], index) => `route[row${index}] { ${script} }`),
  ].join('\n');
  const lines = [
    `modparam("sqlops", "db_url", "sqlite://${path}")`,
    `modparam("sqlops", "db_url", "3 sqlite://${path}")`,
  ];
  const host = await hostOf(configAround(route, ['db_sqlite', 'sqlops'], lines.join('\n')), {
    version,
    log: log.log,
  });
  await host.start();
  return [host, log];
}

function written(host: Host, log: CollectedLog, row: number): readonly string[] {
  const from = log.lines.length;
  host.inject(requestText('OPTIONS', [`X-Row: ${row}`]));
  return log.lines.slice(from).flatMap((line) => (line.startsWith('xlog : ') ? [line.slice(7)] : []));
}

describe('as OpenSIPS 3.6 does', () => {
  let host: Host;
  let log: CollectedLog;
  before(async () => {
    await fill();
    [host, log] = await started(all, '3.6');
  });
  after(() => host.stop());
  for (const [index, [script, ...lines]] of all.entries()) {
    test(script, () => assert.deepEqual(written(host, log, index), lines));
  }
});

test('use_domain: from 4.0 on the domain of a URI counts', async () => {
  const scripts: readonly Row[] = [
    ['sql_avp_load("$fu", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:x@y'],
  ];
  const [host, log] = await started(scripts, '4.0');
  assert.deepEqual(written(host, log, 0), ['1 sip:x@y']);
  await host.stop();
});

test('a variable that cannot be set is refused at the start', async () => {
  await assert.rejects(started([['sql_query_one("select 1", "1");']], '3.6'), /is no variable/);
});

describe('JSON', () => {
  test('texts are one character a byte, whatever the JSON escapes', () => {
    assert.deepEqual(readRow('[{"k\\u00fc":"\\u00e9\u00c3\u00a9"}]'), {
      'k\u00c3\u00bc': '\u00c3\u00a9\u00c3\u00a9',
    });
    assert.deepEqual(readColumns('["a","b"]'), ['a', 'b']);
  });
  test('what {s.escape.common} writes is read', () => {
    const text = String.raw`[{"a":"O\'Brien \"x\" \\ \z"}]`;
    assert.deepEqual(readRow(text), { a: String.raw`O'Brien "x" \ z` });
  });
  test('operators may have blanks and any case', () => {
    assert.deepEqual(readFilter('[{"a":{" LIKE ":"x%"}},{"b":{"<>":1}}]'), [
      { column: 'a', operator: 'LIKE', value: 'x%' },
      { column: 'b', operator: '!=', value: 1 },
    ]);
    assert.throws(() => readFilter('[{"a":{"=1 OR 1":2}}]'), /unknown operator/);
  });
  for (const text of ['[{"a":true}]', '[{"a":["x"]}]', '[{}]', '[null]', '{}', '']) {
    test(`${text || 'nothing'} is no row`, () => assert.throws(() => readRow(text)));
  }
});
