import type { ParamSchema } from '../../runtime/module-exports.ts';

/** How a value of one domain is written; the same for all parameters of a domain. */
const forms =
  '`[name]value`, in files of 2.1 and 2.2 also `name:value`; without a name it is the default domain’s.';

function ofDomain(description: string, facts: Partial<ParamSchema> = {}): ParamSchema {
  return { type: 'string', description: `${description} ${forms}`, list: true, ...facts };
}

function column(description: string, name: string, facts: Partial<ParamSchema> = {}): ParamSchema {
  const noEffect = 'domains are not provisioned from a database yet';
  return { type: 'string', description: `The column of ${description}.`, default: name, noEffect, ...facts };
}

/** Parameters that define domains and say which connections are theirs. */
const definitions = {
  server_domain: {
    type: 'string',
    description:
      'Defines a domain for connections that come in: its name; in files of 2.x `name=address:port`. May stand more than once.',
    list: true,
  },
  client_domain: {
    type: 'string',
    description:
      'Defines a domain for connections that are opened: its name; in files of 2.x `name=address:port`. May stand more than once.',
    list: true,
  },
  match_ip_address: ofDomain(
    'Sockets of a server domain, destinations of a client domain: `address:port`, separated by commas, or `*`. Default `*`.',
    { since: '3.0' },
  ),
  match_sip_domain: ofDomain(
    'Server names of a server domain (SNI), SIP domains of a client domain: names or shell patterns in any case, separated by commas; `none`: no server name was sent; `*`: any, and none. Default `*`.',
    { since: '3.0' },
  ),
} as const satisfies Readonly<Record<string, ParamSchema>>;

/** Parameters that each domain has a value of. The defaults are those of the file's version: `defaultSettings`. */
export const domainSettings = {
  tls_method: ofDomain(
    'TLS versions, in any case: `TLSv1`, `TLSv1_1`, `TLSv1_2`, `TLSv1_3`; `SSLv23` or `TLSany`: all that Node’s OpenSSL allows by itself; a range `TLSv1_2-TLSv1_3`, `TLSv1_2-`, `-TLSv1_2`, `-`. Default `SSLv23`.',
  ),
  certificate: ofDomain(
    'PEM file with the certificate, behind it those of the authorities between it and a root. A client domain may have none.',
  ),
  private_key: ofDomain('PEM file with the key of the certificate.'),
  private_key_password: ofDomain(
    'tsips only. Where the password of the key is: `file:PATH` (its first line) or `env:NAME`. Default: the key has none.',
  ),
  ca_list: ofDomain('PEM file with the authorities that peers’ certificates are trusted by.'),
  ca_dir: ofDomain(
    'Folder with such files, each of one certificate or more. Those with hashed names are enough, plain names are read too.',
  ),
  crl_dir: ofDomain('Folder with certificate revocation lists (PEM).'),
  crl_check_all: ofDomain(
    '0: a revocation list must speak for the peer’s certificate alone; 1: for each one of its chain.',
  ),
  ciphers_list: ofDomain(
    'Cipher suites in OpenSSL’s words. Default: those of Node. TLS 1.3 suites are chosen by their names.',
  ),
  dh_params: ofDomain(
    'PEM file with Diffie-Hellman parameters. Default: key exchange by elliptic curves only.',
  ),
  ec_curve: ofDomain('Curves, separated by colons, the best first. Default: OpenSSL’s.'),
  verify_cert: ofDomain(
    'Server domain, 1: clients are asked for a certificate, and one that fails is refused. Client domain, 1: a server whose certificate fails is refused. Default 1.',
  ),
  require_cert: ofDomain(
    'Server domain, 1: with verify_cert, a client without a certificate is refused, too. Default 1.',
  ),
  // Deviation: on by default, because a chain alone says nothing of who the server is (RFC 5922 §7).
  verify_hostname: ofDomain(
    'tsips only. Client domain, 1: with verify_cert, the certificate must name the host; 0: any name passes, as in OpenSIPS. Default 1.',
  ),
} as const satisfies Readonly<Record<string, ParamSchema>>;

