import type { ParamSchema } from '../../runtime/module-exports.ts';

const text = { type: 'string' } as const;
const number = { type: 'integer' } as const;

const inMemory = 'dialogs live in memory alone';
const noPings = 'nothing is sent within a dialog while it lives';
const oneHost = 'dialogs are not shared with other hosts here';

function column(name: string, value: string): readonly [string, ParamSchema] {
  return [
    `${name}_column`,
    { ...text, description: 'A column of the table.', default: value, noEffect: inMemory },
  ];
}

function without(
  why: string,
  schema: Omit<ParamSchema, 'description' | 'noEffect'>,
  description: string,
): ParamSchema {
  return { ...schema, description, noEffect: why };
}

export const params: Readonly<Record<string, ParamSchema>> = {
  default_timeout: {
    ...number,
    unit: 'seconds',
    minimum: 1,
    description: 'After how long a dialog ends that is not ended by BYE.',
    default: 43200,
  },
  dlg_match_mode: {
    ...number,
    minimum: 0,
    maximum: 2,
    description:
      'How requests find their dialog: 0 by the id in their Route alone, 1 else by Call-ID and tags, 2 by these alone. Default 1, up to 2.4 it is 0.',
  },
  rr_param: {
    ...text,
    minLength: 1,
    description: 'The parameter of Record-Route with the id of the dialog.',
    default: 'did',
  },
  profiles_with_value: { ...text, description: 'Profiles whose dialogs have values: `caller; trunk`.' },
  profiles_no_value: { ...text, description: 'Profiles whose dialogs have none.' },
  dlg_extra_hdrs: {
    ...text,
    description: 'Header lines for the BYEs that this host sends, with their line ends.',
  },
  max_dialogs: {
    ...number,
    minimum: 1,
    description:
      'How many dialogs there may be; beyond them create_dialog fails. OpenSIPS has its memory as the bound.',
    default: 500000,
  },
  max_callees: {
    ...number,
    minimum: 1,
    description:
      'How many callees of one dialog are remembered: whoever has sent a reply with a tag of its own.',
    default: 64,
  },
  hash_size: {
    ...number,
    minimum: 1,
    description: 'The bound of the first number of an id.',
    default: 4096,
  },
  enable_stats: without(
    'the statistics are always there',
    { ...number, default: 1 },
    'Statistics of dialogs.',
  ),
  log_profile_hash_size: without(
    'a profile needs no such table',
    { ...number, default: 4 },
    'Tables of profiles.',
  ),
  timer_bulk_del_no: without(inMemory, { ...number, default: 1 }, 'Dialogs deleted at once.'),
  delete_delay: without(
    'an ended dialog is found for five seconds more',
    { ...number, default: 0, since: '3.4' },
    'How long an ended dialog is kept.',
  ),
  race_condition_timeout: without(
    'a CANCEL that crosses the 200 ends nothing here',
    { ...number, default: 5, since: '3.0' },
    'The lifetime of a dialog that was cancelled and accepted at once.',
  ),
  event_id_format: without(
    'the event tells both ids',
    { ...number, default: 0, since: '3.1', until: '3.1' },
    'The id that events tell.',
  ),

  db_mode: without(
    inMemory,
    { ...number, minimum: 0, maximum: 3, default: 0 },
    'When dialogs are written to the database.',
  ),
  db_url: without(inMemory, text, 'The database.'),
  db_update_period: without(
    inMemory,
    { ...number, default: 60 },
    'How often dialogs are written, in seconds.',
  ),
  db_flush_vals_profiles: without(
    inMemory,
    { ...number, default: 0 },
    'Values and profiles are written too.',
  ),
  table_name: without(inMemory, { ...text, default: 'dialog' }, 'The table.'),
  ...Object.fromEntries([
    column('call_id', 'callid'),
    column('dlg_id', 'dlg_id'),
    column('flags', 'flags'),
    column('from_contact', 'caller_contact'),
    column('from_cseq', 'caller_cseq'),
    column('from_route', 'caller_route_set'),
    column('from_sock', 'caller_sock'),
    column('from_tag', 'from_tag'),
    column('from_uri', 'from_uri'),
    column('mflags', 'module_flags'),
    column('profiles', 'profiles'),
    column('sflags', 'script_flags'),
    column('start_time', 'start_time'),
    column('state', 'state'),
    column('timeout', 'timeout'),
    column('to_contact', 'callee_contact'),
    column('to_cseq', 'callee_cseq'),
    column('to_route', 'callee_route_set'),
    column('to_sock', 'callee_sock'),
    column('to_tag', 'to_tag'),
    column('to_uri', 'to_uri'),
    column('vars', 'vars'),
  ]),

  options_ping_interval: without(
    noPings,
    { ...number, default: 30, since: '2.2' },
    'How often OPTIONS are sent, in seconds.',
  ),
  reinvite_ping_interval: without(
    noPings,
    { ...number, default: 300, since: '2.2' },
    'How often INVITEs are sent, in seconds.',
  ),
  ping_interval: without(
    noPings,
    { ...number, default: 30, until: '2.1' },
    'How often OPTIONS are sent, in seconds.',
  ),
  auto_prack_fr_timeout: without(
    noPings,
    { ...number, default: 3, since: '4.0' },
    'How long a PRACK of this host is waited for.',
  ),
  auto_prack_hangup_on_failure: without(
    noPings,
    { ...number, default: 0, since: '4.0' },
    'Whether its failure ends the call.',
  ),

  cachedb_url: without(oneHost, text, 'The cache that shares profiles.'),
  profile_value_prefix: without(oneHost, { ...text, default: 'dlg_val_' }, 'A prefix in that cache.'),
  profile_no_value_prefix: without(oneHost, { ...text, default: 'dlg_noval_' }, 'A prefix in that cache.'),
  profile_size_prefix: without(oneHost, { ...text, default: 'dlg_size_' }, 'A prefix in that cache.'),
  profile_timeout: without(
    oneHost,
    { ...number, default: 86400 },
    'How long it keeps a profile, in seconds.',
  ),
  dialog_replication_cluster: without(
    oneHost,
    { ...number, default: 0, since: '2.4' },
    'The cluster of dialogs.',
  ),
  profile_replication_cluster: without(
    oneHost,
    { ...number, default: 0, since: '2.4' },
    'The cluster of profiles.',
  ),
  cluster_auto_sync: without(
    oneHost,
    { ...number, default: 1, since: '3.2' },
    'Dialogs are asked for at the start.',
  ),
  dlg_sharing_tag: without(oneHost, { ...text, since: '2.4', until: '2.4' }, 'A tag of the cluster.'),
  accept_replicated_dialogs: without(
    oneHost,
    { ...number, default: 0, until: '2.3' },
    'Dialogs of other hosts.',
  ),
  accept_replicated_profiles: without(
    oneHost,
    { ...number, default: 0, since: '2.2', until: '2.3' },
    'Profiles of other hosts.',
  ),
  accept_replicated_profile_timeout: without(
    oneHost,
    { ...number, default: 10, since: '2.2', until: '2.2' },
    'How long these are kept.',
  ),
  replicate_dialogs_to: without(
    oneHost,
    { type: ['integer', 'string'], until: '2.3' },
    'Hosts that get dialogs.',
  ),
  replicate_profiles_to: without(
    oneHost,
    { ...number, default: 0, since: '2.2', until: '2.3' },
    'Hosts that get profiles.',
  ),
  replicate_profiles_buffer: without(
    oneHost,
    { ...number, default: 1400, since: '2.2' },
    'Bytes of their packets.',
  ),
  replicate_profiles_check: without(
    oneHost,
    { ...number, default: 10, since: '2.2' },
    'How often they are checked.',
  ),
  replicate_profiles_expire: without(oneHost, { ...number, default: 10, since: '2.2' }, 'When they expire.'),
  replicate_profiles_timer: without(
    oneHost,
    { ...number, default: 200, since: '2.2' },
    'How often they are sent.',
  ),
  auth_check: without(oneHost, { ...number, default: 0, since: '2.2', until: '2.2' }, 'Who may replicate.'),
  replication_auth_check: without(
    oneHost,
    { ...number, default: 0, since: '2.3', until: '2.3' },
    'Who may replicate.',
  ),
};
