import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import createModule from '../../../modules/uri/index.ts';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import type { Command, FoundCredentials, ModuleHost } from '../../../runtime/module-exports.ts';
import { createRoutingTools } from '../../../runtime/routing-tools.ts';
import { createSipTools } from '../../../runtime/sip-tools.ts';
import { createStatistics } from '../../../runtime/statistics.ts';
import { configAround, hostOf, requestText as optionsText } from '../../runtime/host/host-tools.ts';
import { silent } from '../../runtime/loggers.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';
import { call, requestText, runOf } from '../module-tools.ts';

const files = sqliteFolder();
const url = `sqlite://${files.path('accounts.db')}`;
const database = files.database('accounts.db');
after(() => files.close());
for (const [username, domain] of [
  ['alice', 'example.com'],
  ['alice', 'example.net'],
  ['bob', 'example.com'],
] as const) {
  await database.insert('subscriber', { username, domain });
}
for (const [username, domain, uri_user] of [
  ['alice', 'example.com', 'sales'],
  ['bob', 'example.net', 'sales'],
  ['alice', 'example.com', 'alice'],
] as const) {
  await database.insert('uri', { username, domain, uri_user });
}

const script = `route {
  $ru = $hdr(X-Uri);
  db_does_uri_exist();
  $var(exists) = $rc;
  $avp(user) = NULL;
  db_get_auth_id("$hdr(X-Uri)", "$avp(user)", "$var(realm)");
  sl_send_reply("200", "$var(exists) $rc $avp(user) $var(realm)");
}`;
const reasonOf = (reply: string | undefined) => /^SIP\/2\.0 200 (.*)$/m.exec(reply ?? '')?.[1]?.trim();

/** As OpenSIPS 2.4 answers with the same rows. */
const answers: readonly [table: 0 | 1, useDomain: 0 | 1, uri: string, answer: string][] = [
  [0, 0, 'sip:alice@anywhere', '1 1 alice example.com'],
  [0, 1, 'sip:alice@example.net', '1 1 alice example.net'],
  [0, 1, 'sip:alice@example.org', '-5 -4 <null> <null>'],
  [0, 0, 'sip:Alice@example.com', '-5 -4 <null> <null>'],
  [0, 0, 'sip:example.com', '-5 -4 <null> <null>'],
  [1, 0, 'sip:sales@example.org', '1 1 alice example.com'],
  [1, 1, 'sip:sales@example.net', '1 1 bob example.net'],
  [1, 1, 'sip:bob@example.com', '-5 -4 <null> <null>'],
];

