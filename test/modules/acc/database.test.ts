/** Rows as OpenSIPS 3.6 writes them. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Database, SqlRow } from '../../../runtime/module-exports.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';
import { loading, type PhonesHost, phonesHost } from '../phones-host.ts';

const ok = ['> INVITE', '< 180 Ringing', '< 200 Fine', '> ACK'];
const busy = ['> INVITE', '< 486 Busy', '> ACK'];

describe('do_accounting("db") and acc_db_request', () => {
  const files = sqliteFolder();
  let there: PhonesHost;
  let database: Database;

  before(async () => {
    database = files.database('acc.db');
    await database.raw('CREATE TABLE mine AS SELECT * FROM acc');
    for (const table of ['acc', 'missed_calls', 'mine']) {
      for (const column of ['src', 'leg_a', 'leg_b']) {
        await database.raw(`ALTER TABLE ${table} ADD COLUMN ${column} TEXT`);
      }
    }
    there = await phonesHost(
      [
        ...loading('proto_udp', 'db_sqlite', 'tm', 'rr', 'sipmsgops', 'dialog', 'acc'),
        `modparam("acc", "db_url", "sqlite://${files.path('acc.db')}")`,
        'modparam("acc", "extra_fields", "db: src")',
        'modparam("acc", "leg_fields", "db: a->leg_a; b->leg_b")',
      ],
      [
        'route {',
        '  $var(user) = $hdr(X-User);',
        '  if (has_totag()) { loose_route(); if (is_method("BYE")) $acc_extra(src) = "bye"; }',
        '  else if ($var(user) =~ "cdr") { do_accounting("db", "cdr", "mine"); record_route(); }',
        '  if (is_method("ACK")) { if (!t_check_trans()) $du = "sip:127.0.0.1:$(port)"; t_relay(); exit; }',
        '  if ($var(user) =~ "src") $acc_extra(src) = "from here";',
        '  if ($var(user) =~ "legs") { $acc_leg(a) = "A"; acc_new_leg(); $acc_leg(b) = "B"; }',
        '  if ($var(user) =~ "plain") do_accounting("db");',
        '  if ($var(user) =~ "both") do_accounting("db", "missed|failed");',
        '  if ($var(user) =~ "mine") { do_accounting("db"); do_accounting("db", "failed", "mine"); }',
        '  if ($var(user) =~ "nosuch") { $var(table) = "nosuch"; do_accounting("db", "failed", $var(table)); }',
        '  if ($var(user) =~ "direct") { acc_db_request("404", "missed_calls"); acc_db_request("text", "acc"); xlog("$rc"); }',
        '  if ($var(user) =~ "broken") { acc_db_request("404", "nosuch"); xlog("$rc"); }',
        '  $du = "sip:127.0.0.1:$(port)";',
        '  t_relay();',
        '}',
      ],
      { version: '3.6' },
    );
  });
  after(async () => {
    await there.close();
    await files.close();
  });

  const answered = {
    method: 'INVITE',
    to_tag: 'bob-c',
    callid: 'c',
    sip_code: '200',
    sip_reason: 'Fine',
    time: 'now',
  };
  const untimed = { setuptime: 'since 1970', created: '1970' };
  const lasting = { duration: 0, ms_duration: 0, ...untimed };
  const missed = { ...answered, sip_code: '486', sip_reason: 'Busy' };
  const noFields = { src: '', leg_a: '', leg_b: '' };
  const never = { setuptime: 0, created: null };
  const request = { ...answered, to_tag: '' };

  const cases: readonly [
    user: string,
    flow: readonly string[],
    rows: Readonly<Record<string, readonly SqlRow[]>>,
  ][] = [
    ['plain', ok, { acc: [{ ...answered, ...lasting, ...noFields }] }],
    ['plain', busy, {}],
    [
      'both',
      busy,
      {
        acc: [{ ...missed, ...lasting, ...noFields }],
        missed_calls: [{ ...missed, ...untimed, ...noFields }],
      },
    ],
    ['mine', busy, { mine: [{ ...missed, ...lasting, ...noFields }] }],
    ['src-plain', ok, { acc: [{ ...answered, ...lasting, ...noFields, src: 'from here' }] }],
    [
      'legs-plain',
      ok,
      {
        acc: [
          { ...answered, ...lasting, ...noFields, leg_a: 'A' },
          { ...answered, ...lasting, ...noFields, leg_b: 'B' },
        ],
      },
    ],
    [
      'direct',
      ok,
      {
        acc: [
          {
            ...request,
            sip_code: '',
            sip_reason: 'text',
            duration: 0,
            ms_duration: 0,
            ...never,
            src: null,
            leg_a: null,
            leg_b: null,
          },
        ],
        missed_calls: [
          {
            ...request,
            sip_code: '404',
            sip_reason: 'Not Found',
            ...never,
            src: null,
            leg_a: null,
            leg_b: null,
          },
        ],
      },
    ],
    [
      'src-direct',
      ok,
      {
        acc: [{ ...request, sip_code: '', sip_reason: 'text', ...lasting, ...noFields, src: 'from here' }],
        missed_calls: [
          { ...request, sip_code: '404', sip_reason: 'Not Found', ...untimed, ...noFields, src: 'from here' },
        ],
      },
    ],
  ];
  for (const [index, [user, flow, rows]] of cases.entries()) {
    test(`${user}: ${flow.join(', ')}`, async () => {
      const callId = `call${index}-`;
      await there.phones.play({ user, callId, steps: flow }, there.port, async () => undefined);
      for (const table of ['acc', 'missed_calls', 'mine']) {
        const found = await database.select(table, '*');
        assert.deepEqual(
          found.map((row) => plain(row, callId)),
          rows[table] ?? [],
          table,
        );
        await database.delete(table, []);
      }
    });
  }

  test('cdr: one row at the end of a call, with the values of its BYE', async () => {
    const steps = [...ok, '> BYE in dialog', '< 200 OK to BYE'];
    const callId = 'cdr-';
    await there.phones.play({ user: 'cdr', callId, steps }, there.port, async () => undefined);
    const [row, more] = await database.select('mine', '*');
    assert.equal(more, undefined);
    const { created, time, duration, ms_duration: milliseconds, setuptime, id: _, ...rest } = row ?? {};
    assert.deepEqual(rest, {
      ...{ method: 'INVITE', from_tag: `alice-${callId}`, to_tag: `bob-${callId}`, callid: callId },
      ...{ sip_code: '200', sip_reason: 'Fine', src: 'bye', leg_a: '', leg_b: '' },
    });
    for (const moment of [created, time]) assert.equal(isNow(moment), true);
    assert.equal(duration, Math.ceil(Number(milliseconds) / 1000));
    assert.equal(setuptime, (Date.parse(String(time)) - Date.parse(String(created))) / 1000);
    assert.deepEqual(await database.select('acc', '*'), []);
    await database.delete('mine', []);
  });

  test('a row that is refused is told in the log', async () => {
    const from = there.log.lines.length;
    await there.phones.play({ user: 'nosuch', callId: 'x1', steps: ok }, there.port, async () => undefined);
    assert.match(
      there.log.lines.slice(from).join('\n'),
      /acc acc_db_request: failed to insert into nosuch table: /,
    );
  });

  test('acc_db_request answers whether the row is there', async () => {
    const from = there.log.lines.length;
    await there.phones.play({ user: 'direct', callId: 'x2', steps: ok }, there.port, async () => undefined);
    await there.phones.play({ user: 'broken', callId: 'x3', steps: ok }, there.port, async () => undefined);
    const answers = there.log.lines.slice(from).filter((line) => line.startsWith('xlog : '));
    assert.deepEqual(answers, ['xlog : 1', 'xlog : -1']);
  });
});

/** Without what is new in each row: its number, the caller's tag, and times that are now. */
function plain({ id: _, from_tag: fromTag, ...row }: SqlRow, callId: string): SqlRow {
  assert.equal(fromTag, `alice-${callId}`);
  const isLong = Math.abs(Number(row.setuptime) - Date.now() / 1000) < 60;
  return {
    ...row,
    to_tag: String(row.to_tag).replace(callId, 'c'),
    callid: String(row.callid).replace(callId, 'c'),
    time: isNow(row.time) ? 'now' : String(row.time),
    setuptime: isLong ? 'since 1970' : Number(row.setuptime),
    created: row.created === null ? null : String(row.created).slice(0, 4),
  };
}

function isNow(value: unknown): boolean {
  return Math.abs(Date.parse(String(value).replace(' ', 'T')) - Date.now()) < 60_000;
}
