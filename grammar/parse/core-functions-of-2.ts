/**
 * Functions that were keywords of the core up to 3.0, with forms of their own: they take numbers and variables
 * where functions of modules took quoted strings only. Source: cfg.y of 2.1 to 2.4.
 */
export const coreFunctionsOf2: ReadonlySet<string> = new Set([
  ...['setflag', 'resetflag', 'isflagset', 'setbflag', 'setbranchflag', 'resetbflag', 'resetbranchflag'],
  ...['isbflagset', 'isbranchflagset', 'setsflag', 'setscriptflag', 'resetsflag', 'resetscriptflag'],
  ...['issflagset', 'isscriptflagset', 'strip', 'strip_tail', 'remove_branch', 'pv_printf', 'avp_printf'],
  ...['force_tcp_alias', 'add_tcp_alias', 'set_advertised_port', 'serialize_branches', 'cache_store'],
  ...['cache_fetch', 'cache_counter_fetch', 'cache_add', 'cache_sub', 'raise_event', 'subscribe_event'],
  ...['construct_uri', 'get_timestamp', 'script_trace', 'setdebug', 'cache_raw_query', 'cache_remove'],
]);

/** Those that take the name of a flag without quotes. */
export const flagFunctionsOf2: ReadonlySet<string> = new Set(
  [...coreFunctionsOf2].filter((name) => /flag(?:set)?$/.test(name)),
);

/** Those that may stand without parentheses. */
export const bareFunctionsOf2: ReadonlySet<string> = new Set([
  ...['add_local_rport', 'add_rport', 'add_tcp_alias', 'append_branch', 'force_local_rport', 'force_rport'],
  ...['force_tcp_alias', 'isdsturiset', 'isduriset', 'resetdsturi', 'resetduri', 'revert_uri'],
]);
