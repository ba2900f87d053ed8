/** Accounts, a script that judges credentials by them, and credentials: `measured.json` has what OpenSIPS 3.6 says. */

import type { Database } from '../../../runtime/module-exports.ts';
import { fieldsOf, hash, type Known, written } from '../auth/digest-client.ts';

const realm = 'example.com';

function account(username: string, password: string, domain = realm): Record<string, string> {
  const text = `${username}:${realm}:${password}`;
  return {
    username,
    domain,
    password,
    ha1: hash('MD5', text),
    ha1_sha256: hash('SHA-256', text),
    ha1_sha512t256: hash('SHA-512-256', text),
  };
}

const accounts: readonly Record<string, string>[] = [
  account('alice', 'secret'),
  account('bob', 'other', 'example.org'),
  { ...account('carol', 'secret'), ha1_sha256: '', ha1_sha512t256: 'short' },
  { ...account('dave', 'secret'), ha1: account('dave', 'secret').ha1?.toUpperCase() ?? '' },
  { username: "o'brien", domain: realm, password: 'x', ha1: hash('MD5', `o'brien:${realm}:x`) },
  { username: 'empty', domain: realm, password: '', ha1: hash('MD5', `empty:${realm}:`) },
];

const uris: readonly Record<string, string>[] = [
  { username: 'alice', domain: realm, uri_user: 'sales' },
  { username: 'alice', domain: realm, uri_user: 'alice' },
  { username: 'bob', domain: 'example.org', uri_user: 'sales' },
];

export async function fill(database: Database): Promise<void> {
  for (const row of accounts) await database.insert('subscriber', row);
  for (const row of uris) await database.insert('uri', row);
}

/** Which host is asked: H(A1) in the table, or passwords, or the domain counts too. */
export type Kind = 'hashes' | 'passwords' | 'domains';

const params: Readonly<Record<Kind, string>> = {
  hashes: '',
  passwords: `modparam("auth_db", "calculate_ha1", 1)
modparam("auth_db", "password_column", "password")`,
  domains: 'modparam("auth_db", "use_domain", 1)',
};

/** Everything but sockets, paths and the protocol. */
export function script(kind: Kind, url: string): string {
  return `
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "auth.so"
loadmodule "db_sqlite.so"
loadmodule "auth_db.so"
loadmodule "sipmsgops.so"
modparam("auth", "disable_nonce_check", 1)
modparam("auth_db", "db_url", "${url}")
modparam("auth_db", "skip_version_check", 1)
modparam("auth_db", "load_credentials", "$avp(where)=domain;password")
${params[kind]}
route {
	if ($hdr(X-Do) == "challenge") { proxy_challenge("example.com", "auth", "MD5,SHA-256,SHA-512-256"); exit; }
	$avp(user) = NULL;
	$avp(realm) = NULL;
	switch ($hdr(X-Do)) {
		case "exists": db_does_uri_exist($hdr(X-Uri), "subscriber"); $var(rc) = $rc; break;
		case "id": db_get_auth_id("uri", $hdr(X-Uri), $avp(user), $avp(realm)); $var(rc) = $rc; break;
		case "to": proxy_authorize("example.com", "subscriber"); db_is_to_authorized("uri"); $var(rc) = $rc; break;
		case "from": proxy_authorize("example.com", "subscriber"); db_is_from_authorized("uri"); $var(rc) = $rc; break;
		case "table": proxy_authorize("example.com", $hdr(X-Table)); $var(rc) = $rc; break;
		default: proxy_authorize("example.com", "subscriber"); $var(rc) = $rc;
	}
	append_to_reply("X-Rc: $var(rc)\\r\\n");
	append_to_reply("X-Avps: $avp(where) $avp(password) $avp(user) $avp(realm)\\r\\n");
	sl_send_reply(299, "Judged");
}
`;
}

export interface AccountRow {
  readonly rule: string;
  readonly kind?: Kind;
  /** X-Do and its like. */
  readonly lines?: readonly string[];
  readonly known?: Partial<Known> | 'none';
  readonly to?: string;
  readonly from?: string;
}

const user = (username: string, password = 'secret') => ({ username, password });

