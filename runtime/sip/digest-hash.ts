/** The hashes of HTTP Digest (RFC 7616 §3.4, RFC 8760): one character a byte, answers in lower-case hex. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { DigestAlgorithm, DigestTools } from '../module-exports.ts';
import { readCredentials, readDigest } from './digest.ts';
import { foundCredentials } from './found-credentials.ts';

type Hash = (text: string) => string;

const hashWith =
  (name: string): Hash =>
  (text) =>
    createHash(name).update(text, 'latin1').digest('hex');

interface AlgorithmFacts {
  readonly hash: Hash;
  /** Characters of a response. */
  readonly length: number;
  /** H(A1) also covers nonce and cnonce. */
  readonly session: boolean;
}

const md5 = { hash: hashWith('md5'), length: 32 };
const sha256 = { hash: hashWith('sha256'), length: 64 };
const sha512t256 = { hash: hashWith('sha512-256'), length: 64 };

const algorithms: Readonly<Record<DigestAlgorithm, AlgorithmFacts>> = {
  MD5: { ...md5, session: false },
  'MD5-sess': { ...md5, session: true },
  'SHA-256': { ...sha256, session: false },
  'SHA-256-sess': { ...sha256, session: true },
  'SHA-512-256': { ...sha512t256, session: false },
  'SHA-512-256-sess': { ...sha512t256, session: true },
};

const byLowerName = new Map(
  Object.keys(algorithms).map((name) => [name.toLowerCase(), name as DigestAlgorithm]),
);

export const digestTools: DigestTools = {
  read: readCredentials,
  readChallenge: readDigest,
  algorithm: (name) => byLowerName.get(name.trim().toLowerCase()),
  hashLength: (algorithm) => algorithms[algorithm].length,
  ha1: (algorithm, user, realm, password) => algorithms[algorithm].hash(`${user}:${realm}:${password}`),
  response(algorithm, ha1, parts) {
    const { hash, session } = algorithms[algorithm];
    const { method, uri, nonce, qop, nc = '', cnonce = '', body = '' } = parts;
    const a1 = session ? hash(`${ha1}:${nonce}:${cnonce}`) : ha1;
    const isWhole = qop?.trim().toLowerCase() === 'auth-int';
    const a2 = hash(isWhole ? `${method}:${uri}:${hash(body)}` : `${method}:${uri}`);
    return hash(qop ? `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}` : `${a1}:${nonce}:${a2}`);
  },
  isSame(response, expected) {
    const [given, wanted] = [Buffer.from(response, 'latin1'), Buffer.from(expected, 'latin1')];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  },
  found: foundCredentials.of,
  keep: foundCredentials.keep,
};
