import type { X509Certificate } from 'node:crypto';
import { X509Certificate as Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { DomainMaterial } from './material.ts';

/**
 * Why the peer's certificate fails by the lists that speak for it alone; undefined where it does not, where the domain
 * has no such lists, and on a session that goes on, because lists that have changed end those.
 */
export async function revocationFailure(
  socket: TLSSocket,
  { revocation, authorities, verify }: DomainMaterial,
  now: Date,
): Promise<string | undefined> {
  const peer = socket.getPeerX509Certificate();
  if (!revocation || !verify || !peer || socket.isSessionReused()) return undefined;
  return revocation.failure(peer, [...authorities, ...sentBy(socket)], now);
}

/** The certificates above the peer's own that it has sent. */
function sentBy(socket: TLSSocket): X509Certificate[] {
  const found = new Map<string, X509Certificate>();
  let last: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true).issuerCertificate;
  // A root is its own issuer.
  while (last?.raw && !found.has(last.fingerprint256)) {
    found.set(last.fingerprint256, new Certificate(last.raw));
    last = last.issuerCertificate;
  }
  return [...found.values()];
}
