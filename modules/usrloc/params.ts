import type { ParamSchema } from '../../runtime/module-exports.ts';

const oneHost = 'there is no cluster, a host has its contacts alone';

function column(what: string, value: string): ParamSchema {
  return { type: 'string', description: `The column of ${what}.`, default: value };
}

const yesNo = { type: 'integer', minimum: 0, maximum: 1 } as const;

const columnParams: Readonly<Record<string, ParamSchema>> = {
  contact_id_column: { ...column("the contact's number", 'contact_id'), since: '2.4' },
  contactid_column: {
    type: 'string',
    description: "The column of the contact's number; without it contact_id_column.",
    since: '2.2',
    until: '2.3',
  },
  user_column: column('the user of the AoR', 'username'),
  domain_column: column('the domain of the AoR, with use_domain', 'domain'),
  contact_column: column('the contact URI', 'contact'),
  received_column: column('the address that the REGISTER came from', 'received'),
  path_column: column('the Path', 'path'),
  expires_column: column('the time at which the contact is over', 'expires'),
  q_column: column('the preference', 'q'),
  callid_column: column('the Call-ID of the REGISTER', 'callid'),
  cseq_column: column('its CSeq', 'cseq'),
  flags_column: column("usrloc's own flags", 'flags'),
  cflags_column: column('the names of the branch flags', 'cflags'),
  user_agent_column: column('the User-Agent', 'user_agent'),
  socket_column: column('the socket', 'socket'),
  methods_column: column('the methods, as bits', 'methods'),
  sip_instance_column: column('the instance', 'sip_instance'),
  kv_store_column: { ...column('the keys and their values', 'kv_store'), since: '2.4' },
  attr_column: column('what the script says of the contact', 'attr'),
};

const clusterParams: Readonly<Record<string, ParamSchema>> = {
  accept_replicated_contacts: {
    type: 'integer',
    description: 'Takes contacts from other hosts.',
    default: 0,
    until: '2.3',
    noEffect: oneHost,
  },
  replicate_contacts_to: {
    type: ['integer', 'string'],
    description: 'Where contacts are sent on to.',
    until: '2.3',
    noEffect: oneHost,
  },
  repl_auth_check: {
    type: 'integer',
    description: 'Looks at who sends contacts.',
    default: 0,
    since: '2.3',
    until: '2.3',
    noEffect: oneHost,
  },
  skip_replicated_db_ops: {
    type: 'integer',
    description: 'Contacts of other hosts are not written to the database.',
    default: 0,
    noEffect: oneHost,
  },
  location_cluster: {
    type: 'integer',
    description: 'The cluster that shares the contacts.',
    default: 0,
    since: '2.4',
    noEffect: oneHost,
  },
  ha_cluster: {
    type: 'integer',
    description: 'The cluster of the hosts that stand in for each other.',
    default: 0,
    since: '3.6',
    noEffect: oneHost,
  },
  ha_shtag: {
    type: 'string',
    description: 'The tag of the host that is active.',
    since: '3.6',
    noEffect: oneHost,
  },
  shared_pinging: {
    type: 'integer',
    description: 'All hosts of the cluster ping.',
    default: 0,
    since: '2.4',
    until: '3.6',
    noEffect: oneHost,
  },
  pinging_mode: {
    type: 'string',
    description: 'Which host of the cluster pings a contact.',
    since: '3.0',
    noEffect: oneHost,
  },
  cachedb_url: {
    type: 'string',
    description: 'The NoSQL database of a cluster.',
    since: '2.4',
    noEffect: 'the modes with a NoSQL database need a cluster, which tsips has none of',
  },
};

const ownLimits: Readonly<Record<string, ParamSchema>> = {
  max_stored_contacts: {
    type: 'integer',
    description: 'Contacts of all tables together at most. A name of tsips.',
    default: 500_000,
    minimum: 1,
  },
  max_contacts_of_aor: {
    type: 'integer',
    description: 'Contacts of one AoR at most, whatever else allows more. A name of tsips.',
    default: 1000,
    minimum: 1,
  },
};

export const params: Readonly<Record<string, ParamSchema>> = {
  ...ownLimits,
  working_mode_preset: {
    type: 'string',
    description:
      'What stands behind the memory: single-instance-no-db, single-instance-sql-write-through, single-instance-sql-write-back or sql-only.',
    since: '2.4',
  },
  db_mode: {
    type: 'integer',
    description: 'The same in numbers: 0 no database, 1 write-through, 2 write-back, 3 sql-only.',
    until: '3.6',
  },
  cluster_mode: {
    type: 'string',
    description: 'none or sql-only; the others need a cluster and end the start.',
    since: '2.4',
  },
  restart_persistency: {
    type: 'string',
    description: 'Whether contacts are read at the start: none or load-from-sql.',
    since: '2.4',
  },
  sql_write_mode: {
    type: 'string',
    description: 'When changes are written: none, write-through or write-back.',
    since: '2.4',
  },
  db_url: {
    type: 'string',
    description: 'The database. Default: db_default_url of the core.',
  },
  timer_interval: {
    type: 'integer',
    description: 'How often what is over is taken away, and what waits is written.',
    unit: 'seconds',
    default: 60,
    minimum: 1,
  },
  use_domain: {
    ...yesNo,
    // `Deviation:` 1 in 4.0. Few files tell whether they are for it, and with 1 users of the others are not found any more.
    description: 'The domain counts in an AoR.',
    default: 0,
  },
  matching_mode: {
    ...yesNo,
    description: 'A contact is found by its URI (0), or by its URI and Call-ID (1).',
    default: 0,
  },
  cseq_delay: {
    type: 'integer',
    description: 'A REGISTER with the CSeq of the last one is a retransmission for so long, else an error.',
    unit: 'seconds',
    default: 20,
    minimum: 0,
  },
  desc_time_order: { ...yesNo, description: 'The newest contact comes first, whatever its q.', default: 0 },
  nat_bflag: {
    type: ['integer', 'string'],
    description: 'The branch flag of contacts behind a NAT; a number up to 2.4.',
  },
  hash_size: {
    type: 'integer',
    description: 'AoRs are spread over 2 to this power of places; 0 and 1 mean 9.',
    default: 9,
    minimum: 0,
    maximum: 16,
  },
  regen_broken_contactid: {
    ...yesNo,
    description: 'Contacts of the database whose number does not fit get a new one; else they are left out.',
    default: 0,
    since: '2.2',
  },
  max_contact_delete: {
    type: 'integer',
    description: 'Rows that one statement takes away.',
    default: 10,
    since: '2.2',
    noEffect: 'rows are taken away in one transaction',
  },
  mi_dump_kv_store: {
    ...yesNo,
    description: 'The management shows keys and values.',
    default: 0,
    since: '2.4',
  },
  latency_event_min_us: {
    type: 'integer',
    description: 'E_UL_LATENCY_UPDATE comes from so long a ping on.',
    unit: 'microseconds',
    default: 0,
    minimum: 0,
    since: '2.4',
  },
  latency_event_min_us_delta: {
    type: 'integer',
    description: 'It comes where the ping differs so much from the last one.',
    unit: 'microseconds',
    default: 0,
    minimum: 0,
    since: '2.4',
  },
  contact_refresh_timer: {
    ...yesNo,
    description: 'E_UL_CONTACT_REFRESH comes when a contact with push notifications is to be woken.',
    default: 0,
    since: '3.1',
  },
  ...columnParams,
  ...clusterParams,
};
