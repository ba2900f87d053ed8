import type { Manifest } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'alias_db',
  description: 'Aliases of users in a database table.',
  dependencies: [{ kind: 'sqldb', missing: 'abort' }],
  commands: {
    alias_db_lookup: {
      params: ['s', 's?'],
      paramNames: ['table', 'flags'],
      routes: ['R', 'F'],
      description: 'Puts the user whose alias the Request-URI is in its place; false where it is none.',
    },
    alias_db_find: {
      params: ['s', 's', 'v', 's?'],
      paramNames: ['table', 'URI', 'result', 'flags'],
      routes: ['R', 'F', 'O', 'B', 'L', 'S'],
      description: 'The user whose alias a URI is, into a variable; false where it is none.',
    },
  },
  params: {
    db_url: { type: 'string', description: 'The database. Default: the global db_default_url.' },
    user_column: {
      type: 'string',
      description: 'The user of the account.',
      default: 'username',
      minLength: 1,
    },
    domain_column: { type: 'string', description: 'Its domain.', default: 'domain', minLength: 1 },
    alias_user_column: {
      type: 'string',
      description: 'The user of the alias.',
      default: 'alias_username',
      minLength: 1,
    },
    alias_domain_column: {
      type: 'string',
      description: 'Its domain.',
      default: 'alias_domain',
      minLength: 1,
    },
    domain_prefix: {
      type: 'string',
      description: 'Is taken from the front of a domain before it is looked for.',
    },
    append_branches: {
      type: 'integer',
      description: 'Users beyond the first become branches.',
      default: 0,
    },
  },
} as const satisfies Manifest;
