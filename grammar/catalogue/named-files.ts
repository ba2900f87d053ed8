/** What a value names on the machine: a file, a folder, or a file that is made in a folder that must be there. */
export type NamedKind = 'file' | 'folder' | 'new file';

/** How the path stands in the value; default: it is the value. */
type PathForm =
  /** `[domain]path`, `domain:path` or the path alone. */
  | 'of a TLS domain'
  /** `radius:/path`: behind the name of the protocol. */
  | 'of an AAA protocol';

export interface NamedFile {
  readonly kind: NamedKind;
  readonly form?: PathForm;
}

const file: NamedFile = { kind: 'file' };
const folder: NamedFile = { kind: 'folder' };
const newFile: NamedFile = { kind: 'new file' };
const fileOfDomain: NamedFile = { kind: 'file', form: 'of a TLS domain' };
const folderOfDomain: NamedFile = { kind: 'folder', form: 'of a TLS domain' };
const fileOfAaa: NamedFile = { kind: 'file', form: 'of an AAA protocol' };

const ofTls: Readonly<Record<string, NamedFile>> = {
  certificate: fileOfDomain,
  private_key: fileOfDomain,
  ca_list: fileOfDomain,
  ca_dir: folderOfDomain,
  crl_dir: folderOfDomain,
  dh_params: fileOfDomain,
};

/** Parameters whose value is the path of something that has to be there, by module. */
export const filesOfParams: Readonly<Record<string, Readonly<Record<string, NamedFile>>>> = {
  aaa_radius: { radius_config: file },
  acc: { aaa_url: fileOfAaa },
  aka_av_diameter: { aaa_url: fileOfAaa },
  auth_aaa: { aaa_url: fileOfAaa },
  b2b_logic: { script_scenario: file },
  b2b_logic_xml: { script_scenario: file },
  carrierroute: { config_file: file },
  cfgutils: { hash_file: file },
  'cpl-c': { cpl_dtd_file: file, log_dir: folder },
  cpl_c: { cpl_dtd_file: file, log_dir: folder },
  group: { aaa_url: fileOfAaa },
  http2d: { tls_cert_path: file, tls_key_path: file },
  httpd: { tls_cert_file: file, tls_key_file: file },
  identity: { authCert: file, privKey: file, verCert: folder },
  ldap: { config_file: file },
  lua: { luafilename: file },
  mi_fifo: { fifo_name: newFile, reply_dir: folder },
  mmgeoip: { mmgeoip_city_db_path: file },
  nat_traversal: { keepalive_state_file: newFile },
  osp: { local_certificate: file, private_key: file, ca_certificates: file },
  peering: { aaa_url: fileOfAaa },
  perl: { filename: file, modpath: folder },
  proto_tls: ofTls,
  python: { script_name: file },
  regex: { file },
  rest_client: { ssl_capath: folder },
  snmpstats: { snmpgetPath: folder },
  stir_shaken: { ca_list: file, ca_dir: folder, crl_list: file, crl_dir: folder },
  tls_mgm: ofTls,
  uri: { aaa_url: fileOfAaa },
};

/** The same of global parameters. */
export const filesOfGlobals: Readonly<Record<string, NamedFile>> = {
  mem_warming_pattern_file: file,
  mpath: folder,
  restart_persistency_cache_file: newFile,
  wdir: folder,
  workdir: folder,
};

/** Databases that are a file or a folder, by the scheme of their URL. */
export const filesOfDatabases: Readonly<Record<string, NamedKind>> = {
  berkeley: 'folder',
  sqlite: 'file',
  text: 'folder',
};

/** Whether a parameter, or a global parameter, takes the URL of a database. */
export const isDatabaseUrl = (name: string): boolean => /(?:^|_)db(?:_default)?_urls?$/.test(name);
