/** A failed handshake in words. */
interface FailureFacts {
  /** The name of the alert, or of the error, in the words of RFC 8446 §6. */
  readonly name: string;
  /** What it usually means, and what to do. */
  readonly meaning: string;
}

const untrusting = 'the peer does not trust our certificate: send the whole chain, or give it the authority';

/** By the code of Node's error, without `ERR_SSL_`. */
const failures: Readonly<Record<string, FailureFacts>> = {
  UNSUPPORTED_PROTOCOL: {
    name: 'protocol_version',
    meaning: 'none of its versions is allowed by tls_method',
  },
  VERSION_TOO_LOW: { name: 'protocol_version', meaning: 'none of its versions is allowed by tls_method' },
  WRONG_VERSION_NUMBER: { name: 'no_tls', meaning: 'the other side does not speak TLS on this port' },
  TLSV1_ALERT_PROTOCOL_VERSION: {
    name: 'protocol_version',
    meaning: 'the peer allows none of our versions (tls_method)',
  },
  NO_SHARED_CIPHER: {
    name: 'handshake_failure',
    meaning: 'no cipher suite in common: ciphers_list, or the kind of the key',
  },
  SSLV3_ALERT_HANDSHAKE_FAILURE: {
    name: 'handshake_failure',
    meaning: 'the peer found nothing in common, or wants a certificate that it did not get',
  },
  NO_SUITABLE_KEY_SHARE: { name: 'handshake_failure', meaning: 'no curve in common: ec_curve' },
  NO_SUITABLE_GROUPS: { name: 'handshake_failure', meaning: 'no curve in common: ec_curve' },
  NO_SUITABLE_SIGNATURE_ALGORITHM: {
    name: 'handshake_failure',
    meaning: 'the peer cannot verify a key of this kind',
  },
  PEER_DID_NOT_RETURN_A_CERTIFICATE: {
    name: 'certificate_required',
    meaning: 'the client has no certificate, and require_cert asks for one',
  },
  TLSV13_ALERT_CERTIFICATE_REQUIRED: {
    name: 'certificate_required',
    meaning: 'the server asks for a certificate: set certificate and private_key of the client domain',
  },
  TLSV1_ALERT_UNKNOWN_CA: { name: 'unknown_ca', meaning: untrusting },
  SSLV3_ALERT_CERTIFICATE_UNKNOWN: { name: 'certificate_unknown', meaning: untrusting },
  SSLV3_ALERT_BAD_CERTIFICATE: { name: 'bad_certificate', meaning: untrusting },
  SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: {
    name: 'unsupported_certificate',
    meaning: 'the peer cannot use our certificate: its key, or its extended key usage',
  },
  SSLV3_ALERT_CERTIFICATE_EXPIRED: {
    name: 'certificate_expired',
    meaning: 'our certificate has expired: renew it and reload',
  },
  SSLV3_ALERT_CERTIFICATE_REVOKED: {
    name: 'certificate_revoked',
    meaning: 'our certificate is on a revocation list',
  },
  TLSV1_ALERT_DECRYPT_ERROR: { name: 'decrypt_error', meaning: 'the peer could not verify a signature' },
  TLSV1_ALERT_INTERNAL_ERROR: { name: 'internal_error', meaning: 'the peer failed on its own account' },
  TLSV1_ALERT_ACCESS_DENIED: { name: 'access_denied', meaning: 'the peer does not let our certificate in' },
  TLSV1_UNRECOGNIZED_NAME: { name: 'unrecognized_name', meaning: 'the server does not serve that name' },
  TLSV1_ALERT_NO_APPLICATION_PROTOCOL: {
    name: 'no_application_protocol',
    meaning: 'no ALPN protocol in common',
  },
  INAPPROPRIATE_FALLBACK: {
    name: 'inappropriate_fallback',
    meaning: 'the client tried an older version although both know a newer one',
  },
};

