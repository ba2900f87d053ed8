import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { checkConfig } from '../../../runtime/index.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';
import { type RegisteringHost, registeringHost } from './registering-host.ts';

const files = sqliteFolder();
after(() => files.close());

const modeParams = (name: string, mode: string) => [
  `modparam("usrloc", "working_mode_preset", "${mode}")`,
  `modparam("usrloc", "db_url", "sqlite://${files.path(name)}")`,
  'modparam("usrloc", "nat_bflag", "NAT")',
];

const running: RegisteringHost[] = [];
afterEach(async () => {
  for (const { host } of running.splice(0)) if (host.state === 'running') await host.stop();
});

async function hostOn(name: string, mode: string, more: readonly string[] = []): Promise<RegisteringHost> {
  const started = await registeringHost({
    modules: ['db_sqlite'],
    params: [...modeParams(name, mode), ...more],
  });
  running.push(started);
  return started;
}

const contact = (uri: string, more = '') => `Contact: <${uri}>${more}`;

describe('write-through', () => {
  test('what was answered is there after the process was killed: all fields come back', async () => {
    const database = files.database('through.db');
    const first = await hostOn('through.db', 'single-instance-sql-write-through');
    await first.register(
      'full',
      contact(
        'sip:a@192.0.2.1:5060',
        ';q=0.3;expires=500;+sip.instance="<urn:uuid:1>";received="sip:198.51.100.1:4000"',
      ),
      'User-Agent: one',
      'Allow: INVITE, ACK, BYE',
      'Call-ID: full',
    );
    const rows = await database.select('location', '*');
    assert.equal(rows.length, 1);
    const { contact_id, expires, last_modified, socket, ...row } = rows[0] ?? {};
    assert.match(String(contact_id), /^\d{10,19}$/);
    assert.match(String(last_modified), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.match(String(socket), /^udp:127\.0\.0\.1:\d+$/);
    assert.ok(Math.abs(Number(expires) - Date.now() / 1000 - 500) < 100);
    assert.deepEqual(row, {
      username: 'full',
      domain: null,
      contact: 'sip:a@192.0.2.1:5060',
      received: 'sip:198.51.100.1:4000',
      path: null,
      q: 0.3,
      callid: 'full',
      cseq: 1,
      flags: 0,
      cflags: '',
      user_agent: 'one',
      methods: 13,
      sip_instance: '<urn:uuid:1>',
      kv_store: null,
      attr: null,
    });
    // The first host has not been stopped: nothing of it was written behind the answer.
    const second = await hostOn('through.db', 'single-instance-sql-write-through');
    assert.equal(await second.lookup('full'), 'sip:a@192.0.2.1:5060');
    const [loaded] = await second.location.contacts();
    const [stored] = await first.location.contacts();
    const { socket: _one, keys: _two, state: _three, ...same } = loaded ?? {};
    const { socket: _four, keys: _five, state: _six, ...written } = stored ?? {};
    assert.deepEqual(same, written);
    await second.host.stop();
    await first.host.stop();
  });

  test('changes and removals are written at once', async () => {
    const database = files.database('changes.db');
    const { host, register } = await hostOn('changes.db', 'single-instance-sql-write-through');
    await register('c', contact('sip:a@192.0.2.1'), contact('sip:b@192.0.2.2'));
    await register('c', contact('sip:a@192.0.2.1', ';q=0.9'));
    const shown = async () =>
      (await database.select('location', ['contact', 'q'], [], 'contact')).map(
        (row) => `${row.contact} ${row.q}`,
      );
    assert.deepEqual(await shown(), ['sip:a@192.0.2.1 0.9', 'sip:b@192.0.2.2 -1']);
    await register('c', contact('sip:a@192.0.2.1', ';expires=0'));
    assert.deepEqual(await shown(), ['sip:b@192.0.2.2 -1']);
    await register('c', 'Contact: *', 'Expires: 0');
    assert.deepEqual(await shown(), []);
    await host.stop();
  });

  test('what is over is taken out of the database', async () => {
    const database = files.database('over.db');
    const { host, register, clock } = await hostOn('over.db', 'single-instance-sql-write-through');
    await register('o', contact('sip:a@192.0.2.1', ';expires=61'));
    await clock.advance(125_000);
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    assert.deepEqual(await database.select('location', ['contact']), []);
    await host.stop();
  });

  test('RFC 7118 §5: contacts that came by WebSocket are not there behind a restart, and no browser is dialled', async () => {
    const database = files.database('browsers.db');
    const { host, register } = await hostOn('browsers.db', 'single-instance-sql-write-through');
    await register('w', contact('sip:w@x9.invalid;transport=ws'), contact('sip:w@192.0.2.1'));
    await host.stop();
    const second = await hostOn('browsers.db', 'single-instance-sql-write-through');
    assert.equal(await second.lookup('w'), 'sip:w@192.0.2.1');
    assert.equal([...(await second.location.contacts())].length, 1);
    const rows = await database.select(
      'location',
      ['contact'],
      [{ column: 'username', operator: '=', value: 'w' }],
    );
    assert.deepEqual(rows, [{ contact: 'sip:w@192.0.2.1' }]);
    await second.host.stop();
  });

  test('a table that OpenSIPS has filled is read, its ids and flags included', async () => {
    const database = files.database('theirs.db');
    await database.insert('location', {
      contact_id: '2156309427836161201',
      username: 'bob',
      domain: 'example.com',
      contact: 'sip:2@192.0.2.2:5060',
      expires: Math.floor(Date.now() / 1000) + 1000,
      q: 0.2,
      callid: 'dbcall2',
      cseq: 7,
      last_modified: '2026-11-29 08:02:11',
      cflags: 'NAT',
      user_agent: 'test',
      socket: 'udp:192.0.2.77:15990',
    });
    const { host, location, lookup } = await hostOn('theirs.db', 'single-instance-sql-write-through', [
      'modparam("usrloc", "use_domain", 1)',
    ]);
    assert.equal(await lookup('bob'), 'sip:2@192.0.2.2:5060');
    const [bob] = await location.contacts({ flags: location.natFlag });
    assert.deepEqual([bob?.id, bob?.q, bob?.socket], ['2156309427836161201', 200, undefined]);
    await host.stop();
  });

  test('regen_broken_contactid: an id of another AoR is left out, or made anew', async () => {
    const database = files.database('broken.db');
    const row = {
      contact_id: 7,
      username: 'odd',
      contact: 'sip:o@192.0.2.1',
      expires: 0,
      callid: 'x',
      cseq: 1,
    };
    await database.insert('location', row);
    const strict = await hostOn('broken.db', 'single-instance-sql-write-through');
    assert.equal(await strict.lookup('odd'), '');
    assert.ok(strict.log.lines.some((line) => line.includes('the contact id 7 does not fit the user odd')));
    await strict.host.stop();
    const lenient = await hostOn('broken.db', 'single-instance-sql-write-through', [
      'modparam("usrloc", "regen_broken_contactid", 1)',
    ]);
    assert.equal(await lenient.lookup('odd'), 'sip:o@192.0.2.1');
    await lenient.host.stop();
    const again = await hostOn('broken.db', 'single-instance-sql-write-through');
    assert.equal(await again.lookup('odd'), 'sip:o@192.0.2.1');
    await again.host.stop();
  });
});

test('write-back: changes come into the database with timer_interval, and at the end', async () => {
  const database = files.database('back.db');
  const { host, register, clock } = await hostOn('back.db', 'single-instance-sql-write-back');
  const rows = async () => (await database.select('location', ['username'])).map(({ username }) => username);
  await register('w1', contact('sip:a@192.0.2.1'));
  assert.deepEqual(await rows(), []);
  await clock.advance(61_000);
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  assert.deepEqual(await rows(), ['w1']);
  await register('w2', contact('sip:a@192.0.2.1'));
  await register('w1', 'Contact: *', 'Expires: 0');
  assert.deepEqual(await rows(), ['w1']);
  await host.stop();
  assert.deepEqual(await rows(), ['w2']);
});

test('sql-only: nothing is in memory, two hosts share the contacts', async () => {
  const database = files.database('only.db');
  const one = await hostOn('only.db', 'sql-only');
  const other = await hostOn('only.db', 'sql-only');
  await one.register('s', contact('sip:a@192.0.2.1', ';q=0.2'), contact('sip:b@192.0.2.2', ';q=0.4'));
  assert.equal(await other.lookup('s'), 'sip:b@192.0.2.2 sip:a@192.0.2.1');
  await other.register('s', contact('sip:b@192.0.2.2', ';expires=0'));
  assert.equal(await one.lookup('s'), 'sip:a@192.0.2.1');
  assert.equal([...(await one.location.contacts())].length, 1);
  assert.equal(one.statistic('location-contacts'), 0);
  await one.register('s', 'Contact: *', 'Expires: 0');
  assert.deepEqual(await database.select('location', '*'), []);
  await one.host.stop();
  await other.host.stop();
});

test('a check tells of a database that is not there, at its line, and what makes it', async () => {
  for (const [module, lines] of [
    ['usrloc', ['modparam("usrloc", "working_mode_preset", "single-instance-sql-write-through")']],
    ['acc', []],
  ] as const) {
    const config = [
      'socket=udp:127.0.0.1:5060',
      ...['proto_udp', 'tm', 'db_sqlite', module].map((name) => `loadmodule "${name}.so"`),
      ...lines,
      `modparam("${module}", "db_url", "sqlite://${files.path('missing.db')}.not")`,
      'route { exit; }',
    ];
    const { diagnostics, failed, parsed } = await checkConfig({ config: config.join('\n'), version: '3.6' });
    assert.ok(failed, module);
    const [found] = diagnostics.filter(({ severity }) => severity === 'error');
    assert.match(`${found?.message} ${found?.help}`, /missing\.db\.not.*tsips sqlite create/s);
    assert.equal(parsed.source.locate(found?.span.start ?? 0).line, config.length - 1);
  }
});

describe('modes that end the start', () => {
  for (const [what, params, message] of [
    [
      'no db_url',
      ['modparam("usrloc", "working_mode_preset", "sql-only")'],
      /requires a db connection -> db_url/,
    ],
    ['a cluster', ['modparam("usrloc", "working_mode_preset", "full-sharing-cluster")'], /needs a cluster/],
    [
      'an unknown preset',
      ['modparam("usrloc", "working_mode_preset", "often")'],
      /invalid working_mode_preset: 'often'/,
    ],
    [
      'db_mode beside a preset',
      ['modparam("usrloc", "db_mode", 0)', 'modparam("usrloc", "working_mode_preset", "sql-only")'],
      /please pick one/,
    ],
  ] as const) {
    test(what, async () => {
      await assert.rejects(registeringHost({ modules: ['db_sqlite'], params }), message);
    });
  }
});
