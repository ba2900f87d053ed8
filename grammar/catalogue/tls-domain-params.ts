/** The parameters of tls_mgm that belong to one domain and name it in their value. */
export const tlsDomainAttributes: ReadonlySet<string> = new Set([
  ...['verify_cert', 'require_cert', 'crl_check_all', 'crl_dir', 'certificate', 'private_key'],
  ...['ca_list', 'ca_dir', 'ciphers_list', 'dh_params', 'ec_curve', 'tls_method'],
]);

/** Those of them that are a number behind the name. */
export const tlsDomainSwitches: ReadonlySet<string> = new Set([
  'verify_cert',
  'require_cert',
  'crl_check_all',
]);

/** Since 3.0: what a domain is for. */
export const tlsDomainMatches: ReadonlySet<string> = new Set(['match_ip_address', 'match_sip_domain']);
