// The library looks for Reflect's metadata when it is imported, so this line stands first.
import 'reflect-metadata';
import type { X509Certificate as NodeCertificate } from 'node:crypto';
import { X509Certificate, X509Crl } from '@peculiar/x509';

/**
 * Whether a certificate is revoked, judged by lists that speak for it alone: crl_check_all=0. Node's own check wants a
 * list for each certificate of a chain. RFC 5280 §6.3; codes as OpenSSL's.
 */
export class RevocationLists {
  readonly #lists: readonly X509Crl[];

  /** `blocks`: PEM. Errors: what is no list. */
  constructor(blocks: readonly string[]) {
    this.#lists = blocks.map((block) => new X509Crl(block));
  }

  /** The lists whose time is over. */
  expired(now: Date): { readonly issuer: string; readonly since: Date }[] {
    return this.#lists.flatMap(({ issuer, nextUpdate }) =>
      nextUpdate !== undefined && nextUpdate < now ? [{ issuer, since: nextUpdate }] : [],
    );
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
    return signed.every(({ nextUpdate }) => nextUpdate !== undefined && nextUpdate < now)
      ? 'CRL_HAS_EXPIRED'
      : undefined;
  }

  async #signedBy(lists: readonly X509Crl[], authority: NodeCertificate): Promise<readonly X509Crl[]> {
    const { publicKey } = new X509Certificate(authority.raw);
    const verdicts = await Promise.all(lists.map((list) => list.verify({ publicKey })));
    return lists.filter((_, at) => verdicts[at]);
  }
}
