/** The client's side of Digest, written for the tests alone: challenges that are read, credentials that answer them. */

import { createHash } from 'node:crypto';

const hashNames: Readonly<Record<string, string>> = {
  md5: 'md5',
  'sha-256': 'sha256',
  'sha-512-256': 'sha512-256',
};

/** H(text) of RFC 7616 §3.2 for `MD5`, `SHA-256-sess` and their like. */
export function hash(algorithm: string, text: string): string {
  const name = hashNames[algorithm.toLowerCase().replace(/-sess$/, '')] ?? 'md5';
  return createHash(name).update(text, 'latin1').digest('hex');
}

/** What credentials are made of. */
export interface Known {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  readonly algorithm?: string | undefined;
  readonly qop?: string | undefined;
  readonly nc?: string | undefined;
  readonly cnonce?: string | undefined;
  readonly body?: string | undefined;
}

/** RFC 7616 §3.4.1. */
export function responseOf(known: Known): string {
  const { algorithm = 'MD5', qop, nonce, nc = '', cnonce = '', body = '' } = known;
  const h = (text: string) => hash(algorithm, text);
  const secret = h(`${known.username}:${known.realm}:${known.password}`);
  const a1 = /-sess$/i.test(algorithm) ? h(`${secret}:${nonce}:${cnonce}`) : secret;
  const integrity = qop === 'auth-int' ? `:${h(body)}` : '';
  const a2 = h(`${known.method}:${known.uri}${integrity}`);
  return h(qop === undefined ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
}

/** The fields of the credentials in the order in which most clients write them; quotes as in RFC 7616 §3.4. */
export function fieldsOf(known: Known): Map<string, string> {
  const { username, realm, nonce, uri, algorithm, qop, nc, cnonce } = known;
  const quoted = (text: string) => `"${text}"`;
  const fields = new Map<string, string | undefined>([
    ['username', quoted(username)],
    ['realm', quoted(realm)],
    ['nonce', quoted(nonce)],
    ['uri', quoted(uri)],
    ['response', quoted(responseOf(known))],
    ['algorithm', algorithm],
    ['qop', qop],
    ['nc', nc],
    ['cnonce', cnonce === undefined ? undefined : quoted(cnonce)],
  ]);
  return new Map([...fields].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

export function written(fields: ReadonlyMap<string, string>): string {
  return `Digest ${[...fields].map(([name, value]) => `${name}=${value}`).join(', ')}`;
}

/** The challenges of a reply: their fields without quotes. */
export function challengesOf(reply: string): readonly ReadonlyMap<string, string>[] {
  const lines = reply.match(/^(?:WWW|Proxy)-Authenticate: Digest .*$/gm) ?? [];
  return lines.map(
    (line) =>
      new Map(
        [...line.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, plain]) => [
          name,
          quoted ?? plain ?? '',
        ]),
      ),
  );
}
