import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import {
  type CollectedLog,
  collectLog,
  configAround,
  hostOf,
  requestText,
} from '../../runtime/host/host-tools.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';

const files = sqliteFolder();
const path = files.path('avps.db');
const database = files.database('avps.db');
after(() => files.close());

async function fill(): Promise<void> {
  for (const [uuid, username, domain, attribute, type, value] of [
    ['u1', '', '', 'name', 0, 'one'],
    ['u1', '', '', 'name', 0, 'two'],
    ['u1', '', '', 'num', 1, '42'],
    ['u1', '', '', 'bad', 1, 'x'],
    ['u1', '', '', 'strnum', 0, '77'],
    ['u1', '', '', 'oldname', 2, 'nameint'],
    ['u1', '', '', 'both', 3, '5'],
    ['', 'bob', 'example.com', 'fwd', 0, 'sip:x@y'],
    ['', 'bob', 'other.example', 'fwd', 0, 'sip:z@y'],
    ['', 'bob', '', 'nodom', 0, 'n'],
  ] as const) {
    await database.insert('usr_preferences', { uuid, username, domain, attribute, type, value });
  }
  await database.insert('subscriber', {
    username: 'bob',
    domain: 'example.com',
    password: '7',
    email_address: 'mail@x',
  });
  await database.raw(
    'CREATE TABLE vals (i INTEGER, t CHAR(20), f FLOAT, d DATETIME, n CHAR(9), big BIGINT, b BLOB)',
  );
  await database.raw(
    "INSERT INTO vals VALUES (5, 'text', 1.5, '2020-01-02 03:04:05', NULL, 5000000000, x'414243')",
  );
  await database.raw("INSERT INTO vals VALUES (-7, '2', 3, '2020-01-02 03:04:05', 'x', 12, x'44')");
}

const seconds = new Date(2020, 0, 2, 3, 4, 5).getTime() / 1000;

type Row = readonly [script: string, ...lines: readonly string[]];

