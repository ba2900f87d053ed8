import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import createDomain, { manifest } from '../../../modules/domain/index.ts';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import type { ModuleHost } from '../../../runtime/module-exports.ts';
import { configAround, hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { silent } from '../../runtime/loggers.ts';
import { open, sqliteFolder } from '../db_sqlite/sqlite-file.ts';

const files = sqliteFolder();
const url = `sqlite://${files.path('domains.db')}`;
const database = files.database('domains.db');
after(() => files.close());
for (const [domain, attrs, accept_subdomain] of [
  ['local.example', 'a=1', 0],
  ['sub.example', null, 1],
  ['Mixed.Example', 'm', 0],
  ['deep.sub2.example', 'd', 1],
  ['top', 't', 1],
  ['empty.example', '', 0],
] as const) {
  await database.insert('domain', { domain, attrs, accept_subdomain });
}

const defaults = Object.fromEntries(
  Object.entries(manifest.params).map(([name, schema]) => [
    name,
    'default' in schema ? schema.default : undefined,
  ]),
);

/** A reply whose reason tells the answer, the attributes, and whether the host counts as this one. */
const script = `route {
  $var(a) = "-";
  is_domain_local($hdr(X-Host), $var(a));
  $var(answer) = $rc;
  $var(me) = "other";
  if (is_myself($hdr(X-Host))) $var(me) = "me";
  sl_send_reply(200, "$var(answer) $var(a) $var(me)");
}`;

function configWith(params: readonly string[], route = script, modules = ['db_sqlite', 'domain']): string {
  return configAround(route, modules, params.join('\n'));
}

async function started(params: readonly string[], route?: string, version = '3.6'): Promise<Host> {
  const host = await hostOf(configWith(params, route), { version });
  await host.start();
  return host;
}

const reasonOf = (reply: string | undefined) => /^SIP\/2\.0 200 (.*)$/m.exec(reply ?? '')?.[1]?.trim();
const ask = (host: Host, name: string) =>
  reasonOf(host.inject(requestText('OPTIONS', [`X-Host: ${name}`]))[0]);

/** As OpenSIPS 3.6.8 answers with the same file; with db_mode 0 it asks for the host in its own case alone. */
const answers: readonly [host: string, answer: string][] = [
  ['local.example', '1 a=1 me'],
  ['LOCAL.example', '1 a=1 me'],
  ['x.local.example', '-1 - other'],
  ['sub.example', '1 - me'],
  ['a.sub.example', '1 - me'],
  ['a.b.sub.example', '1 - me'],
  ['asub.example', '-1 - other'],
  ['Mixed.Example', '1 m me'],
  ['sub2.example', '-1 - other'],
  ['z.deep.sub2.example', '1 d me'],
  ['top', '1 t me'],
  ['x.top', '-1 - other'],
  ['empty.example', '1  me'],
  ['nope', '-1 - other'],
];

for (const mode of [0, 1]) {
  describe(`db_mode ${mode}: the domains of the table are local, and names of this host`, () => {
    let host: Host;
    before(async () => {
      host = await started([
        `modparam("domain", "db_url", "${url}")`,
        `modparam("domain", "db_mode", ${mode})`,
      ]);
    });
    after(() => host.stop());
    for (const [name, answer] of answers) test(name, () => assert.equal(ask(host, name), answer));
    test('the names of its sockets are not in the table', () =>
      assert.equal(ask(host, '127.0.0.1'), '-1 - me'));
  });
}

test('domain_reload reads the table anew, domain_dump tells what was read', async () => {
  const names: ((host: string) => boolean)[] = [];
  const host = {
    params: { ...defaults, db_mode: 1, db_url: url },
    log: silent,
    globals: { serverHeader: undefined, get: () => undefined },
    routing: { addNames: (isName: (host: string) => boolean) => void names.push(isName) },
    database: () => database,
  };
  const { mi, init } = createDomain(host as unknown as ModuleHost);
  await init?.();
  const isName = (name: string) => names.some((knows) => knows(name));
  await database.insert('domain', { domain: 'new.example' });
  assert.equal(isName('new.example'), false);
  assert.equal(await mi?.domain_reload?.({}), 'OK');
  assert.equal(isName('new.example'), true);
  const { Domains } = Object(await mi?.domain_dump?.({}));
  assert.deepEqual(Domains[0], { name: 'local.example', attributes: 'a=1' });
  assert.deepEqual(Domains.at(-1), { name: 'new.example' });
  await database.delete('domain', [{ column: 'domain', operator: '=', value: 'new.example' }]);
});

describe('without a database the names of this host are local', () => {
  let host: Host;
  before(async () => {
    host = await started(['alias="core.example"']);
  });
  after(() => host.stop());
  for (const [name, answer] of [
    ['core.example', '1 - me'],
    ['127.0.0.1', '1 - me'],
    ['local.example', '-1 - other'],
  ] as const) {
    test(name, () => assert.equal(ask(host, name), answer));
  }
});

describe('is_from_local, is_uri_host_local: as is_domain_local of that domain', () => {
  const route = `route {
    $var(from) = "-";
    $var(to) = "-";
    is_from_local($var(from));
    $var(first) = $rc;
    $ru = "sip:x@" + $hdr(X-Host);
    is_uri_host_local($var(to));
    sl_send_reply(200, "$var(first) $var(from) $rc $var(to)");
  }`;
  test('3.x', async () => {
    const host = await started([`modparam("domain", "db_url", "${url}")`], route);
    assert.equal(ask(host, 'deep.sub2.example'), '-1 - 1 d');
    assert.equal(ask(host, 'sub2.example'), '-1 - -1 -');
    await host.stop();
  });
  test('2.x, with quotes around its variables', async () => {
    const quoted = route
      .replace('is_from_local($var(from))', 'is_from_local("$var(from)")')
      .replace('is_uri_host_local($var(to))', 'is_uri_host_local("$var(to)")')
      .replace('sl_send_reply(200,', 'sl_send_reply("200",');
    const host = await started([`modparam("domain", "db_url", "${url}")`], quoted, '2.4');
    assert.equal(ask(host, 'local.example'), '-1 - 1 a=1');
    await host.stop();
  });
});

test('a database that is busy: the run waits, and what asks for a name of this host does not', async (t) => {
  writeFileSync(files.path('busy.db'), '');
  const other = open(files.module({ exec_pragma: ['journal_mode=delete'] }), 'sqlite:busy.db');
  await other.raw('CREATE TABLE domain (domain, attrs, accept_subdomain)');
  await other.insert('domain', { domain: 'local.example', attrs: 'b' });
  const host = await started([
    'modparam("db_sqlite", "exec_pragma", "journal_mode=delete")',
    'modparam("db_sqlite", "busy_timeout", 60000)',
    `modparam("domain", "db_url", "sqlite://${files.path('busy.db')}")`,
  ]);
  t.after(() => host.stop());
  await other.raw('BEGIN EXCLUSIVE');
  const replies: string[] = [];
  const reply = new Promise<void>((resolve) => {
    const onSend = (message: string) => void resolve(void replies.push(message));
    host.inject(requestText('OPTIONS', ['X-Host: local.example']), { onSend });
  });
  assert.deepEqual(replies, []);
  assert.equal(host.waitingRuns, 1);
  await other.raw('COMMIT');
  await reply;
  assert.deepEqual(replies.map(reasonOf), ['1 b me']);
});

describe('what keeps it from starting tells what to do', () => {
  for (const [lines, message] of [
    [['modparam("domain", "db_url", "sqlite:/nowhere/x.db")'], /no database \/nowhere\/x\.db/],
    [['modparam("domain", "db_url", "mysql://u:p@h/d")'], /no module that is loaded opens .* mysql:/],
  ] as const) {
    test(lines[0], async () => {
      const { diagnostics } = await checkConfig({ config: configWith(lines), version: '3.6' });
      assert.match(diagnostics.map(({ message: text }) => text).join('\n'), message);
    });
  }
  test('a table that is not there', async () => {
    const lines = [`modparam("domain", "db_url", "${url}")`, 'modparam("domain", "domain_table", "domains")'];
    const host = await hostOf(configWith(lines), { version: '3.6' });
    await assert.rejects(host.start(), /no such table: domains \(tsips sqlite create/);
  });
});

test('a table of a version before 3.6, without accept_subdomain, has no subdomains', async () => {
  const old = files.database('old.db');
  await old.raw('ALTER TABLE domain DROP COLUMN accept_subdomain');
  await old.insert('domain', { domain: 'old.example' });
  const host = await started([`modparam("domain", "db_url", "sqlite://${files.path('old.db')}")`]);
  assert.equal(ask(host, 'old.example'), '1 - me');
  assert.equal(ask(host, 'a.old.example'), '-1 - other');
  await host.stop();
});
