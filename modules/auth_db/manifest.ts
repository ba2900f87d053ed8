import type { CommandSignature, Manifest, ParamSchema } from '../../runtime/module-exports.ts';

const request = ['R'] as const;
const requestFailureLocal = ['R', 'F', 'L'] as const;

const commands: Readonly<Record<string, CommandSignature>> = {
  www_authorize: {
    params: ['s', 's'],
    paramNames: ['realm', 'table'],
    routes: request,
    description: 'Judges Authorization by the passwords of a table.',
  },
  proxy_authorize: {
    params: ['s', 's'],
    paramNames: ['realm', 'table'],
    routes: request,
    description: 'Judges Proxy-Authorization by the passwords of a table.',
  },
  db_is_to_authorized: {
    params: ['s'],
    paramNames: ['table'],
    routes: request,
    since: '3.0',
    description: 'Whether the user of To is one that the accepted credentials may be.',
  },
  db_is_from_authorized: {
    params: ['s'],
    paramNames: ['table'],
    routes: request,
    since: '3.0',
    description: 'Whether the user of From is one that the accepted credentials may be.',
  },
  db_does_uri_exist: {
    params: ['s', 's'],
    paramNames: ['URI', 'table'],
    routes: requestFailureLocal,
    since: '3.0',
    description: 'Whether there is an account for a URI.',
  },
  db_get_auth_id: {
    params: ['s', 's', 'v', 'v'],
    paramNames: ['table', 'URI', 'variable of the user', 'variable of the realm'],
    routes: requestFailureLocal,
    since: '3.0',
    description: 'The user and realm that credentials for a URI have.',
  },
};

const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;
const column = (description: string, name: string) =>
  ({ type: 'string', description: `The column ${description}.`, default: name, minLength: 1 }) as const;

const params: Readonly<Record<string, ParamSchema>> = {
  db_url: { type: 'string', description: 'The database. Default: db_default_url of the core.' },
  user_column: column('with the user', 'username'),
  domain_column: column('with the domain', 'domain'),
  password_column: column('with H(A1) by MD5, or the password', 'ha1'),
  password_column_2: {
    ...column('with H(A1) of users that come with their domain', 'ha1b'),
    until: '3.1',
  },
  hash_column_sha256: { ...column('with H(A1) by SHA-256', 'ha1_sha256'), since: '3.2' },
  hash_column_sha512t256: { ...column('with H(A1) by SHA-512/256', 'ha1_sha512t256'), since: '3.2' },
  uri_user_column: { ...column('with the user of credentials, in tables of URIs', 'username'), since: '3.0' },
  uri_domain_column: { ...column('with the domain, in tables of URIs', 'domain'), since: '3.0' },
  uri_uriuser_column: { ...column('with the user of a URI, in tables of URIs', 'uri_user'), since: '3.0' },
  calculate_ha1: { ...yesNo, description: 'password_column holds the password itself.', default: 0 },
  use_domain: { ...yesNo, description: 'The domain counts beside the user. Default: 0, from 4.0 on 1.' },
  load_credentials: {
    type: 'string',
    description: 'Columns of an account that become AVPs. Default: rpid, from 4.0 on none.',
  },
  skip_version_check: {
    ...yesNo,
    description: 'The versions of tables are not looked at.',
    default: 0,
  },
};

export const manifest = {
  name: 'auth_db',
  description: 'Credentials that are judged by the passwords of a database.',
  dependencies: [
    { module: 'auth', missing: 'abort' },
    { kind: 'sqldb', missing: 'silent' },
  ],
  commands,
  params,
} as const satisfies Manifest;
