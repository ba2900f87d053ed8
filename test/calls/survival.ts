import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Crowd } from './crowd.ts';
import { freePort } from './ports.ts';
import { startProgram } from './program.ts';

/** A registrar that keeps its contacts in SQLite, a change at a time. */
function registrarConfig(port: number, database: string): string {
  const modules = ['proto_udp', 'signaling', 'sl', 'tm', 'sipmsgops', 'db_sqlite', 'usrloc', 'registrar'];
  return `log_level=1
stderror_enabled=yes
syslog_enabled=no
socket=udp:127.0.0.1:${port}
mpath="/usr/lib/x86_64-linux-gnu/opensips/modules/"
${modules.map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("usrloc", "db_url", "sqlite://${database}")
modparam("usrloc", "working_mode_preset", "single-instance-sql-write-through")
route {
	if (is_method("OPTIONS") && $rU == NULL) {
		sl_send_reply(200, "OK");
		exit;
	}
	if (is_method("REGISTER")) {
		if (!save("location"))
			sl_send_reply(500, "Internal Error");
		exit;
	}
	if (!lookup("location")) {
		sl_send_reply(404, "Not Found");
		exit;
	}
	if (!t_relay())
		send_reply(500, "Internal Error");
}
`;
}

export interface SurvivalFigures {
  readonly registered: number;
  /** Who answered a MESSAGE after the start that followed the kill. */
  readonly reached: number;
  /** Registrations a second. */
  readonly rate: number;
  /** Milliseconds from that start until it answered. */
  readonly startTime: number;
}

/** Registers so many contacts, kills the program in the moment of the last answer, starts it, and asks for all of them. */
export async function surviveKill(program: string, count: number): Promise<SurvivalFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-survival-'));
  const config = join(folder, 'opensips.cfg');
  const database = join(folder, 'opensips.db');
  const port = await freePort('udp');
  writeFileSync(config, registrarConfig(port, database));
  execFileSync(process.execPath, [program, 'sqlite', 'create', database, '-f', config], { stdio: 'ignore' });
  let running = await startProgram(program, config, port);
  const crowd = await Crowd.open(port);
  try {
    const began = performance.now();
    const registered = await crowd.register(count);
    const seconds = (performance.now() - began) / 1000;
    await running.end('SIGKILL');
    const restarted = performance.now();
    running = await startProgram(program, config, port);
    const startTime = performance.now() - restarted;
    return { registered, reached: await crowd.reach(count), rate: registered / seconds, startTime };
  } finally {
    crowd.close();
    await running.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
