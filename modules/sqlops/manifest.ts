import type { CommandSignature, Manifest, ParamSchema } from '../../runtime/module-exports.ts';

function command(
  params: CommandSignature['params'],
  paramNames: readonly string[],
  description: string,
): CommandSignature {
  return { params, paramNames, routes: '*', description };
}

const id = 'number of the database';
const queries = {
  sql_query: command(
    ['s', 's!?', 'i?'],
    ['query', 'AVPs', id],
    'Asks a database; the columns of its rows become values of AVPs.',
  ),
  sql_query_one: command(
    ['s', 's!?', 'i?'],
    ['query', 'variables', id],
    'Asks a database; the columns of the first row become values of variables.',
  ),
};

function column(description: string, name: string): ParamSchema {
  return { type: 'string', description, default: name, minLength: 1 };
}

export const manifest = {
  name: 'sqlops',
  description: 'Reads and writes databases.',
  versions: { since: '3.5' },
  dependencies: [{ kind: 'sqldb', missing: 'silent' }],
  dependenciesFromParams: { db_url: [{ kind: 'sqldb', missing: 'warn', when: { is: 'not-empty' } }] },
  commands: {
    ...queries,
    sql_select: command(
      ['s?', 's', 's?', 's?', 's!?', 'i?'],
      ['columns', 'table', 'filter', 'order', 'AVPs', id],
      'Selects rows; their columns become values of AVPs.',
    ),
    sql_select_one: command(
      ['s?', 's?', 's', 's?', 's!', 'i?'],
      ['columns', 'table', 'filter', 'order', 'variables', id],
      'Selects a row; its columns become values of variables.',
    ),
    sql_update: command(['s', 's', 's?', 'i?'], ['columns', 'table', 'filter', id], 'Changes rows.'),
    sql_insert: command(['s', 's', 'i?'], ['table', 'columns', id], 'Inserts a row.'),
    sql_replace: command(
      ['s', 's', 'i?'],
      ['table', 'columns', id],
      'Inserts a row in the place of those with the same key.',
    ),
    sql_delete: command(['s', 's?', 'i?'], ['table', 'filter', id], 'Deletes rows.'),
    sql_avp_load: command(['s!', 's!', 'i?', 's?'], ['source', 'AVP', id, 'prefix'], 'Loads stored AVPs.'),
    sql_avp_store: command(['s!', 's!', 'i?'], ['source', 'AVP', id], 'Stores AVPs.'),
    sql_avp_delete: command(['s!', 's!', 'i?'], ['source', 'AVP', id], 'Deletes stored AVPs.'),
  },
  asyncCommands: queries,
  params: {
    db_url: {
      type: 'string',
      list: true,
      description: 'A database, with its number in front. Default: the global db_default_url.',
    },
    db_scheme: { type: 'string', list: true, description: 'Another form of table for sql_avp_load.' },
    usr_table: {
      type: 'string',
      description: 'The table of AVPs.',
      default: 'usr_preferences',
      minLength: 1,
    },
    use_domain: { type: 'integer', description: 'Whether the domain of a URI counts; from 4.0 on it does.' },
    uuid_column: column('The column of the identifier.', 'uuid'),
    username_column: column('The column of the user name.', 'username'),
    domain_column: column('The column of the domain.', 'domain'),
    attribute_column: column('The column of the name of an AVP.', 'attribute'),
    value_column: column('The column of its value.', 'value'),
    type_column: column('The column of its type.', 'type'),
    bigint_to_str: {
      type: 'integer',
      description: 'Whether numbers of more than 32 bits are texts.',
      default: 0,
      noEffect: 'a number of more than 32 bits is always a text here',
    },
    ps_id_max_buf_len: {
      type: 'integer',
      description: 'Bytes of the names of prepared statements.',
      default: 1024,
      noEffect: 'prepared statements have no such names here',
    },
  },
} as const satisfies Manifest;
