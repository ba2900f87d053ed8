// Times reading and checking generated configs of 5,000 and 50,000 lines, as whole processes, beside `node -e 0`.
// Usage: npm run build && node scripts/bench-check.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = Number(process.argv[2] ?? 7);

/** A config like real ones: a head, then routes of some forty lines that call each other. */
function generate(lines) {
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

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function time(args) {
  const before = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr.slice(0, 2000)}`);
  return Number(process.hrtime.bigint() - before) / 1e6;
}

const folder = mkdtempSync(join(tmpdir(), 'tsips-bench-'));
try {
  const cases = [['node -e 0', ['-e', '0'], []]];
  for (const lines of [100, 5_000, 50_000]) {
    const file = join(folder, `${lines}.cfg`);
    writeFileSync(file, generate(lines));
    cases.push([`tsips -C, ${lines} lines`, ['dist/tsips.js', '-C', '-f', file], []]);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [, args, times] of cases) times.push(time(args));
  }
  const [empty, , small, large] = cases.map(([, , times]) => median(times));
  for (const [name, , times] of cases) {
    console.log(
      `${name.padEnd(26)} median ${median(times).toFixed(0).padStart(6)} ms, least ${Math.min(...times).toFixed(0)} ms`,
    );
  }
  console.log(`5,000 lines : node -e 0     ${(small / empty).toFixed(1)} (wanted: under 20)`);
  console.log(`50,000 : 5,000 lines        ${(large / small).toFixed(1)} (wanted: at most 12)`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
