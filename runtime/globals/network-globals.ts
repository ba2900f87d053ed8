import {
  atLeast,
  construct,
  type GlobalRow,
  host,
  later,
  noEffect,
  port,
  word,
  works,
  yesNo,
} from './rows.ts';

const oneProcess = 'one process reads all connections';
const checked = 'replies whose first Via is not this host are always thrown away (RFC 3261 §18.1.2)';
const forwarding = 'the way of a message does not ask for it yet';
const multicast = 'no multicast group is joined yet';
const dns = 'names are not looked up for messages yet';
const keepalive = 'Node cannot set it: the system’s own value holds, or Node’s where tcp_keepidle is given';

/** Sockets, connections and DNS. cfg.y: assign_stm. */
export const networkGlobals: readonly GlobalRow[] = [
  works('socket', construct, 'A socket to listen on.', { also: ['listen'] }),
  works('alias', construct, 'Names and addresses under which this host is meant.'),
  works('auto_aliases', yesNo, 'The names of the sockets count as this host’s own.', {
    default: [{ until: '3.0', value: 1 }, { value: 0 }],
  }),
  works('advertised_address', host, 'The address written into messages in place of the socket’s own.'),
  works('advertised_port', port, 'The port written into messages in place of the socket’s own.'),
  later('mhomed', yesNo, 'The outgoing socket is chosen by the routing table.', forwarding, { default: 0 }),
  works('dst_blacklist', construct, 'A list of addresses that nothing is sent to.'),
  later('disable_dns_blacklist', yesNo, 'Destinations that failed are not put on a blacklist.', forwarding, {
    default: 1,
  }),
  works('disable_stateless_fwd', yesNo, 'Requests and replies do not pass without a transaction.'),
  works('disable_503_translation', yesNo, 'A received 503 is passed on as it is.', { default: 0 }),
  works(
    'max_accepted_peers',
    atLeast(0),
    'Peers of ended WebSocket connections that are remembered, so that they are not dialled. A name of tsips.',
    { default: 100_000, kind: ['number'] },
  ),
  works(
    'max_waiting_messages',
    atLeast(1),
    'Messages that may wait for one connection to open; those beyond fail. A name of tsips.',
    { default: 1000, kind: ['number'] },
  ),
  noEffect('check_via', yesNo, 'Replies are dropped whose first Via is not this host.', checked, {
    default: 0,
  }),
  noEffect(
    'tos',
    { type: 'number or word', minimum: 0 },
    'The type of service of sent packets.',
    'Node 20 to 24 cannot set it',
  ),

  works('tcp_connection_lifetime', atLeast(0), 'A connection without traffic is closed after this time.', {
    default: 120,
    unit: 'seconds',
  }),
  works('tcp_max_connections', atLeast(0), 'More connections than this are refused.', { default: 2048 }),
  works('tcp_max_msg_time', atLeast(0), 'The longest time that one message may take to arrive.', {
    default: 4,
    unit: 'seconds',
  }),
  works('tcp_connect_timeout', atLeast(1), 'The longest wait for a connection to be made.', {
    default: 100,
    unit: 'milliseconds',
  }),
  works(
    'tcp_accept_aliases',
    { type: 'number', minimum: 0, maximum: 2 },
    'A connection also stands for the port of its peer’s Via: 0 never, 1 where Via has alias, 2 always.',
    { default: 0 },
  ),
  works(
    'tcp_no_new_conn_bflag',
    { type: 'number or word', minimum: 0 },
    'A branch flag: no connection is opened for a message that has it.',
  ),
  works(
    'tcp_no_new_conn_rplflag',
    word,
    'A flag of the message: no connection is opened for a reply that has it.',
  ),
  works(
    'tcp_socket_backlog',
    atLeast(1),
    'How many connections may wait to be taken; 511 where the config does not say.',
    { also: ['tcp_listen_backlog'], default: 10 },
  ),
  works('tcp_keepalive', yesNo, 'The system probes idle connections.', { default: 1 }),
  noEffect('tcp_keepcount', atLeast(0), 'Lost probes until a connection counts as dead.', keepalive, {
    default: 0,
  }),
  works('tcp_keepidle', atLeast(0), 'Idle time before the first probe; 0: as the system has it.', {
    default: 0,
    unit: 'seconds',
  }),
  noEffect('tcp_keepinterval', atLeast(0), 'Time between probes.', keepalive, {
    default: 0,
    unit: 'seconds',
  }),
  noEffect('tcp_parallel_read_on_workers', yesNo, 'Several processes read one connection.', oneProcess, {
    default: 0,
  }),
  noEffect('tcp_threads', atLeast(0), 'Threads that read connections.', oneProcess, { default: 0 }),

  works('maxbuffer', atLeast(0), 'The receive buffer that is asked for UDP.', {
    default: 262144,
    unit: 'bytes',
  }),
  later('mcast_loopback', yesNo, 'Multicast packets come back to the sender.', multicast, { default: 0 }),
  later('mcast_ttl', atLeast(0), 'The time to live of multicast packets.', multicast, { default: -1 }),

  later('dns', yesNo, 'The names in Via are looked up to compare them with the sender.', dns),
  later('rev_dns', yesNo, 'The sender’s address is looked up to compare it with Via.', dns),
  later('dns_retr_no', atLeast(0), 'How often a look-up is tried again.', dns, { default: -1 }),
  later('dns_retr_time', atLeast(0), 'Time between two tries.', dns, { default: -1, unit: 'seconds' }),
  later('dns_servers_no', atLeast(0), 'How many servers are asked.', dns, { default: -1 }),
  later('dns_try_ipv6', yesNo, 'AAAA records are looked up too.', dns, { default: 0 }),
  later('dns_try_naptr', yesNo, 'NAPTR records are looked up first (RFC 3263).', dns, { default: 1 }),
  later('dns_use_search_list', yesNo, 'The search list of resolv.conf is used.', dns),
  later('disable_dns_failover', yesNo, 'Only the first address of a name is tried.', dns, { default: 0 }),
  later(
    'bin_listen',
    construct,
    'The socket of the binary interface up to 2.1.',
    'there is no binary interface between servers yet',
  ),
  noEffect('bin_children', atLeast(1), 'Processes of the binary interface up to 2.1.', oneProcess, {
    default: 1,
  }),
];