const timeouts = {
  tls_handshake_timeout: {
    type: 'integer',
    description:
      'How long the handshake of a connection that is opened may take. 3.1 and later: of proto_tls and proto_wss.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
    until: '3.0',
  },
  tls_send_timeout: {
    type: 'integer',
    description:
      'A connection that takes nothing of what waits for it for this long is closed. 3.1 and later: of proto_tls and proto_wss.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
    until: '3.0',
  },
  tls_accept_timeout: {
    type: 'integer',
    description: 'tsips only. How long the handshake of a connection that comes in may take.',
    default: 10000,
    unit: 'milliseconds',
    minimum: 1,
  },
  tls_max_hello: {
    type: 'integer',
    description: 'tsips only. The longest first message (ClientHello) of a connection that comes in.',
    default: 16384,
    unit: 'bytes',
    minimum: 512,
    maximum: 65536,
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

const others = {
  tls_library: {
    type: 'string',
    description: 'The TLS library.',
    default: 'auto',
    enum: ['auto', 'none', 'openssl', 'wolfssl'],
    since: '3.2',
  },
  client_domain_avp: {
    type: 'string',
    description: 'The AVP that names the client domain in files of 2.x.',
    until: '2.4',
  },
  client_tls_domain_avp: {
    type: 'string',
    description: 'The AVP that names the client domain.',
    since: '3.0',
  },
  client_sip_domain_avp: {
    type: 'string',
    description:
      'The AVP with the SIP domain that a client domain is chosen by (match_sip_domain) and that is sent as server name (SNI).',
    since: '3.0',
  },
  tls_reload_on_hup: {
    type: 'integer',
    description: 'tsips only. 1: SIGHUP reads all files anew.',
    default: 0,
    minimum: 0,
    maximum: 1,
  },
  tls_watch: {
    type: 'integer',
    description:
      'tsips only. How often files are looked at, to read them anew when they have changed. 0: never.',
    default: 0,
    unit: 'seconds',
    minimum: 0,
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

const database = {
  db_url: {
    type: 'string',
    description: 'The database that domains are read from. Not there yet: the check says so.',
  },
  db_table: {
    type: 'string',
    description: 'Its table.',
    default: 'tls_mgm',
    noEffect: 'domains are not provisioned from a database yet',
  },
  db_mode: {
    type: 'integer',
    description: 'Whether domains come from the database.',
    default: 0,
    until: '2.2',
    noEffect: 'domains are not provisioned from a database yet',
  },
  id_col: column('the number of a domain', 'id', { until: '2.2' }),
  domain_col: column('its name', 'domain', { since: '2.3' }),
  address_col: column('its address', 'address', { until: '2.4' }),
  match_ip_address_col: column('match_ip_address', 'match_ip_address', { since: '3.0' }),
  match_sip_domain_col: column('match_sip_domain', 'match_sip_domain', { since: '3.0' }),
  tls_method_col: column('tls_method', 'method'),
  verify_cert_col: column('verify_cert', 'verify_cert'),
  require_cert_col: column('require_cert', 'require_cert'),
  certificate_col: column('certificate', 'certificate'),
  private_key_col: column('private_key', 'private_key'),
  crl_check_all_col: column('crl_check_all', 'crl_check_all'),
  crl_dir_col: column('crl_dir', 'crl_dir'),
  ca_list_col: column('ca_list', 'ca_list'),
  ca_dir_col: column('ca_dir', 'ca_dir'),
  ciphers_list_col: column('ciphers_list', 'cipher_list'),
  dh_params_col: column('dh_params', 'dh_params'),
  ec_curve_col: column('ec_curve', 'ec_curve'),
} as const satisfies Readonly<Record<string, ParamSchema>>;

export const paramSchemas = {
  ...definitions,
  ...domainSettings,
  ...timeouts,
  ...others,
  ...database,
} as const satisfies Readonly<Record<string, ParamSchema>>;

export type SettingName = keyof typeof domainSettings;

export const settingNames = Object.keys(domainSettings) as readonly SettingName[];
