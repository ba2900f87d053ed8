import { randomBytes } from 'node:crypto';
import type { DigestAlgorithm, SipMessage, SipTools } from '../../runtime/module-exports.ts';
import type { Credential } from './credentials.ts';

/** What the credentials are for. */
export interface AskedRequest {
  readonly method: string;
  /** The Request-URI as it goes out. */
  readonly uri: string;
  readonly body: string;
}

/** One challenge of a reply that can be answered. */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: DigestAlgorithm;
  readonly qop: 'auth' | 'auth-int' | undefined;
}

const kinds = {
  401: { challenge: 'WWW-Authenticate', answer: 'Authorization' },
  407: { challenge: 'Proxy-Authenticate', answer: 'Proxy-Authorization' },
} as const;

/** The challenges of a 401 or 407 in their order, those with an algorithm of `allowed` alone where that is given. */
export function challengesOf(
  reply: SipMessage,
  digest: SipTools['digest'],
  allowed?: readonly DigestAlgorithm[],
): readonly Challenge[] {
  const { statusCode } = reply;
  if (statusCode !== 401 && statusCode !== 407) return [];
  const name = kinds[statusCode].challenge;
  const challenges: Challenge[] = [];
  for (let index = reply.findHeader(name); index >= 0; index = reply.findHeader(name, index + 1)) {
    const challenge = readChallenge(reply.headerValue(index), digest);
    if (challenge && (!allowed || allowed.includes(challenge.algorithm))) challenges.push(challenge);
  }
  return challenges;
}

/** Undefined for another scheme, an algorithm that is not known, and what has no realm or nonce. */
function readChallenge(value: string, digest: SipTools['digest']): Challenge | undefined {
  const fields = digest.readChallenge(value);
  const algorithm = digest.algorithm(fields.get('algorithm') || 'MD5');
  const [realm, nonce] = [fields.get('realm'), fields.get('nonce')];
  if (!algorithm || !realm || !nonce) return undefined;
  const offered = (fields.get('qop') ?? '').split(',').map((word) => word.trim().toLowerCase());
  const qop = (['auth', 'auth-int'] as const).find((word) => offered.includes(word));
  return { realm, nonce, opaque: fields.get('opaque') || undefined, algorithm, qop };
}

/** The header line that answers a challenge (RFC 7616 §3.4), with its CRLF. */
export function answerLine(
  statusCode: 401 | 407,
  challenge: Challenge,
  { user, realm, password }: Credential,
  { method, uri, body }: AskedRequest,
  digest: SipTools['digest'],
): string {
  const { nonce, opaque, algorithm, qop } = challenge;
  const counted = qop && { qop, nc: '00000001', cnonce: randomBytes(8).toString('hex') };
  const ha1 =
    givenHa1(password, digest.hashLength(algorithm)) ?? digest.ha1(algorithm, user, realm, password);
  const response = digest.response(algorithm, ha1, { method, uri, nonce, body, ...counted });
  const fields = [
    `username="${user.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(counted ? [`qop=${counted.qop}`, `nc=${counted.nc}`, `cnonce="${counted.cnonce}"`] : []),
    `response="${response}"`,
    `algorithm=${algorithm}`,
  ];
  return `${kinds[statusCode].answer}: Digest ${fields.join(', ')}\r\n`;
}

/** The H(A1) that a password is: `0x`, then as many lower-case hex digits as a hash has. */
function givenHa1(password: string, length: number): string | undefined {
  if (!/^0x[\da-f]+$/.test(password)) return undefined;
  const ha1 = password.slice(2);
  return ha1.length === length ? ha1 : undefined;
}