for (const [table, useDomain] of [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const) {
  describe(`db_does_uri_exist, db_get_auth_id: use_uri_table ${table}, use_domain ${useDomain}`, () => {
    let host: Host;
    before(async () => {
      const lines = [
        `modparam("uri", "db_url", "${url}")`,
        `modparam("uri", "use_uri_table", ${table})`,
        `modparam("uri", "use_domain", ${useDomain})`,
      ];
      host = await hostOf(configAround(script, ['db_sqlite', 'uri'], lines.join('\n')), { version: '2.4' });
      await host.start();
    });
    after(() => host.stop());
    for (const [inTable, withDomain, uri, answer] of answers) {
      if (inTable !== table || withDomain !== useDomain) continue;
      test(uri, () => {
        assert.equal(reasonOf(host.inject(optionsText('OPTIONS', [`X-Uri: ${uri}`]))[0]), answer);
      });
    }
  });
}

describe('credentials that were accepted', () => {
  const sip = createSipTools({ serverHeader: undefined });
  const statistics = createStatistics();
  const group = statistics.group('uri', {
    'positive checks': { description: '' },
    negative_checks: { description: '' },
  });

  async function commands(params: ModuleHost['params']): Promise<Readonly<Record<string, Command>>> {
    const globals = { serverHeader: undefined, get: () => undefined };
    const names = { sockets: () => [], aliases: [] };
    const host = {
      params: { user_column: 'username', domain_column: 'domain', uriuser_column: 'uri_user', ...params },
      log: silent,
      globals,
      sip,
      routing: createRoutingTools(
        names,
        globals,
        () => 5060,
        () => undefined,
      ),
      statistics: group,
      database: () => database,
    } satisfies Partial<ModuleHost>;
    const behaviour = createModule(host as unknown as ModuleHost);
    await behaviour.init?.();
    return behaviour.commands ?? {};
  }

  /** From is alice of atlanta.example. */
  function runWith(username: string | undefined, accepted = true, to = '<sip:sales@example.com>') {
    const run = runOf(requestText({ to }));
    if (username === undefined) return run;
    const fields = new Map([
      ['username', username],
      ['realm', 'example.com'],
    ]);
    const found: FoundCredentials = { header: 'Authorization', index: 0, fields, accepted, stale: false };
    sip.digest.keep(run, found);
    return run;
  }

  const inTable = { use_uri_table: 1, db_url: url };
  const rows: readonly [
    name: string,
    user: string | undefined,
    params: ModuleHost['params'],
    to: string,
    answer: number,
  ][] = [
    ['db_check_from', 'alice', {}, '', 1],
    ['db_check_from', 'ALICE', {}, '', 1],
    ['db_check_from', 'alice@other.example', {}, '', 1],
    ['db_check_from', 'bob', {}, '', -10],
    ['db_check_from', undefined, {}, '', -2],
    ['db_check_to', 'alice', {}, '<sip:example.com>', -4],
    ['db_check_to', 'alice', inTable, '<sip:sales@x>', 1],
    ['db_check_to', 'bob@example.net', inTable, '<sip:sales@x>', 1],
    ['db_check_to', 'bob', inTable, '<sip:sales@x>', -9],
    ['db_check_to', 'alice', inTable, '<sip:carol@x>', -9],
  ];
  for (const [name, user, params, to, answer] of rows) {
    test(`${name} of ${user} with ${JSON.stringify(params)}, To ${to || 'any'}: ${answer}`, async () => {
      const run = runWith(user, true, to || undefined);
      assert.equal(await call((await commands(params))[name], run), answer);
    });
  }

  test('those that were not accepted count as none', async () => {
    assert.equal(await call((await commands({})).db_check_from, runWith('alice', false)), -2);
  });

  test('is_user: in its case, without its domain', async () => {
    const { is_user } = await commands({});
    assert.equal(call(is_user, runWith('alice@example.com'), 'alice'), true);
    assert.equal(call(is_user, runWith('alice'), 'Alice'), false);
    assert.equal(call(is_user, runWith(undefined), 'alice'), false);
  });

  test('positive checks and negative_checks count', async () => {
    const before = [statistics.get('uri:positive checks'), statistics.get('uri:negative_checks')];
    const { db_check_from } = await commands({});
    for (const user of ['alice', 'bob', undefined]) await call(db_check_from, runWith(user));
    assert.deepEqual(
      [statistics.get('uri:positive checks'), statistics.get('uri:negative_checks')],
      [Number(before[0]) + 1, Number(before[1]) + 2],
    );
  });
});

describe('what keeps it from starting', () => {
  test('a function that needs a database, without one', async () => {
    const { diagnostics } = await checkConfig({
      config: configAround('route { db_does_uri_exist(); }', ['uri']),
      version: '2.4',
    });
    assert.match(diagnostics.map(({ message }) => message).join('\n'), /no database URL is configured/);
  });
  test('a table that is not there', async () => {
    const lines = [`modparam("uri", "db_url", "${url}")`, 'modparam("uri", "db_table", "users")'];
    const config = configAround('route { exit; }', ['db_sqlite', 'uri'], lines.join('\n'));
    await assert.rejects((await hostOf(config, { version: '2.4' })).start(), /no such table: users/);
  });
});
