import type { Manifest, ParamSchema } from '../../runtime/module-exports.ts';

const neverWaits = 'nothing waits for a connection or a write here';
const notTraced = 'tsips has no proto_hep yet, so nothing is traced';

/** The parameters of OpenSIPS's manual, with its defaults. */
const original: Readonly<Record<string, ParamSchema>> = {
  tcp_port: {
    type: 'integer',
    description: 'The port of a tcp socket that is written without one.',
    default: 5060,
    minimum: 1,
    maximum: 65535,
  },
  tcp_send_timeout: {
    type: 'integer',
    description: 'A connection that takes nothing of what waits for it for this long is closed.',
    default: 100,
    unit: 'milliseconds',
    minimum: 0,
  },
  tcp_max_msg_chunks: {
    type: 'integer',
    description:
      'Reads from the socket that leave a message unfinished: at this number the connection is closed. 0: no limit.',
    default: 4,
    minimum: 0,
  },
  tcp_crlf_pingpong: {
    type: 'integer',
    description: 'CRLFCRLF between messages is answered by CRLF (RFC 5626 §3.5.1); 0: it is not.',
    default: 1,
  },
  tcp_crlf_drop: {
    type: 'integer',
    description:
      'A CRLF that comes alone is forgotten, so that the next one does not make a CRLFCRLF of it; 0: it is not.',
    default: 0,
  },
  tcp_async: {
    type: 'integer',
    description: 'Whether connecting and writing go on in the background.',
    default: 1,
    noEffect: neverWaits,
  },
  tcp_async_max_postponed_chunks: {
    type: 'integer',
    description: 'Messages that may wait to be written to one connection.',
    default: 32,
    noEffect: 'tcp_max_queue bounds what waits, in bytes',
  },
  tcp_async_local_connect_timeout: {
    type: 'integer',
    description: 'How long a process waits for a connection before that goes on in the background.',
    default: 100,
    unit: 'milliseconds',
    until: '3.6',
    noEffect: neverWaits,
  },
  tcp_async_local_write_timeout: {
    type: 'integer',
    description: 'How long a process waits for a write before that goes on in the background.',
    default: 10,
    unit: 'milliseconds',
    noEffect: neverWaits,
  },
  tcp_parallel_handling: {
    type: 'integer',
    description: 'Whether the next message is read while the script works on one.',
    default: 0,
    since: '3.3',
    until: '3.6',
    noEffect: 'the next message is always read while a run of the script waits',
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
    since: '2.3',
    noEffect: notTraced,
  },
  trace_filter_route: {
    type: 'string',
    description: 'The route that says which connections are traced.',
    since: '2.3',
    noEffect: notTraced,
  },
};

/** Parameters that OpenSIPS does not have. */
const own: Readonly<Record<string, ParamSchema>> = {
  tcp_max_msg_size: {
    type: 'integer',
    description: 'tsips only. The longest message; a longer one closes the connection.',
    default: 65535,
    unit: 'bytes',
    minimum: 1,
    maximum: 2147483647,
  },
  tcp_max_queue: {
    type: 'integer',
    description:
      'tsips only. What may wait to be written to one connection; beyond it the connection is closed.',
    default: 1048576,
    unit: 'bytes',
    minimum: 1024,
  },
  tcp_close_timeout: {
    type: 'integer',
    description: 'tsips only. How long a peer may take to end its side of a connection that is closed.',
    default: 1000,
    unit: 'milliseconds',
    minimum: 1,
  },
};

export const manifest = {
  name: 'proto_tcp',
  description: 'SIP over TCP (RFC 3261 §18), as a server.',
  kind: 'transport',
  dependencies: [{ module: 'proto_hep', missing: 'silent' }],
  params: { ...original, ...own },
  statistics: {
    connections: { description: 'connections open now', gauge: true },
    accepted: { description: 'connections accepted' },
    refused: { description: 'connections refused because of tcp_max_connections' },
    messages_received: { description: 'SIP messages received' },
    messages_sent: { description: 'SIP messages sent' },
    keepalives_received: { description: 'CRLFCRLF keepalives' },
    closed_by_us: { description: 'connections closed by this side' },
    closed_by_peer: { description: 'connections closed by the peer' },
  },
  protocols: {
    tcp: {
      description: 'SIP over TCP',
      defaultPort: 5060,
      portParam: 'tcp_port',
      transport: 'stream',
    },
  },
} as const satisfies Manifest;
