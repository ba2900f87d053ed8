import type { CommandSignature, Manifest, ParamSchema } from '../../runtime/module-exports.ts';

const anyRequest = ['R', 'F', 'B'] as const;
const mainRequest = ['R'] as const;

const commands: Readonly<Record<string, CommandSignature>> = {
  loose_route: {
    params: [],
    routes: mainRequest,
    description: 'Follows the Route headers of a request (RFC 3261 §16.4); true where they say the next hop.',
  },
  record_route: {
    params: ['s?'],
    paramNames: ['parameters, with their semicolons'],
    routes: anyRequest,
    description: 'Puts this host into Record-Route, so that the requests of the dialog come by it.',
  },
  record_route_preset: {
    params: ['s', 's?'],
    paramNames: ['address', 'address of a second Record-Route'],
    routes: anyRequest,
    description: 'The same with addresses that the script says.',
  },
  add_rr_param: {
    params: ['s'],
    paramNames: ['parameter, with its semicolon'],
    routes: anyRequest,
    description: 'Adds a parameter to the Record-Route of this host, before it is made or after.',
  },
  check_route_param: {
    params: ['r'],
    paramNames: ['regular expression'],
    routes: mainRequest,
    description: 'True where the parameters of the Route that loose_route took match, `;` in front.',
  },
  is_direction: {
    params: ['s'],
    paramNames: ['upstream or downstream'],
    routes: mainRequest,
    description:
      'Whether a request of a dialog goes from who is called to the caller (upstream) or the other way.',
  },
};

const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;

const params: Readonly<Record<string, ParamSchema>> = {
  append_fromtag: {
    ...yesNo,
    description: 'The tag of From becomes the parameter ftag of Record-Route; is_direction needs it.',
    default: 1,
  },
  enable_double_rr: {
    ...yesNo,
    description: 'Two Record-Routes where a request leaves by another socket than it came by.',
    default: 1,
  },
  add_username: {
    ...yesNo,
    description: 'The user of the Request-URI becomes the user of Record-Route.',
    default: 0,
  },
  enable_socket_mismatch_warning: {
    ...yesNo,
    description: 'Warns where the socket of a Route of this host is none of its sockets.',
    default: 1,
  },
};

export const manifest = {
  name: 'rr',
  description: 'Record-Route and loose routing (RFC 3261 §16.4, §16.6, §16.12).',
  commands,
  params,
  variables: {
    rr_params: { description: 'the parameters of the Route that loose_route took' },
  },
  api: 'addParam, routeParam, isUpstream, onRouted, onOwnRoute: parameters of Record-Route and Route for other modules.',
} as const satisfies Manifest;
