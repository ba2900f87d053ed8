/** What got another name between OpenSIPS 2.1 and 4.0. The form of the lines is told in README.md. */
export const renameData: string = `
module renames *
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
