import type { ConfigParts } from './checked-config.ts';

/** A way of writing parameters, and what is said of it. */
export interface Form {
  readonly what: string;
  readonly version: string;
  readonly lines: readonly string[];
  /** `number of the line: code severity message`, the lines of parameters counted from 1; 0 is the line of tls_mgm. */
  readonly found?: readonly string[];
  readonly parts?: ConfigParts;
}

const plain = ['certificate CERT', 'private_key KEY', 'ca_list CA'];
/** Of files of 2.x. */
export const listener2: ConfigParts = { sockets: ['listen=wss:127.0.0.1:8443'] };
const listener21: ConfigParts = { sockets: ['listen=tls:127.0.0.1:5061'], modules: ['proto_tls'] };

export const forms: readonly Form[] = [
  {
    what: '2.4 and before: values without a name',
    version: '2.4',
    lines: [...plain, "verify_cert '1'", "require_cert '0'"],
  },
  {
    what: '2.2: server_domain id=ip:port, values as id:value',
    version: '2.2',
    lines: ['server_domain d=127.0.0.1:8443', 'certificate d:CERT', 'private_key d:KEY', 'ca_list d:CA'],
  },
  {
    what: '2.2: a colon in a value without a name is a part of the value',
    version: '2.2',
    lines: [...plain, 'ciphers_list HIGH:!MD5'],
  },
  {
    what: '2.3, 2.4: server_domain name=ip:port, values as [name]value',
    version: '2.4',
    lines: ['server_domain d=[::1]:8443', 'certificate [d]CERT', 'private_key [d]KEY', 'ca_list [d]CA'],
    parts: { sockets: ['listen=wss:[::1]:8443'] },
  },
  {
    what: '3.x: server_domain name, values as [name]value',
    version: '3.6',
    lines: [
      'server_domain d',
      'match_ip_address [d]127.0.0.1:8443, [::1]:8443',
      'match_sip_domain [d]example.com, *.example.com',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
    ],
  },
  {
    what: '3.x: lines in any order',
    version: '3.6',
    lines: ['certificate [d]CERT', 'private_key [d]KEY', 'ca_list [d]CA', 'server_domain d'],
  },
  {
    what: '3.x: a client domain',
    version: '3.6',
    lines: [
      'server_domain d',
      'client_domain c',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      'ca_list [c]CA',
    ],
  },
  {
    what: '3.x: values without a name are of the domain default, with a note',
    version: '3.6',
    lines: plain,
    found: plain.map(
      (line, at) => `${at + 1}: value-without-domain note ${line.split(' ')[0]} names no domain`,
    ),
  },
  {
    what: '3.x: where a domain default is defined, they are its own',
    version: '3.6',
    lines: ['server_domain default', 'certificate CERT', 'private_key [default]KEY', 'ca_list [default]CA'],
    found: ['2: value-without-domain note certificate names no domain'],
  },
  {
    what: 'blanks in front of a bracket and behind it do not count',
    version: '3.6',
    lines: ['server_domain d', 'certificate  [d] CERT', 'private_key [d]KEY', 'ca_list [d]CA'],
  },
  {
    what: 'a bracket that is not closed',
    version: '3.6',
    lines: [
      'server_domain d',
      'certificate [dCERT',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
    ],
    found: ['2: value-form error "[dCERT" of certificate has no domain in brackets with a value behind it'],
  },
  {
    what: 'no name in the brackets, no value behind them',
    version: '2.4',
    lines: [
      ...plain,
      "verify_cert '[]1'",
      'server_domain d=127.0.0.1:8443',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'tls_method [d]',
      'ca_list [d]CA',
    ],
    found: [
      '4: value-form error "[]1" of verify_cert has no domain in brackets with a value behind it',
      '8: value-form error "[d]" of tls_method has no domain in brackets with a value behind it',
    ],
  },
  {
    what: 'a domain that is not defined',
    version: '3.6',
    lines: [
      'server_domain d',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      "verify_cert '[D]1'",
    ],
    found: ['5: domain-unknown error there is no TLS domain D'],
  },
  {
    what: '[default] where no domain of that name is defined',
    version: '3.6',
    lines: ['tls_method [default]TLSv1_2', ...plain],
    found: [
      '1: domain-unknown error there is no TLS domain default',
      ...plain.map(
        (line, at) => `${at + 2}: value-without-domain note ${line.split(' ')[0]} names no domain`,
      ),
    ],
  },
  {
    what: 'a domain without a name',
    version: '2.4',
    lines: [...plain, 'server_domain =127.0.0.1:8443'],
    found: ['4: value-form error "=127.0.0.1:8443" names no domain'],
  },
  {
    what: 'a domain that is defined twice',
    version: '3.6',
    lines: [
      'server_domain d',
      'server_domain d',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
    ],
    found: ['2: domain-twice error the server domain d is defined twice'],
  },
  {
    what: '2.x: an address without a port, a name for an address',
    version: '2.4',
    lines: [
      ...plain,
      'server_domain d=127.0.0.1',
      'client_domain c=example.com:5061',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      'ca_list [c]CA',
    ],
    found: [
      '4: address-form error "127.0.0.1" of the domain d is no address:port',
      '5: address-form error "example.com:5061" of the domain c is no address:port',
    ],
  },
  {
    what: '3.x: a name, a missing port and a port beyond 65535 in match_ip_address',
    version: '3.6',
    lines: [
      'server_domain d',
      'match_ip_address [d]localhost:8443, 127.0.0.1:8443, 127.0.0.1, 127.0.0.1:99999',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
    ],
    found: [
      '2: address-form error "localhost:8443" is no address:port',
      '2: address-form error "127.0.0.1" is no address:port',
      '2: address-form error "127.0.0.1:99999" is no address:port',
    ],
  },
  {
    what: 'a number where OpenSIPS takes text',
    version: '3.6',
    lines: ['server_domain d', 'verify_cert 1'],
    found: ['2: parameter-wrong-type error verify_cert of tls_mgm takes a string, not a number'],
  },
  {
    what: 'numbers that are none',
    version: '2.4',
    lines: [...plain, 'verify_cert yes', 'require_cert -1', 'crl_check_all 1x', 'verify_hostname no'],
    found: [
      '4: number-form error verify_cert of TLS domain default is no number: "yes"',
      '5: number-form error require_cert of TLS domain default is no number: "-1"',
      '6: number-form error crl_check_all of TLS domain default is no number: "1x"',
      '7: number-form error verify_hostname of TLS domain default is no number: "no"',
    ],
  },
  {
    what: 'db_url: provisioning from a database is not there yet',
    version: '3.6',
    lines: [
      'server_domain d',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      'db_url mysql://opensips@localhost/opensips',
    ],
    found: ['5: database error db_url is set'],
  },
  ...['none', 'wolfssl'].map((library) => ({
    what: `tls_library ${library} changes nothing`,
    version: '3.6',
    lines: [
      'server_domain d',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      `tls_library ${library}`,
    ],
    found: [`5: library-without-effect note tls_library ${library} changes nothing`],
  })),
  ...['auto', 'openssl'].map((library) => ({
    what: `tls_library ${library} is what there is`,
    version: '3.6',
    lines: [
      'server_domain d',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      `tls_library ${library}`,
    ],
  })),
  {
    what: 'tls_library of another name, which OpenSIPS refuses when it starts',
    version: '3.6',
    lines: ['tls_library gnutls'],
    found: [
      '1: parameter-out-of-range error tls_library of tls_mgm must be one of auto, none, openssl, wolfssl',
    ],
  },
  {
    what: 'tls_openssl and tls_wolfssl load and change nothing',
    version: '3.6',
    lines: ['server_domain d', 'certificate [d]CERT', 'private_key [d]KEY', 'ca_list [d]CA'],
    parts: { modules: ['tls_openssl', 'tls_wolfssl', 'tls_mgm', 'proto_wss'] },
  },
  {
    what: '2.1: parameters of domains stand at proto_tls, which brings tls_mgm along',
    version: '2.1',
    lines: [
      'proto_tls server_domain d=127.0.0.1:5061',
      'proto_tls certificate d:CERT',
      'proto_tls private_key d:KEY',
      'proto_tls ca_list d:CA',
    ],
    parts: listener21,
  },
  {
    what: '2.1: findings stand at the lines of proto_tls',
    version: '2.1',
    lines: [
      'proto_tls certificate CERT',
      'proto_tls private_key KEY',
      'proto_tls ca_list CA',
      'proto_tls tls_method TLSv9',
      'proto_tls verify_cert yes',
    ],
    found: [
      '4: method-unknown error tls_method TLSv9 of TLS domain default stands for no version that there is',
      '5: number-form error verify_cert of TLS domain default is no number: "yes"',
    ],
    parts: listener21,
  },
  {
    what: 'a secure socket and no server domain',
    version: '3.6',
    lines: ['client_domain c', 'ca_list [c]CA'],
    found: ['0: no-server-domain error no TLS domain serves wss:127.0.0.1:8443'],
  },
  {
    what: 'a secure socket that no domain is for, and a domain that no socket is for',
    version: '3.6',
    lines: [
      'server_domain d',
      'match_ip_address [d]192.0.2.1:8443',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
    ],
    found: [
      '0: listener-without-domain error no TLS domain is for wss:127.0.0.1:8443',
      '1: domain-never-matches warning no socket is at 192.0.2.1:8443, which TLS domain d is for',
    ],
  },
  {
    what: 'two domains that match the same connections',
    version: '3.6',
    lines: [
      'server_domain a',
      'server_domain b',
      'certificate [a]CERT',
      'private_key [a]KEY',
      'ca_list [a]CA',
      'certificate [b]CERT',
      'private_key [b]KEY',
      'ca_list [b]CA',
    ],
    found: ['2: domains-match-the-same warning TLS domains a and b match the same connections'],
  },
  {
    what: 'a parameter that is no list, given twice: the last line counts',
    version: '3.6',
    lines: [
      'server_domain d',
      'certificate [d]CERT',
      'private_key [d]KEY',
      'ca_list [d]CA',
      'tls_library openssl',
      'tls_library wolfssl',
    ],
    found: ['6: library-without-effect note tls_library wolfssl changes nothing'],
  },
];
