import type { X509Certificate } from 'node:crypto';

/** What a verification was about. */
export interface VerifiedChain {
  readonly peer: X509Certificate;
  /** What else the peer has sent, in any order. */
  readonly sent: readonly X509Certificate[];
  /** Whom the TLS domain trusts. */
  readonly authorities: readonly X509Certificate[];
  /** A CRL of the TLS domain names the peer's certificate. */
  readonly revoked: boolean;
}

/**
 * Why a peer was not verified, as OpenSIPS would tell it: the first error that OpenSSL meets, which looks at the chain,
 * then at CRLs, then at dates. Node reports the last one. A certificate that anybody has made would look merely
 * expired then, and a script that lets expired ones in would let it in.
 */
export function firstVerifyError(reported: string | undefined, chain: VerifiedChain): string | undefined {
  const isLate = reported === undefined || lateErrors.has(reported);
  if (reported !== undefined && !endsAtRoot(chain.peer, chain, new Set())) {
    if (isSelfSigned(chain.peer)) return 'DEPTH_ZERO_SELF_SIGNED_CERT';
    return isLate ? 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' : reported;
  }
  return chain.revoked && isLate ? 'CERT_REVOKED' : reported;
}

/** What OpenSSL meets after it has built the chain. */
const lateErrors: ReadonlySet<string> = new Set([
  'CERT_REVOKED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
]);

/** Whether a way up from this certificate ends at a root that is trusted; `seen` are those that were looked at. */
function endsAtRoot(certificate: X509Certificate, chain: VerifiedChain, seen: Set<string>): boolean {
  const { fingerprint256 } = certificate;
  if (seen.has(fingerprint256)) return false;
  seen.add(fingerprint256);
  if (isSelfSigned(certificate))
    return chain.authorities.some((authority) => authority.fingerprint256 === fingerprint256);
  return [...chain.authorities, ...chain.sent]
    .filter((issuer) => isIssuedBy(certificate, issuer))
    .some((issuer) => endsAtRoot(issuer, chain, seen));
}

/** Whatever its key may be used for. */
function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
