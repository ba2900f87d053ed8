import type { Manifest } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'proto_udp',
  description: 'SIP over UDP (RFC 3261 §18).',
  kind: 'transport',
  params: {
    udp_port: {
      type: 'integer',
      description: 'The port of a udp socket that is written without one.',
      default: 5060,
      minimum: 1,
      maximum: 65535,
    },
  },
  statistics: {
    messages_received: { description: 'SIP messages received' },
    messages_sent: { description: 'SIP messages sent' },
    keepalives_received: { description: 'datagrams that only keep the way open' },
    send_errors: { description: 'messages that could not be sent' },
  },
  protocols: {
    udp: {
      description: 'SIP over UDP',
      defaultPort: 5060,
      portParam: 'udp_port',
      transport: 'datagram',
    },
  },
} as const satisfies Manifest;
