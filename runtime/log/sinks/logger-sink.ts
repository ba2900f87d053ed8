import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { ByteText } from '../encoding.ts';
import { facilities } from '../facilities.ts';
import { levelFacts } from '../levels.ts';
import type { LogLine } from '../log-line.ts';
import { withPriority } from './journal-sink.ts';
import type { Sink, Trouble } from './sink.ts';

export interface LoggerSinkOptions {
  /** What syslog shows as the program's name; the pid is added. */
  readonly name: string;
  readonly pid: number;
  /** A name of the table of facilities. */
  readonly facility: string;
  readonly trouble: Trouble;
  /** Takes the lines where the program cannot be used (any more). */
  readonly otherwise: (line: LogLine) => void;
  /** Default `logger`, found in PATH. */
  readonly program?: string;
  /** Lines kept while the program is away or slow; more are dropped and counted. Default 10000. */
  readonly maxQueued?: number;
  /** Milliseconds that the program must live before it is trusted with lines. Default 250. */
  readonly probation?: number;
  /** Milliseconds before it is started again; doubled with each failure. Default 50. */
  readonly restartDelay?: number;
  /** Ends in a row within the probation after which it is given up. Default 5. */
  readonly maxFailures?: number;
  /** Milliseconds that a flush waits for it. Default 3000. */
  readonly patience?: number;
}

interface Entry {
  readonly line: LogLine;
  readonly text: ByteText;
}

/** Lines that are handed over in one write. */
const BATCH = 200;
/** Bytes of one message; the program's own default is 1024 and cuts longer ones in pieces. */
const MESSAGE_SIZE = 16_384;

/** logger(1): `<N>` in front of a line is its priority; failing to reach syslog ends the program. */
function loggerArguments(name: string, pid: number, facility: string): string[] {
  const tag = `${name}[${pid}]`;
  const priority = `${facilities[facility]?.name ?? 'daemon'}.notice`;
  return ['--socket-errors=on', '--prio-prefix', '--size', String(MESSAGE_SIZE), '-t', tag, '-p', priority];
}

/**
 * Lines to the local syslog through a `logger` child process, as Node has no Unix datagram sockets. A child
 * that dies is started again; until a new one has proved itself, what the old one may not have read is kept.
 */
export function createLoggerSink(options: LoggerSinkOptions): Sink {
  const program = options.program ?? 'logger';
  const programArguments = loggerArguments(options.name, options.pid, options.facility);
  const maxQueued = options.maxQueued ?? 10_000;
  const probation = options.probation ?? 250;
  const restartDelay = options.restartDelay ?? 50;
  const maxFailures = options.maxFailures ?? 5;
  const patience = options.patience ?? 3000;
  let queue: Entry[] = [];
  let handedOver: Entry[] = [];
  let child: ChildProcess | undefined;
  let trusted = false;
  let provedOnce = false;
  let failures = 0;
  let dropped = 0;
  let restart: NodeJS.Timeout | undefined;
  let trust: NodeJS.Timeout | undefined;
  let closing = false;
  let givenUp = false;
  let idle: (() => void) | undefined;

  function start(): void {
    restart = undefined;
    // A session of its own, so that a Ctrl-C for the host does not take the last lines with it.
    const started = spawn(program, programArguments, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    child = started;
    started.on('error', (error) => onEnd(started, error.message));
    started.on('exit', (code, signal) => onEnd(started, signal ?? `exit ${code}`));
    started.stdin?.on('error', () => undefined);
    started.unref();
    trust = setTimeout(onTrusted, probation);
  }

  function onTrusted(): void {
    trusted = true;
    provedOnce = true;
    failures = 0;
    handOver();
  }

  function onEnd(ended: ChildProcess, reason: string): void {
    if (child !== ended) return;
    child = undefined;
    clearTimeout(trust);
    queue = [...handedOver, ...queue];
    handedOver = [];
    if (!trusted) failures++;
    trusted = false;
    if (closing) finish();
    else if (!provedOnce || failures >= maxFailures) giveUp(reason);
    else restart = setTimeout(start, restartDelay * 2 ** failures);
  }

  function giveUp(reason: string): void {
    givenUp = true;
    options.trouble(`cannot log to syslog: ${program}: ${reason}; lines go to standard error`);
    passOn();
    finish();
  }

  function passOn(): void {
    const lines = queue;
    queue = [];
    for (const { line } of lines) options.otherwise(line);
  }

  function handOver(): void {
    const input = child?.stdin;
    if (!trusted || handedOver.length > 0 || !input?.writable) return;
    if (queue.length === 0) {
      finish();
      return;
    }
    const batch = queue.splice(0, BATCH);
    handedOver = batch;
    input.write(toInput(batch), 'latin1', (error) => {
      if (error || handedOver !== batch) return;
      handedOver = [];
      tellDropped();
      handOver();
    });
  }

  function toInput(entries: readonly Entry[]): string {
    return entries.map(({ line, text }) => withPriority(text, priorityOf(line))).join('');
  }

  function priorityOf({ facility = options.facility, level }: LogLine): number {
    return (facilities[facility]?.code ?? 3) * 8 + levelFacts(level).severity;
  }

  function tellDropped(): void {
    if (dropped === 0) return;
    const count = dropped;
    dropped = 0;
    options.trouble(`${count} log lines were dropped: ${program} did not take them in time`);
  }

  function finish(): void {
    if (queue.length > 0 || handedOver.length > 0) return;
    idle?.();
  }

  function write(line: LogLine, text: ByteText): void {
    if (givenUp) {
      options.otherwise(line);
    } else if (queue.length >= maxQueued) {
      dropped++;
    } else {
      queue.push({ line, text });
      handOver();
    }
  }

  async function flush(): Promise<void> {
    if (queue.length === 0 && handedOver.length === 0) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, patience);
      idle = () => {
        clearTimeout(limit);
        resolve();
      };
      handOver();
    });
    idle = undefined;
  }

  /** Hands over what is left to a program of its own that is waited for; else to `otherwise`. */
  function flushSync(): void {
    const left = [...handedOver, ...queue];
    handedOver = [];
    queue = left;
    if (left.length === 0) return;
    if (!givenUp) {
      const input = Buffer.from(toInput(left), 'latin1');
      const { status } = spawnSync(program, programArguments, { input, timeout: patience, stdio: 'pipe' });
      if (status === 0) queue = [];
    }
    passOn();
  }

  async function close(): Promise<void> {
    await flush();
    closing = true;
    clearTimeout(restart);
    clearTimeout(trust);
    const last = child;
    child = undefined;
    if (last !== undefined) await ended(last);
    flushSync();
  }

  function ended(process: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(() => {
        process.kill();
        resolve();
      }, patience);
      process.once('exit', () => {
        clearTimeout(limit);
        resolve();
      });
      process.stdin?.end();
    });
  }

  start();
  return { write, flush, flushSync, close };
}
