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

/** What a connection tells when its handshake is done. */
export interface ReadHandshake {
  readonly protocol: string;
  readonly cipher: string;
  readonly own: X509Certificate | undefined;
  readonly peer: X509Certificate | undefined;
  /** The certificates above the peer's own that it has sent. */
  readonly sent: readonly X509Certificate[];
  /** OpenSSL's code of why verification failed; undefined where it did not, and where there is no certificate. */
  readonly reported: string | undefined;
  /** A session that goes on. */
  readonly resumed: boolean;
}

/** What a TLS domain holds against the certificate of a peer. */
export interface PeerTrust {
  /** Those of its ca_list and ca_dir. */
  readonly authorities: readonly X509Certificate[];
  /** OpenSSL's code of what the domain's own check of revocation lists found. */
  readonly revocation?: string | undefined;
}

/**
 * Reads a connection, once, in the turn in which Node tells that its handshake is done and before anybody else asks for
 * the peer's certificate: a turn later a client has none any more. What has been read stays when the connection is gone.
 *
 * @param own The certificate that this side has shown, where that is known: asking OpenSSL parses it anew.
 */
export function readHandshake(
  socket: TLSSocket,
  own: X509Certificate | undefined = socket.getX509Certificate(),
): ReadHandshake {
  const peer = socket.getPeerX509Certificate();
  // Declared as an Error, but a code where verification has failed, and null where not.
  const reported: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    own,
    peer,
    sent: peer ? sentWith(peer) : [],
    reported: peer && reported ? String(reported) : undefined,
    resumed: socket.isSessionReused(),
  };
}

/** What the script may ask of it. */
export function tlsFactsOf(read: ReadHandshake, { authorities, revocation }: PeerTrust): TlsFacts {
  const { protocol, cipher, own, peer, sent, reported } = read;
  if (!peer) return { protocol, cipher, own, peer, verifyError: undefined };
  const revoked = revocation === 'CERT_REVOKED';
  const verifyError = firstVerifyError(reported, { peer, sent, authorities, revoked }) ?? revocation;
  return { protocol, cipher, own, peer, verifyError };
}

/** The certificates above the peer's own. Node hands them out with the first object that it makes of it, and only then. */
function sentWith(peer: X509Certificate): readonly X509Certificate[] {
  const sent: X509Certificate[] = [];
  for (let last = peer.issuerCertificate; last; last = last.issuerCertificate) sent.push(last);
  return sent;
}
