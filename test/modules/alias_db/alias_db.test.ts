import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import { configAround, hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';

const files = sqliteFolder();
const database = files.database('aliases.db');
after(() => files.close());
for (const [alias_username, alias_domain, username, domain] of [
  ['100', 'example.com', 'alice', 'example.com'],
  ['200', 'other.example', 'bob', 'example.com'],
] as const) {
  await database.insert('dbaliases', { alias_username, alias_domain, username, domain });
}
await database.raw('CREATE TABLE many (alias_username, alias_domain, username, domain)');
for (const [username, domain] of [
  ['u1', 'd1'],
  ['u2', 'd2'],
] as const) {
  await database.insert('many', { alias_username: 'x', alias_domain: 'e.com', username, domain });
}

const find = (table: string, flags: string) => `route {
  $avp(result) = "old";
  alias_db_find("${table}", $hdr(X-Uri), $avp(result), "${flags}");
  sl_send_reply(200, "$rc $(avp(result)[*])");
}`;
const lookup = (table: string, flags: string) => `route {
  $ru = $hdr(X-Uri);
  alias_db_lookup("${table}", "${flags}");
  sl_send_reply(200, "$rc $ru $(branch(uri)[*]) $(branch(q)[*])");
}`;

function configWith(route: string, params: readonly string[] = [], url = files.path('aliases.db')): string {
  const lines = [`modparam("alias_db", "db_url", "sqlite://${url}")`, ...params];
  return configAround(route, ['db_sqlite', 'alias_db'], lines.join('\n'));
}

const reasonOf = (reply: string | undefined) => /^SIP\/2\.0 200 (.*)$/m.exec(reply ?? '')?.[1]?.trim();

async function answerOf(route: string, uri: string, params: readonly string[] = []): Promise<unknown> {
  const host = await hostOf(configWith(route, params), { version: '3.6' });
  await host.start();
  const [reply] = host.inject(requestText('OPTIONS', [`X-Uri: ${uri}`]));
  await host.stop();
  return reasonOf(reply);
}

/** As OpenSIPS 3.6.8 answers with the same rows. */
describe('alias_db_find', () => {
  let host: Host;
  before(async () => {
    const params = ['modparam("alias_db", "domain_prefix", "sip.")'];
    host = await hostOf(configWith(find('dbaliases', ''), params), { version: '3.6' });
    await host.start();
  });
  after(() => host.stop());
  for (const [uri, answer] of [
    ['sip:100@example.com', '1 sip:alice@example.com'],
    ['sips:100@example.com:5061;transport=tcp', '1 sip:alice@example.com'],
    ['sip:100@sip.example.com', '1 sip:alice@example.com'],
    ['sip:100@EXAMPLE.com', '-1 old'],
    ['sip:200@example.com', '-1 old'],
    ['sip:example.com', '-1 old'],
    ['bad uri', '-1 old'],
  ] as const) {
    test(uri, () => {
      assert.equal(reasonOf(host.inject(requestText('OPTIONS', [`X-Uri: ${uri}`]))[0]), answer);
    });
  }
});

describe('flags', () => {
  for (const [flags, uri, answer] of [
    ['d', 'sip:200@nowhere', '1 sip:bob@example.com'],
    ['r', 'sip:alice@example.com', '1 sip:100@example.com'],
    ['RD', 'sip:bob@x', '1 sip:200@other.example'],
  ] as const) {
    test(flags, async () => assert.equal(await answerOf(find('dbaliases', flags), uri), answer));
  }
  test('another letter is refused at the start', async () => {
    await assert.rejects(
      hostOf(configWith(find('dbaliases', 'x')), { version: '3.6' }),
      /unsupported flag 'x'/,
    );
  });
});

describe('alias_db_lookup: the Request-URI', () => {
  const more = ['modparam("alias_db", "append_branches", 1)'];
  for (const [what, table, uri, params, answer] of [
    ['is replaced', 'dbaliases', 'sip:100@example.com', [], '1 sip:alice@example.com <null> <null>'],
    ['stays where it is no alias', 'dbaliases', 'sip:1@e.com', [], '-1 sip:1@e.com <null> <null>'],
    ['gets the first of several', 'many', 'sip:x@e.com', [], '1 sip:u1@d1 <null> <null>'],
    ['append_branches: the others are branches', 'many', 'sip:x@e.com', more, '1 sip:u1@d1 sip:u2@d2 0'],
    ['a table that is not there: -1', 'nope', 'sip:x@e.com', [], '-1 sip:x@e.com <null> <null>'],
  ] as const) {
    test(what, async () => assert.equal(await answerOf(lookup(table, ''), uri, params), answer));
  }
});

test('append_branches: alias_db_find keeps all, the last one first', async () => {
  const params = ['modparam("alias_db", "append_branches", 1)'];
  assert.equal(await answerOf(find('many', ''), 'sip:x@e.com', params), '1 sip:u2@d2, sip:u1@d1');
});

test('2.x: with quotes around its variables', async () => {
  const route = `route {
    alias_db_find("dbaliases", "$hdr(X-Uri)", "$avp(result)");
    sl_send_reply("200", "$rc $avp(result)");
  }`;
  const host = await hostOf(configWith(route), { version: '2.4' });
  await host.start();
  const [reply] = host.inject(requestText('OPTIONS', ['X-Uri: sip:100@example.com']));
  await host.stop();
  assert.equal(reasonOf(reply), '1 sip:alice@example.com');
});

test('without a module for databases it does not start', async () => {
  const { diagnostics } = await checkConfig({
    config: configAround('route { exit; }', ['alias_db'], 'modparam("alias_db", "db_url", "sqlite:///x")'),
  });
  assert.match(diagnostics.map(({ message }) => message).join('\n'), /sqldb/);
});
