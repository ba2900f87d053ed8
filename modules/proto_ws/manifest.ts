import type { Manifest, ParamSchema, StatisticFacts } from '../../runtime/module-exports.ts';
import { refusals } from './refusals.ts';

const notTraced = 'tsips has no proto_hep yet, so nothing is traced';
const notDialled = 'tsips does not open WebSocket connections yet';

const refusedStatistics: Readonly<Record<string, StatisticFacts>> = Object.fromEntries(
  Object.entries(refusals).map(([code, { reason }]) => [
    `refused_${code}`,
    { description: `upgrade requests refused: ${reason}` },
  ]),
);

/** The parameters of OpenSIPS's manual, with its defaults. */
const original: Readonly<Record<string, ParamSchema>> = {
  ws_port: {
    type: 'integer',
    description: 'The port of a ws socket that is written without one.',
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
    description: 'The path asked for when connecting to a server.',
    default: '/',
    since: '2.2',
    noEffect: notDialled,
  },
  ws_handshake_timeout: {
    type: 'integer',
    description: 'How long to wait for the answer when connecting to a server.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
    since: '2.2',
    noEffect: notDialled,
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
};

/** Parameters that OpenSIPS does not have. */
const own: Readonly<Record<string, ParamSchema>> = {
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
  ws_request_timeout: {
    type: 'integer',
    description: 'tsips only. How long an upgrade request may take to come in.',
    default: 10000,
    unit: 'milliseconds',
    minimum: 1,
  },
  ws_max_request_size: {
    type: 'integer',
    description: 'tsips only. The longest upgrade request.',
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
};

export const manifest = {
  name: 'proto_ws',
  description: 'SIP over WebSocket (RFC 7118) as a server.',
  kind: 'transport',
  dependencies: [{ module: 'proto_hep', missing: 'silent' }],
  params: { ...original, ...own },
  statistics: {
    connections: { description: 'connections open now', gauge: true },
    accepted: { description: 'upgrade requests accepted' },
    messages_received: { description: 'SIP messages received' },
    messages_sent: { description: 'SIP messages sent' },
    pings_received: { description: 'pings answered' },
    keepalives_received: { description: 'CRLF keepalives and empty messages' },
    closed_by_us: { description: 'connections closed by this side' },
    closed_by_peer: { description: 'connections closed by the peer with a close frame' },
    refused: { description: 'upgrade requests refused' },
    ...refusedStatistics,
  },
  protocols: {
    ws: {
      description: 'SIP over WebSocket',
      defaultPort: 80,
      portParam: 'ws_port',
      transport: 'stream',
    },
  },
} as const satisfies Manifest;