/** By OpenSSL's code of what is wrong with a certificate. */
const verifications: Readonly<Record<string, FailureFacts>> = {
  CERT_HAS_EXPIRED: { name: 'certificate_expired', meaning: 'the peer’s certificate has expired' },
  CERT_NOT_YET_VALID: { name: 'bad_certificate', meaning: 'the peer’s certificate is not valid yet' },
  CERT_REVOKED: { name: 'certificate_revoked', meaning: 'the peer’s certificate is revoked' },
  CRL_HAS_EXPIRED: { name: 'bad_certificate', meaning: 'the revocation list in crl_dir has expired' },
  UNABLE_TO_GET_CRL: {
    name: 'bad_certificate',
    meaning: 'crl_dir has no revocation list of the authority',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    name: 'unknown_ca',
    meaning: 'the peer’s certificate is self-signed and not in ca_list',
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    name: 'unknown_ca',
    meaning: 'the authority of the peer’s certificate is not in ca_list or ca_dir',
  },
  UNABLE_TO_GET_ISSUER_CERT: {
    name: 'unknown_ca',
    meaning: 'the authority of the peer’s certificate is not in ca_list or ca_dir',
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    name: 'unknown_ca',
    meaning:
      'the authority of the peer’s certificate is not in ca_list or ca_dir, or one in between was not sent',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    name: 'unknown_ca',
    meaning:
      'the authority of the peer’s certificate is not in ca_list or ca_dir, or one in between was not sent',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    name: 'bad_certificate',
    meaning: 'the server’s certificate does not name the host; verify_hostname 0 lets it pass',
  },
  INVALID_PURPOSE: {
    name: 'unsupported_certificate',
    meaning: 'the peer’s certificate is not for this use (extended key usage)',
  },
  CERT_SIGNATURE_FAILURE: {
    name: 'bad_certificate',
    meaning: 'the peer’s certificate was changed after its authority had signed it',
  },
  CRL_SIGNATURE_FAILURE: {
    name: 'bad_certificate',
    meaning: 'the revocation list in crl_dir is not signed by the authority of the peer’s certificate',
  },
  CRL_NOT_YET_VALID: {
    name: 'bad_certificate',
    meaning: 'the revocation list in crl_dir is not valid yet',
  },
  ECONNRESET: { name: 'closed', meaning: 'the peer ended the connection before the handshake was done' },
};

/** Failures of ours: their messages say it all. */
const ownNames: Readonly<Record<string, string>> = {
  timeout: 'timeout',
  'no-domain': 'no_domain',
  'no-tls': 'no_tls',
  'hello-size': 'hello_too_long',
  stopping: 'stopping',
};

/** A stable code for statistics and logs: `unknown_ca`. */
export function failureName(code: string): string {
  return ownName(code) ?? factsOf(code)?.name ?? 'other';
}

/** `unknown_ca: what it usually means`; OpenSSL's own words where nothing is known of the code. */
export function failureText(code: string, message: string): string {
  const own = ownName(code);
  if (own !== undefined) return `${own}: ${message}`;
  const facts = factsOf(code);
  if (!facts) return `${code}: ${plainMessage(message)}`;
  // Node says which names the certificate has instead.
  const [, names] = /(?<=altnames): (.*)$/s.exec(message) ?? [];
  return `${facts.name}: ${facts.meaning}${names === undefined ? '' : ` (${names})`}`;
}

function ownName(code: string): string | undefined {
  return Object.hasOwn(ownNames, code) ? ownNames[code] : undefined;
}

function factsOf(code: string): FailureFacts | undefined {
  // OpenSSL 3.2 and later say SSL/TLS where earlier ones said SSLV3.
  const name = code.replace(/^ERR_SSL_/, '').replace(/^SSL\/TLS_/, 'SSLV3_');
  if (Object.hasOwn(failures, name)) return failures[name];
  return Object.hasOwn(verifications, code) ? verifications[code] : otherAlert(name);
}

/** An alert that is seldom seen. */
function otherAlert(name: string): FailureFacts | undefined {
  const [, alert] = /^(?:SSLV3|TLSV1|TLSV13)_ALERT_(.+)$/.exec(name) ?? [];
  return alert === undefined
    ? undefined
    : { name: alert.toLowerCase(), meaning: 'the peer ended the handshake with this alert' };
}

/** What OpenSSL puts around its words is left out: `80CC…:error:0A000102:SSL routines:…:unsupported protocol:…`. */
function plainMessage(message: string): string {
  const parts = message.split(':');
  return parts[1] === 'error' ? (parts[5] ?? message) : message.trim();
}
