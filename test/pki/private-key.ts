import { createPrivateKey } from 'node:crypto';

/** Encrypts a private key (PEM) with a passphrase; answers PEM, PKCS#8 with AES-256. */
export function encryptKey(key: string, passphrase: string): string {
  return createPrivateKey(key)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString();
}
