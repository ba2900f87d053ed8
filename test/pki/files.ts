import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Name, X509Certificate } from '../../runtime/certificates/x509.ts';

/** A folder of its own, gone after the tests of the file, or of the `describe`, that asked for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-pki-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes texts one after the other into a file of a folder; answers its path. */
export function writePem(folder: string, name: string, ...texts: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, texts.join(''), { mode: 0o600 });
  return path;
}

/**
 * Writes a certificate of an authority, or its CRL, under the name by which OpenSSL finds it in a directory
 * (`<hash>.0`, `<hash>.r0`); answers its path.
 *
 * @param list The CRL to write. Default: the certificate is written.
 */
export function writeHashed(folder: string, certificate: string, list?: string): string {
  const stem = `${subjectHash(certificate)}.${list === undefined ? '' : 'r'}`;
  for (let number = 0; ; number++) {
    const name = `${stem}${number}`;
    if (!existsSync(join(folder, name))) return writePem(folder, name, list ?? certificate);
  }
}

/**
 * OpenSSL's X509_NAME_hash of the subject, eight hexadecimal digits: SHA-1 over the parts of the name in UTF-8,
 * in lower case and without needless blanks; its first four bytes from behind.
 */
export function subjectHash(certificate: string): string {
  const parts = new X509Certificate(certificate).subjectName.toJSON().map((part) => {
    const values = Object.entries(part).map(([type, texts]) => [type, texts.map(canonical)]);
    return withoutHead(Buffer.from(new Name([Object.fromEntries(values)]).toArrayBuffer()));
  });
  const digest = createHash('sha1').update(Buffer.concat(parts)).digest();
  return digest.readUInt32LE(0).toString(16).padStart(8, '0');
}

function canonical(text: string): { utf8String: string } {
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { utf8String: lower.trim().replace(/\s+/g, ' ') };
}

/** The content of a DER value: what follows its tag and its length. */
function withoutHead(bytes: Buffer): Buffer {
  const first = bytes.readUInt8(1);
  return bytes.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}
