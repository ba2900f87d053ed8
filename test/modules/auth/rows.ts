/** Credentials of all kinds, and what a script of OpenSIPS 3.6 says to them: `measured.json`, by the name of the row. */

import { createNonceMaker } from '../../../modules/auth/nonces.ts';
import { fieldsOf, type Known, written } from './digest-client.ts';

export const secret = '0123456789abcdef0123456789abcdef';
const realm = 'example.com';

/** What the script is asked for by X-Do before: `plain` without qop, `all` with three algorithms. */
export type Asking = 'plain' | 'auth' | 'int' | 'both' | 'all' | 'sessions';

export interface CredentialsRow {
  readonly rule: string;
  /** The challenge that the credentials answer. Default `auth`. */
  readonly to?: Asking;
  readonly method?: string;
  readonly body?: string;
  /** What the client knows otherwise than the challenge and the account say it. */
  readonly known?: Partial<Known>;
  /** Fields as they are written, undefined: left out; they change nothing that was hashed. */
  readonly fields?: Readonly<Record<string, string | undefined>>;
  /** The header lines, made of the value of Authorization; default that line alone. */
  lines?(value: string): readonly string[];
}

/** A nonce that says what no challenge would. */
const nonce = (facts: { qop?: number; algorithm?: number; index?: number; seconds?: number; at?: number }) =>
  createNonceMaker(secret).make({
    index: facts.index ?? 0,
    qop: facts.qop ?? 1,
    algorithm: facts.algorithm ?? 1,
    expires: (facts.at ?? Date.now()) + (facts.seconds ?? 20) * 1000,
  });

const noQop = { qop: undefined, nc: undefined, cnonce: undefined };

