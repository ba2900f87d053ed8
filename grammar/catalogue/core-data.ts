/** What the core of OpenSIPS 2.1 to 4.0 knows, and what got another name. The form of the lines is told in README.md. */
export const coreData: string = `
module core *
global abort_on_assert * {"kind":["boolean"],"init":"0"}
global advertised_address * {"kind":["address"]}
global advertised_port * {"kind":["number"]}
global alias * {"kind":["alias-list"]}
global auto_aliases -3.0 {"kind":["boolean"],"init":"1"}
global auto_aliases 3.1- {"kind":["boolean"],"init":"0"}
global auto_scaling_cycle 3.0- {"kind":["number"],"init":"1"}
global auto_scaling_profile 3.0- {"kind":["scaling-profile"]}
global avp_aliases -2.1 {"kind":["string"],"refused":true}
global bin_children -2.1 {"kind":["number"],"init":"1"}
global bin_listen -2.1 {"kind":["address"],"suffix":[":<port>"]}
global check_via * {"kind":["boolean"],"init":"0"}
global children -2.4 {"kind":["number"],"init":"8"}
global children 3.0 {"kind":["number"],"init":"8","warned":true}
global chroot * {"kind":["string","id"],"init":"NULL"}
global db_default_url * {"kind":["string"],"init":"NULL"}
global db_max_async_connections * {"kind":["number"],"init":"10"}
global db_version_table * {"kind":["string"],"init":"version"}
global debug -2.1 {"kind":["signed-number"]}
global debug 2.2-3.0 {"kind":["signed-number"],"refused":true}
global debug_mode 2.2- {"kind":["boolean"],"init":"0"}
global disable_503_translation * {"kind":["boolean"],"init":"0"}
global disable_core_dump * {"kind":["boolean"],"init":"0"}
global disable_dns_blacklist * {"kind":["boolean"],"init":"1"}
global disable_dns_failover * {"kind":["boolean"],"init":"0"}
global disable_stateless_fwd * {"kind":["boolean"],"init":"-1"}
global dns * {"kind":["boolean"]}
global dns_retr_no * {"kind":["number"],"init":"-1"}
global dns_retr_time * {"kind":["number"],"init":"-1"}
global dns_servers_no * {"kind":["number"],"init":"-1"}
global dns_try_ipv6 * {"kind":["boolean"],"init":"0"}
global dns_try_naptr * {"kind":["boolean"],"init":"1"}
global dns_use_search_list * {"kind":["boolean"],"init":"-1"}
global dst_blacklist * {"kind":["blacklist"]}
global enable_asserts * {"kind":["boolean"],"init":"0"}
global event_pkg_threshold * {"kind":["number"],"init":"0"}
global event_shm_threshold * {"kind":["number"],"init":"0"}
global exec_dns_threshold * {"kind":["number"],"aliases":["execdnsthreshold"],"init":"0"}
global exec_msg_threshold * {"kind":["number"],"aliases":["execmsgthreshold"],"init":"0"}
global fork -2.1 {"kind":["boolean"]}
global fork 2.2-3.0 {"kind":["number"],"refused":true}
global group -2.1 {"kind":["string","id"],"aliases":["gid"],"init":"NULL"}
global listen -3.0 {"kind":["listen"]}
global listen 3.1-3.6 {"kind":["listen"],"warned":true}
global log_event_enabled 3.4- {"kind":["boolean"],"init":"0"}
global log_event_level_filter 3.4- {"kind":["signed-number"],"init":"0"}
global log_facility -3.3 {"kind":["id"]}
global log_facility 3.4-3.6 {"kind":["id"],"warned":true}
global log_json_buf_size 3.4- {"kind":["number"],"init":"6144"}
global log_level 2.2- {"kind":["signed-number"]}
global log_msg_buf_size 3.4- {"kind":["number"],"init":"4096"}
global log_name -3.3 {"kind":["string"],"init":"NULL"}
global log_name 3.4-3.6 {"kind":["string"],"init":"NULL","warned":true}
global log_prefix 3.3- {"kind":["string"],"init":""}
global log_stderror -3.3 {"kind":["boolean"],"init":"1"}
global log_stderror 3.4-3.6 {"kind":["boolean"],"warned":true}
global log_stdout 3.2- {"kind":["boolean"],"init":"0"}
global max_while_loops -3.1 {"kind":["number"],"init":"100"}
global max_while_loops 3.2- {"kind":["number"],"init":"10000"}
global maxbuffer * {"kind":["number"],"init":"262144"}
global mcast_loopback * {"kind":["boolean"],"init":"0"}
global mcast_ttl * {"kind":["number"],"init":"-1"}
global mem-group 2.2- {"kind":["mem-group"]}
global mem_dump -2.1 {"kind":["number"],"aliases":["memdump"],"init":"14"}
global mem_dump 2.2- {"kind":["signed-number"],"aliases":["memdump"],"init":"14"}
global mem_log -2.1 {"kind":["number"],"aliases":["memlog"],"init":"14"}
global mem_log 2.2 {"kind":["signed-number"],"aliases":["memlog"],"init":"14"}
global mem_log 2.3- {"kind":["signed-number"],"aliases":["memlog"],"init":"15"}
global mem_warming_enabled -2.4 {"kind":["number"],"aliases":["mem_warming"]}
global mem_warming_enabled 3.0- {"kind":["number"],"aliases":["mem_warming"],"init":"0"}
global mem_warming_pattern_file * {"kind":["string"]}
global mem_warming_percentage -2.4 {"kind":["number"]}
global mem_warming_percentage 3.0- {"kind":["number"],"init":"75"}
global mhomed * {"kind":["boolean"],"init":"0"}
global mpath -2.3 {"kind":["string"],"init":"NULL"}
global mpath 2.4-3.6 {"kind":["string"]}
global mpath 4.0- {"kind":["path-list"]}
global open_files_limit * {"kind":["number"],"init":"-1"}
global poll_method -2.3 {"kind":["id","string"],"values":["poll","epoll_lt","epoll_et","sigio_rt","select","kqueue","/dev/poll"]}
global poll_method 2.4- {"kind":["id","string"],"values":["poll","epoll","sigio_rt","select","kqueue","/dev/poll"]}
global pv_print_buf_size 3.0- {"kind":["number"],"init":"20000"}
global query_buffer_size * {"kind":["number"],"init":"0"}
global query_flush_time * {"kind":["number"],"init":"0"}
global restart_persistency_cache_file 3.0- {"kind":["string"],"init":".restart_persistency.cache"}
global restart_persistency_size 3.0- {"kind":["number"],"init":"0"}
global rev_dns * {"kind":["boolean"]}
global server_header * {"kind":["string"]}
global server_signature * {"kind":["boolean"],"init":"1"}
global shm_hash_split_percentage * {"kind":["number"],"init":"1"}
global shm_memlog_size 3.4- {"kind":["signed-number"],"init":"0"}
global shm_secondary_hash_size * {"kind":["number"],"init":"8"}
global sip_warning * {"kind":["boolean"],"init":"0"}
global socket 3.1- {"kind":["listen"]}
global stderror_enabled 3.4- {"kind":["boolean"],"init":"1"}
global stderror_level_filter 3.4- {"kind":["signed-number"]}
global stderror_log_format 3.4- {"kind":["string"]}
global syslog_enabled 3.4- {"kind":["boolean"],"init":"0"}
global syslog_facility 3.4- {"kind":["id"]}
global syslog_level_filter 3.4- {"kind":["signed-number"]}
global syslog_log_format 3.4- {"kind":["string"]}
global syslog_name 3.4- {"kind":["string"],"init":"NULL"}
global tcp_accept_aliases * {"kind":["boolean"],"init":"0"}
global tcp_children -2.4 {"kind":["number"],"init":"8"}
global tcp_children 3.0 {"kind":["number"],"init":"8","warned":true}
global tcp_connect_timeout * {"kind":["number"],"init":"100"}
global tcp_connection_lifetime * {"kind":["number"],"init":"120"}
global tcp_keepalive * {"kind":["boolean"]}
global tcp_keepcount * {"kind":["number"],"init":"0"}
global tcp_keepidle * {"kind":["number"],"init":"0"}
global tcp_keepinterval * {"kind":["number"],"init":"0"}
global tcp_listen_backlog -3.0 {"kind":["number"],"init":"10"}
global tcp_listen_backlog 3.1-3.2 {"kind":["number"],"init":"10","warned":true}
global tcp_max_connections * {"kind":["number"],"init":"2048"}
global tcp_max_msg_time * {"kind":["number"],"init":"4"}
global tcp_no_new_conn_bflag -3.0 {"kind":["number","id"]}
global tcp_no_new_conn_bflag 3.1- {"kind":["id"]}
global tcp_no_new_conn_rplflag 3.0- {"kind":["id"]}
global tcp_parallel_read_on_workers 3.3-3.6 {"kind":["boolean"],"init":"0"}
global tcp_socket_backlog 3.1- {"kind":["number"],"init":"10"}
global tcp_threads 4.0- {"kind":["number"],"init":"0"}
global tcp_threshold * {"kind":["number"],"aliases":["tcpthreshold"],"init":"0"}
global tcp_workers 3.0- {"kind":["number"],"suffix":["use_auto_scaling_profile <id>"],"init":"8"}
global timer_workers 3.0- {"kind":["number"],"suffix":["use_auto_scaling_profile <id>"],"init":"1"}
global tos * {"kind":["number","id"]}
global udp_workers 3.0- {"kind":["number"],"suffix":["use_auto_scaling_profile <id>"],"init":"8"}
global user -2.1 {"kind":["string","id"],"aliases":["uid"],"init":"NULL"}
global user_agent_header * {"kind":["string"]}
global workdir * {"kind":["string","id"],"aliases":["wdir"],"init":"NULL"}
global xlog_buf_size * {"kind":["number"],"init":"4096"}
global xlog_default_level 2.2-2.4 {"kind":["number"],"init":"-1"}
global xlog_force_color * {"kind":["boolean"],"init":"0"}
global xlog_level 3.0 {"kind":["number"]}
global xlog_level 3.1- {"kind":["signed-number"]}
global xlog_print_level 3.0-3.3 {"kind":["number"],"init":"-1"}
global xlog_print_level 3.4- {"kind":["number"],"init":"2"}
statement assert -3.5 {"forms":["expr,string"]}
statement assert 3.6- {"forms":["expr,string","expr"]}
statement async -3.0 {"forms":["async-call,route"]}
statement async 3.1- {"forms":["async-call,route","async-call,route,number"]}
statement drop * {"forms":[""],"bare":true}
statement error * {"forms":["string,string"]}
statement exit * {"forms":[""],"bare":true}
statement launch 2.3-3.2 {"forms":["async-call,route","async-call"]}
statement launch 3.3- {"forms":["async-call,route,string","async-call,route","async-call"]}
statement log * {"forms":["string","number,string"]}
statement return -3.0 {"forms":["number","var",""],"bare":true}
statement return 3.1-3.5 {"forms":["(no parens),var","var","(no parens),number","number",""],"bare":true}
statement return 3.6- {"forms":["(no parens),var","var","var,values...","(no parens),number","number","number,values...","",",values..."],"bare":true}
statement route * {"forms":["route","route,args..."]}
statement setdebug -2.1 {"forms":["number",""]}
statement xdbg * {"forms":["string"]}
statement xlog * {"forms":["string","string,string"]}
route branch_route * {"letter":"B","brackets":["name"]}
route error_route * {"letter":"E","brackets":[null]}
route event_route -2.4 {"letter":"V","brackets":["name","name,sync","name,async"]}
route event_route 3.0- {"letter":"V","brackets":["name"]}
route failure_route * {"letter":"F","brackets":["name"]}
route local_route * {"letter":"L","brackets":[null]}
route onreply_route * {"letter":"O","brackets":[null,"name"]}
route route * {"letter":"R","brackets":[null,"name"]}
route startup_route * {"letter":"S","brackets":[null]}
route timer_route * {"letter":"T","brackets":["name,interval"]}
function add_blacklist_rule 3.4- {"min":2,"max":6,"params":["s","s","i?","s?","s?","i?"],"routes":"*"}
function add_local_rport -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true}
function add_local_rport 3.1- {"min":0,"max":0,"params":[],"routes":"*"}
function add_rport -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true,"aliasOf":"force_rport"}
function add_tcp_alias -3.0 {"min":0,"max":1,"forms":["number",""],"routes":"*","bare":true,"aliasOf":"force_tcp_alias"}
function append_branch -3.0 {"min":0,"max":2,"forms":["string,string","string",""],"routes":"*","bare":true}
function append_branch 3.1-3.5 {"min":0,"max":2,"params":["s?","s?"],"routes":"*"}
function append_branch_old 3.6- {"min":0,"max":2,"params":["s?","s?"],"routes":"*"}
function append_msg_branch 3.6- {"min":1,"max":3,"params":["s","s?","s?"],"routes":"*"}
function avp_print 3.5- {"min":0,"max":0,"params":[],"routes":"*"}
function avp_printf -3.0 {"min":2,"max":2,"forms":["string,string","var,string"],"routes":"*","aliasOf":"pv_printf"}
function cache_add -3.0 {"min":4,"max":5,"forms":["string,string,number,number","string,string,var,number","string,string,number,number,var","string,string,var,number,var"],"routes":"*"}
function cache_add 3.1- {"min":4,"max":5,"params":["s","s","i","i","v?"],"routes":"*"}
function cache_counter_fetch -3.0 {"min":3,"max":3,"forms":["string,string,var"],"routes":"*"}
function cache_counter_fetch 3.1- {"min":3,"max":3,"params":["s","s","v"],"routes":"*"}
function cache_fetch -3.0 {"min":3,"max":3,"forms":["string,string,var"],"routes":"*"}
function cache_fetch 3.1- {"min":3,"max":3,"params":["s","s","v"],"routes":"*"}
function cache_raw_query -3.0 {"min":2,"max":3,"forms":["string,string,string","string,string"],"routes":"*"}
function cache_raw_query 3.1- {"min":2,"max":3,"params":["s","s","s!?"],"routes":"*"}
function cache_remove -3.0 {"min":2,"max":2,"forms":["string,string"],"routes":"*"}
function cache_remove 3.1- {"min":2,"max":2,"params":["s","s"],"routes":"*"}
function cache_store -3.0 {"min":3,"max":4,"forms":["string,string,string","string,string,string,number","string,string,string,var"],"routes":"*"}
function cache_store 3.1- {"min":3,"max":4,"params":["s","s","s","i?"],"routes":"*"}
function cache_sub -3.0 {"min":4,"max":5,"forms":["string,string,number,number","string,string,var,number","string,string,number,number,var","string,string,var,number,var"],"routes":"*"}
function cache_sub 3.1- {"min":4,"max":5,"params":["s","s","i","i","v?"],"routes":"*"}
function check_blacklist_rule 3.4- {"min":2,"max":5,"params":["s","s","i?","s?","s?"],"routes":"*"}
function construct_uri -3.0 {"min":6,"max":6,"forms":["string,string,string,string,string,var"],"routes":"*"}
function construct_uri 3.1- {"min":6,"max":6,"params":["s","s?","s","s?","s?","v"],"routes":"*"}
function del_blacklist_rule 3.4- {"min":2,"max":5,"params":["s","s","i?","s?","s?"],"routes":"*"}
function force_local_rport -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true,"aliasOf":"add_local_rport"}
function force_rport -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true}
function force_rport 3.1- {"min":0,"max":0,"params":[],"routes":"*"}
function force_send_socket -3.0 {"min":1,"max":1,"forms":["socket"],"routes":"*"}
function force_send_socket 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function force_tcp_alias -3.0 {"min":0,"max":1,"forms":["number",""],"routes":"*","bare":true}
function force_tcp_alias 3.1- {"min":0,"max":1,"params":["i?"],"routes":"*"}
function forward -3.0 {"min":0,"max":1,"forms":["string",""],"routes":"*"}
function forward 3.1- {"min":0,"max":1,"params":["s?"],"routes":"*"}
function get_timestamp -3.0 {"min":2,"max":2,"forms":["var,var"],"routes":"*"}
function get_timestamp 3.1- {"min":2,"max":2,"params":["v","v"],"routes":"*"}
function is_myself 2.4-3.0 {"min":1,"max":2,"forms":["string","string,string"],"routes":"*"}
function is_myself 3.1- {"min":1,"max":2,"params":["s","i?"],"routes":"*"}
function isbflagset -3.0 {"min":1,"max":2,"forms":["number,number","number,id","number","id"],"routes":"*"}
function isbflagset 3.1- {"min":1,"max":2,"params":["s=","i?"],"routes":"*"}
function isbranchflagset -3.0 {"min":1,"max":2,"forms":["number,number","number,id","number","id"],"routes":"*","aliasOf":"isbflagset"}
function isdsturiset -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true}
function isdsturiset 3.1- {"min":0,"max":0,"params":[],"routes":"*"}
function isduriset -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true,"aliasOf":"isdsturiset"}
function isflagset -3.0 {"min":1,"max":1,"forms":["number","id"],"routes":"*"}
function isflagset 3.1- {"min":1,"max":1,"params":["s="],"routes":"*"}
function isscriptflagset -2.1 {"min":1,"max":1,"forms":["number","id"],"routes":"*","aliasOf":"issflagset"}
function issflagset -2.1 {"min":1,"max":1,"forms":["number","id"],"routes":"*"}
function move_branch 3.5 {"min":0,"max":3,"params":["i?","i?","s?"],"routes":"*"}
function move_msg_branch 3.6- {"min":0,"max":3,"params":["i?","i?","s?"],"routes":"*"}
function next_branches -3.0 {"min":0,"max":0,"forms":[""],"routes":"*"}
function next_branches 3.1- {"min":0,"max":0,"params":[],"routes":"*"}
function prefix -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function prefix 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function pv_printf -3.0 {"min":2,"max":2,"forms":["string,string","var,string"],"routes":"*"}
function pv_printf 3.1- {"min":2,"max":2,"params":["v","s"],"routes":"*"}
function raise_event -3.0 {"min":1,"max":3,"forms":["string","string,var","string,var,var"],"routes":"*"}
function raise_event 3.1- {"min":1,"max":3,"params":["s","v?","v?"],"routes":"*"}
function remove_branch -3.0 {"min":1,"max":1,"forms":["number","var"],"routes":"*"}
function remove_branch 3.1-3.5 {"min":1,"max":1,"params":["i"],"routes":"*"}
function remove_msg_branch 3.6- {"min":1,"max":1,"params":["i"],"routes":"*"}
function resetbflag -3.0 {"min":1,"max":2,"forms":["number,number","number,id","number","id"],"routes":"*"}
function resetbflag 3.1- {"min":1,"max":2,"params":["s=","i?"],"routes":"*"}
function resetbranchflag -3.0 {"min":1,"max":2,"forms":["number,number","number,id","number","id"],"routes":"*","aliasOf":"resetbflag"}
function resetdsturi -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true}
function resetdsturi 3.1- {"min":0,"max":0,"params":[],"routes":"*"}
function resetduri -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true,"aliasOf":"resetdsturi"}
function resetflag -3.0 {"min":1,"max":1,"forms":["number","id"],"routes":"*"}
function resetflag 3.1- {"min":1,"max":1,"params":["s="],"routes":"*"}
function resetscriptflag -2.1 {"min":1,"max":1,"forms":["number","id"],"routes":"*","aliasOf":"resetsflag"}
function resetsflag -2.1 {"min":1,"max":1,"forms":["number","id"],"routes":"*"}
function revert_uri -3.0 {"min":0,"max":0,"forms":[""],"routes":"*","bare":true}
function revert_uri 3.1- {"min":0,"max":0,"params":[],"routes":"*"}
function rewritehost -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"sethost"}
function rewritehost 3.1-3.2 {"min":1,"max":1,"params":["s"],"routes":"*"}
function rewritehostport -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"sethostport"}
function rewritehostport 3.1-3.2 {"min":1,"max":1,"params":["s"],"routes":"*"}
function rewriteport -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setport"}
function rewriteport 3.1-3.2 {"min":1,"max":1,"params":["s"],"routes":"*"}
function rewriteuri -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"seturi"}
function rewriteuri 3.1-3.2 {"min":1,"max":1,"params":["s"],"routes":"*"}
function rewriteuser -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setuser"}
function rewriteuser 3.1-3.2 {"min":1,"max":1,"params":["s"],"routes":"*"}
function rewriteuserpass -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setuserpass"}
function rewriteuserpass 3.1-3.2 {"min":1,"max":1,"params":["s"],"routes":"*"}
function script_trace -3.0 {"min":0,"max":3,"forms":["","number,string","number,string,string"],"routes":"*"}
function script_trace 3.1- {"min":0,"max":3,"params":["i?","s!?","s=?"],"routes":"*"}
function send -3.0 {"min":1,"max":2,"forms":["string","string,string"],"routes":"*"}
function send 3.1- {"min":1,"max":2,"params":["s","s?"],"routes":"*"}
function serialize_branches -2.3 {"min":1,"max":1,"forms":["number"],"routes":"*"}
function serialize_branches 2.4-3.0 {"min":1,"max":2,"forms":["number","number,number"],"routes":"*"}
function serialize_branches 3.1- {"min":1,"max":2,"params":["i","i?"],"routes":"*"}
function set_advertised_address -3.0 {"min":1,"max":1,"forms":["address"],"routes":"*"}
function set_advertised_address 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function set_advertised_port -3.0 {"min":1,"max":1,"forms":["number","string"],"routes":"*"}
function set_advertised_port 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function set_via_handling 3.5- {"min":1,"max":1,"params":["s"],"routes":"*"}
function setbflag -3.0 {"min":1,"max":2,"forms":["number,number","number,id","number","id"],"routes":"*"}
function setbflag 3.1- {"min":1,"max":2,"params":["s=","i?"],"routes":"*"}
function setbranchflag -3.0 {"min":1,"max":2,"forms":["number,number","number,id","number","id"],"routes":"*","aliasOf":"setbflag"}
function setdsturi -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function setdsturi 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function setduri -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setdsturi"}
function setflag -3.0 {"min":1,"max":1,"forms":["number","id"],"routes":"*"}
function setflag 3.1- {"min":1,"max":1,"params":["s="],"routes":"*"}
function seth -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"sethost"}
function sethost -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function sethost 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function sethostport -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function sethostport 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function sethp -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"sethostport"}
function setp -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setport"}
function setport -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function setport 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function setscriptflag -2.1 {"min":1,"max":1,"forms":["number","id"],"routes":"*","aliasOf":"setsflag"}
function setsflag -2.1 {"min":1,"max":1,"forms":["number","id"],"routes":"*"}
function setu -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setuser"}
function setup -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*","aliasOf":"setuserpass"}
function seturi -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function seturi 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function setuser -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function setuser 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function setuserpass -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function setuserpass 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function socket_belongs_to_bond 4.0- {"min":2,"max":2,"params":["s","s"],"routes":"*"}
function sr_check_status 3.3- {"min":1,"max":2,"params":["s","s?"],"routes":"*"}
function strip -3.0 {"min":1,"max":1,"forms":["number"],"routes":"*"}
function strip 3.1- {"min":1,"max":1,"params":["i"],"routes":"*"}
function strip_tail -3.0 {"min":1,"max":1,"forms":["number"],"routes":"*"}
function strip_tail 3.1- {"min":1,"max":1,"params":["i"],"routes":"*"}
function subscribe_event -3.0 {"min":2,"max":3,"forms":["string,string","string,string,number"],"routes":"*"}
function subscribe_event 3.1- {"min":2,"max":3,"params":["s","s","i?"],"routes":"*"}
function swap_branches 3.5 {"min":0,"max":2,"params":["i?","i?"],"routes":"*"}
function swap_msg_branches 3.6- {"min":0,"max":2,"params":["i?","i?"],"routes":"*"}
function tcp_close_conn 4.0- {"min":1,"max":1,"params":["s"],"routes":"*"}
function unuse_blacklist -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function unuse_blacklist 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
function use_blacklist -3.0 {"min":1,"max":1,"forms":["string"],"routes":"*"}
function use_blacklist 3.1- {"min":1,"max":1,"params":["s"],"routes":"*"}
variable Au * {"forms":"p"}
variable C * {"forms":"n"}
variable Ri -3.0 {"forms":"p"}
variable Ri 3.1-3.2 {"forms":"p","deprecated":true}
variable Rp -3.0 {"forms":"p"}
variable Rp 3.1-3.2 {"forms":"p","deprecated":true}
variable TS * {"forms":"p"}
variable Tf * {"forms":"p"}
variable Ts * {"forms":"p"}
variable Tsm * {"forms":"p"}
variable aU * {"forms":"p"}
variable ad * {"forms":"p"}
variable adu * {"forms":"p"}
variable af 2.4-3.0 {"forms":"p"}
variable af 3.1-3.2 {"forms":"p","deprecated":true}
variable ai * {"forms":"p"}
variable an * {"forms":"p"}
variable ar * {"forms":"p"}
variable argv * {"forms":"n"}
variable au * {"forms":"p"}
variable auth.alg * {"forms":"p"}
variable auth.cnonce * {"forms":"p"}
variable auth.nc * {"forms":"p"}
variable auth.nonce * {"forms":"p"}
variable auth.opaque * {"forms":"p"}
variable auth.qop * {"forms":"p"}
variable auth.resp * {"forms":"p"}
variable avp * {"forms":"niw"}
variable bf * {"forms":"p"}
variable branch * {"forms":"pw niw"}
variable branch.flag 3.1- {"forms":"niw"}
variable cT * {"forms":"pi"}
variable cfg_file 2.2- {"forms":"p"}
variable cfg_line 2.2- {"forms":"p"}
variable challenge.algorithm 3.6- {"forms":"p"}
variable challenge.ck 3.6- {"forms":"p"}
variable challenge.ik 3.6- {"forms":"p"}
variable challenge.nonce 3.6- {"forms":"p"}
variable challenge.opaque 3.6- {"forms":"p"}
variable challenge.qop 3.6- {"forms":"p"}
variable challenge.realm 3.6- {"forms":"p"}
variable ci * {"forms":"p"}
variable cl * {"forms":"p"}
variable cs * {"forms":"p"}
variable ct * {"forms":"pi"}
variable ct.fields * {"forms":"ni"}
variable dP * {"forms":"p"}
variable dd * {"forms":"pw"}
variable di * {"forms":"p"}
variable dip * {"forms":"p"}
variable dir * {"forms":"p"}
variable dp * {"forms":"pw"}
variable ds * {"forms":"p"}
variable du * {"forms":"pw"}
variable duri * {"forms":"pw"}
variable err.class * {"forms":"p"}
variable err.info * {"forms":"p"}
variable err.level * {"forms":"p"}
variable err.rcode * {"forms":"p"}
variable err.rreason * {"forms":"p"}
variable fU * {"forms":"p"}
variable fd * {"forms":"p"}
variable fn * {"forms":"p"}
variable from * {"forms":"p"}
variable from.domain * {"forms":"p"}
variable from.user * {"forms":"p"}
variable fs -3.0 {"forms":"pw"}
variable fs 3.1-3.2 {"forms":"pw","deprecated":true}
variable ft * {"forms":"p"}
variable fu * {"forms":"p"}
variable hdr * {"forms":"ni"}
variable hdr_name 3.0- {"forms":"pi"}
variable hdrcnt * {"forms":"n"}
variable log_level 2.2- {"forms":"pw"}
variable mb * {"forms":"p"}
variable mf * {"forms":"p"}
variable mi * {"forms":"p"}
variable ml * {"forms":"p"}
variable msg.branch 3.6- {"forms":"pw"}
variable msg.branch.attr 3.6- {"forms":"niw"}
variable msg.branch.duri 3.6- {"forms":"piw"}
variable msg.branch.flag 3.6- {"forms":"niw"}
variable msg.branch.flags 3.6- {"forms":"piw"}
variable msg.branch.last_idx 3.6- {"forms":"p"}
variable msg.branch.path 3.6- {"forms":"piw"}
variable msg.branch.q 3.6- {"forms":"piw"}
variable msg.branch.socket 3.6- {"forms":"piw"}
variable msg.branch.uri 3.6- {"forms":"piw"}
variable msg.flag 3.1- {"forms":"nw"}
variable msg.is_request 3.1- {"forms":"p"}
variable msg.type 3.1- {"forms":"p"}
variable oP * {"forms":"p"}
variable oU * {"forms":"p"}
variable od * {"forms":"p"}
variable op * {"forms":"p"}
variable ou * {"forms":"p"}
variable ouri * {"forms":"p"}
variable pU * {"forms":"p"}
variable param * {"forms":"n"}
variable path * {"forms":"p"}
variable pd * {"forms":"p"}
variable pn * {"forms":"p"}
variable pp * {"forms":"p"}
variable pr -3.0 {"forms":"p"}
variable pr 3.1-3.2 {"forms":"p","deprecated":true}
variable proto -3.0 {"forms":"p"}
variable proto 3.1-3.2 {"forms":"p","deprecated":true}
variable proxy_protocol 4.0- {"forms":"n"}
variable pu * {"forms":"p"}
variable rP * {"forms":"p"}
variable rT -3.2 {"forms":"p"}
variable rU * {"forms":"pw"}
variable rb -2.2 {"forms":"pi"}
variable rb 2.3- {"forms":"pi ni"}
variable rc * {"forms":"p"}
variable rd * {"forms":"pw"}
variable re * {"forms":"p"}
variable retcode * {"forms":"p"}
variable return 3.6- {"forms":"n"}
variable rm * {"forms":"p"}
variable route 3.2- {"forms":"pi"}
variable route.name 3.3- {"forms":"pi"}
variable route.type 3.3- {"forms":"pi"}
variable rp * {"forms":"pw"}
variable rr * {"forms":"p"}
variable rs * {"forms":"p"}
variable rt * {"forms":"p"}
variable ru * {"forms":"pw"}
variable ru_q * {"forms":"pw"}
variable ruri * {"forms":"pw"}
variable ruri.domain * {"forms":"pw"}
variable ruri.user * {"forms":"pw"}
variable sdp 3.6- {"forms":"pw nw"}
variable sdp.line 3.6- {"forms":"niw"}
variable sdp.session 3.6- {"forms":"niw"}
variable sdp.stream 3.6- {"forms":"niw"}
variable sdp.stream.idx 3.6- {"forms":"n"}
variable sf -2.1 {"forms":"p"}
variable si * {"forms":"p"}
variable socket_in 3.1- {"forms":"p n"}
variable socket_out 3.1- {"forms":"pw n"}
variable sp * {"forms":"p"}
variable src_ip * {"forms":"p"}
variable tU * {"forms":"p"}
variable td * {"forms":"p"}
variable time * {"forms":"n"}
variable tn * {"forms":"p"}
variable to * {"forms":"p"}
variable to.domain * {"forms":"p"}
variable to.user * {"forms":"p"}
variable tt * {"forms":"p"}
variable tu * {"forms":"p"}
variable ua * {"forms":"p"}
variable var * {"forms":"nw"}
variable xlog_level 2.3-2.4 {"forms":"p"}
variable xlog_level 3.0- {"forms":"pw"}
transformation csv.count * {"args":[]}
transformation csv.value * {"args":["int"]}
transformation ip.family * {"args":[]}
transformation ip.isip * {"args":[]}
transformation ip.isip4 3.1- {"args":[]}
transformation ip.isip6 3.1- {"args":[]}
transformation ip.isprivate 3.1- {"args":[]}
transformation ip.matches 3.0- {"args":["string"]}
transformation ip.ntop * {"args":[]}
transformation ip.pton * {"args":[]}
transformation ip.resolve * {"args":[]}
transformation nameaddr.len * {"args":[]}
transformation nameaddr.name * {"args":[]}
transformation nameaddr.param * {"args":["string"]}
transformation nameaddr.params * {"args":[]}
transformation nameaddr.uri * {"args":[]}
transformation param.count * {"args":[]}
transformation param.exist * {"args":["string"]}
transformation param.exists 3.4- {"args":["string"]}
transformation param.name * {"args":["int"]}
transformation param.value * {"args":["string"]}
transformation param.valueat * {"args":["int"]}
transformation re.subst * {"args":["string"]}
transformation s.b64decode 2.2- {"args":[]}
transformation s.b64encode 2.2- {"args":[]}
transformation s.crc32 * {"args":[]}
transformation s.date2unix 3.6- {"args":[]}
transformation s.dec2hex * {"args":[]}
transformation s.decode.hexa * {"args":[]}
transformation s.encode.hexa * {"args":[]}
transformation s.escape.common * {"args":[]}
transformation s.escape.param * {"args":[]}
transformation s.escape.user * {"args":[]}
transformation s.eval 3.2- {"args":[]}
transformation s.fill.left * {"args":["string","int"]}
transformation s.fill.right * {"args":["string","int"]}
transformation s.hex2dec * {"args":[]}
transformation s.index * {"args":["string","int"],"min":1}
transformation s.int * {"args":[]}
transformation s.len * {"args":[]}
transformation s.md5 * {"args":[]}
transformation s.reverse 3.0- {"args":[]}
transformation s.rindex * {"args":["string","int"],"min":1}
transformation s.select * {"args":["int","char"]}
transformation s.sha1 3.3- {"args":[]}
transformation s.sha1_hmac 3.3- {"args":["string"]}
transformation s.sha224 3.3- {"args":[]}
transformation s.sha224_hmac 3.3- {"args":["string"]}
transformation s.sha256 3.3- {"args":[]}
transformation s.sha256_hmac 3.3- {"args":["string"]}
transformation s.sha384 3.3- {"args":[]}
transformation s.sha384_hmac 3.3- {"args":["string"]}
transformation s.sha512 3.3- {"args":[]}
transformation s.sha512_hmac 3.3- {"args":["string"]}
transformation s.substr * {"args":["int","int"]}
transformation s.tolower * {"args":[]}
transformation s.toupper * {"args":[]}
transformation s.trim 2.2- {"args":[]}
transformation s.triml 2.2- {"args":[]}
transformation s.trimr 2.2- {"args":[]}
transformation s.unescape.common * {"args":[]}
transformation s.unescape.param * {"args":[]}
transformation s.unescape.user * {"args":[]}
transformation s.width 2.2- {"args":["int"]}
transformation s.xor 2.2- {"args":["string"]}
transformation sdp.line * {"args":["string","int"],"min":1}
transformation sdp.stream 3.0- {"args":["string"]}
transformation sdp.stream-delete 3.0- {"args":["string"]}
transformation uri.domain * {"args":[]}
transformation uri.headers * {"args":[]}
transformation uri.host * {"args":[]}
transformation uri.lr * {"args":[]}
transformation uri.maddr * {"args":[]}
transformation uri.method * {"args":[]}
transformation uri.param * {"args":["string"]}
transformation uri.params * {"args":[]}
transformation uri.passwd * {"args":[]}
transformation uri.port * {"args":[]}
transformation uri.r2 * {"args":[]}
transformation uri.schema * {"args":[]}
transformation uri.transport * {"args":[]}
transformation uri.ttl * {"args":[]}
transformation uri.uparam * {"args":[]}
transformation uri.user * {"args":[]}
transformation via.branch * {"args":[]}
transformation via.comment * {"args":[]}
transformation via.domain * {"args":[]}
transformation via.host * {"args":[]}
transformation via.name * {"args":[]}
transformation via.param * {"args":["string"]}
transformation via.params * {"args":[]}
transformation via.port * {"args":[]}
transformation via.received * {"args":[]}
transformation via.rport * {"args":[]}
transformation via.transport * {"args":[]}
transformation via.version * {"args":[]}
event E_CORE_LOG 3.4-
event E_CORE_SR_STATUS_CHANGED 3.3-
event E_PROFILING_PROC 4.0-
event E_PROFILING_SCRIPT 4.0-
operand af -2.3
operand dst_ip -2.3
operand dst_port -2.3
operand from_uri -2.3
operand max_len -2.3
operand method -2.3
operand msg:len -2.3
operand myself -2.3
operand proto -2.3
operand src_ip -2.3
operand src_port -2.3
operand status -2.3
operand to_uri -2.3
operand uri -2.3
include import_file *
include include_file *
syntax operators.assign * {"value":["=",":=","+=","-=","/=","*=","%=","&=","|=","^="]}
syntax operators.compareString * {"value":["==","!=",">","<",">=","<=","=~","!~"]}
syntax operators.compareInt * {"value":["==","!=",">","<",">=","<="]}
syntax operators.arithmetic * {"value":["+","-","*","/","%","&","|","^","<<",">>","~"]}
syntax operators.logic * {"value":["and","&&","or","||","!","not"]}
syntax literals.true * {"value":["yes","true","on","enable"]}
syntax literals.false * {"value":["no","false","off","disable"]}
syntax literals.null * {"value":["null","NULL"]}
syntax limits -2.4 {"value":{"RT_NO":100,"MAX_ACTION_ELEMS":7}}
syntax limits 3.0- {"value":{"RT_NO":100,"MAX_ACTION_ELEMS":9}}
syntax modparamValues -3.3 {"value":["STRING","snumber"]}
syntax modparamValues 3.4- {"value":["STRING","folded_string","snumber"]}
syntax ifNeedsParentheses -3.0 {"value":false}
syntax ifNeedsParentheses 3.1- {"value":true}
syntax numberAsFunctionArgument -2.4 {"value":false}
syntax numberAsFunctionArgument 3.0- {"value":true}
syntax variableAsFunctionArgument -2.4 {"value":false}
syntax variableAsFunctionArgument 3.0- {"value":true}
syntax bareWordInComparison -2.3 {"value":true}
syntax bareWordInComparison 2.4- {"value":false}
syntax bareWordInAssignment -2.3 {"value":true}
syntax bareWordInAssignment 2.4- {"value":false}
syntax myselfKeyword -2.3 {"value":true}
syntax myselfKeyword 2.4- {"value":false}
syntax ipNetworkComparison -2.3 {"value":false}
syntax ipNetworkComparison 2.4- {"value":true}
syntax negativeRouteParameter -2.3 {"value":false}
syntax negativeRouteParameter 2.4- {"value":true}
syntax routeNameFromVariable -3.0 {"value":false}
syntax routeNameFromVariable 3.1- {"value":true}
syntax foldedStringInModparam -3.3 {"value":false}
syntax foldedStringInModparam 3.4- {"value":true}
syntax eventRouteSyncAsync -2.4 {"value":true}
syntax eventRouteSyncAsync 3.0- {"value":false}
syntax routeReturnValues -3.5 {"value":false}
syntax routeReturnValues 3.6- {"value":true}
syntax assertMessageOptional -3.5 {"value":false}
syntax assertMessageOptional 3.6- {"value":true}
syntax breakOutsideSwitch -3.0 {"value":false}
syntax breakOutsideSwitch 3.1- {"value":true}
syntax breakSpellings -3.0 {"value":["break","esac"]}
syntax breakSpellings 3.1- {"value":["break"]}
syntax blacklistFlags -3.3 {"value":false}
syntax blacklistFlags 3.4- {"value":true}
syntax mpathColonList -3.6 {"value":false}
syntax mpathColonList 4.0- {"value":true}
syntax mpathAccumulates -3.4 {"value":false}
syntax mpathAccumulates 3.5- {"value":true}
syntax socket.keywords -3.0 {"value":["listen"]}
syntax socket.keywords 3.1-3.6 {"value":["listen","socket"]}
syntax socket.keywords 4.0- {"value":["socket"]}
syntax socket.wildcardHost -2.1 {"value":false}
syntax socket.wildcardHost 2.2- {"value":true}
syntax socket.portRanges -3.4 {"value":false}
syntax socket.portRanges 3.5- {"value":true}
syntax socket.anyOrder -2.4 {"value":false}
syntax socket.anyOrder 3.0- {"value":true}
syntax socket.bond -3.6 {"value":false}
syntax socket.bond 4.0- {"value":true}
syntax socket.options -2.3 {"value":["as <host>[:<port>]","use_children <n>"]}
syntax socket.options 2.4 {"value":["anycast","as <host>[:<port>]","use_children <n>"]}
syntax socket.options 3.0 {"value":["anycast","as <host>[:<port>]","tag <id>","use_auto_scaling_profile <id>","use_children <n>","use_workers <n>"]}
syntax socket.options 3.1-3.2 {"value":["anycast","as <host>[:<port>]","tag <id>","use_auto_scaling_profile <id>","use_workers <n>"]}
syntax socket.options 3.3 {"value":["anycast","as <host>[:<port>]","frag","tag <id>","use_auto_scaling_profile <id>","use_workers <n>"]}
syntax socket.options 3.4-3.5 {"value":["anycast","as <host>[:<port>]","frag","reuse_port","tag <id>","use_auto_scaling_profile <id>","use_workers <n>"]}
syntax socket.options 3.6 {"value":["accept_subdomain","anycast","as <host>[:<port>]","frag","reuse_port","tag <id>","tos <n>","use_auto_scaling_profile <id>","use_workers <n>"]}
syntax socket.options 4.0- {"value":["accept_subdomain","allow_proxy_protocol","anycast","as <host>[:<port>]","frag","proxy_protocol","reuse_port","send_proxy_protocol","tag <id>","tos <n>","use_auto_scaling_profile <id>","use_workers <n>"]}
protocol bin 2.2- {"module":"proto_bin","port":5555,"portParam":"bin_port","transport":"stream"}
protocol bins 3.2- {"module":"proto_bins","port":5556,"portParam":"bins_port","transport":"stream"}
protocol bond 4.0-
protocol hep_tcp 2.2- {"module":"proto_hep","port":9060,"portParam":"hep_port","transport":"stream"}
protocol hep_tls 3.5- {"module":"proto_hep","port":9060,"portParam":"hep_port","transport":"stream"}
protocol hep_udp 2.2- {"module":"proto_hep","port":9060,"portParam":"hep_port","transport":"datagram"}
protocol ipsec 3.5- {"module":"proto_ipsec","port":5062,"portParam":"port","transport":"stream"}
protocol msrp 3.3- {"module":"proto_msrp","transport":"stream"}
protocol msrps 3.3- {"module":"proto_msrp","transport":"stream"}
protocol sctp * {"module":"proto_sctp","port":5060,"portParam":"sctp_port","transport":"stream"}
protocol smpp 3.0- {"module":"proto_smpp","port":2775,"portParam":"smpp_port","transport":"stream"}
protocol tcp * {"module":"proto_tcp","port":5060,"portParam":"tcp_port","transport":"stream"}
protocol tls * {"module":"proto_tls","port":5061,"portParam":"tls_port","transport":"stream"}
protocol udp * {"module":"proto_udp","port":5060,"portParam":"udp_port","transport":"datagram"}
protocol ws * {"module":"proto_ws","port":80,"portParam":"ws_port","transport":"stream"}
protocol wss 2.2- {"module":"proto_wss","port":443,"portParam":"wss_port","transport":"stream"}
reserved abort_on_assert *
reserved ACCEPT_SUBDOMAIN 3.6-
reserved accept_subdomain 3.6-
reserved add_local_rport -3.0
reserved add_rport -3.0
reserved add_tcp_alias -3.0
reserved advertised_address *
reserved advertised_port *
reserved af -2.3
reserved alias *
reserved allow-proxy 4.0- {"anyCase":true}
reserved allow-proxy-protocol 4.0- {"anyCase":true}
reserved allow-proxy_protocol 4.0- {"anyCase":true}
reserved allow_proxy 4.0- {"anyCase":true}
reserved allow_proxy-protocol 4.0- {"anyCase":true}
reserved allow_proxy_protocol 4.0- {"anyCase":true}
reserved and *
reserved any *
reserved ANYCAST 3.4-
reserved anycast 2.4-
reserved append_branch -3.0
reserved AS *
reserved as *
reserved assert *
reserved async *
reserved auto_aliases *
reserved auto_scaling_cycle 3.0-
reserved auto_scaling_profile 3.0-
reserved avp_aliases -2.1
reserved avp_printf -3.0
reserved bin_children -2.1
reserved bin_listen -2.1
reserved BOND 4.0-
reserved bond 4.0-
reserved branch_route *
reserved break *
reserved cache_add -3.0
reserved cache_counter_fetch -3.0
reserved cache_fetch -3.0
reserved cache_raw_query -3.0
reserved cache_remove -3.0
reserved cache_store -3.0
reserved cache_sub -3.0
reserved case *
reserved check_via *
reserved children -3.0
reserved chroot *
reserved construct_uri -3.0
reserved CYCLES 3.0-
reserved cycles 3.0-
reserved db_default_url *
reserved db_max_async_connections *
reserved db_version_table *
reserved debug -3.0
reserved debug_mode 2.2-
reserved default *
reserved disable *
reserved disable_503_translation *
reserved disable_core_dump *
reserved disable_dns_blacklist *
reserved disable_dns_failover *
reserved disable_stateless_fwd *
reserved dns *
reserved dns_retr_no *
reserved dns_retr_time *
reserved dns_servers_no *
reserved dns_try_ipv6 *
reserved dns_try_naptr *
reserved dns_use_search_list *
reserved drop *
reserved dst_blacklist *
reserved dst_ip -2.3
reserved dst_port -2.3
reserved else *
reserved enable *
reserved enable_asserts *
reserved error *
reserved error_route *
reserved esac -3.0
reserved event_pkg_threshold *
reserved event_route *
reserved event_shm_threshold *
reserved exec_dns_threshold *
reserved exec_msg_threshold *
reserved execdnsthreshold *
reserved execmsgthreshold *
reserved exit *
reserved expire 3.4-
reserved failure_route *
reserved false *
reserved for *
reserved force_local_rport -3.0
reserved force_rport -3.0
reserved force_send_socket -3.0
reserved force_tcp_alias -3.0
reserved fork -3.0
reserved forward -3.0
reserved FRAG 3.4-
reserved frag 3.3-
reserved from_uri -2.3
reserved get_timestamp -3.0
reserved gid -2.1
reserved group -2.1
reserved if *
reserved in *
reserved is_myself 2.4-3.0
reserved isbflagset -3.0
reserved isbranchflagset -3.0
reserved isdsturiset -3.0
reserved isduriset -3.0
reserved isflagset -3.0
reserved isscriptflagset -2.1
reserved issflagset -2.1
reserved launch 2.3-
reserved listen -3.6
reserved loadmodule *
reserved local_route *
reserved log *
reserved log_event_enabled 3.4-
reserved log_event_level_filter 3.4-
reserved log_facility -3.6
reserved log_json_buf_size 3.4-
reserved log_level 2.2-
reserved log_msg_buf_size 3.4-
reserved log_name -3.6
reserved log_prefix 3.3-
reserved log_stderror -3.6
reserved log_stdout 3.2-
reserved max_len -2.3
reserved max_while_loops *
reserved maxbuffer *
reserved mcast_loopback *
reserved mcast_ttl *
reserved mem-group 2.2-
reserved mem_dump *
reserved mem_log *
reserved mem_warming *
reserved mem_warming_enabled *
reserved mem_warming_pattern_file *
reserved mem_warming_percentage *
reserved memdump *
reserved memlog *
reserved method -2.3
reserved mhomed *
reserved modparam *
reserved mpath *
reserved msg:len -2.3
reserved myself -2.3
reserved next_branches -3.0
reserved no *
reserved not *
reserved NULL *
reserved null *
reserved off *
reserved ON 3.0-
reserved on *
reserved onreply_route *
reserved open_files_limit *
reserved or *
reserved poll_method *
reserved prefix -3.0
reserved proto -2.3
reserved PROXY 4.0-
reserved proxy 4.0-
reserved proxy-protocol 4.0- {"anyCase":true}
reserved proxy_protocol 4.0- {"anyCase":true}
reserved pv_print_buf_size 3.0-
reserved pv_printf -3.0
reserved query_buffer_size *
reserved query_flush_time *
reserved raise_event -3.0
reserved read-only 3.4-
reserved readonly 3.4-
reserved remove_branch -3.0
reserved resetbflag -3.0
reserved resetbranchflag -3.0
reserved resetdsturi -3.0
reserved resetduri -3.0
reserved resetflag -3.0
reserved resetscriptflag -2.1
reserved resetsflag -2.1
reserved restart_persistency_cache_file 3.0-
reserved restart_persistency_size 3.0-
reserved return *
reserved REUSE_PORT 3.4-
reserved reuse_port 3.4-
reserved rev_dns *
reserved revert_uri -3.0
reserved rewritehost -3.0
reserved rewritehostport -3.0
reserved rewriteport -3.0
reserved rewriteuri -3.0
reserved rewriteuser -3.0
reserved rewriteuserpass -3.0
reserved route *
reserved script_trace -3.0
reserved send -3.0
reserved send-proxy 4.0- {"anyCase":true}
reserved send-proxy-protocol 4.0- {"anyCase":true}
reserved send-proxy_protocol 4.0- {"anyCase":true}
reserved send_proxy 4.0- {"anyCase":true}
reserved send_proxy-protocol 4.0- {"anyCase":true}
reserved send_proxy_protocol 4.0- {"anyCase":true}
reserved serialize_branches -3.0
reserved server_header *
reserved server_signature *
reserved set_advertised_address -3.0
reserved set_advertised_port -3.0
reserved setbflag -3.0
reserved setbranchflag -3.0
reserved setdebug -2.1
reserved setdsturi -3.0
reserved setduri -3.0
reserved setflag -3.0
reserved seth -3.0
reserved sethost -3.0
reserved sethostport -3.0
reserved sethp -3.0
reserved setp -3.0
reserved setport -3.0
reserved setscriptflag -2.1
reserved setsflag -2.1
reserved setu -3.0
reserved setup -3.0
reserved seturi -3.0
reserved setuser -3.0
reserved setuserpass -3.0
reserved shm_hash_split_percentage *
reserved shm_memlog_size 3.4-
reserved shm_secondary_hash_size *
reserved sip_warning *
reserved socket 3.1-
reserved src_ip -2.3
reserved src_port -2.3
reserved startup_route *
reserved status -2.3
reserved stderror_enabled 3.4-
reserved stderror_level_filter 3.4-
reserved stderror_log_format 3.4-
reserved strip -3.0
reserved strip_tail -3.0
reserved subscribe_event -3.0
reserved switch *
reserved sync *
reserved syslog_enabled 3.4-
reserved syslog_facility 3.4-
reserved syslog_level_filter 3.4-
reserved syslog_log_format 3.4-
reserved syslog_name 3.4-
reserved tag 3.0-
reserved tcp_accept_aliases *
reserved tcp_children -3.0
reserved tcp_connect_timeout *
reserved tcp_connection_lifetime *
reserved tcp_keepalive *
reserved tcp_keepcount *
reserved tcp_keepidle *
reserved tcp_keepinterval *
reserved tcp_listen_backlog -3.2
reserved tcp_max_connections *
reserved tcp_max_msg_time *
reserved tcp_no_new_conn_bflag *
reserved tcp_no_new_conn_rplflag 3.0-
reserved tcp_parallel_read_on_workers 3.3-3.6
reserved tcp_socket_backlog 3.1-
reserved tcp_threads 4.0-
reserved tcp_threshold *
reserved tcp_workers 3.0-
reserved tcpthreshold *
reserved timer_route *
reserved timer_workers 3.0-
reserved to_uri -2.3
reserved TOS 3.6-
reserved tos *
reserved true *
reserved udp_workers 3.0-
reserved uid -2.1
reserved unuse_blacklist -3.0
reserved uri -2.3
reserved USE_AUTO_SCALING_PROFILE 3.0-
reserved use_auto_scaling_profile 3.0-
reserved use_blacklist -3.0
reserved USE_CHILDREN -3.0
reserved use_children -3.0
reserved USE_WORKERS 3.0-
reserved use_workers 3.0-
reserved user -2.1
reserved user_agent_header *
reserved wdir *
reserved while *
reserved workdir *
reserved xdbg *
reserved xlog *
reserved xlog_buf_size *
reserved xlog_default_level 2.2-2.4
reserved xlog_force_color *
reserved xlog_level 3.0-
reserved xlog_print_level 3.0-
reserved yes *
rename param:dialog:auth_check * {"to":"replication_auth_check","documented":true}
rename param:proto_bin:bin_port_send_timeout * {"to":"bin_send_timeout","documented":true}
rename param:tls_mgm:cipher_list_col * {"to":"ciphers_list_col","documented":true}
rename param:clusterer:db_bridge_table * {"to":"db_bridges_table","documented":true}
rename param:fraud_detection:end_h * {"to":"end_h_col","documented":true}
rename param:cachedb_mongodb:exec_threshold * {"to":"exec_treshold","documented":true}
rename param:emergency:flag_third_enterprise * {"to":"flag_empresa_terceira","documented":true}
rename param:compression:mc_level * {"to":"compression_level","documented":true}
rename param:clusterer:persistent_mode * {"to":"persistent_state","documented":true}
rename param:sipcapture:promiscuous_on * {"to":"promiscious_on","documented":true}
rename param:fraud_detection:start_h * {"to":"start_h_col","documented":true}
rename param:domain:subdomain_col * {"to":"accept_subdomain_col","documented":true}
rename param:clusterer:sync_packet_max_size * {"to":"sync_packet_size","documented":true}
rename param:http2d:tls_cert_key * {"to":"tls_key_path","documented":true}
rename param:osp:validate_call_id * {"to":"validate_callid","documented":true}
rename function:uri:aaa_does_uri_exist * {"to":"aaa_does_uri_exist","toModule":"auth_aaa"}
rename function:uri:aaa_does_uri_user_exist * {"to":"aaa_does_uri_user_exist","toModule":"auth_aaa"}
rename function:sipmsgops:add_body * {"to":"add_body_part"}
rename function:add_rport * {"to":"force_rport"}
rename function:add_tcp_alias * {"to":"force_tcp_alias"}
rename function:uri:add_uri_param * {"to":"ruri_add_param","toModule":"sipmsgops"}
rename function:append_branch * {"to":"append_msg_branch","note":"append_branch_old keeps the old behaviour without arguments"}
rename function:avpops:avp_db_delete * {"to":"sql_avp_delete","toModule":"sqlops"}
rename function:avpops:avp_db_load * {"to":"sql_avp_load","toModule":"sqlops"}
rename function:avpops:avp_db_query * {"to":"sql_query","toModule":"sqlops"}
rename function:avpops:avp_db_store * {"to":"sql_avp_store","toModule":"sqlops"}
rename function:avpops:avp_print * {"to":"avp_print","toModule":"core"}
rename function:avp_printf * {"to":"pv_printf"}
rename function:uri:db_check_from * {"to":"db_is_from_authorized","toModule":"auth_db"}
rename function:uri:db_check_to * {"to":"db_is_to_authorized","toModule":"auth_db"}
rename function:uri:db_does_uri_exist * {"to":"db_does_uri_exist","toModule":"auth_db"}
rename function:uri:db_get_auth_id * {"to":"db_get_auth_id","toModule":"auth_db"}
rename function:uri:del_uri_param * {"to":"ruri_del_param","toModule":"sipmsgops"}
rename function:rtpproxy:engage_rtp_proxy * {"to":"rtpproxy_engage"}
rename function:enum:enum_pv_query * {"to":"enum_query"}
rename function:exec:exec_avp * {"to":"exec"}
rename function:exec:exec_dset * {"to":"exec"}
rename function:exec:exec_getenv * {"note":"use $env(NAME) of cfgutils"}
rename function:exec:exec_msg * {"to":"exec"}
rename function:event_route:fetch_event_params * {"note":"use $param(name)"}
rename function:sipmsgops:filter_body * {"to":"remove_body_part"}
rename function:force_local_rport * {"to":"add_local_rport"}
rename function:group:get_user_group * {"to":"db_get_user_group"}
rename function:uri:has_totag * {"to":"has_totag","toModule":"sipmsgops"}
rename function:registrar:is_other_contact * {"note":"nearest functions: is_ip_registered, is_contact_registered"}
rename function:uri:is_uri_user_e164 * {"to":"is_uri_user_e164","toModule":"sipmsgops"}
rename function:group:is_user_in * {"to":"db_is_user_in"}
rename function:isbranchflagset * {"to":"isbflagset"}
rename function:isduriset * {"to":"isdsturiset"}
rename function:isscriptflagset * {"to":"isflagset","note":"script flags are gone: message flags must be used"}
rename function:issflagset * {"to":"isflagset","note":"script flags are gone: message flags must be used"}
rename function:auth_jwt:jwt_authorize * {"to":"jwt_db_authorize"}
rename function:move_branch * {"to":"move_msg_branch"}
rename function:drouting:next_routing * {"to":"use_next_gw"}
rename function:rabbitmq:rabbitmq_publish * {"to":"rabbitmq_publish","toModule":"event_rabbitmq"}
rename function:registrar:registered * {"to":"is_registered"}
rename function:remove_branch * {"to":"remove_msg_branch"}
rename function:resetbranchflag * {"to":"resetbflag"}
rename function:resetduri * {"to":"resetdsturi"}
rename function:resetscriptflag * {"to":"resetflag","note":"script flags are gone: message flags must be used"}
rename function:resetsflag * {"to":"resetflag","note":"script flags are gone: message flags must be used"}
rename function:rewritehost * {"to":"sethost"}
rename function:rewritehostport * {"to":"sethostport"}
rename function:rewriteport * {"to":"setport"}
rename function:rewriteuri * {"to":"seturi"}
rename function:rewriteuser * {"to":"setuser"}
rename function:rewriteuserpass * {"to":"setuserpass"}
rename function:setbranchflag * {"to":"setbflag"}
rename function:setduri * {"to":"setdsturi"}
rename function:seth * {"to":"sethost"}
rename function:sethp * {"to":"sethostport"}
rename function:setp * {"to":"setport"}
rename function:setscriptflag * {"to":"setflag","note":"script flags are gone: message flags must be used"}
rename function:setsflag * {"to":"setflag","note":"script flags are gone: message flags must be used"}
rename function:setu * {"to":"setuser"}
rename function:setup * {"to":"setuserpass"}
rename function:siptrace:sip_trace * {"to":"trace","toModule":"tracer"}
rename function:rtpproxy:start_recording * {"to":"rtpproxy_start_recording"}
rename function:sipmsgops:strip_body * {"to":"remove_body_part"}
rename function:swap_branches * {"to":"swap_msg_branches"}
rename function:uri:tel2sip * {"to":"ruri_tel2sip","toModule":"sipmsgops"}
rename function:rtpproxy:unforce_rtp_proxy * {"to":"rtpproxy_unforce"}
rename function:uri:uri_param * {"to":"ruri_has_param","toModule":"sipmsgops"}
rename global:avp_aliases * {"note":"write AVP names directly"}
rename global:bin_children * {"note":"bin traffic uses the TCP workers"}
rename global:bin_listen * {"to":"listen","note":"listen=bin:... with module proto_bin"}
rename global:children * {"to":"udp_workers"}
rename global:debug * {"to":"log_level"}
rename global:fork * {"to":"debug_mode","note":"inverse meaning: fork=no corresponds to debug_mode=yes"}
rename global:group * {"note":"use command line option -g"}
rename global:listen * {"to":"socket","note":"same value syntax; option use_children became use_workers"}
rename global:log_facility * {"to":"syslog_facility"}
rename global:log_name * {"to":"syslog_name"}
rename global:log_stderror * {"to":"stderror_enabled","note":"and syslog_enabled for the opposite direction"}
rename global:tcp_children * {"to":"tcp_workers"}
rename global:tcp_listen_backlog * {"to":"tcp_socket_backlog"}
rename global:tcp_parallel_read_on_workers * {"note":"dropped, see tcp_threads"}
rename global:user * {"note":"use command line option -u"}
rename global:xlog_default_level * {"to":"xlog_print_level","note":"xlog_level is a new, different global (filter)"}
rename module:avpops * {"to":"sqlops","note":"plain AVP functions dropped, see core operators"}
rename module:b2b_logic_xml * {"to":"b2b_logic","note":"exists only in 3.2 for the XML scenarios"}
rename module:cpl-c * {"to":"cpl_c"}
rename module:event_jsonrpc * {"to":"event_stream"}
rename module:event_route * {"note":"built into the core, drop the loadmodule line"}
rename module:mi_json * {"to":"mi_http","note":"JSON-RPC over HTTP; param mi_json_root became root"}
rename module:mi_xmlrpc_ng * {"to":"mi_xmlrpc"}
rename module:pdt *
rename module:rabbitmq * {"to":"event_rabbitmq"}
rename module:seas *
rename module:siptrace * {"to":"tracer","note":"sip_trace() became trace()"}
rename module:sms *
rename module:uri * {"note":"functions went to sipmsgops, auth_db, auth_aaa"}
rename param:acc:aaa_extra_bye * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:aaa_extra * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:aaa_flag * {"note":"replaced by function do_accounting()"}
rename param:acc:aaa_missed_flag * {"note":"replaced by function do_accounting()"}
rename param:ratelimit:accept_pipes_from * {"to":"pipe_replication_cluster"}
rename param:usrloc:accept_replicated_contacts * {"to":"location_cluster"}
rename param:dialog:accept_replicated_dialogs * {"to":"dialog_replication_cluster"}
rename param:dialog:accept_replicated_profiles * {"to":"profile_replication_cluster"}
rename param:drouting:accept_replicated_status * {"to":"status_replication_cluster"}
rename param:load_balancer:accept_replicated_status * {"to":"status_replication_cluster"}
rename param:tls_mgm:address_col * {"to":"match_ip_address_col"}
rename param:avpops:avp_table * {"to":"usr_table","toModule":"sqlops"}
rename param:avpops:buf_size * {"note":"global pv_print_buf_size"}
rename param:proto_tls:ca_dir * {"to":"ca_dir","toModule":"tls_mgm"}
rename param:proto_tls:ca_list * {"to":"ca_list","toModule":"tls_mgm"}
rename param:cachedb_local:cache_table_size * {"to":"cache_collections","note":"value syntax changed"}
rename param:acc:cdr_flag * {"note":"replaced by function do_accounting()"}
rename param:proto_tls:certificate * {"to":"certificate","toModule":"tls_mgm"}
rename param:rate_cacher:cients_hash_size * {"to":"clients_hash_size","note":"fixed inside 3.1, 3.2 and 3.3"}
rename param:proto_tls:ciphers_list * {"to":"ciphers_list","toModule":"tls_mgm"}
rename param:proto_tls:client_domain_avp * {"to":"client_domain_avp","toModule":"tls_mgm"}
rename param:tls_mgm:client_domain_avp * {"to":"client_sip_domain_avp","note":"and client_tls_domain_avp to choose the TLS domain by name"}
rename param:proto_tls:client_domain * {"to":"client_domain","toModule":"tls_mgm"}
rename param:mid_registrar:contact_match_param * {"to":"contact_id_param"}
rename param:usrloc:contactid_column * {"to":"contact_id_column"}
rename param:clusterer:current_id * {"to":"my_node_id"}
rename param:clusterer:current_info * {"to":"my_node_info"}
rename param:acc:db_extra_bye * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:db_extra * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:db_flag * {"note":"replaced by function do_accounting()"}
rename param:acc:db_missed_flag * {"note":"replaced by function do_accounting()"}
rename param:tls_mgm:db_mode * {"note":"database use follows from db_url"}
rename param:usrloc:db_mode * {"to":"working_mode_preset","note":"bw-compat only in 2.4-3.6"}
rename param:proto_tls:dh_params * {"to":"dh_params","toModule":"tls_mgm"}
rename param:proto_tls:ec_curve * {"to":"ec_curve","toModule":"tls_mgm"}
rename param:acc:evi_extra_bye * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:evi_extra * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:evi_flag * {"note":"replaced by function do_accounting()"}
rename param:acc:evi_missed_flag * {"note":"replaced by function do_accounting()"}
rename param:cachedb_mongodb:exec_treshold * {"to":"exec_threshold"}
rename param:b2b_logic:extern_scenario * {"note":"scenarios moved to script routes"}
rename param:acc:failed_transaction_flag * {"note":"replaced by function do_accounting()"}
rename param:tm:fr_inv_timer * {"to":"fr_inv_timeout"}
rename param:tm:fr_timer * {"to":"fr_timeout"}
rename param:tls_mgm:id_col * {"to":"domain_col"}
rename param:mid_registrar:insertion_mode * {"to":"contact_id_insertion"}
rename param:acc:log_extra_bye * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:log_extra * {"to":"extra_fields","note":"value syntax changed"}
rename param:acc:log_flag * {"note":"replaced by function do_accounting()"}
rename param:acc:log_missed_flag * {"note":"replaced by function do_accounting()"}
rename param:mi_http:mi_http_method * {"to":"http_method","toModule":"mi_html"}
rename param:mi_http:mi_http_root * {"to":"root","toModule":"mi_html","note":"the HTML interface became module mi_html"}
rename param:mi_json:mi_json_root * {"to":"root","toModule":"mi_http"}
rename param:mi_xmlrpc_ng:mi_xmlrpc_ng_root * {"to":"http_root"}
rename param:acc:multi_leg_bye_info * {"to":"leg_fields","note":"value syntax changed"}
rename param:acc:multi_leg_info * {"to":"leg_fields","note":"value syntax changed"}
rename param:clusterer:neighbor_info * {"to":"neighbor_node_info"}
rename param:dialog:ping_interval * {"to":"options_ping_interval"}
rename param:proto_tls:private_key * {"to":"private_key","toModule":"tls_mgm"}
rename param:usrloc:replicate_contacts_to * {"to":"location_cluster"}
rename param:dialog:replicate_dialogs_to * {"to":"dialog_replication_cluster"}
rename param:ratelimit:replicate_pipes_to * {"to":"pipe_replication_cluster"}
rename param:dialog:replicate_profiles_to * {"to":"profile_replication_cluster"}
rename param:drouting:replicate_status_to * {"to":"status_replication_cluster"}
rename param:load_balancer:replicate_status_to * {"to":"status_replication_cluster"}
rename param:b2b_entities:replication_mode * {"note":"clustering is configured with cluster_id"}
rename param:mi_datagram:reply_indent * {"to":"pretty_printing"}
rename param:mi_fifo:reply_indent * {"to":"pretty_printing"}
rename param:proto_tls:require_cert * {"to":"require_cert","toModule":"tls_mgm"}
rename param:rtpproxy:rtpproxy_tout * {"to":"rtpproxy_timeout"}
rename param:b2b_logic:script_scenario * {"note":"scenarios moved to script routes"}
rename param:presence:server_address * {"to":"contact_user","note":"only the user part is given now"}
rename param:rls:server_address * {"to":"contact_user","note":"only the user part is given now"}
rename param:proto_tls:server_domain * {"to":"server_domain","toModule":"tls_mgm"}
rename param:clusterer:server_id * {"to":"current_id"}
rename param:auth_aaa:service_type * {"to":"auth_service_type","note":"and check_service_type"}
rename param:usrloc:shared_pinging * {"to":"pinging_mode"}
rename param:drouting:status_replication_cluster * {"to":"cluster_id"}
rename param:load_balancer:status_replication_cluster * {"to":"cluster_id"}
rename param:event_stream:sync_mode * {"to":"reliable_mode"}
rename param:db_mysql:tls_client_domain * {"to":"use_tls","note":"domain is chosen with tls_domain= in the URL"}
rename param:tls_mgm:tls_handshake_timeout * {"to":"tls_handshake_timeout","toModule":"proto_tls","note":"in proto_wss: wss_tls_handshake_timeout"}
rename param:proto_tls:tls_method * {"to":"tls_method","toModule":"tls_mgm"}
rename param:tls_mgm:tls_send_timeout * {"to":"tls_send_timeout","toModule":"proto_tls","note":"in proto_wss: wss_send_timeout"}
rename param:fraud_detection:use_local_time * {"to":"use_utc_time","note":"inverse meaning"}
rename param:proto_tls:verify_cert * {"to":"verify_cert","toModule":"tls_mgm"}
rename variable:Ri * {"to":"socket_in(ip)"}
rename variable:Rp * {"to":"socket_in(port)"}
rename variable:af * {"to":"socket_in(af)"}
rename variable:fs * {"to":"socket_out"}
rename variable:pr * {"to":"socket_in(proto)"}
rename variable:proto * {"to":"socket_in(proto)"}
rename variable:rT * {"to":"route.type","note":"absent in 3.2.0-3.2.4, back in 3.2.5"}
rename variable:sf * {"to":"mf","note":"script flags are gone"}
`;
