import type { ParamSchema } from '../../runtime/module-exports.ts';

const oneHost = 'there is no cluster, so this host pings all of its contacts';
const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;
const flag = { type: ['integer', 'string'] } as const;

export const params: Readonly<Record<string, ParamSchema>> = {
  natping_interval: {
    type: 'integer',
    description: 'Each contact of usrloc is pinged once in this time; 0: none is.',
    unit: 'seconds',
    default: 0,
    minimum: 0,
  },
  natping_partitions: {
    type: 'integer',
    description: 'So many parts of the contacts are pinged side by side, each spread over the interval.',
    default: 1,
    minimum: 1,
    maximum: 8,
  },
  natping_socket: {
    type: 'string',
    description: 'Another source address for datagrams.',
    noEffect: 'datagrams come from the sockets of the host alone; Node has no raw sockets',
  },
  natping_tcp: {
    ...yesNo,
    description: 'Contacts behind TCP, TLS and WebSocket are pinged too, on connections that are open.',
    default: 0,
  },
  ping_nated_only: {
    ...yesNo,
    description: 'Only contacts with the nat_bflag of usrloc are pinged.',
    default: 0,
  },
  force_socket: {
    type: 'string',
    description: 'The socket for contacts that were registered by none that this host has.',
  },
  sipping_bflag: {
    ...flag,
    description: 'Contacts with this branch flag are pinged by a SIP request; a number up to 2.4.',
  },
  sipping_from: {
    type: 'string',
    description: 'The URI in From of these requests; sipping_bflag needs it.',
  },
  sipping_method: { type: 'string', description: 'Their method.', default: 'OPTIONS', minLength: 1 },
  sipping_ignore_rpl_codes: {
    type: 'string',
    description: 'Replies with these codes, written with commas between them, are no sign of life.',
    since: '2.4',
  },
  sipping_latency_flag: {
    ...flag,
    description: 'How long the answers take is noted for contacts with this branch flag; a number in 2.4.',
    since: '2.4',
  },
  remove_on_timeout_bflag: {
    ...flag,
    description: 'Contacts with this branch flag that do not answer are removed; a number up to 2.4.',
    since: '2.2',
  },
  max_pings_lost: {
    type: 'integer',
    description: 'So many pings without an answer one after the other remove a contact.',
    default: 3,
    minimum: 1,
    since: '2.2',
  },
  ping_threshold: {
    type: 'integer',
    description: 'How long an answer may take; half of natping_interval where it is longer than that.',
    unit: 'seconds',
    default: 3,
    minimum: 1,
    since: '2.2',
  },
  received_avp: {
    type: 'string',
    description: 'The AVP that fix_nated_register() writes; the same as that of registrar.',
    pattern: String.raw`^\$avp\([^()]+\)$`,
  },
  nortpproxy_str: {
    type: 'string',
    description: 'The line of add-no-rtpproxy; line ends behind it do not count.',
    default: 'a=nortpproxy:yes',
  },
  oldip_skip: {
    type: 'string',
    description: 'What fix_nated_sdp() writes no old address of: c of media, o of the origin.',
    pattern: '^[co ]*$',
    list: true,
  },
  cluster_id: {
    type: 'integer',
    description: 'The cluster whose hosts share the pings.',
    default: 0,
    since: '3.0',
    noEffect: oneHost,
  },
  cluster_sharing_tag: {
    type: 'string',
    description: 'The tag of the host that pings.',
    since: '3.0',
    noEffect: oneHost,
  },
};
