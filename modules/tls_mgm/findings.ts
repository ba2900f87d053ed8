import type { ModuleFinding } from '../../runtime/module-exports.ts';

interface FindingFacts {
  readonly severity: ModuleFinding['severity'];
  readonly why: string;
  readonly help: string;
}

const noStart = 'OpenSIPS takes the parameter and fails when it starts';
const firstCall = 'OpenSIPS starts, and the first connection fails';

/**
 * Everything that a check can find, by its stable code.
 *
 * Deviation: certificates that are not valid now, and folders of revocation lists without a list or with a broken one,
 * keep a host from starting, because no connection would come about, or one that must not. OpenSIPS starts.
 */
export const findingFacts = {
  // ---- How the parameters are written.
  'value-form': {
    severity: 'error',
    why: noStart,
    help: 'write "[name]value"',
  },
  'value-without-domain': {
    severity: 'note',
    why: 'OpenSIPS 3.0 and later refuse it; here it belongs to the domain "default", as in 2.x',
    help: 'for OpenSIPS 3.x define a domain (server_domain "default") and write "[default]value"',
  },
  'domain-unknown': {
    severity: 'error',
    why: 'OpenSIPS refuses the parameter',
    help: 'define it with server_domain or client_domain',
  },
  'domain-twice': {
    severity: 'error',
    why: 'OpenSIPS refuses the second definition',
    help: 'give it another name, or take one of the two out',
  },
  'address-form': {
    severity: 'error',
    why: 'OpenSIPS refuses the parameter',
    help: 'write address:port, with IPv6 in brackets',
  },
  'number-form': {
    severity: 'error',
    why: 'OpenSIPS refuses the parameter',
    help: 'write 0 or 1',
  },
  'domain-never-matches': {
    severity: 'warning',
    why: 'no connection would ever be its own',
    help: 'mend its filters, or take it out',
  },
  'domains-match-the-same': {
    severity: 'warning',
    why: 'the one that is defined last gets every connection',
    help: 'give them different addresses or names',
  },
  'no-server-domain': {
    severity: 'error',
    why: 'every connection to it would be refused',
    help: 'define one: server_domain, certificate and private_key',
  },
  'listener-without-domain': {
    severity: 'error',
    why: 'every connection to it would be refused',
    help: 'name its address in match_ip_address of a domain',
  },
  'method-unknown': {
    severity: 'error',
    why: noStart,
    help: 'it takes SSLv23, TLSany, TLSv1, TLSv1_1, TLSv1_2, TLSv1_3, or a range of these',
  },
  'method-absent': {
    severity: 'error',
    why: 'the OpenSSL of this Node does not have it any more',
    help: 'use TLSv1_2 or a later one',
  },
  'method-empty': {
    severity: 'error',
    why: 'no version is in the range',
    help: 'put the older version first',
  },
  'method-old': {
    severity: 'warning',
    why: 'TLS 1.0 and 1.1 are broken and forbidden (RFC 8996); they are served because the config asks for them',
    help: 'use TLSv1_2-, unless a device cannot do better',
  },
  database: {
    severity: 'error',
    why: 'domains are not provisioned from a database yet',
    help: 'define them in the config',
  },
  'library-without-effect': {
    severity: 'note',
    why: 'Node’s OpenSSL does the work, whatever the config says',
    help: 'nothing needs to be done',
  },
  // ---- What the files hold.
  'file-missing': {
    severity: 'error',
    why: noStart,
    help: '`tsips certs DIR` makes certificates for development',
  },
  'file-unreadable': {
    severity: 'error',
    why: noStart,
    help: 'give this user the right to read it, and to enter the folders above it',
  },
  'file-unreadable-later': {
    severity: 'warning',
    why: 'the start reads it as the user that it begins as; tls_reload could not read it any more',
    help: 'let that user or its group read the file',
  },
  'file-kind': {
    severity: 'error',
    why: noStart,
    help: 'name a regular file, and for ca_dir and crl_dir a folder with such files',
  },
  'file-size': {
    severity: 'error',
    why: 'nothing that large is a certificate, a key or a list; it is not read, so that it cannot take all memory',
    help: 'name the right file',
  },
  'file-not-pem': {
    severity: 'error',
    why: noStart,
    help: 'convert it to PEM, lines between -----BEGIN … and -----END …: `openssl x509 -inform DER -in FILE -out FILE.pem`',
  },
  'certificate-broken': {
    severity: 'error',
    why: noStart,
    help: 'fetch it anew from where it was issued',
  },
  'key-broken': {
    severity: 'error',
    why: noStart,
    help: 'fetch it anew from where it was made',
  },
  'key-missing': {
    severity: 'error',
    why: 'a certificate is of no use without its key',
    help: 'set private_key of the domain',
  },
  'key-encrypted': {
    severity: 'error',
    why: 'OpenSIPS asks for the password on a terminal, which a service does not have',
    help: 'set private_key_password, or take the password off the key',
  },
  'key-password': {
    severity: 'error',
    why: 'the key cannot be read',
    help: 'mend private_key_password',
  },
  'key-mismatch': {
    severity: 'error',
    why: noStart,
    help: 'name the key that the certificate was made with',
  },
  'certificate-expired': {
    severity: 'error',
    why: firstCall,
    help: 'renew it',
  },
  'certificate-expires': {
    severity: 'warning',
    why: 'from then on no client can connect',
    help: 'renew it',
  },
  'certificate-early': {
    severity: 'error',
    why: firstCall,
    help: 'wait, or set the clock of this machine',
  },
  'chain-incomplete': {
    severity: 'warning',
    why: 'a client that does not know the authority in between refuses the certificate',
    help: 'put the certificate of its issuer behind it in the file',
  },
  'chain-order': {
    severity: 'warning',
    why: 'each certificate must stand behind the one that it signed; some clients refuse others',
    help: 'bring them in that order',
  },
  'ca-empty': {
    severity: 'error',
    why: 'OpenSIPS does not start with it',
    help: 'put the certificates of authorities in it, or take the parameter out',
  },
  'ca-none': {
    severity: 'warning',
    why: 'nobody is trusted, so every peer that is verified is refused',
    help: 'set ca_list or ca_dir, or verify_cert to 0',
  },
  'crl-broken': {
    severity: 'error',
    why: 'it would be left out, and revoked certificates would pass',
    help: 'fetch it anew from its authority',
  },
  'crl-expired': {
    severity: 'warning',
    why: 'certificates of its authority are refused until there is a new one',
    help: 'fetch it anew from its authority',
  },
  'crl-none': {
    severity: 'error',
    why: 'every peer that is verified would be refused',
    help: 'put a list of each authority in it, or take crl_dir out',
  },
  'dh-form': {
    severity: 'error',
    why: 'OpenSIPS takes them; newer Nodes go on without them and say nothing',
    help: 'make others, which are DH PARAMETERS: `openssl dhparam -out FILE 2048`',
  },
  'dh-broken': {
    severity: 'error',
    why: 'newer Nodes go on without them and say nothing',
    help: 'make others: `openssl dhparam -out FILE 2048`',
  },
  'dh-weak': {
    severity: 'error',
    why: 'Node refuses less than 1024 bits; fewer than 2048 are too few today',
    help: 'make others: `openssl dhparam -out FILE 2048`',
  },
  'context-refused': {
    severity: 'error',
    why: noStart,
    help: 'mend the value',
  },
} as const satisfies Readonly<Record<string, FindingFacts>>;

export type FindingCode = keyof typeof findingFacts;

/** A value of a parameter by its place: the parameter, and which of its lines, counted from 0; default: the last. */
export interface Place {
  readonly param: string;
  readonly at?: number;
  /** The module that it was given to, if not tls_mgm. */
  readonly module?: string;
}

/** A finding of that code; without a place it stands at the module's own line. */
export function finding(
  code: FindingCode,
  message: string,
  place?: Place,
  details: Partial<FindingFacts> = {},
): ModuleFinding {
  return { code, message, ...findingFacts[code], ...details, ...place };
}
