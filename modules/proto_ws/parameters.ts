import type { ModuleHost, ParamSchema } from '../../runtime/module-exports.ts';
import { allowList } from './allow-list.ts';
import type { Limits } from './context.ts';
import { networks } from './trusted-proxies.ts';

const notTraced = 'tsips has no proto_hep yet, so nothing is traced';

/** The parameters of OpenSIPS's manual, with its defaults. */
const original = {
  ws_port: {
    type: 'integer',
    description: 'The port of a ws socket, and of a destination, that is written without one.',
    default: 80,
    minimum: 1,
    maximum: 65535,
  },
  ws_max_msg_chunks: {
    type: 'integer',
    description:
      'Reads from the socket that leave a frame unfinished: at this number the connection is closed. 0: no limit.',
    default: 4,
    minimum: 0,
  },
  ws_send_timeout: {
    type: 'integer',
    description: 'A connection that takes nothing of what waits for it for this long is closed.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
  },
  ws_resource: {
    type: 'string',
    description: 'The path, with a query if wanted, that is asked for when connecting to a server.',
    default: '/',
    since: '2.2',
    pattern: '^/[!-~]*$',
  },
  ws_handshake_timeout: {
    type: 'integer',
    description: 'How long the answer to the upgrade request may take when connecting to a server.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
    since: '2.2',
  },
  require_origin: {
    type: 'integer',
    description:
      'Deviation: 0 by default (OpenSIPS: 1), because RFC 6455 §4.2.1 makes Origin optional. 1 refuses an upgrade request without Origin.',
    default: 0,
    minimum: 0,
    maximum: 1,
    since: '3.2',
  },
  trace_destination: {
    type: 'string',
    description: 'Where connections are traced to.',
    since: '2.3',
    noEffect: notTraced,
  },
  trace_on: {
    type: 'integer',
    description: 'Whether connections are traced.',
    default: 0,
    minimum: 0,
    maximum: 1,
    since: '2.3',
    noEffect: notTraced,
  },
  trace_filter_route: {
    type: 'string',
    description: 'The route that says which connections are traced.',
    since: '2.3',
    noEffect: notTraced,
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

/** Parameters that OpenSIPS does not have. */
const own = {
  ws_max_msg_size: {
    type: 'integer',
    description: 'tsips only. The longest message; a longer one closes the connection with 1009.',
    default: 65535,
    unit: 'bytes',
    minimum: 1,
    maximum: 2147483647,
  },
  ws_max_fragments: {
    type: 'integer',
    description:
      'tsips only. The most frames that one message may come in; one more closes the connection with 1008. 0: no limit.',
    default: 128,
    minimum: 0,
  },
  ws_max_queue: {
    type: 'integer',
    description:
      'tsips only. What may wait to be written to one connection; beyond it the connection is closed.',
    default: 1048576,
    unit: 'bytes',
    minimum: 1024,
  },
  ws_utf8_check: {
    type: 'integer',
    description:
      'tsips only. 1 closes a connection with 1007 for a text message that is not UTF-8 (RFC 6455 §8.1); 0 takes it, as OpenSIPS does, whose own peers send binary bodies in text frames.',
    default: 1,
    minimum: 0,
    maximum: 1,
  },
  ws_ping_interval: {
    type: 'integer',
    description:
      'tsips only. How long after the answer to a ping the next one is sent, at most; it leaves up to a fifth earlier, so that connections do not ping together. 0: no pings.',
    default: 0,
    unit: 'milliseconds',
    minimum: 0,
  },
  ws_pong_timeout: {
    type: 'integer',
    description:
      'tsips only. How long the answer to a ping may take; then the connection is closed with 1011.',
    default: 10000,
    unit: 'milliseconds',
    minimum: 1,
  },
  ws_allowed_origins: {
    type: 'string',
    description:
      'tsips only. Origins that may connect, separated by commas or blanks, in either case; * stands for any characters. May stand more than once. Without one all may. Requests without Origin are judged by require_origin alone.',
    list: true,
  },
  ws_allowed_resources: {
    type: 'string',
    description:
      'tsips only. Paths that may be asked for, separated by commas or blanks; * stands for any characters. May stand more than once. Without one all may.',
    list: true,
  },
  ws_trusted_proxies: {
    type: 'string',
    description:
      'tsips only. Networks of proxies whose X-Forwarded-For tells the address of the client, separated by commas or blanks. May stand more than once. Without one nobody is believed.',
    list: true,
  },
  ws_request_timeout: {
    type: 'integer',
    description: 'tsips only. How long an upgrade request may take to come in.',
    default: 10000,
    unit: 'milliseconds',
    minimum: 1,
  },
  ws_max_request_size: {
    type: 'integer',
    description: 'tsips only. The longest upgrade request, and the longest answer to one of ours.',
    default: 65535,
    unit: 'bytes',
    minimum: 256,
  },
  ws_close_timeout: {
    type: 'integer',
    description: 'tsips only. How long a peer may take to end its side of a connection that is closed.',
    default: 1000,
    unit: 'milliseconds',
    minimum: 1,
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

const params = { ...original, ...own };

/** The parameters of the module, for its manifest. */
export const paramSchemas: Readonly<Record<keyof typeof params, ParamSchema>> = params;

/** The limits that the parameters set. */
export function limitsOf(host: ModuleHost): Limits {
  const number = numbersOf(host);
  return {
    maxChunks: number('ws_max_msg_chunks'),
    maxMessageSize: number('ws_max_msg_size'),
    maxFragments: number('ws_max_fragments'),
    maxQueue: number('ws_max_queue'),
    maxRequestSize: number('ws_max_request_size'),
    requestTimeout: number('ws_request_timeout'),
    handshakeTimeout: number('ws_handshake_timeout'),
    sendTimeout: number('ws_send_timeout'),
    closeTimeout: number('ws_close_timeout'),
    pingInterval: number('ws_ping_interval'),
    pongTimeout: number('ws_pong_timeout'),
    checkUtf8: number('ws_utf8_check') === 1,
    requireOrigin: number('require_origin') === 1,
    allowedOrigins: allowList(textsOf(host, 'ws_allowed_origins'), { anyCase: true }),
    allowedResources: allowList(textsOf(host, 'ws_allowed_resources')),
    trustedProxies: networks(textsOf(host, 'ws_trusted_proxies')),
  };
}

/** The path that is asked for where a destination names none. */
export function resourceOf(host: ModuleHost): string {
  return String(host.params.ws_resource ?? params.ws_resource.default);
}

type ParamName = keyof typeof params;

function numbersOf(host: ModuleHost): (name: ParamName) => number {
  return (name) => {
    const value = host.params[name];
    return typeof value === 'number' ? value : Number(paramSchemas[name].default ?? 0);
  };
}

function textsOf(host: ModuleHost, name: ParamName): string[] {
  return [host.params[name] ?? []].flat().map(String);
}
