import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Transport } from './link.ts';
import { awake, freePort, takesStreams } from './ports.ts';
import type { ProxyConfig, RunningProxy } from './proxy.ts';

/** Why a program does not take a config; false where it does. */
export function whyRefused(program: string, { text, folder }: ProxyConfig): string | false {
  const file = join(mkdtempSync(join(folder, 'opensips-')), 'opensips.cfg');
  writeFileSync(file, withModules(text), 'latin1');
  const { status } = spawnSync(program, ['-C', '-f', file], { stdio: 'ignore' });
  rmSync(dirname(file), { recursive: true, force: true });
  return status === 0 ? false : `${program} does not take it`;
}

/** Starts an OpenSIPS in the foreground, with its modules where TSIPS_OPENSIPS_MPATH says. Its timers take their time. */
export async function startOpensips(program: string, { text, folder }: ProxyConfig): Promise<RunningProxy> {
  const own = mkdtempSync(join(folder, 'opensips-'));
  const ports: Partial<Record<Transport, number>> = {};
  const file = join(own, 'opensips.cfg');
  writeFileSync(file, await placed(text, own, ports), 'latin1');
  const child = spawn(program, ['-F', '-m', '512', '-f', file], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  child.stderr.setEncoding('latin1').on('data', (lines: string) => log.push(...lines.trimEnd().split('\n')));
  const ended = once(child, 'exit');
  while (!(await isUp(ports))) {
    if (child.exitCode !== null) throw new Error(`opensips has ended: ${log.join('\n')}`);
    await pause(50);
  }
  return {
    ports,
    // It works with ticks of up to a second.
    time: { pass: (milliseconds) => pause(milliseconds), early: 1100, late: 1300, step: 300 },
    log,
    statistic: () => undefined,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(own, { recursive: true, force: true });
    },
  };
}

/** The same config with free ports, files in that folder, modules where they are, and lines of the log on stderr. */
async function placed(
  text: string,
  folder: string,
  ports: Partial<Record<Transport, number>>,
): Promise<string> {
  let config = withModules(text)
    .replace(/^(log_stderror|stderror_enabled)\s*=.*$/m, '$1=yes')
    .replace(/^(syslog_enabled)\s*=.*$/m, '$1=no')
    .replace(/("fifo_name", *)"[^"]*"/, `$1"${folder}/fifo"`);
  for (const [line, key, protocol] of config.matchAll(/^(socket|listen)\s*=\s*(\w+):127\.0\.0\.1:\d+/gm)) {
    const port = await freePort(protocol === 'udp' ? 'udp' : 'tcp');
    ports[protocol as Transport] = port;
    config = config.replace(line, `${key}=${protocol}:127.0.0.1:${port}`);
  }
  return config;
}

function withModules(text: string): string {
  const mpath = process.env.TSIPS_OPENSIPS_MPATH;
  return mpath === undefined ? text : text.replace(/^mpath=.*$/m, `mpath="${mpath}"`);
}

async function isUp({ udp, ...streams }: RunningProxy['ports']): Promise<boolean> {
  for (const port of Object.values(streams)) if (!(await takesStreams(port))) return false;
  return awake(udp ?? 0);
}
