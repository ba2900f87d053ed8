import type { ParamSchema, StatisticFacts } from '../../runtime/module-exports.ts';

const notTraced = 'tsips has no proto_hep yet, so nothing is traced';

/** Parameters that OpenSIPS has for each protocol over a byte stream, and (behind them) those that it does not have. */
const prefixed = {
  send_timeout: {
    type: 'integer',
    description: 'A connection that takes nothing of what waits for it for this long is closed.',
    default: 100,
    unit: 'milliseconds',
    minimum: 0,
  },
  max_msg_chunks: {
    type: 'integer',
    description:
      'Reads from the socket that leave a message unfinished: at this number the connection is closed. 0: no limit.',
    default: 4,
    minimum: 0,
  },
  crlf_pingpong: {
    type: 'integer',
    description: 'CRLFCRLF between messages is answered by CRLF (RFC 5626 §3.5.1); 0: it is not.',
    default: 1,
  },
  crlf_drop: {
    type: 'integer',
    description:
      'A CRLF that comes alone is forgotten, so that the next one does not make a CRLFCRLF of it; 0: it is not.',
    default: 0,
  },
  max_msg_size: {
    type: 'integer',
    description: 'tsips only. The longest message; a longer one closes the connection.',
    default: 65535,
    unit: 'bytes',
    minimum: 1,
    maximum: 2147483647,
  },
  max_queue: {
    type: 'integer',
    description:
      'tsips only. What may wait to be written to one connection; beyond it the connection is closed.',
    default: 1048576,
    unit: 'bytes',
    minimum: 1024,
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

/** Names of parameters without their prefix. */
export type PrefixedParam = keyof typeof prefixed;

/** The whole name of a parameter: `max_queue` → `tcp_max_queue`. */
export type ParamName = (param: PrefixedParam) => string;

interface ParamSettings {
  /** Without the line that joins it to the name: `tcp`. */
  readonly prefix: string;
  /** The default of `…_port`. */
  readonly port: number;
  /** The OpenSIPS version that has a parameter first, where it is another one than for proto_tcp. */
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
      description: `The port of a ${prefix} socket that is written without one.`,
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
export function defaultOf(name: PrefixedParam): number {
  return prefixed[name].default;
}

/** The statistics of an engine, for the manifest of its module. */
export const statisticFacts = {
  connections: { description: 'connections open now', gauge: true },
  accepted: { description: 'connections accepted' },
  refused: { description: 'connections refused because of tcp_max_connections' },
  messages_received: { description: 'SIP messages received' },
  messages_sent: { description: 'SIP messages sent' },
  keepalives_received: { description: 'CRLFCRLF keepalives' },
  closed_by_us: { description: 'connections closed by this side' },
  closed_by_peer: { description: 'connections closed by the peer' },
} as const satisfies Readonly<Record<string, StatisticFacts>>;
