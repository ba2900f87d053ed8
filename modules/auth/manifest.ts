import type { CommandSignature, Manifest, ParamSchema } from '../../runtime/module-exports.ts';

const request = ['R'] as const;

const challengeParams = {
  params: ['s', 's?', 's?'],
  paramNames: ['realm', 'qop', 'algorithms'],
  routes: request,
} as const;

const commands: Readonly<Record<string, CommandSignature>> = {
  www_challenge: {
    ...challengeParams,
    description: 'Answers 401 with a challenge for each algorithm; the script ends.',
  },
  proxy_challenge: {
    ...challengeParams,
    description: 'Answers 407 with a challenge for each algorithm; the script ends.',
  },
  pv_www_authorize: {
    params: ['s'],
    paramNames: ['realm'],
    routes: request,
    description: 'Judges Authorization by user and password in variables.',
  },
  pv_proxy_authorize: {
    params: ['s'],
    paramNames: ['realm'],
    routes: request,
    description: 'Judges Proxy-Authorization by user and password in variables.',
  },
  consume_credentials: {
    params: [],
    routes: request,
    description: 'Takes the credentials that were looked at out of the request.',
  },
  is_rpid_user_e164: {
    params: [],
    routes: request,
    description: 'Whether the user of the Remote-Party-ID in the AVP is a number of E.164.',
  },
  append_rpid_hf: {
    params: ['s?', 's?'],
    paramNames: ['prefix', 'suffix'],
    routes: ['R', 'F', 'B'],
    description: 'Adds Remote-Party-ID with the value of the AVP.',
  },
};

const yesNo = { type: 'integer', minimum: 0, maximum: 1, default: 0 } as const;

const params: Readonly<Record<string, ParamSchema>> = {
  secret: {
    type: 'string',
    description: 'The key of nonces; in files of 3.2 and newer exactly 32 bytes. Without it one by chance.',
  },
  nonce_expire: {
    type: 'integer',
    description: 'How long a nonce is good for.',
    unit: 'seconds',
    default: 30,
    minimum: 1,
    maximum: 86_400,
  },
  disable_nonce_check: {
    ...yesNo,
    description: 'A nonce may be used again and again, by any host with the same secret.',
  },
  max_used_nonces: {
    type: 'integer',
    description: 'Used nonces that are remembered at a time, so that nothing is taken twice.',
    default: 100_000,
    minimum: 1,
    maximum: 10_000_000,
  },
  realm_prefix: {
    type: 'string',
    description: 'Taken off a realm that comes from the request.',
    default: '',
  },
  username_spec: { type: 'string', description: 'The variable with the user, for pv_www_authorize.' },
  password_spec: { type: 'string', description: 'The variable with the password or H(A1).' },
  calculate_ha1: { ...yesNo, description: 'The variable holds the password itself, not H(A1).' },
  rpid_avp: { type: 'string', description: 'The AVP with the Remote-Party-ID.', default: '$avp(rpid)' },
  rpid_prefix: { type: 'string', description: 'In front of its value.', default: '' },
  rpid_suffix: {
    type: 'string',
    description: 'Behind its value.',
    default: ';party=calling;id-type=subscriber;screen=yes',
  },
};

export const manifest = {
  name: 'auth',
  description: 'Digest challenges, and credentials that are judged (RFC 3261 §22, RFC 7616, RFC 8760).',
  dependencies: [{ module: 'signaling', missing: 'abort' }],
  commands,
  params,
  statistics: {
    used_nonces: { description: 'used nonces that are remembered, none of which has ended', gauge: true },
  },
  api: 'authorize(run, realm, header, ha1Of) judges credentials for a module that knows passwords.',
} as const satisfies Manifest;
