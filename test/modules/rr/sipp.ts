import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A line for tests that need sipp where it is not installed; undefined where it is. */
export const withoutSipp = spawnSync('sipp', ['-v']).error ? 'sipp is not installed' : undefined;

export type Transport = 'udp' | 'tcp';

/** A scenario of the folder `fixtures` under way. */
export interface Sipp {
  readonly port: number;
  /** 0 where the scenario went as it is written. */
  readonly ended: Promise<number | null>;
  stop(): void;
}

const folder = fileURLToPath(new URL('../../../../test/modules/rr/fixtures/', import.meta.url));

/** Takes one call on a port of its own; comes back when the port is open. */
export async function sippServer(scenario: string, transport: Transport = 'udp'): Promise<Sipp> {
  const port = await freePort(transport);
  const sipp = start(scenario, transport, port, []);
  while (!(await isOpen(transport, port))) await pause(20);
  return sipp;
}

/** Makes one call to a host. */
export async function sippClient(
  scenario: string,
  to: number,
  keys: Readonly<Record<string, string>>,
  transport: Transport = 'udp',
): Promise<Sipp> {
  const port = await freePort(transport);
  const given = Object.entries(keys).flatMap(([name, value]) => ['-key', name, value]);
  return start(scenario, transport, port, [...given, `127.0.0.1:${to}`]);
}

function start(scenario: string, transport: Transport, port: number, more: readonly string[]): Sipp {
  const mode = transport === 'udp' ? 'u1' : 't1';
  const fixed = ['-sf', `${folder}${scenario}.xml`, '-i', '127.0.0.1', '-p', String(port), '-t', mode];
  const child: ChildProcess = spawn('sipp', [...fixed, '-m', '1', '-nostdin', '-timeout', '30s', ...more], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then(([code]): number | null => code);
  return { port, ended, stop: () => void child.kill('SIGKILL') };
}

async function freePort(transport: Transport): Promise<number> {
  if (transport === 'udp') {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    socket.close();
    return port;
  }
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  await once(server, 'close');
  return typeof bound === 'object' && bound ? bound.port : 0;
}

function isOpen(transport: Transport, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    if (transport === 'tcp') {
      const stream = createConnection(port, '127.0.0.1');
      stream.once('connect', () => {
        stream.destroy();
        resolve(true);
      });
      stream.once('error', () => resolve(false));
      return;
    }
    const probe = createSocket('udp4');
    probe.once('error', () => {
      probe.close();
      resolve(true);
    });
    probe.bind(port, '127.0.0.1', () => {
      probe.close();
      resolve(false);
    });
  });
}
