/** What auth_db says to credentials and URIs is what OpenSIPS 3.6 says with the same tables, but for the departures. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import type { Database } from '../../../runtime/module-exports.ts';
import { digestTools } from '../../../runtime/sip/digest-hash.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { challengesOf } from '../auth/digest-client.ts';
import { UdpExchange } from '../auth/exchange.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';
import {
  authorizationOf,
  fill,
  type Kind,
  type Outcome,
  outcomeOf,
  requestOf,
  rows,
  script,
} from './rows.ts';

const measured: { readonly outcomes: Readonly<Record<string, Outcome>> } = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../../test/modules/auth_db/measured.json', import.meta.url)),
    'utf8',
  ),
);

const departures: Readonly<Record<string, Outcome & { readonly reason: string }>> = {
  'To, with a wrong password': {
    status: 299,
    rc: -2,
    avps: '<null> <null> <null> <null>',
    reason:
      'credentials that were not accepted prove nothing; OpenSIPS takes them for the account all the same',
  },
  'an empty password': {
    status: 299,
    rc: -2,
    avps: '<null> <null> <null> <null>',
    reason: 'an empty password fits nothing; the standard table has one in each new row',
  },
};

const files = sqliteFolder();
const url = `sqlite://${files.path('accounts.db')}`;
let database: Database;
before(async () => {
  database = files.database('accounts.db');
  await fill(database);
});
after(() => files.close());

const socket = 'socket=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\n';

for (const kind of ['hashes', 'passwords', 'domains'] as const satisfies readonly Kind[]) {
  describe(`credentials and URIs in a table: ${kind}`, () => {
    let host: Host;
    let client: UdpExchange;
    before(async () => {
      host = await hostOf(socket + script(kind, url), { version: '3.6' });
      await host.start();
      client = await UdpExchange.with(host);
    });
    after(async () => {
      client.close();
      await host.stop();
    });

    for (const row of rows.filter((each) => (each.kind ?? 'hashes') === kind)) {
      test(row.rule, { timeout: 60_000 }, async () => {
        const challenges = challengesOf(
          await client.ask(requestOf({ rule: '' }, client.port, ['X-Do: challenge'])),
        );
        const lines = [...(row.lines ?? []), ...authorizationOf(row, challenges)];
        const ours = outcomeOf(await client.ask(requestOf(row, client.port, lines)));
        const departure = departures[row.rule];
        const { reason, ...wanted } = departure ?? { ...measured.outcomes[row.rule], reason: undefined };
        if (departure) assert.notDeepEqual(ours, measured.outcomes[row.rule], 'no departure any more');
        assert.deepEqual(ours, wanted, reason);
      });
    }
  });
}

interface Started {
  readonly host: Host;
  readonly client: UdpExchange;
  close(): Promise<void>;
}

async function start(config: string, version = '3.6'): Promise<Started> {
  const host = await hostOf(socket + config, { version });
  await host.start();
  const client = await UdpExchange.with(host);
  return {
    host,
    client,
    async close() {
      client.close();
      await host.stop();
    },
  };
}

describe('load_credentials', () => {
  test('an integer is one, NULL and empty columns are left out, the last of a name comes first', async () => {
    const config = script('hashes', url)
      .replace('$avp(where)=domain;password', 'id; $avp(mixed)=domain; $avp(mixed) = username;')
      .replace('$avp(where) $avp(password) $avp(user) $avp(realm)', '$avp(id) $(avp(mixed)[*])');
    const { client, close } = await start(config);
    const challenges = challengesOf(
      await client.ask(requestOf({ rule: '' }, client.port, ['X-Do: challenge'])),
    );
    const reply = await client.ask(
      requestOf({ rule: '' }, client.port, authorizationOf({ rule: '' }, challenges)),
    );
    assert.equal(outcomeOf(reply).avps, '1 alice, example.com');
    await close();
  });

  for (const value of ['$var(x)=domain', 'a b', ';', '$avp(x)=']) {
    test(`'${value}' is refused`, () =>
      assert.rejects(
        hostOf(socket + script('hashes', url).replace('$avp(where)=domain;password', value), {
          version: '3.6',
        }),
        /load_credentials/,
      ));
  }
});

describe('files of 2.x', () => {
  test('password_column_2: users that come with their domain', async () => {
    await database.raw('CREATE TABLE old (username TEXT, domain TEXT, ha1 TEXT, ha1b TEXT, rpid TEXT)');
    const { ha1, ha1b } = { ha1: '0'.repeat(32), ha1b: '1'.repeat(32) };
    await database.insert('old', { username: 'alice', domain: 'example.com', ha1, ha1b, rpid: 'sip:+1@x' });
    const { client, close } = await start(
      `loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "auth.so"
loadmodule "db_sqlite.so"
loadmodule "auth_db.so"
loadmodule "sipmsgops.so"
modparam("auth_db", "db_url", "${url}")
modparam("auth_db", "skip_version_check", 1)
modparam("auth_db", "password_column_2", "ha1b")
route {
	if (!proxy_authorize("", "old")) { proxy_challenge("", "0"); exit; }
	append_to_reply("X-Rc: 1\\r\\nX-Avps: $avp(rpid)\\r\\n");
	sl_send_reply("299", "Judged");
}
`,
      '2.4',
    );
    for (const [username, known] of [
      ['alice', ha1],
      ['alice@example.com', ha1b],
    ] as const) {
      const nonce =
        challengesOf(await client.ask(requestOf({ rule: '' }, client.port, [])))[0]?.get('nonce') ?? '';
      const uri = 'sip:bob@example.com';
      const response = digestTools.response('MD5', known, { method: 'INVITE', uri, nonce });
      const line = `Proxy-Authorization: Digest username="${username}", realm="example.com", nonce="${nonce}", uri="${uri}", response="${response}"`;
      const { avps } = outcomeOf(await client.ask(requestOf({ rule: '' }, client.port, [line])));
      assert.equal(avps, 'sip:+1@x', username);
    }
    await close();
  });
});

describe('table versions', () => {
  const checked = (kind: Kind, version: string) =>
    start(script(kind, url).replace('modparam("auth_db", "skip_version_check", 1)', ''), version);

  test('those of the file: 8 for accounts, 2 for URIs', async () => {
    await (await checked('hashes', '3.6')).close();
  });

  test('accounts of 2.x under a config of 3.6 end the start, and the log tells both versions', async () => {
    await database.raw("UPDATE version SET table_version = 7 WHERE table_name = 'subscriber'");
    const log = collectLog();
    const config = script('hashes', url).replace('modparam("auth_db", "skip_version_check", 1)', '');
    const host = await hostOf(socket + config, { version: '3.6', log: log.log });
    await assert.rejects(host.start(), /error during table version check of subscriber/);
    const line = 'invalid version 7 for table subscriber found, expected 8';
    assert.deepEqual(log.from('db_check_table_version'), [line]);
    await database.raw("UPDATE version SET table_version = 8 WHERE table_name = 'subscriber'");
  });
});

describe('db_url', () => {
  test('without it the global db_default_url counts', async () => {
    const config = script('hashes', url).replace(/modparam\("auth_db", "db_url".*\n/, '');
    await (await start(`db_default_url="${url}"\n${config}`)).close();
  });

  test('a file that is not there is told before the start', () =>
    assert.rejects(
      hostOf(socket + script('hashes', `sqlite://${files.path('missing.db')}`), { version: '3.6' }),
      /missing\.db/,
    ));
});

describe('every parameter, as OpenSIPS writes it', () => {
  for (const [version, params] of [
    ['2.4', ['password_column_2=ha1b']],
    [
      '3.6',
      [
        'hash_column_sha256=ha1_sha256',
        'hash_column_sha512t256=ha1_sha512t256',
        'uri_user_column=username',
        'uri_domain_column=domain',
        'uri_uriuser_column=uri_user',
      ],
    ],
  ] as const) {
    test(version, async () => {
      const all = [
        'user_column=username',
        'domain_column=domain',
        'password_column=ha1',
        'load_credentials=rpid',
        ...params,
      ];
      const file = files.path(`params-${version}.cfg`);
      writeFileSync(
        file,
        `${version === '2.4' ? 'listen' : 'socket'}=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "auth.so"
loadmodule "db_sqlite.so"
loadmodule "auth_db.so"
modparam("auth_db", "db_url", "${url}")
modparam("auth_db", "calculate_ha1", 0)
modparam("auth_db", "use_domain", 1)
modparam("auth_db", "skip_version_check", 0)
${all.map((each) => `modparam("auth_db", "${each.replace('=', '", "')}")`).join('\n')}
route { if (!www_authorize("", "subscriber") || !proxy_authorize("example.com", "subscriber")) exit; }
`,
      );
      const { diagnostics } = await checkConfig({ file, version, listenOn: () => '127.0.0.1:0' });
      assert.deepEqual(
        diagnostics.filter(({ severity }) => severity !== 'note').map(({ message }) => message),
        [],
      );
    });
  }
});
