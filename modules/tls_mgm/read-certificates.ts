import { X509Certificate } from 'node:crypto';
import type { DomainFiles } from './domain-files.ts';
import type { Place } from './findings.ts';
import { certificateBlocks } from './pem.ts';
import type { SourceFile } from './source-files.ts';

/** The certificates of a file; one that cannot be read is a finding. `what` names the file: `ca_list`. */
export function readCertificates(
  { path, text }: SourceFile,
  what: string,
  files: DomainFiles,
  place: Place | undefined,
): X509Certificate[] {
  return certificateBlocks(text).flatMap((block, at) => {
    try {
      return [new X509Certificate(block)];
    } catch (error) {
      const which = `certificate number ${at + 1} of ${what} of TLS domain ${files.name}`;
      files.report('certificate-broken', `${which} cannot be read: ${path} (${openSslReason(error)})`, place);
      return [];
    }
  });
}

/** A certificate in a message: `C=DE, O=Example, CN=example.com`. */
export function shownName(name: string | undefined): string {
  return name?.trim().split('\n').join(', ') || 'without a name';
}

/** OpenSSL's words without its numbers: `error:0A0000B1:SSL routines::no certificate assigned`. */
export function openSslReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const parts = message.split(':');
  return parts[0] === 'error' && parts.length > 4 ? parts.slice(4).join(':') : message;
}
