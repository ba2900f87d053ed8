import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type LossyRelay, openLossyRelay } from './lossy-relay.ts';
import { freePort } from './ports.ts';

export type SippTransport = 'udp' | 'tcp';

/**
 * A stateful proxy that sends every call to one place: what the default scenarios of sipp need, which know no Route. Its
 * T1 is a little longer than that of sipp: a callee of sipp whose 180 and 200 were lost, and that hears the INVITE again
 * before it has sent the 200 again, says nothing any more.
 */
export function relayingConfig(calleePort: number, transport: SippTransport): string {
  const modules = ['proto_udp', 'proto_tcp', 'sl', 'signaling', 'tm', 'maxfwd', 'sipmsgops'];
  return `log_level=1
stderror_enabled=no
syslog_enabled=no
udp_workers=1
tcp_workers=1
socket=udp:127.0.0.1:5060
socket=tcp:127.0.0.1:5060
mpath="/usr/lib/x86_64-linux-gnu/opensips/modules/"
${modules.map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("tm", "T1_timer", 550)
modparam("tm", "fr_inv_timeout", 20)
route {
	force_rport();
	if (!mf_process_maxfwd_header(10)) {
		sl_send_reply(483, "Too Many Hops");
		exit;
	}
	if (is_method("OPTIONS")) {
		sl_send_reply(200, "OK");
		exit;
	}
	if (is_method("CANCEL")) {
		if (t_check_trans())
			t_relay();
		exit;
	}
	$du = "sip:127.0.0.1:${calleePort};transport=${transport}";
	if (!t_relay())
		send_reply(500, "Internal Error");
}
`;
}

export interface LoadOptions {
  readonly calls: number;
  /** New calls a second, at most. */
  readonly rate: number;
  readonly transport: SippTransport;
  /** Of one, on each of the two sides of the proxy; over UDP alone. Default: none. */
  readonly loss?: number;
  readonly seed?: number;
}

export interface LoadFigures {
  readonly successful: number;
  readonly failed: number;
  /** By the caller. */
  readonly retransmissions: number;
  readonly passed: number;
  readonly lost: number;
  readonly seconds: number;
  /** What sipp said in the end. */
  readonly report: string;
}

/**
 * Calls at a time: so few that all their packets fit into the buffer of a socket, so that none is lost that nobody wanted to
 * be lost, however slow the machine is.
 */
const together = 25;

/** A proxy that sends calls to a port; `port` is its own. */
export type StartRelaying = (calleePort: number) => Promise<{ readonly port: number; stop(): Promise<void> }>;

/** A line for tests that need sipp where it is not installed; false where it is. */
export const withoutSipp: string | false = spawnSync('sipp', ['-v']).error
  ? 'sipp (Debian: sip-tester) is not installed'
  : false;

/** Sipp's own scenarios of a caller and a callee, through a proxy, and through relays that lose packets. */
export async function runLoad(start: StartRelaying, options: LoadOptions): Promise<LoadFigures> {
  const { calls, rate, transport, loss = 0, seed = 1 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tsips-sipp-'));
  const patience = ['-timeout', `${Math.ceil((4 * calls) / rate) + 60}s`];
  const mode = ['-i', '127.0.0.1', '-t', transport === 'udp' ? 'u1' : 't1', '-nostdin', ...patience];
  const calleePort = await freePort(transport);
  const callee = spawnSipp(['-sn', 'uas', '-p', `${calleePort}`, ...mode], folder);
  await isListening(calleePort, transport);
  const relays: LossyRelay[] = [];
  const behind = async (to: number): Promise<number> => {
    if (loss === 0) return to;
    const relay = await openLossyRelay({ loss, seed: seed + relays.length, to });
    relays.push(relay);
    return relay.port;
  };
  let proxy: Awaited<ReturnType<StartRelaying>> | undefined;
  try {
    proxy = await start(await behind(calleePort));
    const entry = await behind(proxy.port);
    const began = performance.now();
    const limits = ['-m', `${calls}`, '-r', `${rate}`, '-l', `${together}`];
    const statistics = ['-trace_stat', '-stf', 'caller.csv', '-fd', '1'];
    const place = ['-p', `${await freePort(transport)}`, `127.0.0.1:${entry}`];
    const caller = spawnSipp(['-sn', 'uac', ...mode, ...limits, ...statistics, ...place], folder);
    await caller.ended;
    return {
      ...readStatistics(join(folder, 'caller.csv')),
      passed: sum(relays, 'passed'),
      lost: sum(relays, 'lost'),
      seconds: (performance.now() - began) / 1000,
      report: caller.output(),
    };
  } finally {
    callee.child.kill('SIGKILL');
    await callee.ended;
    await proxy?.stop();
    for (const relay of relays) relay.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface RunningSipp {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  output(): string;
}

function spawnSipp(args: readonly string[], cwd: string): RunningSipp {
  const child = spawn('sipp', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('latin1').on('data', (text: string) => {
      output = (output + text).slice(-4000);
    });
  }
  return { child, ended: once(child, 'close'), output: () => output };
}

function readStatistics(file: string): Pick<LoadFigures, 'successful' | 'failed' | 'retransmissions'> {
  const lines = existsSync(file) ? readFileSync(file, 'latin1').trim().split('\n') : [];
  const [names = [], ...rows] = lines.map((line) => line.split(';'));
  const last = rows.at(-1) ?? [];
  const value = (name: string) => Number(last[names.indexOf(name)] ?? Number.NaN);
  return {
    successful: value('SuccessfulCall(C)'),
    failed: value('FailedCall(C)'),
    retransmissions: value('Retransmissions(C)'),
  };
}

function sum(relays: readonly LossyRelay[], what: 'passed' | 'lost'): number {
  return relays.reduce((total, relay) => total + relay[what], 0);
}

/** Resolves when somebody has that port, so that it cannot be bound once more. */
async function isListening(port: number, transport: SippTransport): Promise<void> {
  for (;;) {
    const socket = transport === 'udp' ? createSocket('udp4') : createServer();
    const taken = new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(true)).once('listening', () => resolve(false));
    });
    if ('bind' in socket) socket.bind(port, '127.0.0.1');
    else socket.listen(port, '127.0.0.1');
    if (await taken) return;
    socket.close();
    await pause(20);
  }
}
