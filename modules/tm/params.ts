import type { ParamSchema } from '../../runtime/module-exports.ts';

const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;
const seconds = { type: 'integer', unit: 'seconds', minimum: 2 } as const;
const milliseconds = { type: 'integer', unit: 'milliseconds', minimum: 1 } as const;

const noFifo = 'the functions that write requests to a FIFO or a UNIX socket are not here';
const noCluster = 'transactions are not shared with other hosts here';

const timerParams: Readonly<Record<string, ParamSchema>> = {
  fr_timeout: {
    ...seconds,
    description: 'How long a branch may stay without any reply, and a failed INVITE without its ACK.',
    default: 30,
  },
  fr_inv_timeout: {
    ...seconds,
    description: 'How long a branch of an INVITE may ring: between a provisional reply and the final one.',
    default: 120,
  },
  fr_timer: { ...seconds, description: 'The older name of fr_timeout.', until: '2.4' },
  fr_inv_timer: { ...seconds, description: 'The older name of fr_inv_timeout.', until: '2.4' },
  restart_fr_on_each_reply: {
    ...yesNo,
    description: 'Every provisional reply lets fr_inv_timeout begin anew; 0: only the first one.',
    default: 1,
  },
  wt_timer: {
    ...seconds,
    description: 'How long a transaction that has ended takes retransmissions (RFC 3261: timers D, I, J, K).',
    default: 5,
  },
  delete_timer: {
    ...seconds,
    description: 'After how long it is tried again to free a transaction that is in use.',
    default: 2,
    noEffect: 'a transaction is freed as soon as nothing holds it',
  },
  T1_timer: {
    ...milliseconds,
    description: 'The time before the first retransmission, which doubles with each (RFC 3261: T1).',
    default: 500,
  },
  T2_timer: {
    ...milliseconds,
    description: 'The longest time between retransmissions (RFC 3261: T2).',
    default: 4000,
  },
  timer_partitions: {
    type: 'integer',
    description: 'How many timer lists work side by side.',
    default: 1,
    minimum: 1,
    noEffect: 'timers cost no lock here',
  },
};

const matchingParams: Readonly<Record<string, ParamSchema>> = {
  ruri_matching: {
    ...yesNo,
    description:
      'Of requests without the branch of RFC 3261, the Request-URI counts when their transaction is looked for.',
    default: 1,
  },
  via1_matching: {
    ...yesNo,
    description: 'And the first Via.',
    default: 1,
  },
  syn_branch: {
    ...yesNo,
    description: 'How the branch of Via is made: 1 from the place of the transaction, 0 from the message.',
    default: 1,
    noEffect: 'a branch is made at random',
  },
};

const behaviourParams: Readonly<Record<string, ParamSchema>> = {
  auto_100trying: {
    ...yesNo,
    description: 'An INVITE is answered with 100 when its transaction is made.',
    default: 1,
  },
  onreply_avp_mode: {
    ...yesNo,
    description: 'Which AVPs an onreply_route sees: 1 those of the transaction, 0 its own, empty ones.',
    default: 0,
  },
  disable_6xx_block: {
    ...yesNo,
    description: '1: a 6xx does not end the other branches, and a failure_route may add new ones after it.',
    default: 0,
  },
  minor_branch_flag: {
    type: ['string', 'integer'],
    description:
      'The branch flag of branches that nobody waits for: they are cancelled when the others have ended.',
  },
  max_transactions: {
    type: 'integer',
    description:
      'How many transactions may be in memory; a request beyond them makes none, and t_relay() fails. A parameter of tsips.',
    default: 200_000,
    minimum: 1,
  },
  non_invite_408: {
    ...yesNo,
    description:
      'A request that is no INVITE is answered 408 when nobody has answered it, which RFC 4320 forbids. A parameter of tsips.',
    default: 0,
  },
  enable_stats: { ...yesNo, description: 'Whether the statistics are counted.', default: 1 },
  local_request_route: {
    type: 'string',
    description: 'The route that looks at each request of this host’s own before it is sent.',
    since: '3.5',
  },
  local_reply_route: {
    type: 'string',
    description: 'The route that looks at each reply made here before it is sent.',
    since: '3.5',
  },
};

const paramsWithoutEffect: Readonly<Record<string, ParamSchema>> = {
  unix_tx_timeout: {
    ...seconds,
    minimum: 0,
    description: 'How long writing to a UNIX socket may take.',
    default: 2,
    noEffect: noFifo,
  },
  tw_append: {
    type: 'string',
    description: 'What is written besides: `name:title=$variable;…`.',
    list: true,
    pattern: String.raw`^\s*(?:[^\s:]+\s*:.*)?$`,
    noEffect: noFifo,
  },
  pass_provisional_replies: {
    ...yesNo,
    description: 'Provisional replies to requests that came by a FIFO are told there.',
    default: 0,
    noEffect: noFifo,
  },
  tm_replication_cluster: {
    type: 'integer',
    description: 'The cluster of the hosts that share an anycast address.',
    default: 0,
    since: '2.4',
    noEffect: noCluster,
  },
  cluster_param: {
    type: 'string',
    description: 'The Via parameter that names the host of a transaction.',
    default: 'cid',
    since: '2.4',
    noEffect: noCluster,
  },
  cluster_auto_cancel: {
    ...yesNo,
    description: 'A CANCEL on an anycast address does not reach the script.',
    default: 1,
    since: '2.4',
    noEffect: noCluster,
  },
};

export const params: Readonly<Record<string, ParamSchema>> = {
  ...timerParams,
  ...matchingParams,
  ...behaviourParams,
  ...paramsWithoutEffect,
};
