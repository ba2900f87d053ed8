/**
 * Words that every OpenSIPS from 2.1 to 4.0 takes as keywords wherever they stand, beside those that have a token
 * of their own. They name settings, so they cannot name a route, a function or a tag. Source: cfg.lex.
 */
export const reservedWords: ReadonlySet<string> = new Set([
  ...[
    'abort_on_assert',
    'advertised_address',
    'advertised_port',
    'any',
    'auto_aliases',
    'check_via',
    'chroot',
  ],
  ...['db_default_url', 'db_max_async_connections', 'db_version_table', 'disable_503_translation'],
  ...['disable_core_dump', 'disable_dns_blacklist', 'disable_dns_failover', 'disable_stateless_fwd'],
  ...['dns', 'dns_retr_no', 'dns_retr_time', 'dns_servers_no', 'dns_try_ipv6', 'dns_try_naptr'],
  ...['dns_use_search_list', 'enable_asserts', 'event_pkg_threshold', 'event_shm_threshold'],
  ...['exec_dns_threshold', 'exec_msg_threshold', 'execdnsthreshold', 'execmsgthreshold'],
  ...['max_while_loops', 'maxbuffer', 'mcast_loopback', 'mcast_ttl', 'mem_dump', 'mem_log', 'mem_warming'],
  ...['mem_warming_enabled', 'mem_warming_pattern_file', 'mem_warming_percentage', 'memdump', 'memlog'],
  ...[
    'mhomed',
    'mpath',
    'open_files_limit',
    'poll_method',
    'query_buffer_size',
    'query_flush_time',
    'rev_dns',
  ],
  ...['server_header', 'server_signature', 'shm_hash_split_percentage', 'shm_secondary_hash_size'],
  ...['sip_warning', 'sync', 'tcp_accept_aliases', 'tcp_connect_timeout', 'tcp_connection_lifetime'],
  ...['tcp_keepalive', 'tcp_keepcount', 'tcp_keepidle', 'tcp_keepinterval', 'tcp_max_connections'],
  ...['tcp_max_msg_time', 'tcp_no_new_conn_bflag', 'tcp_threshold', 'tcpthreshold', 'tos'],
  ...['user_agent_header', 'wdir', 'workdir', 'xlog_buf_size', 'xlog_force_color'],
]);
