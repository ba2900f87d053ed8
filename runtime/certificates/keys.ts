import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';
import { CertificateProblem } from './problem.ts';

/** EC on the curve P-256, or RSA with 2048 bits. */
export type KeyKind = 'ec' | 'rsa';

/** A new private key. */
export function makeKey(kind: KeyKind = 'ec'): KeyObject {
  return kind === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

/** A private key as PEM (PKCS#8, not encrypted). */
export function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/**
 * A private key in the form that the library signs with, always over SHA-256. Errors: CertificateProblem for a key
 * that is neither EC nor RSA.
 */
export async function signingKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const bytes = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', bytes, algorithmOf(key), false, ['sign']);
}

function algorithmOf(key: KeyObject): webcrypto.EcKeyImportParams | webcrypto.RsaHashedImportParams {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const namedCurve = curves[details?.namedCurve ?? ''];
  if (namedCurve === undefined) {
    throw new CertificateProblem(
      `a key of type ${type} cannot sign here: take one of EC (P-256, P-384, P-521) or RSA`,
    );
  }
  return { name: 'ECDSA', namedCurve };
}
