import type { X509Certificate } from 'node:crypto';
import { type AlternativeName, readAlternativeNames } from './alternative-names.ts';
import { type DerValue, derInteger, derObjectIdentifier, derTag, readDer, readOneDer } from './der.ts';
import { type DistinguishedName, readDistinguishedName } from './distinguished-name.ts';

/** What a certificate says, as far as the script asks (RFC 5280 4.1). */
export interface CertificateFields {
  /** As it stands there: 0 is X.509 v1, 2 is v3. */
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Empty without the extension. */
  readonly alternativeNames: readonly AlternativeName[];
  /** As OpenSSL prints it: `Jan  9 01:02:03 2024 GMT`. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/**
 * Reads them from the bytes of the certificate: node:crypto has no version, and has names only in a form with escapes.
 * Errors: RangeError where the bytes are not DER.
 */
export function readCertificateFields(certificate: X509Certificate): CertificateFields {
  const { version, rest, extensions } = readMembers(certificate.raw);
  const [serial, , issuer, , subject] = rest;
  if (!serial || !issuer || !subject) throw new RangeError('a certificate without serial number or names');
  return {
    version,
    serial: derInteger(serial.content),
    issuer: readDistinguishedName(issuer.content),
    subject: readDistinguishedName(subject.content),
    alternativeNames: alternativeNamesOf(extensions),
    notBefore: certificate.validFrom,
    notAfter: certificate.validTo,
  };
}

interface Members {
  readonly version: number;
  /** From the serial number on. */
  readonly rest: readonly DerValue[];
  readonly extensions: readonly DerValue[];
}

/** The members that may be left out have a tag of their own: `[0]` the version, `[3]` the extensions. */
function readMembers(raw: Buffer): Members {
  const certificate = readOneDer(raw);
  const members = readDer(readOneDer(certificate.content).content);
  const version = members[0]?.tag === 0xa0 ? members[0] : undefined;
  const extensions = members.find(({ tag }) => tag === 0xa3);
  return {
    version: version ? Number(derInteger(readOneDer(version.content).content)) : 0,
    rest: version ? members.slice(1) : members,
    extensions: extensions ? readDer(readOneDer(extensions.content).content) : [],
  };
}

const subjectAltName = '2.5.29.17';

function alternativeNamesOf(extensions: readonly DerValue[]): readonly AlternativeName[] {
  for (const { content } of extensions) {
    const [type, ...rest] = readDer(content);
    if (!type || derObjectIdentifier(type.content) !== subjectAltName) continue;
    // A mark whether it is critical may stand between.
    const value = rest.find(({ tag }) => tag === derTag.octetString);
    return value ? readAlternativeNames(value.content) : [];
  }
  return [];
}
