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
 * being verified. A promise where lists have to be asked.
 */
export function verifyPeer(
  read: ReadHandshake,
  material: DomainMaterial,
  now: Date,
): VerifiedPeer | Promise<VerifiedPeer> {
  const { revocation, authorities } = material;
  // Lists that have changed end the sessions that began before.
  if (!revocation || !read.peer || read.resumed) return judged(read, material, undefined);
  return revocation
    .failure(read.peer, [...authorities, ...read.sent], now)
    .then((failure) => judged(read, material, failure));
}

function judged(
  read: ReadHandshake,
  { authorities, verify }: DomainMaterial,
  revocation: string | undefined,
): VerifiedPeer {
  const facts = tlsFactsOf(read, { authorities, revocation });
  return { facts, refusal: verify ? facts.verifyError : undefined };
}
