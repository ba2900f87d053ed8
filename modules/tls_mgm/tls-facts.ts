import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { firstVerifyError } from './verify-error.ts';

/** What the script may ask of a connection over TLS. */
export interface TlsFacts {
  /** `TLSv1.3` */
  readonly protocol: string;
  /** The cipher suite by OpenSSL's name. */
  readonly cipher: string;
  /** The certificate that this host has shown; undefined where it has shown none. */
  readonly own: X509Certificate | undefined;
  readonly peer: X509Certificate | undefined;
  /**
   * OpenSSL's code of why the peer's certificate was not verified (`CERT_HAS_EXPIRED`); undefined where it was, and
   * where there is none.
   */
  readonly verifyError: string | undefined;
}

/** What a TLS domain holds against the certificates of peers. */
export interface PeerTrust {
  /** Those of its ca_list and ca_dir. */
  readonly authorities: readonly X509Certificate[];
  /** Whether a CRL of the domain names this certificate; left out where the domain has no CRL. */
  isRevoked?(certificate: X509Certificate): boolean;
}

/**
 * Reads them from a connection whose handshake is done, once: what has been read stays when the connection is gone. It
 * must be the first that asks the socket for the peer's certificate.
 */
export function readTlsFacts(socket: TLSSocket, trust: PeerTrust): TlsFacts {
  const peer = socket.getPeerX509Certificate();
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    own: socket.getX509Certificate(),
    peer,
    verifyError: peer && verifyErrorOf(socket, peer, trust),
  };
}

function verifyErrorOf(socket: TLSSocket, peer: X509Certificate, trust: PeerTrust): string | undefined {
  // Declared as an Error, but a code where verification has failed, and null where not.
  const reported: unknown = socket.authorizationError;
  return firstVerifyError(reported ? String(reported) : undefined, {
    peer,
    sent: sentWith(peer),
    authorities: trust.authorities,
    revoked: trust.isRevoked?.(peer) ?? false,
  });
}

/** The certificates above the peer's own. Node hands them out with the first object that it makes of it, and only then. */
function sentWith(peer: X509Certificate): readonly X509Certificate[] {
  const sent: X509Certificate[] = [];
  for (let last = peer.issuerCertificate; last; last = last.issuerCertificate) sent.push(last);
  return sent;
}
