/** What operators meet of OpenSIPS 2.1 to 4.0: management commands, statistics, changes within a branch. The form of the lines is told in README.md. */
export const operationData: string = `
module core *
mi add_blacklist_rule 3.4-3.6 {"params":["name rule","name rule expire"]}
mi add_rule 4.0 {"params":["name rule","name rule expire"],"aliases":["add_blacklist_rule"]}
mi arg -2.4
mi arg 3.0- {"params":[""]}
mi cache_fetch -2.4
mi cache_fetch 3.0-3.6 {"params":["system attr"]}
mi cache_remove -2.4
mi cache_remove 3.0-3.6 {"params":["system attr"]}
mi cache_store -2.4
mi cache_store 3.0-3.6 {"params":["system attr value","system attr value expire"]}
mi check 4.0 {"params":["name ip","name proto ip","name proto ip port","name proto ip port pattern"],"aliases":["check_blacklist"]}
mi check_all 4.0 {"params":["ip","proto ip","proto ip port","proto ip port pattern"],"aliases":["check_blacklists"]}
mi check_blacklist 3.4-3.6 {"params":["name ip","name proto ip","name proto ip port","name proto ip port pattern"]}
mi check_blacklists 3.4-3.6 {"params":["ip","proto ip","proto ip port","proto ip port pattern"]}
mi close 4.0 {"params":["ipport"]}
mi debug 2.1
mi del_blacklist_rule 3.4-3.6 {"params":["name rule"]}
mi del_rule 4.0 {"params":["name rule"],"aliases":["del_blacklist_rule"]}
mi event_subscribe -2.4
mi event_subscribe 3.0-3.6 {"params":["event socket","event socket expire"]}
mi events_list -2.4
mi events_list 3.0-3.6 {"params":[""]}
mi fetch 4.0 {"params":["system attr"],"aliases":["cache_fetch"]}
mi get 4.0 {"params":["group","group identifier"],"aliases":["sr_get_status"]}
mi get 4.0 {"params":["statistics"],"aliases":["get_statistics"]}
mi get_statistics -2.4
mi get_statistics 3.0-3.6 {"params":["statistics"]}
mi help -2.4
mi help 3.0- {"params":["","mi_cmd"]}
mi identifiers 4.0 {"params":["","group"],"aliases":["sr_list_identifiers"]}
mi kill -2.4
mi kill 3.0- {"params":[""]}
mi list 4.0 {"params":["","name"],"aliases":["list_blacklists"]}
mi list 4.0 {"params":["","proto"],"aliases":["list_tcp_conns"]}
mi list 4.0 {"params":[""],"aliases":["events_list"]}
mi list 4.0 {"params":["","statistics"],"aliases":["list_statistics"]}
mi list_blacklists -2.4
mi list_blacklists 3.0-3.3 {"params":[""]}
mi list_blacklists 3.4-3.6 {"params":["","name"]}
mi list_statistics -2.4
mi list_statistics 3.0-3.6 {"params":["","statistics"]}
mi list_tcp_conns -2.4
mi list_tcp_conns 3.0-3.6 {"params":[""]}
mi log_level 2.2-2.4
mi log_level 3.0- {"params":["","level","level pid"]}
mi log_level_filter 3.4- {"params":["consumer","consumer level_filter"]}
mi log_mute_state 3.4- {"params":["consumer","consumer mute_state"]}
mi mem_pkg_dump 3.0-3.6 {"params":["pid","pid log_level"]}
mi mem_rpm_dump 3.0-3.6 {"params":["","log_level"]}
mi mem_shm_dump 3.0-3.6 {"params":["","log_level"]}
mi pkg_dump 4.0 {"params":["pid","pid log_level"],"aliases":["mem_pkg_dump"]}
mi profiling_proc 4.0 {"params":["","id","pid","level","id level","pid level"]}
mi ps -2.4
mi ps 3.0- {"params":[""]}
mi pwd -2.4
mi pwd 3.0- {"params":[""]}
mi raise 4.0 {"params":["event","event params"],"aliases":["raise_event"]}
mi raise_event 3.1-3.6 {"params":["event","event params"]}
mi reload_routes 3.0- {"params":[""]}
mi remove 4.0 {"params":["system attr"],"aliases":["cache_remove"]}
mi reports 4.0 {"params":["","group","group identifier"],"aliases":["sr_list_reports"]}
mi reset 4.0 {"params":["statistics"],"aliases":["reset_statistics"]}
mi reset_all 4.0 {"params":[""],"aliases":["reset_all_statistics"]}
mi reset_all_statistics 3.4-3.6 {"params":[""]}
mi reset_statistics -2.4
mi reset_statistics 3.0-3.6 {"params":["statistics"]}
mi rpm_dump 4.0 {"params":["","log_level"],"aliases":["mem_rpm_dump"]}
mi shm_check -2.4
mi shm_check 3.0-3.6 {"params":[""]}
mi shm_check 4.0 {"params":[""],"aliases":["mem_shm_check"]}
mi shm_dump 4.0 {"params":["","log_level"],"aliases":["mem_shm_dump"]}
mi sr_get_status 3.3-3.6 {"params":["group","group identifier"]}
mi sr_list_identifiers 3.3-3.6 {"params":["","group"]}
mi sr_list_reports 3.3-3.6 {"params":["","group","group identifier"]}
mi sr_list_status 3.3-3.6 {"params":["","group"]}
mi status 4.0 {"params":["","group"],"aliases":["sr_list_status"]}
mi store 4.0 {"params":["system attr value","system attr value expire"],"aliases":["cache_store"]}
mi subscribe 4.0 {"params":["event socket","event socket expire"],"aliases":["event_subscribe"]}
mi subscribers 4.0 {"params":["","event","event socket"],"aliases":["subscribers_list"]}
mi subscribers_list -2.4
mi subscribers_list 3.0-3.6 {"params":["","event","event socket"]}
mi uptime -2.4
mi uptime 3.0- {"params":[""]}
mi version -2.4
mi version 3.0- {"params":["","revision"]}
mi which -2.4
mi which 3.0- {"params":["","command"]}
mi xlog_level 3.0- {"params":["","level"]}
stat bad_URIs_rcvd *
stat bad_msg_hdr *
stat drop_replies *
stat drop_requests *
stat err_replies *
stat err_requests *
stat fragments *
stat free_size *
stat fwd_replies *
stat fwd_requests *
stat max_used_size *
stat rcv_replies *
stat rcv_requests *
stat real_used_size *
stat rpm_fragments 3.0-
stat rpm_free_size 3.0-
stat rpm_max_used_size 3.0-
stat rpm_real_used_size 3.0-
stat rpm_total_size 3.0-
stat rpm_used_size 3.0-
stat slow_messages 3.0-
stat timestamp *
stat total_size *
stat unsupported_methods -3.1
stat used_size *
stat waiting_tcp *
stat waiting_tls *
stat waiting_udp *
change variable:rT 3.2 {"change":"added","release":"3.2.5"}
change function:check_blacklist 3.4 {"change":"removed","release":"3.4.1"}
change function:check_blacklist_rule 3.4 {"change":"added","release":"3.4.1"}
change global:tcp_accept_aliases 2.1 {"change":"default","from":"1","to":"0"}
change global:mem_log 2.3 {"change":"default","from":"14","to":"15"}
change global:xlog_print_level 3.4 {"change":"default","from":"-1","to":"2"}
module aaa_diameter 3.2-
mi fd_log_level * {"params":[]}
module auth_aka 3.5-
mi aka_av_add -3.6 {"params":["public_identity private_identity authenticate authorize confidentiality-key integrity-key","public_identity private_identity authenticate authorize confidentiality-key integrity-key algorithms"]}
mi aka_av_drop -3.6 {"params":["public_identity private_identity authenticate"]}
mi aka_av_drop_all -3.6 {"params":["public_identity private_identity"]}
mi aka_av_fail -3.6 {"params":["public_identity private_identity","public_identity private_identity count"]}
mi av_add 4.0 {"params":["public_identity private_identity authenticate authorize confidentiality-key integrity-key","public_identity private_identity authenticate authorize confidentiality-key integrity-key algorithms"],"aliases":["aka_av_add"]}
mi av_drop 4.0 {"params":["public_identity private_identity authenticate"],"aliases":["aka_av_drop"]}
mi av_drop_all 4.0 {"params":["public_identity private_identity"],"aliases":["aka_av_drop_all"]}
mi av_fail 4.0 {"params":["public_identity private_identity","public_identity private_identity count"],"aliases":["aka_av_fail"]}
module b2b_entities *
mi b2be_list -2.4
mi b2be_list 3.0-3.6 {"params":[""]}
mi list 4.0 {"params":[""],"aliases":["b2be_list"]}
mi ua_session_client_start 3.4- {"params":["ruri to from","ruri to from proxy","ruri to from body","ruri to from extra_headers","ruri to from flags","ruri to from socket","ruri to from proxy body","ruri to from proxy extra_headers","ruri to from proxy flags","ruri to from proxy socket","ruri to from body content_type","ruri to from body extra_headers","ruri to from body flags","ruri to from body socket","ruri to from extra_headers flags","ruri to from extra_headers socket","ruri to from flags socket","ruri to from proxy body content_type","ruri to from proxy body extra_headers","ruri to from proxy body flags","ruri to from proxy body socket","ruri to from proxy extra_headers flags","ruri to from proxy extra_headers socket","ruri to from proxy flags socket","ruri to from body content_type extra_headers","ruri to from body content_type flags","ruri to from body content_type socket","ruri to from body extra_headers flags","ruri to from body extra_headers socket","ruri to from body flags socket","ruri to from extra_headers flags socket","ruri to from proxy body content_type extra_headers","ruri to from proxy body content_type flags","ruri to from proxy body content_type socket","ruri to from proxy body extra_headers flags","ruri to from proxy body extra_headers socket","ruri to from proxy extra_headers flags socket","ruri to from body content_type extra_headers flags","ruri to from body content_type extra_headers socket","ruri to from body content_type flags socket","ruri to from body extra_headers flags socket","ruri to from proxy body content_type extra_headers flags","ruri to from proxy body content_type extra_headers socket","ruri to from proxy body content_type flags socket","ruri to from proxy body extra_headers flags socket","ruri to from body content_type extra_headers flags socket","ruri to from proxy body content_type extra_headers flags socket"]}
mi ua_session_list 3.4- {"params":["","key"]}
mi ua_session_reply 3.4- {"params":["key method code reason","key method code reason body","key method code reason extra_headers","key method code reason body content_type","key method code reason body extra_headers","key method code reason body content_type extra_headers"]}
mi ua_session_terminate 3.4- {"params":["key","key extra_headers"]}
mi ua_session_update 3.4- {"params":["key method","key method body","key method extra_headers","key method body content_type","key method body extra_headers","key method body content_type extra_headers"]}
module b2b_logic *
mi b2b_bridge -2.4
mi b2b_bridge 3.0-3.6 {"params":["dialog_id new_uri","dialog_id new_uri flag","dialog_id new_uri prov_media_uri","dialog_id new_uri flag prov_media_uri"]}
mi b2b_list -2.4
mi b2b_list 3.0-3.6 {"params":[""]}
mi b2b_terminate_call -2.4
mi b2b_terminate_call 3.0 {"params":[""]}
mi b2b_terminate_call 3.1-3.6 {"params":["key"]}
mi b2b_trigger_scenario -2.4
mi b2b_trigger_scenario 3.0-3.1 {"params":["scenario_id scenario_params"]}
mi b2b_trigger_scenario 3.2-3.6 {"params":["scenario_id entity1 entity2","scenario_id entity1 entity2 context"]}
mi bridge 4.0 {"params":["dialog_id new_uri","dialog_id new_uri flag","dialog_id new_uri prov_media_uri","dialog_id new_uri flag prov_media_uri"],"aliases":["b2b_bridge"]}
mi list 4.0 {"params":[""],"aliases":["b2b_list"]}
mi terminate_call 4.0 {"params":["key"],"aliases":["b2b_terminate_call"]}
mi trigger_scenario 4.0 {"params":["scenario_id entity1 entity2","scenario_id entity1 entity2 context"],"aliases":["b2b_trigger_scenario"]}
change mi:b2b_terminate_call 3.1 {"change":"changed"}
change mi:b2b_terminate_call 3.2 {"change":"changed"}
module b2b_logic_xml 3.2
mi b2b_bridge * {"params":["dialog_id new_uri","dialog_id new_uri flag","dialog_id new_uri prov_media_uri","dialog_id new_uri flag prov_media_uri"]}
mi b2b_list * {"params":[""]}
mi b2b_terminate_call * {"params":[""]}
mi b2b_trigger_scenario * {"params":["scenario_id scenario_params"]}
module b2b_sca *
mi list 4.0 {"params":[""],"aliases":["sca_list"]}
mi sca_list -2.4
mi sca_list 3.0-3.6 {"params":[""]}
module benchmark *
mi bm_enable_global -2.4
mi bm_enable_global 3.0-3.6 {"params":["enable"]}
mi bm_enable_timer -2.4
mi bm_enable_timer 3.0-3.6 {"params":["timer enable"]}
mi bm_granularity -2.4
mi bm_granularity 3.0-3.6 {"params":["granularity"]}
mi bm_loglevel -2.4
mi bm_loglevel 3.0-3.6 {"params":["log_level"]}
mi bm_poll_results -2.4
mi bm_poll_results 3.0-3.6 {"params":[""]}
mi enable_global 4.0 {"params":["enable"],"aliases":["bm_enable_global"]}
mi enable_timer 4.0 {"params":["timer enable"],"aliases":["bm_enable_timer"]}
mi granularity 4.0 {"params":["granularity"],"aliases":["bm_granularity"]}
mi loglevel 4.0 {"params":["log_level"],"aliases":["bm_loglevel"]}
mi poll_results 4.0 {"params":[""],"aliases":["bm_poll_results"]}
module cachedb_cassandra *
change param:connect_timeout 2.2 {"change":"added","release":"2.2.8"}
change param:connection_timeout 2.2 {"change":"removed","release":"2.2.8"}
change param:query_retries 2.2 {"change":"added","release":"2.2.8"}
change param:query_timeout 2.2 {"change":"added","release":"2.2.8"}
change param:rd_consistency_level 2.2 {"change":"changed"}
change param:receive_timeout 2.2 {"change":"removed","release":"2.2.8"}
change param:send_timeout 2.2 {"change":"removed","release":"2.2.8"}
change param:wr_consistency_level 2.2 {"change":"changed"}
change param:connect_timeout 2.3 {"change":"added","release":"2.3.6"}
change param:connection_timeout 2.3 {"change":"removed","release":"2.3.6"}
change param:query_retries 2.3 {"change":"added","release":"2.3.6"}
change param:query_timeout 2.3 {"change":"added","release":"2.3.6"}
change param:rd_consistency_level 2.3 {"change":"changed"}
change param:receive_timeout 2.3 {"change":"removed","release":"2.3.6"}
change param:send_timeout 2.3 {"change":"removed","release":"2.3.6"}
change param:wr_consistency_level 2.3 {"change":"changed"}
change param:connect_timeout 2.4 {"change":"added","release":"2.4.3"}
change param:connection_timeout 2.4 {"change":"removed","release":"2.4.3"}
change param:query_retries 2.4 {"change":"added","release":"2.4.3"}
change param:query_timeout 2.4 {"change":"added","release":"2.4.3"}
change param:rd_consistency_level 2.4 {"change":"changed"}
change param:receive_timeout 2.4 {"change":"removed","release":"2.4.3"}
change param:send_timeout 2.4 {"change":"removed","release":"2.4.3"}
change param:wr_consistency_level 2.4 {"change":"changed"}
change param:rd_consistency_level 2.2 {"change":"default","from":"1","to":"one"}
change param:wr_consistency_level 2.2 {"change":"default","from":"1","to":"one"}
change param:rd_consistency_level 2.3 {"change":"default","from":"1","to":"one"}
change param:wr_consistency_level 2.3 {"change":"default","from":"1","to":"one"}
change param:rd_consistency_level 2.4 {"change":"default","from":"1","to":"one"}
change param:wr_consistency_level 2.4 {"change":"default","from":"1","to":"one"}
module cachedb_local *
mi cache_fetch_chunk 3.5-3.6 {"params":["glob","glob collection"]}
mi cache_remove_chunk -2.4
mi cache_remove_chunk 3.0-3.6 {"params":["glob","glob collection"]}
mi fetch_chunk 4.0 {"params":["glob","glob collection"],"aliases":["cache_fetch_chunk"]}
mi remove_chunk 4.0 {"params":["glob","glob collection"],"aliases":["cache_remove_chunk"]}
module cachedb_mongodb *
change param:exec_threshold 2.2 {"change":"added","release":"2.2.8"}
change param:exec_threshold 2.3 {"change":"added","release":"2.3.5"}
change param:op_timeout 2.3 {"change":"removed","release":"2.3.1"}
change param:slave_ok 2.3 {"change":"removed","release":"2.3.1"}
change param:write_concern 2.3 {"change":"removed","release":"2.3.1"}
change param:exec_threshold 2.4 {"change":"added","release":"2.4.2"}
module cachedb_redis *
mi redis_cluster_info 4.0 {"params":["","group"]}
mi redis_cluster_refresh 4.0 {"params":["","group"]}
mi redis_ping_nodes 4.0 {"params":["","group"]}
stat redis_moved 4.0
stat redis_queries 4.0
stat redis_queries_failed 4.0
stat redis_topology_refreshes 4.0
change param:connect_timeout 2.1 {"change":"added","release":"2.1.2"}
change param:query_timeout 2.1 {"change":"added","release":"2.1.2"}
change param:enable_raw_query_quoting 3.1 {"change":"added","release":"3.1.9"}
change param:enable_raw_query_quoting 3.2 {"change":"added","release":"3.2.6"}
module call_center *
mi agent_login 4.0 {"params":["agent_id state"],"aliases":["cc_agent_login"]}
mi cc_agent_login -2.4
mi cc_agent_login 3.0-3.6 {"params":["agent_id state"]}
mi cc_dispatch_call_to_agent 3.3-3.6 {"params":["call_id agent_id"]}
mi cc_internal_call_dispatching 3.3-3.6 {"params":["","dispatching"]}
mi cc_list_agents -2.4
mi cc_list_agents 3.0-3.6 {"params":[""]}
mi cc_list_calls -2.4
mi cc_list_calls 3.0-3.6 {"params":[""]}
mi cc_list_flows -2.4
mi cc_list_flows 3.0-3.6 {"params":[""]}
mi cc_list_queue -2.4
mi cc_list_queue 3.0-3.6 {"params":[""]}
mi cc_reload -2.4
mi cc_reload 3.0-3.6 {"params":[""]}
mi cc_reset_stats -2.4
mi cc_reset_stats 3.0-3.6 {"params":[""]}
mi dispatch_call_to_agent 4.0 {"params":["call_id agent_id"],"aliases":["cc_dispatch_call_to_agent"]}
mi internal_call_dispatching 4.0 {"params":["","dispatching"],"aliases":["cc_internal_call_dispatching"]}
mi list_agents 4.0 {"params":[""],"aliases":["cc_list_agents"]}
mi list_calls 4.0 {"params":[""],"aliases":["cc_list_calls"]}
mi list_flows 4.0 {"params":[""],"aliases":["cc_list_flows"]}
mi list_queue 4.0 {"params":[""],"aliases":["cc_list_queue"]}
mi reload 4.0 {"params":[""],"aliases":["cc_reload"]}
mi reset_stats 4.0 {"params":[""],"aliases":["cc_reset_stats"]}
stat ccg_abandonned_incalls *
stat ccg_answered_incalls *
stat ccg_answered_inchats 3.3-
stat ccg_awt *
stat ccg_distributed_incalls *
stat ccg_free_agents *
stat ccg_incalls *
stat ccg_load *
stat ccg_onhold_calls *
stat ccg_onhold_chats 3.3-
change param:b2b_logic_ctx_param 3.4 {"change":"added","release":"3.4.3"}
module callops 3.1-
mi call_hold -3.6 {"params":["callid"]}
mi call_transfer -3.6 {"params":["callid leg destination","callid leg transfer_callid transfer_leg","callid leg transfer_callid transfer_leg destination","callid leg transfer_callid transfer_fromtag transfer_totag transfer_destination"]}
mi call_unhold -3.6 {"params":["callid"]}
mi hold 4.0 {"params":["callid","callid leg","callid leg headers"],"aliases":["call_hold"]}
mi transfer 4.0 {"params":["callid leg destination","callid leg transfer_callid transfer_leg","callid leg transfer_callid transfer_leg destination","callid leg transfer_callid transfer_fromtag transfer_totag transfer_destination"],"aliases":["call_transfer"]}
mi unhold 4.0 {"params":["callid","callid leg","callid leg headers"],"aliases":["call_unhold"]}
module carrierroute *
mi activate_host 4.0 {"params":["options"],"aliases":["cr_activate_host"]}
mi add_host 4.0 {"params":["options"],"aliases":["cr_add_host"]}
mi cr_activate_host -2.4
mi cr_activate_host 3.0-3.6 {"params":["options"]}
mi cr_add_host -2.4
mi cr_add_host 3.0-3.6 {"params":["options"]}
mi cr_deactivate_host -2.4
mi cr_deactivate_host 3.0-3.6 {"params":["options"]}
mi cr_delete_host -2.4
mi cr_delete_host 3.0-3.6 {"params":["options"]}
mi cr_dump_routes -2.4
mi cr_dump_routes 3.0-3.6 {"params":[""]}
mi cr_reload_routes -2.4
mi cr_reload_routes 3.0-3.6 {"params":[""]}
mi cr_replace_host -2.4
mi cr_replace_host 3.0-3.6 {"params":["options"]}
mi deactivate_host 4.0 {"params":["options"],"aliases":["cr_deactivate_host"]}
mi delete_host 4.0 {"params":["options"],"aliases":["cr_delete_host"]}
mi dump_routes 4.0 {"params":[""],"aliases":["cr_dump_routes"]}
mi reload_routes 4.0 {"params":[""],"aliases":["cr_reload_routes"]}
mi replace_host 4.0 {"params":["options"],"aliases":["cr_replace_host"]}
module cfgutils *
mi check_config_hash -2.4
mi check_config_hash 3.0- {"params":[""]}
mi get_config_hash -2.4
mi get_config_hash 3.0- {"params":[""]}
mi rand_get_prob -2.4
mi rand_get_prob 3.0- {"params":[""]}
mi rand_reset_prob -2.4
mi rand_reset_prob 3.0- {"params":[""]}
mi rand_set_prob -2.4
mi rand_set_prob 3.0- {"params":["prob_proc"]}
mi shv_get -2.4
mi shv_get 3.0- {"params":["","name"]}
mi shv_set -2.4
mi shv_set 3.0- {"params":["name type value"]}
module cgrates 2.3-
change function:cgrates_cmd 2.3 {"change":"changed"}
module clusterer 2.2-
mi broadcast_mi 4.0 {"params":["cluster_id cmd_name","cluster_id cmd_name cmd_params"],"aliases":["cluster_broadcast_mi"]}
mi cluster_broadcast_mi 2.4
mi cluster_broadcast_mi 3.0-3.6 {"params":["cluster_id cmd_name","cluster_id cmd_name cmd_params"]}
mi cluster_send_mi 2.4
mi cluster_send_mi 3.0-3.6 {"params":["cluster_id destination cmd_name","cluster_id destination cmd_name cmd_params"]}
mi clusterer_list -2.4
mi clusterer_list 3.0-3.6 {"params":[""]}
mi clusterer_list_cap 2.4
mi clusterer_list_cap 3.0-3.6 {"params":[""]}
mi clusterer_list_shtags 3.0-3.6 {"params":[""]}
mi clusterer_list_topology 2.3-2.4
mi clusterer_list_topology 3.0-3.6 {"params":[""]}
mi clusterer_reload -2.4
mi clusterer_reload 3.0-3.6 {"params":[""]}
mi clusterer_remove_node 3.2-3.6 {"params":["cluster_id node_id"]}
mi clusterer_set_cap_status 3.2-3.6 {"params":["cluster_id capability status"]}
mi clusterer_set_status -2.4
mi clusterer_set_status 3.0-3.1 {"params":["cluster_id status"]}
mi clusterer_set_status 3.2-3.6 {"params":["cluster_id status","cluster_id node_id status"]}
mi clusterer_shtag_set_active 3.0-3.6 {"params":["tag"]}
mi list 4.0 {"params":[""],"aliases":["clusterer_list"]}
mi list_cap 4.0 {"params":[""],"aliases":["clusterer_list_cap"]}
mi list_shtags 4.0 {"params":[""],"aliases":["clusterer_list_shtags"]}
mi list_topology 4.0 {"params":[""],"aliases":["clusterer_list_topology"]}
mi reload 4.0 {"params":[""],"aliases":["clusterer_reload"]}
mi remove_node 4.0 {"params":["cluster_id node_id"],"aliases":["clusterer_remove_node"]}
mi send_mi 4.0 {"params":["cluster_id destination cmd_name","cluster_id destination cmd_name cmd_params"],"aliases":["cluster_send_mi"]}
mi set_cap_status 4.0 {"params":["cluster_id capability status"],"aliases":["clusterer_set_cap_status"]}
mi set_status 4.0 {"params":["cluster_id status","cluster_id node_id status"],"aliases":["clusterer_set_status"]}
mi shtag_set_active 4.0 {"params":["tag"],"aliases":["clusterer_shtag_set_active"]}
stat clusterer_nodes 3.4-
stat clusterer_nodes_down 3.4-
stat clusterer_nodes_up 3.4-
change param:seed_fallback_interval 2.4 {"change":"added","release":"2.4.7"}
change param:seed_fallback_interval 3.0 {"change":"added","release":"3.0.1"}
change param:dispatch_jobs 3.1 {"change":"added","release":"3.1.11"}
change param:sync_timeout 3.1 {"change":"added","release":"3.1.11"}
change param:dispatch_jobs 3.2 {"change":"added","release":"3.2.8"}
change param:sync_timeout 3.2 {"change":"added","release":"3.2.8"}
change param:dispatch_jobs 3.3 {"change":"added","release":"3.3.1"}
module config 3.6-
mi config_flush 3.6 {"params":["","name"]}
mi config_list 3.6 {"params":["","description"]}
mi config_push 3.6 {"params":["name","name value","name value description"]}
mi config_push_bulk 3.6 {"params":["configs"]}
mi config_reload 3.6 {"params":[""]}
mi flush 4.0 {"params":["","name"],"aliases":["config_flush"]}
mi list 4.0 {"params":["","description"],"aliases":["config_list"]}
mi push 4.0 {"params":["name","name value","name value description"],"aliases":["config_push"]}
mi push_bulk 4.0 {"params":["configs"],"aliases":["config_push_bulk"]}
mi reload 4.0 {"params":[""],"aliases":["config_reload"]}
module cpl-c 2.1
mi GET_CPL *
mi LOAD_CPL *
mi REMOVE_CPL *
module cpl_c 2.2-
mi GET_CPL -2.4
mi GET_CPL 3.0-3.6 {"params":["username"]}
mi LOAD_CPL -2.4
mi LOAD_CPL 3.0-3.6 {"params":["username cpl_filename"]}
mi REMOVE_CPL -2.4
mi REMOVE_CPL 3.0-3.6 {"params":["username"]}
mi get 4.0 {"params":["username"],"aliases":["GET_CPL"]}
mi load 4.0 {"params":["username cpl_filename"],"aliases":["LOAD_CPL"]}
mi remove 4.0 {"params":["username"],"aliases":["REMOVE_CPL"]}
module db_berkeley *
mi bdb_reload -2.4
mi bdb_reload 3.0-3.6 {"params":["table_path"]}
mi reload 4.0 {"params":["table_path"]}
module db_flatstore *
mi flat_rotate -2.4
mi flat_rotate 3.0-3.6 {"params":[""]}
mi rotate 4.0 {"params":[""]}
module db_postgres *
change param:timeout 2.2 {"change":"added","release":"2.2.8"}
change param:timeout 2.3 {"change":"added","release":"2.3.6"}
change param:timeout 2.4 {"change":"added","release":"2.4.3"}
module db_text *
mi dbt_dump -2.4
mi dbt_dump 3.0-3.6 {"params":[""]}
mi dbt_reload 2.2-2.4
mi dbt_reload 3.0-3.6 {"params":["","db_name","db_name table_name"]}
mi dump 4.0 {"params":[""],"aliases":["dbt_dump"]}
mi reload 4.0 {"params":["","db_name","db_name table_name"],"aliases":["dbt_reload"]}
module db_virtual *
mi db_get -2.4
mi db_get 3.0-3.6 {"params":[""]}
mi db_set -2.4
mi db_set 3.0-3.6 {"params":["set_index db_url_index may_use_db_flag","set_index db_url_index may_use_db_flag ingore_retries"]}
mi get 4.0 {"params":[""],"aliases":["db_get"]}
mi set 4.0 {"params":["set_index db_url_index may_use_db_flag","set_index db_url_index may_use_db_flag ingore_retries"],"aliases":["db_set"]}
module dialog *
mi cluster_sync 4.0 {"params":["","sharing_tag"],"aliases":["dlg_cluster_sync"]}
mi db_sync 4.0 {"params":[""],"aliases":["dlg_db_sync"]}
mi dlg_cluster_sync 2.4
mi dlg_cluster_sync 3.0-3.1 {"params":[""]}
mi dlg_cluster_sync 3.2-3.6 {"params":["","sharing_tag"]}
mi dlg_db_sync -2.4
mi dlg_db_sync 3.0-3.6 {"params":[""]}
mi dlg_end_dlg -2.4
mi dlg_end_dlg 3.0-3.6 {"params":["dialog_id","dialog_id extra_hdrs"]}
mi dlg_list -2.4
mi dlg_list 3.0-3.6 {"params":["","callid","callid from_tag","index counter"]}
mi dlg_list_ctx -2.4
mi dlg_list_ctx 3.0-3.6 {"params":["","callid","callid from_tag","index counter"]}
mi dlg_list_sharing_tags 2.4
mi dlg_push_var 3.0-3.6 {"params":["dlg_val_name dlg_val_value DID"]}
mi dlg_restore_db -2.4
mi dlg_restore_db 3.0-3.6 {"params":[""]}
mi dlg_send_sequential 3.0-3.4 {"params":["callid","callid mode","callid method","callid body","callid mode method","callid mode body","callid method body","callid method body mode"]}
mi dlg_send_sequential 3.5-3.6 {"params":["callid","callid mode","callid method","callid body","callid mode method","callid mode body","callid method body","callid method body mode","callid method body mode headers"]}
mi dlg_set_profile 3.6 {"params":["dlg_id profile","dlg_id profile value","dlg_id profile value clear_values"]}
mi dlg_set_sharing_tag_active 2.4
mi dlg_unset_profile 3.6 {"params":["dlg_id profile","dlg_id profile value"]}
mi end_dlg 4.0 {"params":["dialog_id","dialog_id extra_hdrs"],"aliases":["dlg_end_dlg"]}
mi list 4.0 {"params":["","callid","callid from_tag","index counter"],"aliases":["dlg_list"]}
mi list_all_profiles -2.4
mi list_all_profiles 3.0- {"params":[""]}
mi list_ctx 4.0 {"params":["","callid","callid from_tag","index counter"],"aliases":["dlg_list_ctx"]}
mi profile_end_dlgs 2.2-2.4
mi profile_end_dlgs 3.0- {"params":["profile","profile value"]}
mi profile_get_size -2.4
mi profile_get_size 3.0- {"params":["profile","profile value"]}
mi profile_get_values -2.4
mi profile_get_values 3.0- {"params":["profile"]}
mi profile_list_dlgs -2.4
mi profile_list_dlgs 3.0- {"params":["profile","profile value"]}
mi push_var 4.0 {"params":["dlg_val_name dlg_val_value DID"],"aliases":["dlg_push_var"]}
mi restore_db 4.0 {"params":[""],"aliases":["dlg_restore_db"]}
mi send_sequential 4.0 {"params":["callid","callid mode","callid method","callid body","callid mode method","callid mode body","callid method body","callid method body mode","callid method body mode headers"],"aliases":["dlg_send_sequential"]}
mi set_profile 4.0 {"params":["dlg_id profile","dlg_id profile value","dlg_id profile value clear_values"],"aliases":["dlg_set_profile"]}
mi unset_profile 4.0 {"params":["dlg_id profile","dlg_id profile value"],"aliases":["dlg_unset_profile"]}
stat active_dialogs *
stat create_recv *
stat create_sent *
stat delete_recv *
stat delete_sent *
stat early_dialogs *
stat expired_dialogs *
stat failed_dialogs *
stat processed_dialogs *
stat update_recv *
stat update_sent *
change function:unset_dlg_profile 2.1 {"change":"changed"}
change function:match_dialog 2.3 {"change":"changed"}
change function:match_dialog 2.4 {"change":"changed"}
change function:get_dialogs_by_profile 3.0 {"change":"changed"}
change param:event_id_format 3.1 {"change":"added","release":"3.1.2"}
change function:get_profile_size 3.2 {"change":"changed"}
change function:get_profile_size 3.3 {"change":"changed"}
module dialplan *
mi dp_reload -2.4
mi dp_reload 3.0-3.6 {"params":["","partition"]}
mi dp_show_partition 2.2-2.4
mi dp_show_partition 3.0-3.6 {"params":["","partition"]}
mi dp_translate -2.4
mi dp_translate 3.0-3.6 {"params":["dpid input","dpid input partition"]}
mi reload 4.0 {"params":["","partition"],"aliases":["dp_reload"]}
mi show_partition 4.0 {"params":["","partition"],"aliases":["dp_show_partition"]}
mi translate 4.0 {"params":["dpid input","dpid input partition"],"aliases":["dp_translate"]}
change mi:dp_reload 3.0 {"change":"changed"}
change mi:dp_translate 3.0 {"change":"changed"}
change mi:dp_translate 3.1 {"change":"changed"}
change param:table_name 2.4 {"change":"default","from":"NULL","to":"dialplan"}
change param:table_name 3.0 {"change":"default","from":"NULL","to":"dialplan"}
module dispatcher *
mi ds_list -2.4
mi ds_list 3.0-3.2 {"params":["","full"]}
mi ds_list 3.3-3.6 {"params":["","partition","full","full partition"]}
mi ds_push_script_attrs 3.1-3.6 {"params":["attrs ip port set","attrs ip port set partition"]}
mi ds_reload -2.4
mi ds_reload 3.0-3.3 {"params":["","partition"]}
mi ds_reload 3.4-3.6 {"params":["","inherit_state","partition","partition inherit_state"]}
mi ds_set_state -2.4
mi ds_set_state 3.0-3.6 {"params":["state group address"]}
mi list 4.0 {"params":["","partition","full","full partition"],"aliases":["ds_list"]}
mi push_script_attrs 4.0 {"params":["attrs ip port set","attrs ip port set partition"],"aliases":["ds_push_script_attrs"]}
mi reload 4.0 {"params":["","inherit_state","partition","partition inherit_state"],"aliases":["ds_reload"]}
mi set_state 4.0 {"params":["state group address"],"aliases":["ds_set_state"]}
change function:ds_select_domain 2.2 {"change":"changed"}
change function:ds_select_dst 2.2 {"change":"changed"}
change function:ds_select_domain 2.3 {"change":"changed"}
change function:ds_select_dst 2.3 {"change":"changed"}
change param:ds_probing_threshold 3.0 {"change":"added","release":"3.0.1"}
module domain *
mi domain_dump -2.4
mi domain_dump 3.0-3.6 {"params":[""]}
mi domain_reload -2.4
mi domain_reload 3.0-3.6 {"params":[""]}
mi dump 4.0 {"params":[""]}
mi reload 4.0 {"params":[""]}
module drouting *
mi carrier_status 4.0 {"params":["","partition_name","carrier_id","carrier_id status","partition_name carrier_id","partition_name carrier_id status"],"aliases":["dr_carrier_status"]}
mi dr_carrier_status -2.4
mi dr_carrier_status 3.0-3.6 {"params":["","partition_name","carrier_id","carrier_id status","partition_name carrier_id","partition_name carrier_id status"]}
mi dr_enable_probing 3.0-3.6 {"params":["","status"]}
mi dr_gw_status -2.4
mi dr_gw_status 3.0-3.6 {"params":["","partition_name","gw_id","gw_id status","partition_name gw_id","partition_name gw_id status"]}
mi dr_number_routing -2.4
mi dr_number_routing 3.0-3.6 {"params":["number","group_id number","partition_name number","partition_name group_id number"]}
mi dr_reload -2.4
mi dr_reload 3.0-3.3 {"params":["","partition_name"]}
mi dr_reload 3.4-3.6 {"params":["","inherit_state","partition_name","partition_name inherit_state"]}
mi dr_reload_status -2.4
mi dr_reload_status 3.0-3.6 {"params":["","partition_name"]}
mi enable_probing 4.0 {"params":["","status"],"aliases":["dr_enable_probing"]}
mi gw_status 4.0 {"params":["","partition_name","gw_id","gw_id status","partition_name gw_id","partition_name gw_id status"],"aliases":["dr_gw_status"]}
mi number_routing 4.0 {"params":["number","group_id number","partition_name number","partition_name group_id number"],"aliases":["dr_number_routing"]}
mi reload 4.0 {"params":["","inherit_state","partition_name","partition_name inherit_state"],"aliases":["dr_reload"]}
mi reload_status 4.0 {"params":["","partition_name"],"aliases":["dr_reload_status"]}
change param:no_concurrent_reload 2.1 {"change":"added","release":"2.1.1"}
change function:goes_to_gw 3.2 {"change":"changed"}
change function:goes_to_gw 3.3 {"change":"changed"}
change function:goes_to_gw 3.4 {"change":"changed"}
module event_flatstore 2.2-
mi evi_flat_rotate -2.4
mi evi_flat_rotate 3.0-3.6 {"params":["path_to_file"]}
mi rotate 4.0 {"params":["path_to_file"],"aliases":["evi_flat_rotate"]}
module event_rabbitmq *
change param:connect_timeout 2.4 {"change":"added","release":"2.4.7"}
change param:connect_timeout 3.0 {"change":"added","release":"3.0.1"}
change param:suppress_event_name 3.1 {"change":"removed","release":"3.1.1"}
module event_virtual 2.2-
change param:failover_timeout 2.4 {"change":"added","release":"2.4.7"}
change param:failover_timeout 3.0 {"change":"added","release":"3.0.1"}
module fraud_detection *
mi fraud_reload -2.4
mi fraud_reload 3.0-3.6 {"params":[""]}
mi reload 4.0 {"params":[""],"aliases":["fraud_reload"]}
mi show_fraud_stats -2.4
mi show_fraud_stats 3.0-3.6 {"params":["user prefix"]}
mi show_stats 4.0 {"params":["user prefix"],"aliases":["show_fraud_stats"]}
change param:use_local_time 2.2 {"change":"added","release":"2.2.7"}
change param:use_local_time 2.3 {"change":"added","release":"2.3.4"}
module freeswitch_scripting 2.4-
mi fs_list 2.4
mi fs_list 3.0-3.6 {"params":[""]}
mi fs_reload 2.4
mi fs_reload 3.0-3.6 {"params":[""]}
mi fs_subscribe 2.4
mi fs_subscribe 3.0-3.6 {"params":["freeswitch_url events"]}
mi fs_unsubscribe 2.4
mi fs_unsubscribe 3.0-3.6 {"params":["freeswitch_url events"]}
mi list 4.0 {"params":[""],"aliases":["fs_list"]}
mi reload 4.0 {"params":[""],"aliases":["fs_reload"]}
mi subscribe 4.0 {"params":["freeswitch_url events"],"aliases":["fs_subscribe"]}
mi unsubscribe 4.0 {"params":["freeswitch_url events"],"aliases":["fs_unsubscribe"]}
module gflags *
mi check 4.0 {"params":["bitmask"],"aliases":["is_gflag","gflags:is_gflag"]}
mi get 4.0 {"params":[""],"aliases":["get_gflags","gflags:get_gflags"]}
mi get_gflags -2.4
mi get_gflags 3.0-3.6 {"params":[""]}
mi is_gflag -2.4
mi is_gflag 3.0-3.6 {"params":["bitmask"]}
mi reset 4.0 {"params":["bitmask"],"aliases":["reset_gflag","gflags:reset_gflag"]}
mi reset_gflag -2.4
mi reset_gflag 3.0-3.6 {"params":["bitmask"]}
mi set 4.0 {"params":["bitmask"],"aliases":["set_gflag","gflags:set_gflag"]}
mi set_gflag -2.4
mi set_gflag 3.0-3.6 {"params":["bitmask"]}
change function:is_gflag 3.0 {"change":"changed"}
change function:reset_gflag 3.0 {"change":"changed"}
change function:set_gflag 3.0 {"change":"changed"}
change function:is_gflag 3.1 {"change":"changed"}
change function:reset_gflag 3.1 {"change":"changed"}
change function:set_gflag 3.1 {"change":"changed"}
change mi:check 4.0 {"change":"added","release":"4.0.1"}
change mi:get 4.0 {"change":"added","release":"4.0.1"}
change mi:get_gflags 4.0 {"change":"removed"}
change mi:is_gflag 4.0 {"change":"removed"}
change mi:reset 4.0 {"change":"added","release":"4.0.1"}
change mi:reset_gflag 4.0 {"change":"removed"}
change mi:set 4.0 {"change":"added","release":"4.0.1"}
change mi:set_gflag 4.0 {"change":"removed"}
module httpd *
mi httpd_list_root_path -2.4
mi httpd_list_root_path 3.0-3.6 {"params":[""]}
mi list_root_path 4.0 {"params":[""],"aliases":["httpd_list_root_path"]}
module imc *
mi imc_list_members -2.4
mi imc_list_members 3.0-3.6 {"params":["room"]}
mi imc_list_rooms -2.4
mi imc_list_rooms 3.0-3.6 {"params":[""]}
mi list_members 4.0 {"params":["room"],"aliases":["imc_list_members"]}
mi list_rooms 4.0 {"params":[""],"aliases":["imc_list_rooms"]}
stat active_rooms *
module json *
change param:enable_long_quoting 3.4 {"change":"added","release":"3.4.10"}
change param:enable_long_quoting 3.5 {"change":"added","release":"3.5.3"}
module ldap *
change param:max_async_connections 2.2 {"change":"added","release":"2.2.2"}
module load_balancer *
mi lb_list -2.4
mi lb_list 3.0-3.6 {"params":[""]}
mi lb_reload -2.4
mi lb_reload 3.0-3.6 {"params":[""]}
mi lb_resize -2.4
mi lb_resize 3.0-3.6 {"params":["destination_id res_name new_capacity"]}
mi lb_status -2.4
mi lb_status 3.0-3.6 {"params":["destination_id","destination_id new_status"]}
mi list 4.0 {"params":[""],"aliases":["lb_list"]}
mi reload 4.0 {"params":[""],"aliases":["lb_reload"]}
mi resize 4.0 {"params":["destination_id res_name new_capacity"],"aliases":["lb_resize"]}
mi status 4.0 {"params":["destination_id","destination_id new_status"],"aliases":["lb_status"]}
module lua *
mi bla -2.4
mi lua_reload -2.4
mi watch -2.4
mi watch 3.0- {"params":["","action extension"]}
module mathops *
change function:math_ceil 2.4 {"change":"changed"}
change function:math_eval 2.4 {"change":"changed"}
change function:math_floor 2.4 {"change":"changed"}
change function:math_round 2.4 {"change":"changed"}
change function:math_round_sf 2.4 {"change":"changed"}
change function:math_rpn 2.4 {"change":"changed"}
change function:math_trunc 2.4 {"change":"changed"}
change function:math_ceil 3.0 {"change":"changed"}
change function:math_eval 3.0 {"change":"changed"}
change function:math_floor 3.0 {"change":"changed"}
change function:math_round 3.0 {"change":"changed"}
change function:math_round_sf 3.0 {"change":"changed"}
change function:math_rpn 3.0 {"change":"changed"}
change function:math_trunc 3.0 {"change":"changed"}
module media_exchange 3.1-
mi fork_from_call_to_uri 4.0 {"params":["callid uri","callid uri leg","callid uri headers","callid uri leg headers","callid uri leg instance","callid uri headers instance","callid uri leg headers instance"],"aliases":["media_fork_from_call_to_uri"]}
mi from_call_to_uri 4.0 {"params":["callid uri leg","callid uri leg headers","callid uri leg nohold","callid uri leg headers nohold"],"aliases":["media_exchange_from_call_to_uri"]}
mi from_call_to_uri_body 4.0 {"params":["callid uri leg body","callid uri leg body headers","callid uri leg body nohold","callid uri leg body headers nohold"],"aliases":["media_exchange_from_call_to_uri_body"]}
mi media_exchange_from_call_to_uri -3.6 {"params":["callid uri leg","callid uri leg headers","callid uri leg nohold","callid uri leg headers nohold"]}
mi media_exchange_from_call_to_uri_body -3.6 {"params":["callid uri leg body","callid uri leg body headers","callid uri leg body nohold","callid uri leg body headers nohold"]}
mi media_fork_from_call_to_uri -3.5 {"params":["callid uri","callid uri leg","callid uri headers","callid uri leg headers"]}
mi media_fork_from_call_to_uri 3.6 {"params":["callid uri","callid uri leg","callid uri headers","callid uri leg headers","callid uri leg instance","callid uri headers instance","callid uri leg headers instance"]}
mi media_terminate -3.5 {"params":["callid","callid leg","callid nohold","callid leg nohold"]}
mi media_terminate 3.6 {"params":["callid","callid leg","callid nohold","callid leg nohold","callid leg instance","callid nohold instance","callid leg nohold instance"]}
mi terminate 4.0 {"params":["callid","callid leg","callid nohold","callid leg nohold","callid leg instance","callid nohold instance","callid leg nohold instance"],"aliases":["media_terminate"]}
module mid_registrar 2.3-
change param:contact_match_mode 2.3 {"change":"removed","release":"2.3.3"}
change param:default_expires 2.3 {"change":"added","release":"2.3.3"}
change param:max_expires 2.3 {"change":"added"}
change param:at_escape_str 3.1 {"change":"added","release":"3.1.3"}
change param:allow_dup_cseq 3.4 {"change":"added","release":"3.4.18"}
change param:allow_dup_cseq 3.6 {"change":"added","release":"3.6.5"}
change param:outgoing_expires 2.3 {"change":"default","from":"600","to":"3600"}
module mmgeoip *
change param:cache_type 2.1 {"change":"added","release":"2.1.3"}
module mqueue 3.5-
mi fetch 4.0 {"params":["name","name limit"],"aliases":["mq_fetch"]}
mi get_size 4.0 {"params":["name"],"aliases":["mq_get_size"]}
mi get_sizes 4.0 {"params":[""],"aliases":["mq_get_sizes"]}
mi mq_fetch 3.5 {"params":["name"]}
mi mq_fetch 3.6 {"params":["name","name limit"]}
mi mq_get_size -3.6 {"params":["name"]}
mi mq_get_sizes -3.6 {"params":[""]}
module msilo *
stat dumped_messages *
stat dumped_reminders *
stat failed_messages *
stat failed_reminders *
stat stored_messages *
module msrp_gateway 3.3-
mi end_session 4.0 {"params":["key"],"aliases":["msrp_gw_end_session"]}
mi list_sessions 4.0 {"params":[""],"aliases":["msrp_gw_list_sessions"]}
mi msrp_gw_end_session -3.6 {"params":["key"]}
mi msrp_gw_list_sessions -3.6 {"params":[""]}
module msrp_ua 3.3-
mi end_session 4.0 {"params":["session_id"],"aliases":["msrp_ua_end_session"]}
mi list_sessions 4.0 {"params":[""],"aliases":["msrp_ua_list_sessions"]}
mi msrp_ua_end_session -3.6 {"params":["session_id"]}
mi msrp_ua_list_sessions -3.6 {"params":[""]}
mi msrp_ua_send_message 3.3 {"params":["session_id","session_id mime body"]}
mi msrp_ua_send_message 3.4-3.6 {"params":["session_id","session_id failure_report","session_id success_report","session_id failure_report success_report","session_id mime body","session_id mime body failure_report","session_id mime body success_report","session_id mime body failure_report success_report"]}
mi msrp_ua_start_session -3.6 {"params":["content_types from_uri to_uri ruri"]}
mi send_message 4.0 {"params":["session_id","session_id failure_report","session_id success_report","session_id failure_report success_report","session_id mime body","session_id mime body failure_report","session_id mime body success_report","session_id mime body failure_report success_report"],"aliases":["msrp_ua_send_message"]}
mi start_session 4.0 {"params":["content_types from_uri to_uri ruri"],"aliases":["msrp_ua_start_session"]}
module nathelper *
mi enable_ping 4.0 {"params":["","status"]}
mi nh_enable_ping -2.4
mi nh_enable_ping 3.0-3.6 {"params":["","status"]}
module opentelemetry 4.0
mi enable * {"params":["enable"],"aliases":["otel_enable"]}
module osp *
change function:checkospheader 2.1 {"change":"changed"}
change function:checkosproute 2.1 {"change":"changed"}
change function:getlocaladdress 2.1 {"change":"added","release":"2.1.2"}
change function:prepareallosproutes 2.1 {"change":"changed"}
change function:prepareospresponse 2.1 {"change":"added","release":"2.1.2"}
change function:prepareredirectosproutes 2.1 {"change":"removed","release":"2.1.2"}
change function:requestosprouting 2.1 {"change":"changed"}
change function:setrequestdate 2.1 {"change":"added","release":"2.1.3"}
change function:validateospheader 2.1 {"change":"changed"}
change param:cnam_avp 2.1 {"change":"added","release":"2.1.2"}
change param:destination_media_avp 2.1 {"change":"added","release":"2.1.2"}
change param:identity_algorithm_avp 2.1 {"change":"added","release":"2.1.3"}
change param:identity_canon_avp 2.1 {"change":"added","release":"2.1.3"}
change param:identity_information_avp 2.1 {"change":"added","release":"2.1.3"}
change param:identity_signature_avp 2.1 {"change":"added","release":"2.1.3"}
change param:identity_type_avp 2.1 {"change":"added","release":"2.1.3"}
change param:request_date_avp 2.1 {"change":"added","release":"2.1.3"}
change param:sdp_fingerprint_avp 2.1 {"change":"added","release":"2.1.3"}
change param:source_media_avp 2.1 {"change":"added","release":"2.1.2"}
change function:processsubscribe 2.2 {"change":"added","release":"2.2.2"}
change param:extraheaders_value 2.2 {"change":"added","release":"2.2.2"}
change param:source_switchid_avp 2.2 {"change":"added","release":"2.2.2"}
change param:switchid_location 2.2 {"change":"added","release":"2.2.2"}
change param:switchid_parameter 2.2 {"change":"added","release":"2.2.2"}
change param:destination_avp 2.4 {"change":"added","release":"2.4.3"}
change param:export_npparameter_order 2.4 {"change":"added","release":"2.4.3"}
change param:identity_algorithm_avp 2.4 {"change":"removed","release":"2.4.3"}
change param:identity_avp 2.4 {"change":"added","release":"2.4.3"}
change param:identity_canon_avp 2.4 {"change":"removed","release":"2.4.3"}
change param:identity_information_avp 2.4 {"change":"removed","release":"2.4.3"}
change param:identity_signature_avp 2.4 {"change":"removed","release":"2.4.3"}
change param:identity_type_avp 2.4 {"change":"removed","release":"2.4.3"}
change param:reason_cause_avp 2.4 {"change":"added","release":"2.4.3"}
change param:reason_text_avp 2.4 {"change":"added","release":"2.4.3"}
change param:reason_type_avp 2.4 {"change":"added","release":"2.4.3"}
change param:service_provider_avp 2.4 {"change":"added","release":"2.4.3"}
change param:user_group_avp 2.4 {"change":"added","release":"2.4.3"}
change param:user_id_avp 2.4 {"change":"added","release":"2.4.3"}
module pdt 2.1
mi pdt_add *
mi pdt_delete *
mi pdt_list *
mi pdt_reload *
module perl *
change function:perl_exec_simple 3.0 {"change":"changed"}
change function:perl_exec_simple 3.1 {"change":"changed"}
change function:perl_exec_simple 3.2 {"change":"changed"}
module permissions *
mi address_dump -2.4
mi address_dump 3.0- {"params":["","partition"]}
mi address_reload -2.4
mi address_reload 3.0- {"params":["","partition"]}
mi allow_uri -2.4
mi allow_uri 3.0- {"params":["basename uri contact"]}
mi subnet_dump -2.4
mi subnet_dump 3.0- {"params":["","partition"]}
module pi_http *
mi pi_reload_tbls_and_cmds -2.4
mi pi_reload_tbls_and_cmds 3.0-3.6 {"params":[""]}
mi reload_tbls_and_cmds 4.0 {"params":[""],"aliases":["pi_reload_tbls_and_cmds"]}
module pike *
mi list 4.0 {"params":[""]}
mi pike_list -2.4
mi pike_list 3.0-3.6 {"params":[""]}
mi pike_rm 2.2-2.4
mi pike_rm 3.0-3.6 {"params":["ip"]}
mi rm 4.0 {"params":["ip"]}
module presence *
mi cleanup -2.4
mi cleanup 3.0- {"params":[""]}
mi expose 4.0 {"params":["event","event filter"],"aliases":["pres_expose"]}
mi phtable_list 4.0 {"params":[""],"aliases":["pres_phtable_list"]}
mi pres_expose 2.3-2.4
mi pres_expose 3.0-3.6 {"params":["event","event filter"]}
mi pres_list_sharing_tags 2.4
mi pres_phtable_list -2.4
mi pres_phtable_list 3.0-3.6 {"params":[""]}
mi pres_set_sharing_tag_active 2.4
mi refreshWatchers -2.4
mi refreshWatchers 3.0-3.6 {"params":["presentity_uri event refresh_type"]}
mi refresh_watchers 3.0- {"params":["presentity_uri event refresh_type"]}
mi subs_phtable_list -2.4
mi subs_phtable_list 3.0- {"params":["","from to"]}
change mi:refresh_watchers 3.0 {"change":"added","release":"3.0.1"}
change param:cluster_be_active_shtag 3.2 {"change":"added","release":"3.2.19"}
change param:cluster_be_active_shtag 3.4 {"change":"added","release":"3.4.6"}
module presence_callinfo *
mi list_lines 4.0 {"params":["","sca_line"],"aliases":["sca_list_lines"]}
mi release_line 4.0 {"params":["sca_line","sca_line sca_index"],"aliases":["sca_release_line"]}
mi set_log_level 4.0 {"params":["","log_level"],"aliases":["sca_set_log_level"]}
change function:sca_set_called_line 3.2 {"change":"changed"}
change function:sca_set_calling_line 3.2 {"change":"changed"}
change function:sca_set_called_line 3.4 {"change":"changed"}
change function:sca_set_calling_line 3.4 {"change":"changed"}
module presence_dfks 3.1-
mi dfks_set_feature -3.6 {"params":["presentity feature status","presentity feature status values","presentity feature status route_param","presentity feature status route_param values"]}
mi set_feature 4.0 {"params":["presentity feature status","presentity feature status values","presentity feature status route_param","presentity feature status route_param values"],"aliases":["dfks_set_feature"]}
module proto_bin 2.2-
change param:bin_async 2.2 {"change":"default","from":"0","to":"1"}
change param:bin_async_max_postponed_chunks 3.4 {"change":"default","from":"32","to":"1024"}
change param:bin_async_max_postponed_chunks 3.5 {"change":"default","from":"32","to":"1024"}
module proto_bins 3.2-
mi tls_trace 3.3-3.6 {"params":["","trace_mode"]}
mi trace 4.0 {"params":["","trace_mode"],"aliases":["tls_trace"]}
module proto_msrp 3.3-
mi msrp_trace -3.6 {"params":["","trace_mode"]}
mi trace 4.0 {"params":["","trace_mode"],"aliases":["msrp_trace"]}
module proto_tcp *
mi tcp_trace 2.3-2.4
mi tcp_trace 3.0-3.6 {"params":["","trace_mode"]}
mi trace 4.0 {"params":["","trace_mode"],"aliases":["tcp_trace"]}
module proto_tls *
mi tls_trace 2.3-2.4
mi tls_trace 3.0-3.6 {"params":["","trace_mode"]}
mi trace 4.0 {"params":["","trace_mode"],"aliases":["tls_trace"]}
change param:cert_check_on_conn_reusage 2.4 {"change":"added","release":"2.4.10"}
change param:tls_async 3.2 {"change":"default","from":"1","to":"0"}
module proto_ws *
mi trace 4.0 {"params":["","trace_mode"],"aliases":["ws_trace"]}
mi ws_trace 2.3-2.4
mi ws_trace 3.0-3.6 {"params":["","trace_mode"]}
module proto_wss 2.2-
mi trace 4.0 {"params":["","trace_mode"],"aliases":["wss_trace"]}
mi wss_trace 2.3-2.4
mi wss_trace 3.0-3.6 {"params":["","trace_mode"]}
change param:cert_check_on_conn_reusage 2.4 {"change":"added","release":"2.4.10"}
module pua_dialoginfo *
change param:nopublish_flag 2.4 {"change":"changed"}
change param:nopublish_flag 3.0 {"change":"changed"}
change param:nopublish_flag 2.4 {"change":"default","from":"-1","to":"NULL"}
change param:nopublish_flag 3.0 {"change":"default","from":"-1","to":"NULL"}
module pua_mi *
mi pua_publish -2.4
mi pua_publish 3.0-3.6 {"params":["presentity_uri expires event_package","presentity_uri expires event_package etag","presentity_uri expires event_package extra_headers","presentity_uri expires event_package content_type body","presentity_uri expires event_package etag extra_headers","presentity_uri expires event_package etag content_type body","presentity_uri expires event_package extra_headers content_type body","presentity_uri expires event_package etag extra_headers content_type body"]}
mi pua_subscribe -2.4
mi pua_subscribe 3.0-3.6 {"params":["presentity_uri watcher_uri event_package expires"]}
mi publish 4.0 {"params":["presentity_uri expires event_package","presentity_uri expires event_package etag","presentity_uri expires event_package extra_headers","presentity_uri expires event_package content_type body","presentity_uri expires event_package etag extra_headers","presentity_uri expires event_package etag content_type body","presentity_uri expires event_package extra_headers content_type body","presentity_uri expires event_package etag extra_headers content_type body"],"aliases":["pua_publish"]}
mi subscribe 4.0 {"params":["presentity_uri watcher_uri event_package expires"],"aliases":["pua_subscribe"]}
module qrouting 3.1-
mi disable_dst 4.0 {"params":["rule_id dst_name","partition rule_id dst_name"],"aliases":["qr_disable_dst"]}
mi enable_dst 4.0 {"params":["rule_id dst_name","partition rule_id dst_name"],"aliases":["qr_enable_dst"]}
mi qr_disable_dst -3.6 {"params":["rule_id dst_name","partition rule_id dst_name"]}
mi qr_enable_dst -3.6 {"params":["rule_id dst_name","partition rule_id dst_name"]}
mi qr_reload -3.6 {"params":[""]}
mi qr_status -3.6 {"params":["","partition","partition rule_id","partition rule_id dst_name"]}
mi reload 4.0 {"params":[""],"aliases":["qr_reload"]}
mi status 4.0 {"params":["","partition","partition rule_id","partition rule_id dst_name"],"aliases":["qr_status"]}
module rate_cacher 3.1-
mi addClient 4.0 {"params":["name"],"aliases":["rc_addClient"]}
mi addVendor 4.0 {"params":["name"],"aliases":["rc_addVendor"]}
mi deleteClient 4.0 {"params":["name"],"aliases":["rc_deleteClient"]}
mi deleteClientRate 4.0 {"params":["name wholesale"],"aliases":["rc_deleteClientRate"]}
mi deleteVendor 4.0 {"params":["name"],"aliases":["rc_deleteVendor"]}
mi deleteVendorRate 4.0 {"params":["name","name slot"],"aliases":["rc_deleteVendorRate"]}
mi getClientPrice 4.0 {"params":["name wholesale number"],"aliases":["rc_getClientPrice"]}
mi getVendorPrice 4.0 {"params":["name number","name number slot"],"aliases":["rc_getVendorPrice"]}
mi rc_addClient -3.6 {"params":["name"]}
mi rc_addVendor -3.6 {"params":["name"]}
mi rc_deleteClient -3.6 {"params":["name"]}
mi rc_deleteClientRate -3.6 {"params":["name wholesale"]}
mi rc_deleteVendor -3.6 {"params":["name"]}
mi rc_deleteVendorRate -3.6 {"params":["name"]}
mi rc_getClientPrice -3.6 {"params":["name wholesale number"]}
mi rc_getVendorPrice -3.6 {"params":["name number"]}
mi rc_reloadClientRate -3.6 {"params":["name wholesale rateid"]}
mi rc_reloadVendorRate -3.6 {"params":["name rateid"]}
mi reloadClientRate 4.0 {"params":["name wholesale rateid"],"aliases":["rc_reloadClientRate"]}
mi reloadVendorRate 4.0 {"params":["name rateid","name rateid slot"],"aliases":["rc_reloadVendorRate"]}
change param:cients_hash_size 3.1 {"change":"removed","release":"3.1.13"}
change param:clients_hash_size 3.1 {"change":"added","release":"3.1.13"}
change param:cients_hash_size 3.2 {"change":"removed","release":"3.2.10"}
change param:clients_hash_size 3.2 {"change":"added","release":"3.2.10"}
change param:cients_hash_size 3.3 {"change":"removed","release":"3.3.3"}
change param:clients_hash_size 3.3 {"change":"added","release":"3.3.3"}
module ratelimit *
mi dump_pipe 4.0 {"params":["pipe"],"aliases":["rl_dump_pipe"]}
mi get_pid 4.0 {"params":[""],"aliases":["rl_get_pid"]}
mi list 4.0 {"params":["","pipe","filter","filter_out"],"aliases":["rl_list"]}
mi reset_pipe 4.0 {"params":["pipe"],"aliases":["rl_reset_pipe"]}
mi rl_bin_status 2.2-2.4
mi rl_dump_pipe 3.2-3.6 {"params":["pipe"]}
mi rl_get_pid -2.4
mi rl_get_pid 3.0-3.6 {"params":[""]}
mi rl_list -2.4
mi rl_list 3.0-3.2 {"params":["","pipe"]}
mi rl_list 3.3-3.6 {"params":["","pipe","filter","filter_out"]}
mi rl_reset_pipe -2.4
mi rl_reset_pipe 3.0-3.6 {"params":["pipe"]}
mi rl_set_pid -2.4
mi rl_set_pid 3.0-3.6 {"params":["ki kp kd"]}
mi set_pid 4.0 {"params":["ki kp kd"],"aliases":["rl_set_pid"]}
change param:repl_buffer_threshold 3.1 {"change":"default","from":"1400","to":"32767"}
module regex *
mi match 4.0 {"params":["string pcre_regex"],"aliases":["regex_match"]}
mi match_group 4.0 {"params":["string group"],"aliases":["regex_match_group"]}
mi regex_match 3.5-3.6 {"params":["string pcre_regex"]}
mi regex_match_group 3.5-3.6 {"params":["string group"]}
mi regex_reload -2.4
mi regex_reload 3.0-3.6 {"params":[""]}
mi reload 4.0 {"params":[""],"aliases":["regex_reload"]}
module registrar *
stat accepted_regs *
stat default_expire *
stat max_contacts *
stat max_expires *
stat rejected_regs *
change function:is_contact_registered 2.2 {"change":"changed"}
change function:is_registered 2.2 {"change":"changed"}
change param:allow_dup_cseq 3.4 {"change":"added","release":"3.4.18"}
change param:allow_dup_cseq 3.6 {"change":"added","release":"3.6.5"}
module rest_client *
change param:max_async_transfers 2.1 {"change":"added","release":"after 2.1.5"}
change param:connect_poll_interval 2.2 {"change":"added","release":"2.2.2"}
change param:max_async_transfers 2.2 {"change":"added","release":"2.2.3"}
change param:enable_expect_100 2.4 {"change":"added","release":"2.4.8"}
change param:tls_client_domain 2.4 {"change":"removed","release":"2.4.2"}
change param:enable_expect_100 3.0 {"change":"added","release":"3.0.3"}
change param:max_transfer_size 3.1 {"change":"added","release":"3.1.7"}
change param:max_transfer_size 3.2 {"change":"added","release":"3.2.4"}
module rls *
mi rls_update_subscriptions -2.4
mi rls_update_subscriptions 3.0-3.6 {"params":["presentity_uri"]}
mi update_subscriptions 4.0 {"params":["presentity_uri"],"aliases":["rls_update_subscriptions"]}
module rtp_relay 3.2-
mi list 4.0 {"params":["","engine","engine set","engine node","engine set node"],"aliases":["rtp_relay_list"]}
mi rtp_relay_list -3.6 {"params":["","engine","engine set","engine node","engine set node"]}
mi rtp_relay_update -3.6 {"params":["","engine","engine set","engine set node","engine set new_set","engine set new_node","engine set new_set new_node","engine set node new_set","engine set node new_node","engine set node new_set new_node"]}
mi rtp_relay_update_callid -3.6 {"params":["callid","callid flags","callid engine","callid engine flags","callid engine set","callid engine set flags","callid engine set node","callid engine set node flags"]}
mi update 4.0 {"params":["","engine","engine set","engine set node","engine set new_set","engine set new_node","engine set new_set new_node","engine set node new_set","engine set node new_node","engine set node new_set new_node"],"aliases":["rtp_relay_update"]}
mi update_callid 4.0 {"params":["callid","callid flags","callid engine","callid engine flags","callid engine set","callid engine set flags","callid engine set node","callid engine set node flags"],"aliases":["rtp_relay_update_callid"]}
module rtpengine *
mi enable 4.0 {"params":["url enable","url enable setid"]}
mi reload 4.0 {"params":["","type"]}
mi rtpengine_enable -2.4
mi rtpengine_enable 3.0-3.2 {"params":["url enable"]}
mi rtpengine_enable 3.3-3.6 {"params":["url enable","url enable setid"]}
mi rtpengine_reload 2.4
mi rtpengine_reload 3.0-3.3 {"params":[""]}
mi rtpengine_reload 3.4-3.6 {"params":["","type"]}
mi rtpengine_show -2.4
mi rtpengine_show 3.0-3.6 {"params":[""]}
mi show 4.0 {"params":[""]}
mi teardown 2.3-2.4
mi teardown 3.0- {"params":["callid"]}
change mi:teardown 3.0 {"change":"changed"}
module rtpproxy *
mi enable 4.0 {"params":["url enable","url enable setid"]}
mi reload 4.0 {"params":[""]}
mi rtpproxy_enable -2.4
mi rtpproxy_enable 3.0-3.6 {"params":["url enable","url enable setid"]}
mi rtpproxy_reload -2.4
mi rtpproxy_reload 3.0-3.6 {"params":[""]}
mi rtpproxy_show -2.4
mi rtpproxy_show 3.0-3.6 {"params":[""]}
mi show 4.0 {"params":[""]}
module sip_i 2.3-
change function:add_isup_part 3.0 {"change":"changed"}
module sipcapture *
mi capture 4.0 {"params":["","capture_mode"],"aliases":["sip_capture"]}
mi sip_capture -2.4
mi sip_capture 3.0-3.6 {"params":["","capture_mode"]}
stat captured_replies *
stat captured_requests *
change async:sip_capture 2.3 {"change":"changed"}
change function:sip_capture 2.3 {"change":"changed"}
module sipmsgops *
change function:ruri_del_param 3.1 {"change":"changed"}
change function:ruri_tel2sip 3.1 {"change":"changed"}
change function:ruri_del_param 3.2 {"change":"changed"}
change function:ruri_tel2sip 3.2 {"change":"changed"}
change function:ruri_del_param 3.3 {"change":"changed"}
change function:ruri_tel2sip 3.3 {"change":"changed"}
module siptrace -2.4
mi sip_trace *
mi trace_to_database 2.1
stat traced_replies *
stat traced_requests *
module sl *
stat 1xx_replies *
stat 2xx_replies *
stat 3xx_replies *
stat 4xx_replies *
stat 5xx_replies *
stat 6xx_replies *
stat received_ACKs *
stat sent_err_replies *
stat sent_replies *
module sockets_mgm 3.6-
mi list 4.0 {"params":[""],"aliases":["sockets_list"]}
mi reload 4.0 {"params":[""],"aliases":["sockets_reload"]}
mi sockets_list 3.6 {"params":[""]}
mi sockets_reload 3.6 {"params":[""]}
module sql_cacher 2.2-
mi reload 4.0 {"params":["id","id key"],"aliases":["sql_cacher_reload"]}
mi sql_cacher_reload -2.4
mi sql_cacher_reload 3.0-3.6 {"params":["id","id key"]}
module sst *
stat expired_sst *
module status_report 3.3-
change function:sr_set_status 3.4 {"change":"changed"}
module stir_shaken 3.1-
mi ca_reload 4.0 {"params":[""],"aliases":["stir_shaken_ca_reload"]}
mi crl_reload 4.0 {"params":[""],"aliases":["stir_shaken_crl_reload"]}
mi stir_shaken_ca_reload 3.5-3.6 {"params":[""]}
mi stir_shaken_crl_reload 3.5-3.6 {"params":[""]}
change param:e164_strict_mode 3.1 {"change":"added","release":"3.1.2"}
change param:require_date_hdr 3.1 {"change":"added","release":"3.1.4"}
change param:e164_max_length 3.2 {"change":"added","release":"3.2.15"}
change param:require_date_hdr 3.2 {"change":"added","release":"3.2.1"}
change param:e164_max_length 3.3 {"change":"added","release":"3.3.8"}
change param:e164_max_length 3.4 {"change":"added","release":"3.4.2"}
module tcp_mgm 3.3-
mi reload 4.0 {"params":[""],"aliases":["tcp_reload"]}
mi tcp_reload -3.6 {"params":[""]}
module tls_mgm 2.2-
mi list 4.0 {"params":[""],"aliases":["tls_list"]}
mi reload 4.0 {"params":[""],"aliases":["tls_reload"]}
mi tls_list -2.4
mi tls_list 3.0-3.6 {"params":[""]}
mi tls_reload -2.4
mi tls_reload 3.0-3.6 {"params":[""]}
module tm *
mi hash 4.0 {"params":[""],"aliases":["t_hash"]}
mi reply 4.0 {"params":["code reason trans_id to_tag","code reason trans_id to_tag new_headers","code reason trans_id to_tag body","code reason trans_id to_tag new_headers body"],"aliases":["t_reply"]}
mi t_hash -2.4
mi t_hash 3.0-3.6 {"params":[""]}
mi t_reply -2.4
mi t_reply 3.0-3.6 {"params":["code reason trans_id to_tag","code reason trans_id to_tag new_headers","code reason trans_id to_tag body","code reason trans_id to_tag new_headers body"]}
mi t_uac_cancel -2.4
mi t_uac_cancel 3.0-3.6 {"params":["callid cseq"]}
mi t_uac_dlg -2.4
mi t_uac_dlg 3.0-3.6 {"params":["method ruri headers","method ruri headers next_hop","method ruri headers socket","method ruri headers body","method ruri headers next_hop socket","method ruri headers next_hop body","method ruri headers socket body","method ruri headers next_hop socket body"]}
mi uac_cancel 4.0 {"params":["callid cseq"],"aliases":["t_uac_cancel"]}
mi uac_dlg 4.0 {"params":["method ruri headers","method ruri headers next_hop","method ruri headers socket","method ruri headers body","method ruri headers next_hop socket","method ruri headers next_hop body","method ruri headers socket body","method ruri headers next_hop socket body"],"aliases":["t_uac_dlg"]}
stat 2xx_transactions *
stat 3xx_transactions *
stat 4xx_transactions *
stat 5xx_transactions *
stat 6xx_transactions *
stat UAC_transactions *
stat UAS_transactions *
stat cluster_cancel_recv 3.4-
stat cluster_cancel_sent 3.4-
stat cluster_reply_recv 3.4-
stat cluster_reply_sent 3.4-
stat cluster_request_recv 3.4-
stat cluster_request_sent 3.4-
stat inuse_transactions *
stat local_replies *
stat received_replies *
stat relayed_replies *
stat retransmission_req_T1_1 3.4-
stat retransmission_req_T1_2 3.4-
stat retransmission_req_T1_3 3.4-
stat retransmission_req_T2 3.4-
stat retransmission_rpl_T2 3.4-
stat timeout_finalresponse 3.4-
stat timeout_finalresponse_inv 3.4-
change param:auto_100trying 2.1 {"change":"added","release":"2.1.4"}
module topology_hiding *
change function:topology_hiding_match 2.3 {"change":"changed"}
change function:topology_hiding_match 2.4 {"change":"changed"}
module tracer 3.0-
mi start 4.0 {"params":["id uri","id uri filter","id uri filter scope type"],"aliases":["trace_start"]}
mi stop 4.0 {"params":["id"],"aliases":["trace_stop"]}
mi trace * {"params":["","id","mode","id mode"]}
mi trace_start -3.6 {"params":["id uri","id uri filter","id uri filter scope type"]}
mi trace_stop -3.6 {"params":["id"]}
stat traced_replies *
stat traced_requests *
module trie 3.6-
mi number_delete 4.0 {"params":["partition_name number"],"aliases":["trie_number_delete"]}
mi number_upsert 4.0 {"params":["partition_name number attrs"],"aliases":["trie_number_upsert"]}
mi reload 4.0 {"params":["","partition_name"],"aliases":["trie_reload"]}
mi reload_status 4.0 {"params":["","partition_name"],"aliases":["trie_reload_status"]}
mi search 4.0 {"params":["number","partition_name number"],"aliases":["trie_search"]}
mi trie_number_delete 3.6 {"params":["partition_name number"]}
mi trie_number_upsert 3.6 {"params":["partition_name number attrs"]}
mi trie_reload 3.6 {"params":["","partition_name"]}
mi trie_reload_status 3.6 {"params":["","partition_name"]}
mi trie_search 3.6 {"params":["number","partition_name number"]}
change param:trie_table 3.6 {"change":"default","from":"trie","to":"trie_table"}
module uac_registrant *
mi delete 4.0 {"params":["aor contact registrar"],"aliases":["reg_delete"]}
mi disable 4.0 {"params":["aor contact registrar"],"aliases":["reg_disable"]}
mi enable 4.0 {"params":["aor contact registrar"],"aliases":["reg_enable"]}
mi force_register 4.0 {"params":["aor contact registrar"],"aliases":["reg_force_register"]}
mi list 4.0 {"params":["","aor contact registrar"],"aliases":["reg_list"]}
mi reg_disable 3.2-3.6 {"params":["aor contact registrar"]}
mi reg_enable 3.2-3.6 {"params":["aor contact registrar"]}
mi reg_force_register 3.5-3.6 {"params":["aor contact registrar"]}
mi reg_list -2.4
mi reg_list 3.0-3.1 {"params":[""]}
mi reg_list 3.2-3.6 {"params":["","aor contact registrar"]}
mi reg_reload -2.4
mi reg_reload 3.0-3.1 {"params":[""]}
mi reg_reload 3.2-3.6 {"params":["","aor contact registrar"]}
mi reload 4.0 {"params":["","aor contact registrar"],"aliases":["reg_reload"]}
mi upsert 4.0 {"params":["aor contact registrar proxy third_party_registrant username password binding_params expiry forced_socket cluster_shtag state"],"aliases":["reg_upsert"]}
module uri -2.4
stat negative_checks *
stat positive_checks * {"name":"positive checks"}
change function:db_does_uri_exist 2.2 {"change":"changed"}
change function:del_uri_param 2.2 {"change":"changed"}
change function:has_totag 2.2 {"change":"changed"}
change function:is_uri_user_e164 2.2 {"change":"changed"}
change function:tel2sip 2.2 {"change":"changed"}
change function:uri_param 2.2 {"change":"changed"}
change function:db_does_uri_exist 2.4 {"change":"changed"}
change function:del_uri_param 2.4 {"change":"changed"}
change function:has_totag 2.4 {"change":"changed"}
change function:is_uri_user_e164 2.4 {"change":"changed"}
change function:tel2sip 2.4 {"change":"changed"}
change function:uri_param 2.4 {"change":"changed"}
module userblacklist *
mi reload 4.0 {"params":[""],"aliases":["reload_blacklist"]}
mi reload_blacklist -2.4
mi reload_blacklist 3.0-3.6 {"params":[""]}
module usrloc *
mi add 4.0 {"params":["table_name aor contact expires q flags cflags methods"],"aliases":["ul_add"]}
mi cluster_sync 4.0 {"params":[""],"aliases":["ul_cluster_sync"]}
mi dump 4.0 {"params":["","brief"],"aliases":["ul_dump"]}
mi flush 4.0 {"params":[""],"aliases":["ul_flush"]}
mi rm 4.0 {"params":["table_name aor"],"aliases":["ul_rm"]}
mi rm_contact 4.0 {"params":["table_name aor contact"],"aliases":["ul_rm_contact"]}
mi show_contact 4.0 {"params":["table_name aor"],"aliases":["ul_show_contact"]}
mi sync 4.0 {"params":["table_name","table_name aor"],"aliases":["ul_sync"]}
mi ul_add -2.4
mi ul_add 3.0 {"params":["table_name aor contact expires q unsused flags cflags methods"]}
mi ul_add 3.1-3.3 {"params":["table_name aor contact expires q flags cflags methods","table_name aor contact expires q unsused flags cflags methods"]}
mi ul_add 3.4-3.6 {"params":["table_name aor contact expires q flags cflags methods"]}
mi ul_cluster_sync 2.4
mi ul_cluster_sync 3.0-3.6 {"params":[""]}
mi ul_dump -2.4
mi ul_dump 3.0-3.6 {"params":["","brief"]}
mi ul_flush -2.4
mi ul_flush 3.0-3.6 {"params":[""]}
mi ul_rm -2.4
mi ul_rm 3.0-3.6 {"params":["table_name aor"]}
mi ul_rm_contact -2.4
mi ul_rm_contact 3.0-3.6 {"params":["table_name aor contact"]}
mi ul_show_contact -2.4
mi ul_show_contact 3.0-3.6 {"params":["table_name aor"]}
mi ul_sync -2.4
mi ul_sync 3.0-3.6 {"params":["table_name","table_name aor"]}
stat registered_users *
change param:regen_broken_contactid 2.2 {"change":"added","release":"2.2.3"}
change param:shared_pinging 2.4 {"change":"added","release":"2.4.2"}
change mi:ul_add 3.1 {"change":"changed"}
change mi:ul_add 3.2 {"change":"changed"}
change mi:ul_add 3.3 {"change":"changed"}
module xcap_client *
mi refreshXcapDoc -2.4
mi refreshXcapDoc 3.0- {"params":["doc_uri port"]}
`;
