import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import type { Database } from '../../../runtime/module-exports.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { fieldsOf, written } from '../auth/digest-client.ts';
import { UdpExchange } from '../auth/exchange.ts';
import { open, sqliteFolder } from '../db_sqlite/sqlite-file.ts';

const realm = 'example.com';
const files = sqliteFolder();
const url = `sqlite://${files.path('users.db')}`;

before(async () => {
  const module = files.module({}, { version: '2.4' });
  module.tools?.['sqlite create']?.([files.path('users.db')], { sockets: [] });
  await fill(open(module, url));
});
after(() => files.close());

async function fill(database: Database): Promise<void> {
  for (const username of ['alice', 'bob']) await database.insert('subscriber', { username, domain: realm });
  await database.insert('subscriber', { username: 'bob', domain: 'example.org' });
  for (const uri_user of ['alice', 'sales'])
    await database.insert('uri', { username: 'alice', domain: realm, uri_user });
}

function config(...params: readonly string[]): string {
  return [
    'listen=udp:127.0.0.1:5060',
    'loadmodule "proto_udp.so"',
    'loadmodule "sl.so"',
    'loadmodule "signaling.so"',
    'loadmodule "sipmsgops.so"',
    'loadmodule "db_sqlite.so"',
    'loadmodule "auth.so"',
    'modparam("auth", "disable_nonce_check", 1)',
    'modparam("auth", "username_spec", "$var(user)")',
    'modparam("auth", "password_spec", "$var(password)")',
    'modparam("auth", "calculate_ha1", 1)',
    'loadmodule "uri.so"',
    `modparam("uri", "db_url", "${url}")`,
    ...params.map((param) => `modparam("uri", ${param})`),
    'route {',
    '$var(user) = "alice"; $var(password) = "secret";',
    'if (is_present_hf("Authorization")) pv_www_authorize("example.com");',
    ...['check_to', 'check_from', 'does_uri_exist'].map(
      (name) => `if ($hdr(X-Do) == "${name}") { db_${name}(); $var(answer) = $rc; }`,
    ),
    'if ($hdr(X-Do) == "is_user") { is_user("alice"); $var(answer) = $rc; }',
    'if ($hdr(X-Do) == "auth_id") { db_get_auth_id("$ru", "$avp(u)", "$avp(r)"); $var(answer) = $rc; }',
    'append_to_reply("X-Answer: $var(answer) $avp(u) $avp(r)\\r\\n");',
    'if ($hdr(X-Do) == "challenge") www_challenge("example.com", "0"); else sl_send_reply("200", "OK");',
    '}',
    '',
  ].join('\n');
}

interface Row {
  readonly asks: string;
  readonly from?: string;
  readonly to?: string;
  readonly uri?: string;
  readonly without?: true;
  readonly answer: string;
}

const none = '<null> <null>';
const sets: readonly [about: string, params: readonly string[], rows: readonly Row[]][] = [
  [
    'the table subscriber',
    [],
    [
      { asks: 'is_user', answer: `1 ${none}` },
      { asks: 'is_user', without: true, answer: `-1 ${none}` },
      { asks: 'check_from', answer: `1 ${none}` },
      { asks: 'check_from', from: 'ALICE', answer: `1 ${none}` },
      { asks: 'check_from', from: 'mallory', answer: `-10 ${none}` },
      { asks: 'check_from', without: true, answer: `-2 ${none}` },
      { asks: 'check_to', to: 'alice', answer: `1 ${none}` },
      { asks: 'check_to', to: 'bob', answer: `-10 ${none}` },
      { asks: 'does_uri_exist', uri: 'sip:bob@anywhere.example', answer: `1 ${none}` },
      { asks: 'does_uri_exist', uri: 'sip:nobody@example.com', answer: `-5 ${none}` },
      { asks: 'auth_id', uri: 'sip:alice@anywhere.example', answer: '1 alice example.com' },
      { asks: 'auth_id', uri: 'sip:nobody@example.com', answer: `-4 ${none}` },
    ],
  ],
  [
    'use_domain',
    ['"use_domain", 1'],
    [
      { asks: 'does_uri_exist', uri: 'sip:bob@example.org', answer: `1 ${none}` },
      { asks: 'does_uri_exist', uri: 'sip:bob@anywhere.example', answer: `-5 ${none}` },
      { asks: 'auth_id', uri: 'sip:bob@example.org', answer: '1 bob example.org' },
    ],
  ],
  [
    'use_uri_table',
    ['"use_uri_table", 1'],
    [
      { asks: 'check_from', from: 'sales', answer: `1 ${none}` },
      { asks: 'check_from', from: 'bob', answer: `-9 ${none}` },
      { asks: 'does_uri_exist', uri: 'sip:sales@example.com', answer: `1 ${none}` },
      { asks: 'does_uri_exist', uri: 'sip:bob@example.com', answer: `-5 ${none}` },
      { asks: 'auth_id', uri: 'sip:sales@example.com', answer: '1 alice example.com' },
    ],
  ],
];