/** From is bob of example.com. What is written is what OpenSIPS 2.4 wrote with the same rows. */
const rows: readonly Row[] = [
  // ---- avp_db_load: whose, and which.
  ['avp_db_load("u1", "$avp(name)"); xlog("$rc $(avp(name)[*])");', '1 two, one'],
  [
    'avp_db_load("u1", "$avp(num)"); xlog("$rc $avp(num)"); is_avp_set("$avp(num)/n"); xlog("$rc");',
    '1 42',
    '1',
  ],
  ['avp_db_load("u1", "$avp(strnum)"); is_avp_set("$avp(strnum)/s"); xlog("$rc");', '1'],
  ['avp_db_load("u1", "$avp(bad)"); xlog("$rc $avp(bad)");', '-1 <null>'],
  ['avp_db_load("u1", "$avp(oldname)"); xlog("$rc $avp(oldname)");', '1 nameint'],
  ['avp_db_load("u1", "$avp(both)"); is_avp_set("$avp(both)/n"); xlog("$rc $avp(both)");', '1 5'],
  ['avp_db_load("nobody", "$avp(name)"); xlog("$rc");', '-1'],
  ['$avp(who) = "u1"; avp_db_load("$avp(who)", "$avp(name)"); xlog("$rc");', '1'],
  ['avp_db_load("$avp(none)", "$avp(name)"); xlog("$rc");', '-1'],
  ['$var(n) = "name"; avp_db_load("u1", "$avp($var(n))"); xlog("$rc $(avp(name)[*])");', '1 two, one'],
  ['avp_db_load("u1", "$avp(name)/usr_preferences"); xlog("$rc");', '1'],
  ['avp_db_load("u1", "$avp(name)/nope"); xlog("$rc");', '-1'],
  ['avp_db_load("$fu", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:z@y, sip:x@y'],
  ['avp_db_load("$fu/username", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:z@y, sip:x@y'],
  ['avp_db_load("$fu/domain", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:x@y'],
  ['avp_db_load("$fu/uuid", "$avp(fwd)"); xlog("$rc");', '-1'],
  ['avp_db_load("sip:bob@x/uri", "$avp(nodom)"); xlog("$rc $avp(nodom)");', '1 n'],
  [
    'avp_db_load("u1", "*"); xlog("$rc $(avp(name)[*]) $avp(num) $avp(both) $avp(oldname)");',
    '1 two, one 42 5 nameint',
  ],
  [
    'avp_db_load("u1", "$avp(name)", "0", "p_"); xlog("$rc $(avp(p_name)[*]) $avp(name)");',
    '1 two, one <null>',
  ],
  ['avp_db_load("u1", "*", "0", "q_"); xlog("$rc $(avp(q_name)[*])");', '1 two, one'],
  ['avp_db_load("$fu", "$avp(mail)/$mail"); xlog("$rc $avp(mail)");', '1 mail@x'],
  ['avp_db_load("$fu", "$avp(pw)/$PASSWORD"); is_avp_set("$avp(pw)/n"); xlog("$rc $avp(pw)");', '1 7'],
  // ---- avp_db_store.
  [
    `$avp(new) = "v1"; $avp(new) = 9; avp_db_store("st", "$avp(new)"); xlog("$rc");
    avp_db_store("st", "$avp(new)"); xlog("$rc");
    avp_db_query("select attribute, value, type from usr_preferences where uuid='st' order by id", "$avp(a);$avp(v);$avp(t)");
    xlog("$(avp(a)[*])|$(avp(v)[*])|$(avp(t)[*])");`,
    '1',
    '-1',
    'new, new|9, v1|3, 2',
  ],
  [
    `$avp(su) = "v"; avp_db_store("$fu", "$avp(su)"); xlog("$rc");
    avp_db_query("select uuid, username, domain from usr_preferences where attribute='su'");
    xlog("$avp(1)|$avp(2)|$avp(3)");`,
    '1',
    '|bob|',
  ],
  ['avp_db_store("st", "$avp(none)"); xlog("$rc");', '-1'],
  [
    `avp_db_load("u1", "$avp(name)"); avp_db_store("copy", "$avp(name)"); xlog("$rc");
    $avp(name) = "three"; avp_db_store("copy", "$avp(name)"); xlog("$rc");
    avp_db_query("select value from usr_preferences where uuid='copy'", "$avp(v)"); xlog("$(avp(v)[*])");`,
    '-1',
    '1',
    'three',
  ],
  // ---- avp_db_delete.
  [
    `$avp(x1) = "a"; $avp(x2) = "b"; avp_db_store("all", "*"); xlog("$rc");
    avp_db_delete("all", "$avp(x1)"); xlog("$rc");
    avp_db_query("select attribute from usr_preferences where uuid='all'", "$avp(left)"); xlog("$(avp(left)[*])");
    avp_db_delete("all", "*"); avp_db_query("select value from usr_preferences where uuid='all'"); xlog("$rc");`,
    '1',
    '1',
    'x2',
    '-2',
  ],
  ['avp_db_delete("nobody", "$avp(x1)"); xlog("$rc");', '1'],
  // ---- avp_db_query.
  [
    'avp_db_query("select i, t, f, d, n, b from vals"); xlog("$(avp(1)[*])|$(avp(2)[*])|$(avp(3)[*])|$(avp(4)[*])|$(avp(5)[*])|$(avp(6)[*])");',
    `5, -7|text, 2|1.50000000, 3.00000000|${seconds}, ${seconds}|<null>, x|ABC, D`,
  ],
  ['avp_db_query("select i, t from vals", "$avp(only)"); xlog("$(avp(only)[*]) $avp(2)");', '5, -7 <null>'],
  [
    'avp_db_query("select i from vals", "$avp(m1) , $avp(m2)"); xlog("$(avp(m1)[*]) $avp(m2)");',
    '5, -7 <null>',
  ],
  ['avp_db_query("select i from vals where i = 99", "$avp(z)"); xlog("$rc $avp(z)");', '-2 <null>'],
  ['avp_db_query("select i from nope"); xlog("$rc");', '-1'],
  ['avp_db_query("insert into vals(i) values (1)"); xlog("$rc");', '-2'],
  [
    '$var(i) = 5; avp_db_query("select t from vals where i = $var(i)", "$avp(t)"); xlog("$rc $avp(t)");',
    '1 text',
  ],
  ['avp_db_query("select i from vals where i = 5", "$avp(u)", "3"); xlog("$rc $avp(u)");', '1 5'],
  ['$var(id) = 3; avp_db_query("select i from vals where i = 5", "$avp(u)", "$var(id)"); xlog("$rc");', '1'],
  ['$var(id) = 4; avp_db_query("select i from vals where i = 5", "$avp(u)", "$var(id)"); xlog("$rc");', '-1'],
];

/** What OpenSIPS does otherwise. */
const departures: readonly Row[] = [
  ['avp_db_delete("u1", "$avp(name)/nope"); xlog("$rc");', '-1'],
  ['avp_db_query("select big from vals where i = 5", "$avp(big)"); xlog("$avp(big)");', '5000000000'],
];

const all = [...rows, ...departures];

function configWith(routes: readonly Row[], more: readonly string[] = []): string {
  return configAround(
    [
      'route {',
      ...routes.map((_row, index) => `if ($hdr(X-Row) == "${index}") route(row${index});`),
      'sl_send_reply("200", "OK");',
      '}',
      ...routes.map(([script], index) => `route[row${index}] { ${script} }`),
    ].join('\n'),
    ['db_sqlite', 'avpops'],
    [
      `modparam("avpops", "db_url", "sqlite://${path}")`,
      `modparam("avpops", "db_url", "3 sqlite://${path}")`,
      'modparam("avpops", "db_scheme", "mail:table=subscriber;value_col=email_address")',
      'modparam("avpops", "db_scheme", "password : table=subscriber ; value_col=password; value_type=integer")',
      ...more,
    ].join('\n'),
  );
}

