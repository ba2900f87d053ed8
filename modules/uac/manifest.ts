import type { CommandSignature, Manifest, ParamSchema } from '../../runtime/module-exports.ts';

const requests = ['R', 'F', 'B'] as const;

const replacing = {
  params: ['s?', 's?'],
  paramNames: ['display name', 'URI'],
  routes: requests,
} as const;

const commands: Readonly<Record<string, CommandSignature>> = {
  uac_replace_from: {
    ...replacing,
    description: 'Another display name and URI for From; one argument alone is the URI.',
  },
  uac_replace_to: {
    ...replacing,
    description: 'Another display name and URI for To; one argument alone is the URI.',
  },
  uac_restore_from: {
    params: [],
    routes: requests,
    description: 'In a later request of a dialog: the URI that its peer knows, where From was replaced.',
  },
  uac_restore_to: {
    params: [],
    routes: requests,
    description: 'In a later request of a dialog: the URI that its peer knows, where To was replaced.',
  },
  uac_auth: {
    params: ['s?'],
    paramNames: ['algorithms'],
    routes: requests,
    description: 'Answers the challenge of a 401 or 407 in a failure_route; the request is to be sent again.',
  },
  uac_inc_cseq: {
    params: ['i'],
    paramNames: ['increment'],
    routes: requests,
    since: '3.5',
    description: 'Raises the CSeq number of a request that has a transaction.',
  },
};

const params: Readonly<Record<string, ParamSchema>> = {
  restore_mode: {
    type: 'string',
    description:
      'What becomes of replaced URIs in later requests: `auto` they are put right, `manual` the script does it, `none` nothing.',
    default: 'auto',
    pattern: '^(?:[nN][oO][nN][eE]|[mM][aA][nN][uU][aA][lL]|[aA][uU][tT][oO])?$',
  },
  restore_passwd: {
    type: 'string',
    description: 'Hides the URIs in the parameters of Record-Route.',
    default: '',
  },
  rr_from_store_param: {
    type: 'string',
    description: 'The parameter of Record-Route for From.',
    default: 'vsf',
    minLength: 1,
  },
  rr_to_store_param: {
    type: 'string',
    description: 'The parameter of Record-Route for To.',
    default: 'vst',
    minLength: 1,
  },
  force_dialog: {
    type: 'integer',
    description: 'Whether a dialog is made that keeps the URIs.',
    default: 0,
    minimum: 0,
    maximum: 1,
    noEffect: 'there is no dialog module yet; the URIs are kept in Record-Route',
  },
};

export const manifest = {
  name: 'uac',
  description:
    'Requests that this host changes in its own name: other URIs in From and To, answers to challenges.',
  dependencies: [
    { module: 'tm', missing: 'abort' },
    { module: 'rr', missing: 'silent' },
    { module: 'uac_auth', missing: 'silent' },
  ],
  dependenciesFromParams: {
    restore_mode: [{ module: 'rr', missing: 'abort', when: { is: 'one-of', values: ['auto', 'manual'] } }],
  },
  commands,
  params,
} as const satisfies Manifest;
