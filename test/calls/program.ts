import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { awake } from './ports.ts';

/** The program, as a user starts it. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts the program on a config file, in the foreground, and waits until its socket of UDP answers. `node`: options of
 * Node. Errors: it has ended.
 */
export async function startProgram(
  program: string,
  config: string,
  udpPort: number,
  node: readonly string[] = [],
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [...node, program, '-F', '-f', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('latin1').on('data', (text: string) => {
    log = (log + text).slice(-4000);
  });
  const ended = once(child, 'exit');
  while (!(await awake(udpPort))) {
    if (child.exitCode !== null) throw new Error(`the program has ended with ${child.exitCode}: ${log}`);
  }
  return {
    child,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
