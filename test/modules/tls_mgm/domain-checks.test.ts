import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDomains } from '../../../modules/tls_mgm/domain-checks.ts';
import { plainSocket } from '../../runtime/plain-socket.ts';
import { domainsOf } from './domain-tools.ts';

interface Checked {
  readonly what: string;
  readonly domains: string;
  readonly version?: string;
  /** `protocol address port`; default: `wss 192.0.2.1 443`. */
  readonly sockets?: readonly string[];
  /** `code: message` */
  readonly found: readonly string[];
}

const rows: readonly Checked[] = [
  { what: 'one domain for all', domains: 'server_domain a', found: [] },
  {
    what: 'no server domain',
    domains: 'client_domain c',
    sockets: ['udp 192.0.2.1 5060', 'wss 192.0.2.1 443', 'tls 2001:db8::1 5061'],
    found: ['no-server-domain: no TLS domain serves wss:192.0.2.1:443, tls:[2001:db8::1]:5061'],
  },
  {
    what: 'no server domain, and no socket that needs one',
    domains: '',
    sockets: ['ws 192.0.2.1 80'],
    found: [],
  },
  { what: '2.x: the default domain serves all', domains: '', version: '2.4', found: [] },
  {
    what: 'a socket that no domain is for',
    domains: 'server_domain a\nmatch_ip_address [a]192.0.2.1:443',
    sockets: ['wss 192.0.2.1 443', 'tls 192.0.2.1 5061'],
    found: ['listener-without-domain: no TLS domain is for tls:192.0.2.1:5061'],
  },
  {
    what: 'a domain for an address that no socket has',
    domains: 'server_domain a\nserver_domain b\nmatch_ip_address [b]192.0.2.1:444,192.0.2.2:443',
    found: ['domain-never-matches: no socket is at 192.0.2.1:444, 192.0.2.2:443, which TLS domain b is for'],
  },
  {
    what: 'a domain for any address, where another one names the only socket',
    domains: 'server_domain a\nserver_domain b\nmatch_ip_address [b]192.0.2.1:443',
    found: ['domain-never-matches: TLS domain a is for any address, and b names every one that there is'],
  },
  {
    what: 'a domain for any address, where a socket is left',
    domains: 'server_domain a\nserver_domain b\nmatch_ip_address [b]192.0.2.1:443',
    sockets: ['wss 192.0.2.1 443', 'tls 192.0.2.1 5061'],
    found: [],
  },
  {
    what: '* beside the address of the socket',
    domains:
      'server_domain a\nmatch_ip_address [a]192.0.2.1:443,*\nserver_domain b\nmatch_ip_address [b]192.0.2.1:443\nmatch_sip_domain [b]b.test',
    found: [],
  },
  {
    what: 'a socket of all addresses has every address',
    domains: 'server_domain a\nmatch_ip_address [a]192.0.2.7:443',
    sockets: ['wss 0.0.0.0 443'],
    found: [],
  },
  {
    what: 'a socket of any free port may get each',
    domains: 'server_domain a\nmatch_ip_address [a]192.0.2.1:443',
    sockets: ['wss 192.0.2.1 0'],
    found: [],
  },
  {
    what: 'two without filters',
    domains: 'server_domain a\nserver_domain b',
    found: ['domains-match-the-same: TLS domains a and b match the same connections'],
  },
  {
    what: 'all that the earlier one says, the later one says as well',
    domains:
      'server_domain a\nmatch_sip_domain [a]a.test\nserver_domain b\nmatch_sip_domain [b]B.test,A.TEST.',
    found: ['domains-match-the-same: TLS domains a and b match the same connections'],
  },
  {
    what: 'the earlier one says more',
    domains:
      'server_domain a\nmatch_sip_domain [a]a.test,c.test\nserver_domain b\nmatch_sip_domain [b]a.test',
    found: [],
  },
  {
    what: 'the same names at different addresses',
    domains:
      'server_domain a\nmatch_ip_address [a]192.0.2.1:443\nserver_domain b\nmatch_ip_address [b]192.0.2.1:5061',
    sockets: ['wss 192.0.2.1 443', 'tls 192.0.2.1 5061'],
    found: [],
  },
  {
    what: 'client domains, too',
    domains: 'server_domain s\nclient_domain a\nclient_domain b',
    found: ['domains-match-the-same: TLS domains a and b match the same connections'],
  },
];
for (const { what, domains, version, sockets = ['wss 192.0.2.1 443'], found } of rows)
  test(`the domains beside the sockets: ${what}`, () => {
    const read = domainsOf(domains, version);
    assert.deepEqual(read.findings, []);
    const around = sockets.map((text) => {
      const [protocol = '', address = '', port] = text.split(' ');
      return plainSocket(protocol, { address, port: Number(port) });
    });
    const told = checkDomains(read, around).map(({ code, message }) => `${code}: ${message}`);
    assert.deepEqual(told, found);
  });
