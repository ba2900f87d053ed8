/** A config like real ones: a head, then routes of some forty lines that call each other. */
export function generatedConfig(lines: number): string {
  const head = `log_level=3
stderror_enabled=yes
socket=ws:127.0.0.1:8080
loadmodule "proto_ws.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "maxfwd.so"
modparam("proto_ws", "ws_max_msg_chunks", 16)
route {
	route(r0);
}
`.split('\n');
  const out = [...head];
  for (let n = 0; out.length < lines - 30; n += 1) {
    out.push(
      `# route number ${n}`,
      `route[r${n}] {`,
      `\tif (is_method("INVITE|SUBSCRIBE") && $rU =~ "^[0-9]{3,${3 + (n % 9)}}$") {`,
      `\t\t$var(n) = ${n} + $rp * 2;`,
      `\t\t$avp(caller${n % 7}) = $fU;`,
      `\t\txlog("L_INFO", "call $ci from $fu to $ru at $si:$sp step ${n}\\n");`,
      `\t\tif ($hdr(X-Step) == "${n}" || $(ru{uri.host}) == "h${n}.example.com") {`,
      `\t\t\tappend_hf("X-Route: r${n}\\r\\n");`,
      `\t\t} else if (!has_totag()) {`,
      `\t\t\tremove_hf("X-Step");`,
      `\t\t}`,
      `\t}`,
      `\tswitch ($var(n)) {`,
      `\t\tcase 1:`,
      `\t\tcase 2:`,
      `\t\t\t$ru = "sip:" + $rU + "@10.0.0.${n % 250}:5060";`,
      `\t\t\tbreak;`,
      `\t\tcase 3:`,
      `\t\t\tsend_reply(486, "Busy Here");`,
      `\t\t\texit;`,
      `\t\tdefault:`,
      `\t\t\t$var(n) = $var(n) - 1;`,
      `\t}`,
      `\twhile ($var(n) > 0 && $rm != "ACK") {`,
      `\t\t$var(n) = $var(n) - 1;`,
      `\t}`,
      `\tif ($rc < 0) return(-1);`,
      `}`,
    );
    if (n > 0) out[out.length - 2] += ` route(r${n - 1});`;
  }
  while (out.length < lines) out.push(`# line ${out.length}`);
  return `${out.join('\n')}\n`;
}
