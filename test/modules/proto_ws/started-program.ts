import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../runtime/cli/tsips.js', import.meta.url));
const example = fileURLToPath(new URL('../../../../opensips.cfg.example', import.meta.url));

/** The program, started with the shipped example on a free port. */
export interface StartedProgram {
  readonly port: number;
  /** What it wrote to standard error so far. */
  log(): string;
  /** SIGTERM; answers the exit status. */
  stop(): Promise<number | null>;
}

/** Makes of the shipped example what a test needs. */
export type Change = (example: string) => string;

/** Starts it again where somebody else took the port in between. */
export async function startProgram(
  change: Change = (example) => example,
  attempts = 3,
): Promise<StartedProgram> {
  const started = await start(change);
  if (started) return started;
  if (attempts > 1) return startProgram(change, attempts - 1);
  throw new Error('no port stayed free');
}

async function start(change: Change): Promise<StartedProgram | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-example-'));
  const port = await freePort();
  const config = join(folder, 'opensips.cfg');
  const moved = readFileSync(example, 'latin1').replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`);
  writeFileSync(config, change(moved), 'latin1');
  const child = spawn(process.execPath, [program, '-F', '-f', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  const ended = once(child, 'exit');
  if (!(await untilListening(child, port))) {
    if (text.includes('EADDRINUSE')) return undefined;
    throw new Error(`the program ended with ${child.exitCode}: ${text}`);
  }
  return {
    port,
    log: () => text,
    async stop() {
      child.kill('SIGTERM');
      const [status] = await ended;
      rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address && typeof address === 'object') return address.port;
  throw new Error('no port');
}

/** False where the program ended instead. */
async function untilListening(child: ChildProcess, port: number): Promise<boolean> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return true;
    await wait(20);
  }
  return false;
}
