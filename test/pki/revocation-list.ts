import type { Issuer } from '../../runtime/certificates/issue.ts';
import { signingKey } from '../../runtime/certificates/keys.ts';
import { X509Certificate, X509CrlGenerator } from '../../runtime/certificates/x509.ts';
import { daysFromNow } from './dates.ts';
import { pem } from './pem.ts';

/** What a CRL is to say. */
export interface RevocationListFacts {
  /** Leafs, or whatever has a serial number. Default: none. */
  readonly revoked?: readonly { readonly serial: string }[];
  /** Default: a day ago. */
  readonly thisUpdate?: Date;
  /** A time in the past makes an expired list. Default: in 30 days. */
  readonly nextUpdate?: Date;
}

/** Makes the CRL of an authority; answers PEM. */
export async function createRevocationList(issuer: Issuer, facts: RevocationListFacts): Promise<string> {
  const thisUpdate = facts.thisUpdate ?? daysFromNow(-1);
  const list = await X509CrlGenerator.create({
    issuer: new X509Certificate(issuer.certificate).subjectName,
    thisUpdate,
    nextUpdate: facts.nextUpdate ?? daysFromNow(30),
    entries: (facts.revoked ?? []).map(({ serial }) => ({
      serialNumber: serial,
      revocationDate: thisUpdate,
    })),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    signingKey: await signingKey(issuer.key),
  });
  // The library's own PEM has a label that OpenSSL does not know.
  return pem('X509 CRL', new Uint8Array(list.rawData));
}
