import type { Manifest, RouteLetter } from '../../runtime/module-exports.ts';

const requests: readonly RouteLetter[] = ['R', 'F', 'B', 'L'];

export const manifest = {
  name: 'domain',
  description: 'Which domains are local: those of a table, or the names of this host.',
  dependencies: [{ kind: 'sqldb', missing: 'silent' }],
  commands: {
    is_domain_local: {
      params: ['s', 'v?'],
      paramNames: ['domain', 'attributes'],
      routes: [...requests, 'S', 'T', 'V'],
      description: 'True where the domain is local; the variable then holds its attributes.',
    },
    is_from_local: {
      params: ['v?'],
      paramNames: ['attributes'],
      routes: requests,
      description: "True where the domain of From's URI is local.",
    },
    is_uri_host_local: {
      params: ['v?'],
      paramNames: ['attributes'],
      routes: requests,
      description: 'True where the domain of the Request-URI is local.',
    },
  },
  params: {
    db_url: { type: 'string', description: 'The database of the table. Default: the global db_default_url.' },
    db_mode: {
      type: 'integer',
      description: '1: the table is read at the start and by domain_reload; 0: asked each time.',
      default: 0,
    },
    domain_table: { type: 'string', description: 'The table.', default: 'domain', minLength: 1 },
    domain_col: { type: 'string', description: 'Its column of domains.', default: 'domain', minLength: 1 },
    attrs_col: { type: 'string', description: 'Its column of attributes.', default: 'attrs', minLength: 1 },
    accept_subdomain_col: {
      type: 'string',
      description: 'Its column that says whether all below the domain is local too.',
      default: 'accept_subdomain',
      minLength: 1,
      since: '3.6',
    },
  },
  mi: {
    domain_reload: { description: 'Reads the table anew.', params: [[]], until: '3.6' },
    domain_dump: {
      description: 'The domains that were read, with their attributes.',
      params: [[]],
      until: '3.6',
    },
    reload: { description: 'Reads the table anew.', params: [[]], since: '4.0' },
    dump: { description: 'The domains that were read, with their attributes.', params: [[]], since: '4.0' },
  },
  api: 'Tells whether a domain is local.',
} as const satisfies Manifest;
