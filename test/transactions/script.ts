/**
 * A proxy that sends requests where their Request-URI leads, and keeps transactions for all. Header lines ask for more:
 * `X-Branch` (up to two) for branches beside it, `X-Then` for a next try when all have failed, `X-Answer` for a final
 * reply of the proxy's own.
 */
export const transactionScript = `log_level=2
stderror_enabled=yes
syslog_enabled=no
udp_workers=1
tcp_workers=1
tcp_connection_lifetime=36000
socket=udp:127.0.0.1:5060
socket=tcp:127.0.0.1:5060
mpath="/usr/lib/x86_64-linux-gnu/opensips/modules/"
loadmodule "proto_udp.so"
loadmodule "proto_tcp.so"
loadmodule "signaling.so"
loadmodule "sl.so"
loadmodule "tm.so"
modparam("tm", "fr_timeout", 32)
modparam("tm", "fr_inv_timeout", 181)
loadmodule "maxfwd.so"
loadmodule "sipmsgops.so"

route {
	if (is_method("OPTIONS") && $rU == NULL) {
		sl_send_reply(200, "OK");
		exit;
	}
	if (!mf_process_maxfwd_header(10)) {
		sl_send_reply(483, "Too Many Hops");
		exit;
	}
	if (is_method("ACK") && t_check_trans()) {
		t_relay();
		exit;
	}
	if (is_method("CANCEL")) {
		if (t_check_trans())
			t_relay();
		else
			sl_send_reply(481, "Call/Transaction Does Not Exist");
		exit;
	}
	t_check_trans();
	if ($hdr(X-Answer) != NULL) {
		t_newtran();
		t_reply($(hdr(X-Answer){s.int}), "Answer of the Proxy");
		exit;
	}
	if ($hdr(X-Branch) != NULL)
		$branch = $(hdr(X-Branch){nameaddr.uri});
	if ($(hdr(X-Branch)[1]) != NULL)
		$branch = $(hdr(X-Branch)[1]{nameaddr.uri});
	if ($hdr(X-Then) != NULL)
		t_on_failure("next");
	if (!t_relay())
		send_reply(500, "Internal Error");
}

failure_route[next] {
	if (t_was_cancelled())
		exit;
	$ru = $(hdr(X-Then){nameaddr.uri});
	t_relay();
}
`;