export const rows: readonly CredentialsRow[] = [
  { rule: 'right, with qop' },
  { rule: 'right, without qop in challenge and answer', to: 'plain', known: noQop },
  { rule: 'right, qop offered and left out', known: noQop },
  { rule: 'qop answered that was not offered', to: 'plain' },
  { rule: 'right, algorithm named', known: { algorithm: 'MD5' } },
  { rule: 'right, algorithm in lower case', known: { algorithm: 'md5' } },
  { rule: 'right, algorithm between quotes', fields: { algorithm: '"MD5"' } },
  { rule: 'algorithm unknown', known: { algorithm: 'SHA-1' } },
  { rule: 'algorithm empty', fields: { algorithm: '""' } },
  { rule: 'right, SHA-256', to: 'all', known: { algorithm: 'SHA-256' } },
  { rule: 'right, SHA-512-256', to: 'all', known: { algorithm: 'SHA-512-256' } },
  { rule: 'right, MD5 of three', to: 'all', known: { algorithm: 'MD5' } },
  { rule: 'right, MD5-sess', to: 'sessions', known: { algorithm: 'MD5-sess' } },
  { rule: 'right, SHA-256-sess', to: 'sessions', known: { algorithm: 'SHA-256-sess' } },
  { rule: 'right, SHA-512-256-sess', to: 'sessions', known: { algorithm: 'SHA-512-256-sess' } },
  { rule: 'another algorithm than the nonce has', known: { algorithm: 'SHA-256' } },
  {
    rule: 'a weaker algorithm than the nonce has',
    to: 'all',
    known: { algorithm: 'MD5', nonce: nonce({ algorithm: 3 }) },
  },
  { rule: 'right, auth-int', to: 'int', method: 'MESSAGE', body: 'hello\r\n', known: { qop: 'auth-int' } },
  { rule: 'right, auth-int without a body', to: 'int', known: { qop: 'auth-int' } },
  {
    rule: 'auth-int, another body',
    to: 'int',
    method: 'MESSAGE',
    body: 'hello',
    known: { qop: 'auth-int', body: 'HELLO' },
  },
  { rule: 'right, auth of both', to: 'both' },
  { rule: 'right, auth-int of both', to: 'both', method: 'MESSAGE', body: 'x', known: { qop: 'auth-int' } },
  { rule: 'auth-int where auth was offered', known: { qop: 'auth-int' } },
  { rule: 'auth where auth-int was offered', to: 'int' },
  { rule: 'qop unknown', known: { qop: 'auth-conf' } },
  { rule: 'qop in upper case', known: { qop: 'AUTH' } },
  { rule: 'qop between quotes', fields: { qop: '"auth"' } },
  { rule: 'qop empty', known: noQop, fields: { qop: '""' } },
  { rule: 'wrong password', known: { password: 'guess' } },
  { rule: 'user in another case', known: { username: 'Alice' } },
  { rule: 'user unknown', known: { username: 'bob' } },
  { rule: 'user with its domain', known: { username: 'alice@example.com' } },
  { rule: 'user empty', known: { username: '' } },
  { rule: 'user missing', fields: { username: undefined } },
  { rule: 'user without quotes', fields: { username: 'alice' } },
  { rule: 'realm wrong', known: { realm: 'example.org' } },
  { rule: 'realm in another case', fields: { realm: '"EXAMPLE.com"' } },
  { rule: 'realm empty', known: { realm: '' } },
  { rule: 'realm missing', fields: { realm: undefined } },
  { rule: 'realm without quotes', fields: { realm } },
  { rule: 'nonce missing', fields: { nonce: undefined } },
  { rule: 'nonce empty', known: { nonce: '' } },
  { rule: 'nonce of nobody', known: { nonce: 'f84f1cec41e6cbe5aea9c8e88d359' } },
  { rule: 'nonce of the right length', known: { nonce: 'A'.repeat(43).concat('A') } },
  {
    rule: 'nonce with one letter changed',
    known: { nonce: nonce({}).replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) },
  },
  {
    rule: 'nonce with another secret',
    known: {
      nonce: createNonceMaker('x'.repeat(32)).make({
        index: 0,
        qop: 1,
        algorithm: 1,
        expires: Date.now() + 20_000,
      }),
    },
  },
  { rule: 'nonce made elsewhere with the same secret', known: { nonce: nonce({ seconds: 600 }) } },
  { rule: 'nonce that has ended', known: { nonce: nonce({ seconds: -1 }) } },
  { rule: 'nonce that ends too late', known: { nonce: nonce({ seconds: 10_000 }) } },
  { rule: 'nonce with a number where none is counted', known: { nonce: nonce({ seconds: 600, index: 7 }) } },
  { rule: 'uri missing', fields: { uri: undefined } },
  { rule: 'uri empty', known: { uri: '' } },
  { rule: 'another uri than the request has', known: { uri: 'sip:other@example.org' } },
  { rule: 'the uri of the request, hashed otherwise', fields: { uri: '"sip:other@example.org"' } },
  { rule: 'response missing', fields: { response: undefined } },
  { rule: 'response empty', fields: { response: '""' } },
  { rule: 'response too short', fields: { response: '"0123456789abcdef"' } },
  { rule: 'response too long', fields: { response: `"${'0'.repeat(64)}"` } },
  {
    rule: 'response in upper case',
    lines: (value) => [
      value.replace(/response="[^"]*"/, (field) => field.toUpperCase().replace('RESPONSE', 'response')),
    ],
  },
  { rule: 'response of another method', known: { method: 'INVITE' } },
  { rule: 'nc missing', fields: { nc: undefined } },
  { rule: 'nc empty', fields: { nc: '""' } },
  { rule: 'nc without its value', lines: (value) => [value.replace(/nc=[^,]*/, 'nc=')] },
  { rule: 'nc other than it was hashed', fields: { nc: '00000002' } },
  { rule: 'nc too short', known: { nc: '1' } },
  { rule: 'nc that is no number', known: { nc: 'zzzzzzzz' } },
  { rule: 'nc between quotes', fields: { nc: '"00000001"' } },
  { rule: 'nc that begins high', known: { nc: '000000ff' } },
  { rule: 'cnonce missing', fields: { cnonce: undefined } },
  { rule: 'cnonce empty', known: { cnonce: '' } },
  { rule: 'opaque that nobody gave', fields: { opaque: '"x"' } },
  { rule: 'a field that nobody knows', fields: { userhash: 'false', 'x-thing': '"a, b=c"' } },
  {
    rule: 'two users, the last counts',
    lines: (value) => [value.replace('username=', 'username="bob", username=')],
  },
  { rule: 'two responses, the last counts', lines: (value) => [`${value}, response="${'0'.repeat(32)}"`] },
  {
    rule: 'names in upper case',
    lines: (value) => [
      value.replace(
        /(\w+)=("|[a-z0])/g,
        (_all, name: string, next: string) => `${name.toUpperCase()}=${next}`,
      ),
    ],
  },
  {
    rule: 'spaces around everything',
    lines: (value) => [value.replace(/=(?=")/g, ' = ').replace(/,/g, ' , ')],
  },
  { rule: 'no spaces', lines: (value) => [value.replace(/, /g, ',')] },
  { rule: 'folded', lines: (value) => [value.replace(/, /g, ',\r\n ')] },
  { rule: 'a comma at the end', lines: (value) => [`${value},`] },
  { rule: 'two commas', lines: (value) => [value.replace(', ', ',, ')] },
  { rule: 'a word without a value', lines: (value) => [`${value}, stale`] },
  { rule: 'a value without a name', lines: (value) => [`${value}, ="x"`] },
  { rule: 'a quote that never closes', lines: (value) => [value.replace(/"(?=, uri)/, '')] },
  {
    rule: 'words behind a value',
    lines: (value) => [value.replace('realm="example.com"', 'realm="example.com" and more')],
  },
  {
    rule: 'no comma between two fields',
    lines: (value) => [value.replace('realm="example.com", ', 'realm="example.com" ')],
  },
  { rule: 'the scheme in lower case', lines: (value) => [value.replace('Digest', 'digest')] },
  { rule: 'Basic', lines: () => ['Basic YWxpY2U6c2VjcmV0'] },
  { rule: 'Bearer', lines: () => ['Bearer abc.def.ghi'] },
  { rule: 'the scheme alone', lines: () => ['Digest'] },
  { rule: 'no field at all', lines: () => ['Digest nothing'] },
  { rule: 'an empty header', lines: () => [''] },
  { rule: 'Basic, then right', lines: (value) => ['Basic YWxpY2U6c2VjcmV0', value] },
  {
    rule: 'another realm, then right',
    lines: (value) => [value.replace('realm="example.com"', 'realm="other"'), value],
  },
  { rule: 'right, then garbage', lines: (value) => [value, 'Digest garbage'] },
  { rule: 'garbage, then right', lines: (value) => ['Digest garbage', value] },
  { rule: 'an unknown algorithm, then right', lines: (value) => [`${value}, algorithm=SHA-1`, value] },
  { rule: 'no credentials', lines: () => [] },
  { rule: 'ACK', method: 'ACK', lines: () => [] },
  { rule: 'CANCEL', method: 'CANCEL', lines: () => [] },
  { rule: 'ACK with a wrong password', method: 'ACK', known: { password: 'guess' } },
];

const offers: Readonly<Record<Asking, string>> = {
  plain: 'www_challenge("example.com");',
  auth: 'www_challenge("example.com", "auth");',
  int: 'www_challenge("example.com", "auth-int");',
  both: 'www_challenge("example.com", "auth,auth-int");',
  all: 'www_challenge("example.com", "auth", "MD5,SHA-256,SHA-512-256");',
  sessions: 'www_challenge("example.com", "auth", "MD5-sess,sha-256-sess,SHA-512-256-SESS");',
};

/** Without sockets and loadmodule lines of protocols. Nonces are not counted: the table is about credentials. */
export const script = `
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "auth.so"
loadmodule "sipmsgops.so"
modparam("auth", "username_spec", "$var(user)")
modparam("auth", "password_spec", "$var(password)")
modparam("auth", "calculate_ha1", 1)
modparam("auth", "secret", "${secret}")
modparam("auth", "nonce_expire", 900)
modparam("auth", "disable_nonce_check", 1)
route {
	$var(user) = "alice";
	$var(password) = "secret";
${Object.entries(offers)
  .map(([asking, statement]) => `	if ($hdr(X-Do) == "${asking}") { ${statement} exit; }`)
  .join('\n')}
	pv_www_authorize("example.com");
	$var(rc) = $rc;
	append_to_reply("X-Rc: $var(rc)\\r\\n");
	xlog("[$hdr(X-Row)] $var(rc)\\n");
	sl_send_reply(299, "Judged");
}
`;

let calls = 0;

/** One request of the table, from a client at that port. */
export function requestOf(row: CredentialsRow, port: number, lines: readonly string[]): string {
  calls += 1;
  const { method = 'REGISTER', body = '' } = row;
  return [
    `${method} sip:example.com SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK-${calls}`,
    'Max-Forwards: 70',
    `From: <sip:alice@example.com>;tag=f${calls}`,
    'To: <sip:alice@example.com>',
    `Call-ID: row-${calls}-${port}`,
    `CSeq: ${calls} ${method}`,
    ...lines,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

/** The Authorization lines of a row that answer a challenge. */
export function authorizationOf(
  row: CredentialsRow,
  challenge: ReadonlyMap<string, string>,
): readonly string[] {
  const fields = fieldsOf({
    username: 'alice',
    password: 'secret',
    realm,
    method: row.method ?? 'REGISTER',
    uri: 'sip:example.com',
    nonce: challenge.get('nonce') ?? '',
    qop: 'auth',
    nc: '00000001',
    cnonce: '0a4f113b',
    body: row.body,
    ...row.known,
  });
  for (const [name, value] of Object.entries(row.fields ?? {})) {
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
  }
  const values = row.lines?.(written(fields)) ?? [written(fields)];
  return values.map((value) => `Authorization: ${value}`);
}

/** What came of a row: the status, the return code where the script went on, the headers that challenge. */
export interface Outcome {
  readonly status: number;
  readonly rc?: number;
}

export function outcomeOf(reply: string): Outcome {
  const status = Number(/^SIP\/2\.0 (\d+)/.exec(reply)?.[1]);
  const rc = /^X-Rc: (-?\d+)/m.exec(reply)?.[1];
  return rc === undefined ? { status } : { status, rc: Number(rc) };
}
