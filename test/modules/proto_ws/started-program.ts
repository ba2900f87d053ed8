import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answeringFolder } from '../../example-folder.ts';
import { program } from '../../program-path.ts';

/** The program, started on free ports with a config that answers by itself. */
export interface StartedProgram {
  /** Of its ws socket. */
  readonly port: number;
  /** Of its wss socket. */
  readonly securePort: number;
  /** Where its certificates are: `ca-cert.pem`, `localhost-cert.pem`. */
  readonly certificates: string;
  /** What it wrote to standard error so far. */
  log(): string;
  /** SIGTERM; answers the exit status. */
  stop(): Promise<number | null>;
}

/** Starts it again where somebody else took the port in between. */
export async function startProgram(attempts = 3): Promise<StartedProgram> {
  const started = await start();
  if (started) return started;
  if (attempts > 1) return startProgram(attempts - 1);
  throw new Error('no port stayed free');
}

async function start(): Promise<StartedProgram | undefined> {
  const [port, securePort] = [await freePort(), await freePort()];
  const { config, certificates } = answeringFolder((text) =>
    text
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`)
      .replaceAll('127.0.0.1:8443', `127.0.0.1:${securePort}`),
  );
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
    securePort,
    certificates,
    log: () => text,
    async stop() {
      child.kill('SIGTERM');
      const [status] = await ended;
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
