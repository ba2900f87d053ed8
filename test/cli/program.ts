/** Starts the program as its users do: another process, its two outputs, its exit code. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { program } from '../program-path.ts';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The compiled file to run. Default: the program. */
  readonly entry?: string;
  /** Runs as this user and group; only root may. */
  readonly uid?: number;
  /** Standard input, one character a byte. */
  readonly input?: string;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<Ended>;
}

/** Milliseconds that anything may take on a busy machine before a test gives up. */
const PATIENCE = 30_000;

export function start(t: TestContext, argv: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(process.execPath, [options.entry ?? program, ...argv], {
    cwd: options.cwd,
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: 'pipe',
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('latin1').on('data', (part: string) => {
    out += part;
  });
  child.stderr.setEncoding('latin1').on('data', (part: string) => {
    err += part;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '', 'latin1');
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }));
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  return { child, out: () => out, err: () => err, ended };
}

/** Runs the program to its end. */
export function run(t: TestContext, argv: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(t, argv, options).ended;
}

/** A folder of its own for files of a test. */
export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'tsips-cli-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/**
 * A port that is free at this moment; configs have no port 0. It lies below those that systems give out on their
 * own, so that nobody gets it in between.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + randomInt(20_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A config that listens on one WebSocket port of the loopback. */
export function configText(port: number, globals = '', rest = ''): string {
  return [
    'log_level=3',
    'stderror_enabled=yes',
    'syslog_enabled=no',
    globals,
    `socket=ws:127.0.0.1:${port}`,
    'loadmodule "proto_ws.so"',
    rest,
    'route { exit; }',
    '',
  ].join('\n');
}

/** Writes a module in plain JavaScript and gives the lines that load it; `behaviour` is the text of an object. */
export function writeModule(place: string, name: string, behaviour: string): string {
  const text = `export const manifest = { name: '${name}' };\nexport default (host) => (${behaviour});\n`;
  writeFileSync(join(place, `${name}.mjs`), text);
  return `mpath="${place}/"\nloadmodule "${name}.so"`;
}

/** Writes a config with a free port into a folder. */
export async function writeConfig(
  place: string,
  globals = '',
  rest = '',
): Promise<{ file: string; port: number }> {
  const port = await freePort();
  const file = join(place, 'opensips.cfg');
  writeFileSync(file, configText(port, globals, rest));
  return { file, port };
}

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether somebody listens there. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Waits until the program listens; throws with its words where it ended instead. */
export async function listening(running: Running, port: number): Promise<void> {
  await until(async () => {
    if (running.child.exitCode !== null) throw new Error(`it ended: ${running.err()}`);
    return isOpen(port);
  }, `port ${port}`);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The lines of a log without date and process. */
export function bodies(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^\w{3} [ \d]\d \d\d:\d\d:\d\d \[\d+\] /, ''));
}
