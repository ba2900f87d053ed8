import type { Manifest, ParamSchema, RouteLetter } from '../../runtime/module-exports.ts';

const noAaa = 'tsips has no aaa modules yet, so the functions that ask one are not here';
const anyRequest: readonly RouteLetter[] = ['R', 'F', 'B', 'L'];

const databaseParams: Readonly<Record<string, ParamSchema>> = {
  db_url: { type: 'string', description: 'The database of subscribers. Default: the global db_default_url.' },
  db_table: {
    type: 'string',
    description: 'The table. Default: uri with use_uri_table, else subscriber.',
  },
  user_column: {
    type: 'string',
    description: 'The column of the user name.',
    default: 'username',
  },
  domain_column: {
    type: 'string',
    description: 'The column of the domain.',
    default: 'domain',
  },
  uriuser_column: {
    type: 'string',
    description: 'The column of the user that a URI may have.',
    default: 'uri_user',
  },
  use_uri_table: {
    type: 'integer',
    description: 'Whether users of URIs stand in a table of their own.',
    default: 0,
  },
  use_domain: {
    type: 'integer',
    description: 'Whether the domain counts.',
    default: 0,
  },
};

const aaaParams: Readonly<Record<string, ParamSchema>> = {
  aaa_url: { type: 'string', description: 'The AAA server to ask.', noEffect: noAaa },
  service_type: {
    type: 'integer',
    description: 'The Service-Type that it is asked with.',
    default: 10,
    noEffect: noAaa,
  },
  use_sip_uri_host: {
    type: 'integer',
    description: 'Whether it is told the host apart from the user.',
    default: 0,
    noEffect: noAaa,
  },
};

export const manifest = {
  name: 'uri',
  description: 'Questions about URIs and changes to the Request-URI; from 3.0 on a part of sipmsgops.',
  versions: { until: '2.4' },
  dependencies: [{ kind: 'sqldb', missing: 'silent' }],
  dependenciesFromParams: { db_url: [{ kind: 'sqldb', missing: 'warn', when: { is: 'not-empty' } }] },
  commands: {
    has_totag: {
      params: [],
      routes: ['R', 'F', 'O', 'B', 'L'],
      description: 'True where To has a tag: a request within a dialog.',
    },
    uri_param: {
      params: ['s', 's?'],
      paramNames: ['parameter', 'value'],
      routes: anyRequest,
      description:
        'True where the Request-URI has this parameter, with this value or, if none is given, without one.',
    },
    add_uri_param: {
      params: ['s'],
      paramNames: ['parameter, with its value'],
      routes: ['R'],
      description: 'Adds a parameter to the Request-URI.',
    },
    del_uri_param: {
      params: ['s'],
      paramNames: ['parameter'],
      routes: anyRequest,
      description: 'Takes a parameter from the Request-URI; false where it has none.',
    },
    is_user: {
      params: ['s'],
      paramNames: ['user'],
      routes: ['R', 'L'],
      description: 'True where the credentials are of this user.',
    },
    db_check_to: {
      params: [],
      routes: ['R'],
      description: 'True where the user of To is that of the credentials, or one of its URIs.',
    },
    db_check_from: {
      params: [],
      routes: ['R'],
      description: 'True where the user of From is that of the credentials, or one of its URIs.',
    },
    db_does_uri_exist: {
      params: [],
      routes: anyRequest,
      description: 'True where the user of the Request-URI is in the table.',
    },
    db_get_auth_id: {
      params: ['s', 'v', 'v'],
      paramNames: ['URI', 'user', 'realm'],
      routes: ['R', 'L'],
      description: 'The user and realm that a URI belongs to, into variables.',
    },
    tel2sip: {
      params: [],
      routes: anyRequest,
      description: "Makes a tel: Request-URI a sip: one at From's host (RFC 3261 §19.1.6).",
    },
    is_uri_user_e164: {
      params: ['s'],
      paramNames: ['URI'],
      routes: anyRequest,
      description: 'True where the user of the URI is + and 2 to 15 digits.',
    },
  },
  statistics: {
    'positive checks': { description: 'Users of From or To that were those of the credentials.' },
    negative_checks: { description: 'Those that were not.' },
  },
  params: { ...databaseParams, ...aaaParams },
} as const satisfies Manifest;
