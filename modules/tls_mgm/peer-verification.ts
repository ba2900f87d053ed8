import type { X509Certificate } from 'node:crypto';
import type { DomainMaterial } from './material.ts';
import { type ReadHandshake, type TlsFacts, tlsFactsOf } from './tls-facts.ts';

/** What is known of a peer when all is verified. */
export interface VerifiedPeer {
  readonly facts: TlsFacts;
  /** Why the connection must end; undefined where it may go on. */
  readonly refusal: string | undefined;
}

/**
 * Verifies what OpenSSL leaves to us: lists that speak for the peer's certificate alone, and who may come in without
 * being verified. A promise where lists have to be asked. That is done of sessions that go on as well: a client has its
 * ticket before the lists were asked for the first time.
 *
 * @param issuers those that verified peers have sent, for sessions that go on; kept up here
 */
export function verifyPeer(
  read: ReadHandshake,
  material: DomainMaterial,
  now: Date,
  issuers: Map<string, X509Certificate> = new Map(),
): VerifiedPeer | Promise<VerifiedPeer> {
  const { peer } = read;
  if (!material.revocation || !peer) return judged(read, material, undefined);
  return material.revocation
    .failure(peer, [...material.authorities, ...read.sent, ...issuers.values()], now)
    .then((failure) => {
      const verified = judged(read, material, failure);
      if (verified.facts.verifyError === undefined) learn(peer, read.sent, issuers);
      return verified;
    });
}

/** Of a peer that is verified; so there are no more of them than authorities that are trusted. */
function learn(
  peer: X509Certificate,
  sent: readonly X509Certificate[],
  issuers: Map<string, X509Certificate>,
): void {
  const issuer = sent.find((other) => peer.checkIssued(other) && peer.verify(other.publicKey));
  if (issuer) issuers.set(issuer.fingerprint256, issuer);
}

function judged(
  read: ReadHandshake,
  { authorities, verify }: DomainMaterial,
  revocation: string | undefined,
): VerifiedPeer {
  const facts = tlsFactsOf(read, { authorities, revocation });
  return { facts, refusal: verify ? facts.verifyError : undefined };
}