export const rows: readonly AccountRow[] = [
  { rule: 'right' },
  { rule: 'right, SHA-256', known: { algorithm: 'SHA-256' } },
  { rule: 'right, SHA-512-256', known: { algorithm: 'SHA-512-256' } },
  { rule: 'no credentials', known: 'none' },
  { rule: 'wrong password', known: user('alice', 'guess') },
  { rule: 'unknown user', known: user('nobody') },
  { rule: 'user in another case', known: user('Alice') },
  { rule: 'a quote in the user', known: user("o'brien", 'x') },
  { rule: 'SQL in the user', known: user("' OR '1'='1") },
  { rule: 'a wild card in the user', known: user('al%') },
  { rule: 'the domain does not count', known: user('bob', 'other') },
  { rule: 'no hash of SHA-256', known: { ...user('carol'), algorithm: 'SHA-256' } },
  { rule: 'a hash of the wrong length', known: { ...user('carol'), algorithm: 'SHA-512-256' } },
  { rule: 'a table that is not there', lines: ['X-Do: table', 'X-Table: nowhere'] },
  { rule: 'a table from a variable', lines: ['X-Do: table', 'X-Table: subscriber'] },
  { rule: 'right, by its password', kind: 'passwords' },
  { rule: 'right, SHA-256 by its password', kind: 'passwords', known: { algorithm: 'SHA-256' } },
  { rule: 'wrong, by its password', kind: 'passwords', known: user('alice', 'guess') },
  { rule: 'with its domain, by its password', kind: 'passwords', known: user('alice@example.com') },
  { rule: 'an empty password', kind: 'passwords', known: user('empty', '') },
  { rule: 'right, with its domain', kind: 'domains' },
  { rule: 'the user of another domain', kind: 'domains', known: user('bob', 'other') },
  { rule: 'its domain in the credentials', kind: 'domains', known: user('bob@example.org', 'other') },
  { rule: 'a URI that exists', lines: ['X-Do: exists', 'X-Uri: sip:alice@somewhere'], known: 'none' },
  { rule: 'a URI that does not', lines: ['X-Do: exists', 'X-Uri: sip:nobody@example.com'], known: 'none' },
  { rule: 'no URI', lines: ['X-Do: exists', 'X-Uri: nothing'], known: 'none' },
  {
    rule: 'a URI of the domain',
    kind: 'domains',
    lines: ['X-Do: exists', 'X-Uri: sip:alice@example.com'],
    known: 'none',
  },
  {
    rule: 'a URI of another domain',
    kind: 'domains',
    lines: ['X-Do: exists', 'X-Uri: sip:alice@example.org'],
    known: 'none',
  },
  {
    rule: 'the account of a URI',
    kind: 'domains',
    lines: ['X-Do: id', 'X-Uri: sip:sales@example.org'],
    known: 'none',
  },
  {
    rule: 'the account of a URI, two there are',
    lines: ['X-Do: id', 'X-Uri: sip:sales@example.org'],
    known: 'none',
  },
  {
    rule: 'the account of a URI that has none',
    lines: ['X-Do: id', 'X-Uri: sip:support@example.org'],
    known: 'none',
  },
  { rule: 'the account of what is no URI', lines: ['X-Do: id', 'X-Uri: nothing'], known: 'none' },
  { rule: 'From is one of the account', lines: ['X-Do: from'], from: 'sip:sales@example.com' },
  { rule: 'From is another', lines: ['X-Do: from'], from: 'sip:support@example.com' },
  { rule: 'From without a user', lines: ['X-Do: from'], from: 'sip:example.com' },
  { rule: 'To is one of the account', lines: ['X-Do: to'], to: 'sip:alice@example.com' },
  { rule: 'To is another', lines: ['X-Do: to'], to: 'sip:bob@example.com' },
  { rule: 'To, without credentials', lines: ['X-Do: to'], known: 'none' },
  {
    rule: 'To, with a wrong password',
    lines: ['X-Do: to'],
    known: user('alice', 'guess'),
    to: 'sip:alice@example.com',
  },
];

let calls = 0;

export function requestOf(row: AccountRow, port: number, lines: readonly string[]): string {
  calls += 1;
  const { from = 'sip:alice@example.com', to = 'sip:bob@example.com' } = row;
  return [
    'INVITE sip:bob@example.com SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK-d${calls}`,
    `From: <${from}>;tag=f${calls}`,
    `To: <${to}>`,
    `Call-ID: account-${calls}-${port}`,
    `CSeq: 1 INVITE`,
    ...lines,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** The credentials of a row, for the challenge with its algorithm. */
export function authorizationOf(
  { known = {} }: AccountRow,
  challenges: readonly ReadonlyMap<string, string>[],
): readonly string[] {
  if (known === 'none') return [];
  const algorithm = known.algorithm ?? 'MD5';
  const nonce = challenges.find((each) => each.get('algorithm') === algorithm)?.get('nonce') ?? '';
  const fields = fieldsOf({
    ...user('alice'),
    realm,
    method: 'INVITE',
    uri: 'sip:bob@example.com',
    nonce,
    algorithm,
    qop: 'auth',
    nc: '00000001',
    cnonce: 'c',
    ...known,
  });
  return [`Proxy-Authorization: ${written(fields)}`];
}

export interface Outcome {
  readonly status: number;
  readonly rc?: number;
  readonly avps?: string;
}

export function outcomeOf(reply: string): Outcome {
  const status = Number(/^SIP\/2\.0 (\d+)/.exec(reply)?.[1]);
  const rc = /^X-Rc: (-?\d+)/m.exec(reply)?.[1];
  if (rc === undefined) return { status };
  return { status, rc: Number(rc), avps: /^X-Avps: (.*)\r$/m.exec(reply)?.[1] ?? '' };
}
