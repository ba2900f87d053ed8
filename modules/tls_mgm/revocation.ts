// The library looks for Reflect's metadata when it is imported, so this line stands first.
import 'reflect-metadata';
import type { X509Certificate as NodeCertificate } from 'node:crypto';
import { X509Certificate, X509Crl } from '@peculiar/x509';

export type { X509Crl };

/** A list of PEM. Errors: Error where it is none. */
export function parseList(block: string): X509Crl {
  return new X509Crl(block);
}

/** Since when the time of a list is over; undefined where it is not. */
export function expiryOf({ nextUpdate }: X509Crl, now: Date): Date | undefined {
  return nextUpdate !== undefined && nextUpdate < now ? nextUpdate : undefined;
}

/**
 * Whether a certificate is revoked, judged by lists that speak for it alone: crl_check_all=0. Node's own check wants a
 * list for each certificate of a chain. RFC 5280 §6.3; codes as OpenSSL's.
 */
export class RevocationLists {
  readonly #lists: readonly X509Crl[];

  constructor(lists: readonly X509Crl[]) {
    this.#lists = lists;
  }

  /** Why the leaf fails; undefined where it is not revoked. `authorities`: all that may have signed it. */
  async failure(
    leaf: NodeCertificate,
    authorities: readonly NodeCertificate[],
    now: Date,
  ): Promise<string | undefined> {
    const certificate = new X509Certificate(leaf.raw);
    const lists = this.#lists.filter(({ issuer }) => issuer === certificate.issuer);
    if (lists.length === 0) return 'UNABLE_TO_GET_CRL';
    const authority = authorities.find((other) => leaf.checkIssued(other) && leaf.verify(other.publicKey));
    if (!authority) return 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
    const signed = await this.#signedBy(lists, authority);
    if (signed.length === 0) return 'CRL_SIGNATURE_FAILURE';
    if (signed.some((list) => list.findRevoked(certificate.serialNumber) !== null)) return 'CERT_REVOKED';
    return signed.every((list) => expiryOf(list, now)) ? 'CRL_HAS_EXPIRED' : undefined;
  }

  async #signedBy(lists: readonly X509Crl[], authority: NodeCertificate): Promise<readonly X509Crl[]> {
    const { publicKey } = new X509Certificate(authority.raw);
    const verdicts = await Promise.all(lists.map((list) => list.verify({ publicKey })));
    return lists.filter((_, at) => verdicts[at]);
  }
}
