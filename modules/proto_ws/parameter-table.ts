import type { ParamSchema } from '../../runtime/module-exports.ts';

const notTraced = 'tsips has no proto_hep yet, so nothing is traced';

/** Of OpenSIPS's manual, with its defaults. */
const original = {
  max_msg_chunks: {
    type: 'integer',
    description:
      'Reads from the socket that leave a frame unfinished: at this number the connection is closed. 0: no limit.',
    default: 4,
    minimum: 0,
  },
  send_timeout: {
    type: 'integer',
    description: 'A connection that takes nothing of what waits for it for this long is closed.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
  },
  resource: {
    type: 'string',
    description: 'The path, with a query if wanted, that is asked for when connecting to a server.',
    default: '/',
    since: '2.2',
    pattern: '^/[!-~]*$',
  },
  handshake_timeout: {
    type: 'integer',
    description: 'How long the answer to the upgrade request may take when connecting to a server.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
    since: '2.2',
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

/** Those that OpenSIPS does not have. */
const own = {
  max_msg_size: {
    type: 'integer',
    description: 'tsips only. The longest message; a longer one closes the connection with 1009.',
    default: 65535,
    unit: 'bytes',
    minimum: 1,
    maximum: 2147483647,
  },
  max_fragments: {
    type: 'integer',
    description:
      'tsips only. The most frames that one message may come in; one more closes the connection with 1008. 0: no limit.',
    default: 128,
    minimum: 0,
  },
  max_queue: {
    type: 'integer',
    description:
      'tsips only. What may wait to be written to one connection; beyond it the connection is closed.',
    default: 1048576,
    unit: 'bytes',
    minimum: 1024,
  },
  utf8_check: {
    type: 'integer',
    description:
      'tsips only. 1 closes a connection with 1007 for a text message that is not UTF-8 (RFC 6455 §8.1); 0 takes it, as OpenSIPS does, whose own peers send binary bodies in text frames.',
    default: 1,
    minimum: 0,
    maximum: 1,
  },
  ping_interval: {
    type: 'integer',
    description:
      'tsips only. How long after the answer to a ping the next one is sent, at most; it leaves up to a fifth earlier, so that connections do not ping together, in steps of 100 ms. 0: no pings.',
    default: 0,
    unit: 'milliseconds',
    minimum: 0,
  },
  pong_timeout: {
    type: 'integer',
    description:
      'tsips only. How long the answer to a ping may take, in steps of 100 ms; then the connection is closed with 1011.',
    default: 10000,
    unit: 'milliseconds',
    minimum: 1,
  },
  allowed_origins: {
    type: 'string',
    description:
      'tsips only. Origins that may connect, separated by commas or blanks, in either case; * stands for any characters. May stand more than once. Without one all may. Requests without Origin are judged by require_origin alone.',
    list: true,
  },
  allowed_resources: {
    type: 'string',
    description:
      'tsips only. Paths that may be asked for, separated by commas or blanks; * stands for any characters. May stand more than once. Without one all may.',
    list: true,
  },
  trusted_proxies: {
    type: 'string',
    description:
      'tsips only. Networks of proxies whose X-Forwarded-For tells the address of the client, separated by commas or blanks. May stand more than once. Without one nobody is believed.',
    list: true,
  },
  request_timeout: {
    type: 'integer',
    description: 'tsips only. How long an upgrade request may take to come in.',
    default: 10000,
    unit: 'milliseconds',
    minimum: 1,
  },
  max_request_size: {
    type: 'integer',
    description:
      'tsips only. The longest upgrade request, to us or from us, and the longest answer to one of ours.',
    default: 65535,
    unit: 'bytes',
    minimum: 256,
  },
  close_timeout: {
    type: 'integer',
    description: 'tsips only. How long a peer may take to end its side of a connection that is closed.',
    default: 1000,
    unit: 'milliseconds',
    minimum: 1,
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

/** Those whose names have no prefix. */
const plain = {
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

const prefixed = { ...original, ...own };

/** Names of parameters without their prefix. */
export type PrefixedParam = keyof typeof prefixed;
export type PlainParam = keyof typeof plain;

/** The whole name of a parameter: `max_queue` → `ws_max_queue`. */
export type ParamName = (param: PrefixedParam) => string;

interface ParamSettings {
  /** Without the line that joins it to the name: `ws`. */
  readonly prefix: string;
  /** The default of `…_port`. */
  readonly port: number;
  /** The OpenSIPS version that has a parameter first, where it is another one than for proto_ws. */
  readonly since?: Readonly<Partial<Record<PrefixedParam, string>>>;
}

/** The parameters of a module with this engine, for its manifest. */
export function paramSchemas({
  prefix,
  port,
  since = {},
}: ParamSettings): Readonly<Record<string, ParamSchema>> {
  const schemas: Record<string, ParamSchema> = {
    [`${prefix}_port`]: {
      type: 'integer',
      description: `The port of a ${prefix} socket, and of a destination, that is written without one.`,
      default: port,
      minimum: 1,
      maximum: 65535,
    },
  };
  const versions: Readonly<Record<string, string | undefined>> = since;
  for (const [name, schema] of Object.entries(prefixed)) {
    const first = versions[name];
    schemas[`${prefix}_${name}`] = { ...schema, ...(first !== undefined && { since: first }) };
  }
  return { ...schemas, ...plain };
}

/** What a parameter is where the config says nothing. */
export function defaultOf(name: PrefixedParam | PlainParam): number | string {
  const schema: ParamSchema = { ...prefixed, ...plain }[name];
  return schema.default ?? 0;
}