async function started(routes: readonly Row[], more: readonly string[] = []): Promise<[Host, CollectedLog]> {
  const log = collectLog(0);
  const host = await hostOf(configWith(routes, more), { version: '2.4', log: log.log });
  await host.start();
  return [host, log];
}

function written(host: Host, log: CollectedLog, row: number): readonly string[] {
  const from = log.lines.length;
  host.inject(requestText('OPTIONS', [`X-Row: ${row}`]));
  return log.lines.slice(from).flatMap((line) => (line.startsWith('xlog : ') ? [line.slice(7)] : []));
}

describe('AVPs in a database', () => {
  let host: Host;
  let log: CollectedLog;
  before(async () => {
    await fill();
    [host, log] = await started(all);
  });
  after(() => host.stop());
  for (const [index, [script, ...lines]] of all.entries()) {
    test(script, () => assert.deepEqual(written(host, log, index), lines));
  }
});

test('use_domain: the domain of a URI counts', async () => {
  const scripts: readonly Row[] = [
    ['avp_db_load("$fu", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:x@y'],
    ['avp_db_load("$fu/username", "$avp(fwd)"); xlog("$rc $(avp(fwd)[*])");', '1 sip:z@y, sip:x@y'],
    ['avp_db_load("$fu", "$avp(nodom)"); xlog("$rc");', '-1'],
  ];
  const [host, log] = await started(scripts, ['modparam("avpops", "use_domain", 1)']);
  for (const [index, [, ...lines]] of scripts.entries()) assert.deepEqual(written(host, log, index), lines);
  await host.stop();
});

test('3.x: numbers of databases without quotes, and arguments left out', async () => {
  const script =
    'route { avp_db_load("u1", "$avp(name)", , "p_"); xlog("$rc $(avp(p_name)[*])\\n"); avp_db_query("select i from vals where i=5", , 3); xlog("$rc $avp(1)\\n"); }';
  const log = collectLog();
  const lines = [
    `modparam("avpops", "db_url", "sqlite://${path}")`,
    `modparam("avpops", "db_url", "3 sqlite://${path}")`,
  ];
  const config = configAround(script, ['db_sqlite', 'avpops'], lines.join('\n'));
  const host = await hostOf(config, { version: '3.4', log: log.log });
  await host.start();
  host.inject(requestText());
  await host.stop();
  assert.deepEqual(log.lines, ['xlog : 1 two, one', 'xlog : 1 5']);
});

describe('what is refused at the start', () => {
  for (const [script, message] of [
    ['avp_db_load("$ru/host", "$avp(x)");', /unknown flag <host>/],
    ['avp_db_load("$ru", "x");', /bad param/],
    ['avp_db_load("$ru", "$avp(x)/");', /empty scheme\/table name/],
    ['avp_db_load("$ru", "$avp(x)/$nope");', /scheme <nope> not found/],
    ['avp_db_load("$ru", "*/$mail");', /inconsistent usage of DB scheme/],
    ['avp_db_store("$ru", "$avp(x)/$mail");', /doesn't support DB schemes/],
    ['avp_db_query("select 1", "$var(x)");', /bad attribute name/],
    ['avp_db_query("select 1", "$avp(x)", "9");', /no db_url with id <9>/],
  ] as const) {
    test(script, () => assert.rejects(hostOf(configWith([[script]]), { version: '2.4' }), message));
  }
  for (const [line, message] of [
    ['modparam("avpops", "db_url", "3 sqlite:x")', /db_url idx 3 overwritten/],
    ['modparam("avpops", "db_scheme", "mail:table=x")', /duplicated scheme name <mail>/],
    ['modparam("avpops", "db_scheme", "a:value_type=float")', /unknown value type <float>/],
    ['modparam("avpops", "db_scheme", "a:colour=red")', /unknown attribute <colour>/],
    ['modparam("avpops", "db_scheme", "table=x")', /parse error in <table=x>/],
  ] as const) {
    test(line, () => assert.rejects(hostOf(configWith([], [line]), { version: '2.4' }), message));
  }
  test('a function of the database without one', async () => {
    const { diagnostics } = await checkConfig({
      config: configAround('route { avp_db_query("select 1"); }', ['avpops']),
      version: '2.4',
    });
    assert.match(diagnostics.map(({ message }) => message).join('\n'), /no db url defined/);
  });
});

test('a database that no function uses is not asked for', async () => {
  const config = (script: string) =>
    configAround(`route { ${script} }`, ['avpops'], 'db_default_url="mysql://u:p@host/x"');
  const codes = async (script: string) => {
    const { diagnostics } = await checkConfig({ config: config(script), version: '2.4' });
    return diagnostics.map(({ code }) => code).filter((code) => code.startsWith('avpops/'));
  };
  assert.deepEqual(await codes('is_avp_set("$avp(x)");'), []);
  assert.deepEqual(await codes('avp_db_query("select 1");'), ['avpops/database-module-missing']);
});
