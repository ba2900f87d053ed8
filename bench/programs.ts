import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { configOf, type Wanted } from './configs.ts';

/** A server that runs, in a process of its own. */
export interface Running {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What can be measured: how it is started on a port, with what it shall do. */
export interface Program {
  readonly name: 'bare ws' | 'tsips' | 'opensips';
  start(wanted: Wanted, place: Place): Promise<Running>;
}

/** A folder for configs, and the certificate of the server in it. */
export interface Place {
  readonly folder: string;
  readonly certificate: string;
  readonly key: string;
}

/** The compiled files of this folder, and the repository. */
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

const bareWs: Program = {
  name: 'bare ws',
  start({ protocol, script }, { certificate, key }) {
    const mode = script === 'pass' ? 'pass' : 'answer';
    const files = protocol === 'wss' ? [certificate, key] : [];
    return begin((port) => [process.execPath, [join(here, 'bare-ws.js'), mode, String(port), ...files]]);
  },
};

export const tsipsProgram = join(root, 'dist/tsips.js');

const tsips: Program = {
  name: 'tsips',
  start(wanted, place) {
    return begin((port) => {
      const file = join(place.folder, 'tsips.cfg');
      writeFileSync(file, configOf(wanted, { ...place, port }));
      return [process.execPath, [tsipsProgram, '-F', '-f', file]];
    });
  },
};

/** The real one, where the environment says where it is. */
function opensips(binary: string, mpath: string): Program {
  return {
    name: 'opensips',
    start(wanted, place) {
      return begin((port) => {
        const file = join(place.folder, 'opensips.cfg');
        writeFileSync(file, configOf(wanted, { ...place, port, mpath }));
        return [binary, ['-F', '-m', '1024', '-M', '64', '-f', file]];
      });
    },
  };
}

/** All that are at hand here, the yardstick first. */
export function programsAtHand(): readonly Program[] {
  const { OPENSIPS_BIN, OPENSIPS_MPATH } = process.env;
  return OPENSIPS_BIN && OPENSIPS_MPATH
    ? [bareWs, tsips, opensips(OPENSIPS_BIN, OPENSIPS_MPATH)]
    : [bareWs, tsips];
}

type CommandLine = readonly [program: string, argv: readonly string[]];

async function begin(commandLine: (port: number) => CommandLine): Promise<Running> {
  const port = await freePort();
  const [program, argv] = commandLine(port);
  const child = spawn(program, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('latin1').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = once(child, 'exit');
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${said}`);
    await wait(20);
  }
  return { port, pid: child.pid ?? 0, stop: () => end(child, ended) };
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}
