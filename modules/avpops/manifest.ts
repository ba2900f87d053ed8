import type { CommandSignature, Manifest, ParamSchema, RouteLetter } from '../../runtime/module-exports.ts';

const routes: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L', 'S', 'T', 'V'];

function command(paramNames: readonly string[], description: string): CommandSignature {
  return { params: paramNames.map(() => 's!' as const), paramNames, routes, description };
}

const query: CommandSignature = {
  params: ['s', 's!?', 'i?'],
  paramNames: ['query', 'AVPs', 'number of the database'],
  routes,
  description: 'Asks a database; the columns of its rows become values of AVPs.',
};

function column(description: string, name: string): ParamSchema {
  return { type: 'string', description, default: name, minLength: 1 };
}

export const manifest = {
  name: 'avpops',
  description: 'Changes of AVPs and questions about them.',
  versions: { until: '3.4' },
  dependencies: [{ kind: 'sqldb', missing: 'silent' }],
  dependenciesFromParams: { db_url: [{ kind: 'sqldb', missing: 'warn', when: { is: 'not-empty' } }] },
  commands: {
    avp_db_delete: {
      params: ['s!', 's!', 'i?'],
      paramNames: ['source', 'AVP', 'number of the database'],
      routes,
      description: 'Deletes stored AVPs.',
    },
    avp_db_load: {
      params: ['s!', 's!', 'i?', 's?'],
      paramNames: ['source', 'AVP', 'number of the database', 'prefix'],
      routes,
      description: 'Loads stored AVPs.',
    },
    avp_db_query: query,
    avp_db_store: {
      params: ['s!', 's!', 'i?'],
      paramNames: ['source', 'AVP', 'number of the database'],
      routes,
      description: 'Stores AVPs.',
    },
    avp_check: command(['variable', 'operator/value/flags'], 'True where one of the values passes a test.'),
    avp_copy: command(['AVP', 'AVP/flags'], 'Copies values under another name.'),
    avp_delete: command(['AVP/flags'], 'Takes values away.'),
    avp_insert: {
      params: ['s!', 's', 'i'],
      paramNames: ['AVP', 'value', 'index'],
      routes,
      until: '2.4',
      description: 'Puts a value at a place among the others.',
    },
    avp_op: command(['AVP/AVP', 'operator/value/flags'], 'Arithmetic with integers.'),
    avp_print: { params: [], routes, description: 'Writes all AVPs to the log.' },
    avp_pushto: command(
      ['destination', 'variable/flags'],
      'Puts values into the Request-URI, the next hop or new branches.',
    ),
    avp_shuffle: {
      ...command(['AVP'], 'Puts the values of an AVP into an order by chance.'),
      since: '3.4',
    },
    avp_subst: command(['AVP/AVP/flags', '/match/replacement/flags'], 'Substitutes in texts.'),
    is_avp_set: command(['AVP/flags'], 'True where there is such an AVP.'),
  },
  asyncCommands: { avp_db_query: query },
  params: {
    db_url: {
      type: 'string',
      list: true,
      description: 'A database, with its number in front. Default: the global db_default_url.',
    },
    db_scheme: { type: 'string', list: true, description: 'Another form of table for avp_db_load.' },
    avp_table: {
      type: 'string',
      description: 'The table of AVPs.',
      default: 'usr_preferences',
      minLength: 1,
    },
    use_domain: { type: 'integer', description: 'Whether the domain of a URI counts.', default: 0 },
    uuid_column: column('The column of the identifier.', 'uuid'),
    username_column: column('The column of the user name.', 'username'),
    domain_column: column('The column of the domain.', 'domain'),
    attribute_column: column('The column of the name of an AVP.', 'attribute'),
    value_column: column('The column of its value.', 'value'),
    type_column: column('The column of its type.', 'type'),
    buf_size: {
      type: 'integer',
      description: 'Bytes that a value may have.',
      default: 1024,
      until: '2.4',
      noEffect: 'values may be of any length here',
    },
  },
} as const satisfies Manifest;
