import {
  anyNumber,
  atLeast,
  construct,
  type GlobalRow,
  later,
  noEffect,
  percentage,
  text,
  wordOrText,
  works,
  yesNo,
} from './rows.ts';

const oneProcess = 'one process does all the work';
const memory = 'memory is Node’s affair; there are no pools of our own';
const inserted = 'a row is inserted when it is there, so that none is lost';
const thresholds = 'slow steps are not reported yet';

/** Processes, memory, the script and what is said of itself. cfg.y: assign_stm. */
export const processGlobals: readonly GlobalRow[] = [
  works('mpath', { type: 'string', list: true }, 'Folders where modules are looked for, in order.'),
  works('workdir', wordOrText, 'The working directory of the running server, over the option -w.', {
    also: ['wdir'],
  }),
  noEffect(
    'chroot',
    wordOrText,
    'The root directory of the running server.',
    'Node cannot change it; a container or systemd can',
  ),
  works('user', wordOrText, 'The user that the server runs as, up to 2.1; over the option -u.', {
    also: ['uid'],
  }),
  works('group', wordOrText, 'The group that the server runs as, up to 2.1; over the option -g.', {
    also: ['gid'],
  }),
  noEffect('disable_core_dump', yesNo, 'No core files.', 'the system decides (ulimit -c)', { default: 0 }),
  noEffect(
    'open_files_limit',
    atLeast(0),
    'How many files may be open.',
    'Node raises the limit to the system’s own maximum',
    {
      default: -1,
    },
  ),
  noEffect(
    'poll_method',
    {
      type: 'word',
      quoted: true,
      oneOf: ['poll', 'epoll', 'epoll_lt', 'epoll_et', 'sigio_rt', 'select', 'kqueue', '/dev/poll'],
    },
    'How the system is asked for events.',
    'Node chooses it',
  ),
  noEffect('udp_workers', atLeast(0), 'Processes for each UDP socket.', oneProcess, {
    also: ['children'],
    default: 8,
  }),
  noEffect('tcp_workers', atLeast(0), 'Processes for stream connections.', oneProcess, {
    also: ['tcp_children'],
    default: 8,
  }),
  noEffect('timer_workers', atLeast(0), 'Processes for timers.', oneProcess, { default: 1 }),
  noEffect('auto_scaling_profile', construct, 'When processes are added and removed.', oneProcess),
  noEffect('auto_scaling_cycle', atLeast(1), 'How often the number of processes is judged.', oneProcess, {
    default: 1,
    unit: 'seconds',
  }),

  noEffect('mem-group', construct, 'A memory pool of its own for some modules.', memory),
  noEffect('mem_log', anyNumber, 'The log level of reports about memory.', memory, {
    also: ['memlog'],
    default: [{ until: '2.2', value: 14 }, { value: 15 }],
  }),
  noEffect('mem_dump', anyNumber, 'The log level of memory dumps.', memory, {
    also: ['memdump'],
    default: 14,
  }),
  noEffect('mem_warming_enabled', yesNo, 'Memory is split up in advance.', memory, {
    also: ['mem_warming'],
    default: 0,
  }),
  noEffect('mem_warming_pattern_file', text, 'How it was split in the last run.', memory),
  noEffect('mem_warming_percentage', atLeast(0), 'How much of it is split up.', memory, {
    default: 75,
    unit: 'percent',
  }),
  noEffect('shm_hash_split_percentage', atLeast(0), 'How much of the memory hash is optimised.', memory, {
    default: 1,
    unit: 'percent',
  }),
  noEffect('shm_secondary_hash_size', atLeast(0), 'The size of the optimised buckets.', memory, {
    default: 8,
  }),
  noEffect('shm_memlog_size', anyNumber, 'How many memory operations are remembered.', memory, {
    default: 0,
  }),
  noEffect('event_shm_threshold', percentage, 'Shared memory use that raises an event.', memory, {
    default: 0,
    unit: 'percent',
  }),
  noEffect('event_pkg_threshold', percentage, 'Private memory use that raises an event.', memory, {
    default: 0,
    unit: 'percent',
  }),
  later(
    'restart_persistency_cache_file',
    text,
    'The file in which data outlives a restart.',
    'nothing is kept over a restart yet',
    {
      default: '.restart_persistency.cache',
    },
  ),
  later(
    'restart_persistency_size',
    atLeast(0),
    'The size of that file.',
    'nothing is kept over a restart yet',
    {
      default: 0,
      unit: 'megabytes',
    },
  ),

  works('max_while_loops', atLeast(0), 'A while loop ends after this many turns.', {
    default: [{ until: '3.1', value: 100 }, { value: 10000 }],
  }),
  works(
    'max_script_time',
    atLeast(0),
    'The script of a message that works longer is ended; 0: no limit. Time that it waits does not count. A name of tsips.',
    { default: 2000, unit: 'milliseconds', kind: ['number'] },
  ),
  works('max_route_depth', atLeast(1), 'How deep routes may call each other. A name of tsips.', {
    default: 100,
    kind: ['number'],
  }),
  works(
    'timer_route_overlap',
    yesNo,
    'A timer_route begins its turn although the one before still runs. A name of tsips.',
    { default: 0, kind: ['number', 'boolean'] },
  ),
  works('enable_asserts', yesNo, 'assert() in the script is judged.', { default: 0 }),
  noEffect(
    'abort_on_assert',
    yesNo,
    'A failed assert() ends the server.',
    'a failed assert() ends the run of one message; the others go on',
    { default: 0 },
  ),
  noEffect(
    'pv_print_buf_size',
    atLeast(1),
    'The longest text made of variables.',
    'a text is as long as it needs to be',
    {
      default: 20000,
      unit: 'bytes',
    },
  ),
  noEffect('avp_aliases', text, 'Other names of AVPs.', 'every version refuses it'),

  works(
    'max_waiting_runs',
    atLeast(1),
    'Runs of the script that may wait at the same time; requests beyond are answered 503. A name of tsips.',
    { default: 10_000, kind: ['number'] },
  ),
  works('server_signature', yesNo, 'Replies carry a Server header.', { default: 1 }),
  works('server_header', text, 'The whole Server header line of replies.'),
  later(
    'user_agent_header',
    text,
    'The User-Agent header line of the server’s own requests.',
    'the server makes no requests of its own yet',
  ),
  later(
    'sip_warning',
    yesNo,
    'Replies carry a Warning header about the request.',
    'replies carry no Warning yet',
    { default: 0 },
  ),

  works('db_default_url', text, 'The database of modules that name none.'),
  noEffect(
    'db_max_async_connections',
    atLeast(1),
    'Connections for waiting queries.',
    'one connection serves all queries of a database',
    { default: 10 },
  ),
  works('db_version_table', text, 'The table with the versions of tables.', { default: 'version' }),
  noEffect('query_buffer_size', atLeast(0), 'How many rows are inserted at once.', inserted, { default: 0 }),
  noEffect('query_flush_time', atLeast(0), 'How long rows wait to be inserted.', inserted, {
    default: 0,
    unit: 'seconds',
  }),

  later('exec_msg_threshold', atLeast(0), 'A message that takes longer is logged.', thresholds, {
    also: ['execmsgthreshold'],
    default: 0,
    unit: 'microseconds',
  }),
  later('exec_dns_threshold', atLeast(0), 'A look-up that takes longer is logged.', thresholds, {
    also: ['execdnsthreshold'],
    default: 0,
    unit: 'microseconds',
  }),
  later('tcp_threshold', atLeast(0), 'A send that takes longer is logged.', thresholds, {
    also: ['tcpthreshold'],
    default: 0,
    unit: 'microseconds',
  }),
];
