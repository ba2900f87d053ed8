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
const multicast = 'no multicast group is joined yet';
const received =
  'a name in Via always gets received (RFC 3261 §18.2.1), where OpenSIPS leaves it out or compares nothing';
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
  works('mhomed', yesNo, 'The UDP socket to send by is chosen by the routing table.', { default: 0 }),
  works('dst_blacklist', construct, 'A list of addresses that nothing is sent to.'),
  works(
    'disable_dns_blacklist',
    yesNo,
    'Destinations that took no message are not kept on the list `dns` for four minutes.',
    { default: 1 },
  ),
  works('disable_stateless_fwd', yesNo, 'Requests and replies do not pass without a transaction.'),
  works('disable_503_translation', yesNo, 'A received 503 is passed on as it is.', { default: 0 }),
  works(
    'max_accepted_peers',
    atLeast(0),
    'Peers of ended WebSocket connections that are remembered, so that they are not dialled. A name of tsips.',
    { default: 100_000, kind: ['number'] },
  ),
  works(
    'max_browser_names',
    atLeast(0),
    'Hosts ending in .invalid by which the browser behind one WebSocket connection is found. A name of tsips.',
    { default: 16, kind: ['number'] },
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
  works(
    'tcp_connect_timeout',
    { type: 'number', minimum: 1, refusedSince: '3.3' },
    'The longest wait for a connection to be made.',
    { default: 100, unit: 'milliseconds' },
  ),
  works(
    'tcp_accept_aliases',
    { type: 'number', minimum: 0, maximum: 2, refusedSince: '3.3' },
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

  noEffect('dns', yesNo, 'A name in Via that leads to the sender gets no received.', received, {
    default: 0,
  }),
  noEffect('rev_dns', yesNo, 'A name in Via that is the sender’s own gets no received.', received, {
    default: 0,
  }),
  works('dns_retr_no', atLeast(0), 'How often a DNS server is asked; 2 times where it is not set.', {
    default: -1,
  }),
  works('dns_retr_time', atLeast(0), 'Time until it is asked again; 5 seconds where it is not set.', {
    default: -1,
    unit: 'seconds',
  }),
  works(
    'dns_servers_no',
    atLeast(0),
    'How many of the system’s servers are asked; all where it is not set.',
    {
      default: -1,
    },
  ),
  works(
    'max_dns_time',
    atLeast(1),
    'The longest time that all look-ups for one message may take; then its send fails. A name of tsips.',
    { default: 10_000, unit: 'milliseconds', kind: ['number'] },
  ),
  works('dns_try_ipv6', yesNo, 'IPv6 addresses of names are looked up, and tried first.', { default: 0 }),
  works('dns_try_naptr', yesNo, 'NAPTR records are looked up first (RFC 3263).', { default: 1 }),
  works('dns_use_search_list', yesNo, 'The search list of resolv.conf is used.', { default: -1 }),
  works(
    'disable_dns_failover',
    yesNo,
    'The targets of SRV and NAPTR behind the first are not tried; the addresses of one target are.',
    { default: 0 },
  ),
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
