import type { DigestAlgorithm } from '../../runtime/module-exports.ts';

/** From the strongest to the weakest, the order in which they are offered (RFC 8760 §2.3). */
export const algorithmsByStrength: readonly DigestAlgorithm[] = [
  'SHA-512-256-sess',
  'SHA-512-256',
  'SHA-256-sess',
  'SHA-256',
  'MD5-sess',
  'MD5',
];

/** In nonces: 1 for MD5 to 6 for SHA-512-256-sess. */
export function algorithmNumber(algorithm: DigestAlgorithm): number {
  return algorithmsByStrength.length - algorithmsByStrength.indexOf(algorithm);
}

/** In nonces: 0 none, 1 auth, 2 auth-int; 3 and 4 both of them. */
export const qopNumbers = {
  none: 0,
  auth: 1,
  'auth-int': 2,
  'auth-int,auth': 3,
  'auth,auth-int': 4,
} as const;
export type Qop = keyof typeof qopNumbers;

/**
 * A list of `auth` and `auth-int`. Up to 3.0 it was a number, and any but 0 meant `auth`. Errors: other words.
 */
export function readQop(text: string): Qop {
  const words = text.split(',').map((word) => word.trim());
  const joined = [...new Set(words)].join(',');
  if (joined === '') return 'none';
  if (/^\d+$/.test(joined)) return Number(joined) === 0 ? 'none' : 'auth';
  if (joined !== 'none' && Object.hasOwn(qopNumbers, joined)) return joined as Qop;
  throw new TypeError(`Bad qop type "${text}"`);
}

/** Those that are named, the strongest first; none for an empty list. Errors: a name that is no algorithm. */
export function readAlgorithms(
  text: string,
  algorithmOf: (name: string) => DigestAlgorithm | undefined,
): readonly DigestAlgorithm[] {
  if (text.trim() === '') return [];
  const named = text.split(',').map((name) => {
    const algorithm = algorithmOf(name);
    if (algorithm) return algorithm;
    throw new TypeError(`Unsupported algorithm type: "${name.trim()}"`);
  });
  return algorithmsByStrength.filter((algorithm) => named.includes(algorithm));
}
