import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { signingKey } from './keys.ts';
import type { AlternativeName } from './names.ts';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509.ts';

/** A distinguished name: its parts in order, each a type (`C`, `ST`, `L`, `O`, `OU`, `CN`, `E`) and a value. */
export type DistinguishedName = readonly (readonly [type: string, value: string])[];

/** Who signs. */
export interface Issuer {
  /** PEM. */
  readonly certificate: string;
  /** Its private key. */
  readonly key: KeyObject;
}

export type ExtendedUse = 'serverAuth' | 'clientAuth';

/** What a certificate is to say. */
export interface CertificateFacts {
  readonly subject: DistinguishedName;
  /** The private key of the subject; the certificate gets its public half. */
  readonly key: KeyObject;
  /** Default: the subject itself. */
  readonly issuer?: Issuer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Hexadecimal. Default: 16 random bytes. */
  readonly serial?: string;
  /** Makes it the certificate of an authority; `pathLength` is how many authorities may stand below it. */
  readonly authority?: { readonly pathLength?: number };
  /** What it is valid for (subjectAltName). Default: none. */
  readonly names?: readonly AlternativeName[];
  /** Default: none. */
  readonly extendedUses?: readonly ExtendedUse[];
}

/** Makes a certificate, signed with SHA-256; answers PEM. Errors: CertificateProblem for keys that are neither EC nor RSA. */
export async function issueCertificate(facts: CertificateFacts): Promise<string> {
  const subject = nameOf(facts.subject);
  const publicKey = createPublicKey(facts.key).export({ type: 'spki', format: 'der' });
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: facts.issuer ? new X509Certificate(facts.issuer.certificate).subjectName : subject,
    serialNumber: facts.serial ?? randomSerial(),
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    publicKey,
    signingKey: await signingKey(facts.issuer?.key ?? facts.key),
    extensions: await extensionsOf(facts, publicKey),
  });
  return `${certificate.toString('pem')}\n`;
}

/** The distinguished name in the library's form. */
function nameOf(parts: DistinguishedName): Name {
  return new Name(parts.map(([type, value]) => ({ [type]: [value] })));
}

/** RFC 5280 4.1.2.2: positive and at most 20 bytes; the second bit keeps it at 16 bytes. */
function randomSerial(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex');
}

/** RFC 5280 4.2.1; what must not be overlooked by a reader is critical. */
async function extensionsOf(facts: CertificateFacts, publicKey: Buffer): Promise<Extension[]> {
  const own = await SubjectKeyIdentifierExtension.create(publicKey);
  const issuer = facts.issuer ? await keyIdentifierOf(facts.issuer.certificate) : own.keyId;
  const { authority, names = [], extendedUses = [] } = facts;
  return [
    new BasicConstraintsExtension(authority !== undefined, authority?.pathLength, true),
    new KeyUsagesExtension(keyUsages(facts), true),
    own,
    new AuthorityKeyIdentifierExtension(issuer),
    ...(extendedUses.length > 0
      ? [new ExtendedKeyUsageExtension(extendedUses.map((use) => ExtendedKeyUsage[use]))]
      : []),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension([...names])] : []),
  ];
}

/** As the issuer's certificate says it, else as it would be computed. */
async function keyIdentifierOf(certificate: string): Promise<string> {
  const issuer = new X509Certificate(certificate);
  const said = issuer.getExtension(SubjectKeyIdentifierExtension);
  return (said ?? (await SubjectKeyIdentifierExtension.create(issuer.publicKey))).keyId;
}

function keyUsages({ authority, key }: CertificateFacts): KeyUsageFlags {
  if (authority) return KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
  // The cipher suites of TLS 1.2 without a Diffie-Hellman exchange encrypt with the RSA key.
  const encipherment = key.asymmetricKeyType === 'rsa' ? KeyUsageFlags.keyEncipherment : 0;
  return KeyUsageFlags.digitalSignature | encipherment;
}