for (const [about, params, rows] of sets) {
  describe(`questions of OpenSIPS 2.x to ${about}`, () => {
    let host: Host;
    let client: UdpExchange;
    before(async () => {
      host = await hostOf(config(...params), { version: '2.4' });
      await host.start();
      client = await UdpExchange.with(host);
    });
    after(async () => {
      client.close();
      await host.stop();
    });

    for (const row of rows) {
      const { asks, answer } = row;
      test(`${asks} of ${JSON.stringify(row)}`, { timeout: 10_000 }, async () => {
        const challenge = await client.ask(request({ ...row, asks: 'challenge' }, client.port));
        const nonce = /nonce="([^"]*)"/.exec(challenge)?.[1] ?? '';
        const reply = await client.ask(request(row, client.port, nonce));
        assert.equal(/X-Answer: (.*)/.exec(reply)?.[1]?.trim(), answer);
      });
    }

    test('answers are counted', () => {
      const counted = ['uri:positive checks', 'uri:negative_checks'].map((name) => host.statistics.get(name));
      const checks = rows.filter(({ asks }) => asks.startsWith('check_'));
      const yes = checks.filter(({ answer }) => answer.startsWith('1 ')).length;
      assert.deepEqual(counted, [yes, checks.length - yes]);
    });
  });
}

function request(row: Row, port: number, nonce?: string): string {
  const { asks, from = 'alice', to = 'bob', uri = 'sip:bob@example.com', without } = row;
  const known = { username: 'alice', password: 'secret', realm, method: 'REGISTER', uri, nonce: nonce ?? '' };
  const credentials = nonce === undefined || without ? [] : [`Authorization: ${written(fieldsOf(known))}`];
  return [
    `REGISTER ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${asks}`,
    `From: <sip:${from}@example.com>;tag=1`,
    `To: <sip:${to}@example.com>`,
    'Call-ID: one',
    'CSeq: 1 REGISTER',
    `X-Do: ${asks}`,
    ...credentials,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

describe('what a start refuses', () => {
  const withoutUrl = (statement: string, param = '') =>
    `listen=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\nloadmodule "uri.so"\n${param}\nroute { ${statement} }\n`;

  test('db_does_uri_exist() without a database', () =>
    assert.rejects(hostOf(withoutUrl('db_does_uri_exist();'), { version: '2.4' }), /no database URL/));

  test('db_check_from() with use_uri_table and without a database', () =>
    assert.rejects(
      hostOf(withoutUrl('db_check_from();', 'modparam("uri", "use_uri_table", 1)'), { version: '2.4' }),
      /no database URL/,
    ));

  test('a table of another layout', async () => {
    const host = await hostOf(config('"db_table", "uri"'), { version: '2.4' });
    await assert.rejects(host.start(), /the table uri has version 2, not 7/);
    await host.stop();
  });
});
