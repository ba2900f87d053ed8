import type { CommandSignature, Manifest, ParamSchema, RouteLetter } from '../../runtime/module-exports.ts';

const routes: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L', 'S', 'T', 'V'];

function command(paramNames: readonly string[], description: string): CommandSignature {
  return { params: paramNames.map(() => 's!' as const), paramNames, routes, description };
}

const noDatabase = 'tsips has no database modules yet, so the functions that read one are not here';

function databaseParam(description: string, value?: string): ParamSchema {
  const schema = { type: 'string', description, noEffect: noDatabase } as const;
  return value === undefined ? schema : { ...schema, default: value };
}

export const manifest = {
  name: 'avpops',
  description: 'Changes of AVPs and questions about them.',
  versions: { until: '3.4' },
  commands: {
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
  params: {
    db_url: { ...databaseParam('A database, with its number in front.'), list: true },
    db_scheme: { ...databaseParam('Another form of table.'), list: true },
    avp_table: databaseParam('The table of AVPs.'),
    use_domain: {
      type: 'integer',
      description: 'Whether the domain counts.',
      default: 0,
      noEffect: noDatabase,
    },
    uuid_column: databaseParam('The column of the identifier.', 'uuid'),
    username_column: databaseParam('The column of the user name.', 'username'),
    domain_column: databaseParam('The column of the domain.', 'domain'),
    attribute_column: databaseParam('The column of the name of an AVP.', 'attribute'),
    value_column: databaseParam('The column of its value.', 'value'),
    type_column: databaseParam('The column of its type.', 'type'),
    buf_size: {
      type: 'integer',
      description: 'Bytes that a value may have.',
      default: 1024,
      until: '2.4',
      noEffect: 'values may be of any length here',
    },
  },
} as const satisfies Manifest;
