import { formatDiagnostics } from '../grammar/index.ts';
import { bootSteps } from './boot.ts';
import { Boot, type BootSettings } from './boot-state.ts';
import { type CheckedConfig, type CheckOptions, checkConfig } from './check-config.ts';
import { type Clock, systemClock } from './clock.ts';
import { HostError } from './host-error.ts';
import { createLog, type Log } from './log/log.ts';
import { logSettingsFromGlobals } from './log/settings.ts';
import type { Connection, ListenSocket, MessageSource } from './module-exports.ts';
import { systemNetwork } from './net/system-network.ts';
import { runSteps, type StepObserver, undoSteps } from './steps.ts';

export interface HostOptions extends CheckOptions {
  /** Where lines go; a log that is given is the caller's to close. By default as the globals of the config say. */
  readonly log?: Log;
  /** Runs of the script that may wait at the same time; over the config's global max_waiting_runs (10000). */
  readonly maxWaitingRuns?: number;
  /** Milliseconds that one phase of a module, or the startup_route, may take before the start fails. Default 60000. */
  readonly phaseTimeout?: number;
  /** Milliseconds that the destroy of a module may take before the stop goes on without it. Default 10000. */
  readonly destroyTimeout?: number;
  /** Where its time comes from; tests hand in one that they move on. Default: the system's. */
  readonly clock?: Clock;
  /** `-o name=value`: what `$argv(name)` gives. */
  readonly argv?: ReadonlyMap<string, string>;
  /** Called at each start when the sockets are open and before childInit; what it throws fails the start. */
  readonly onListening?: (listeners: readonly ListenSocket[]) => void | Promise<void>;
}

export type HostState = 'stopped' | 'starting' | 'running' | 'stopping';

/** Where an injected message is said to come from. */
export interface InjectSource {
  /** Default: the first socket. */
  readonly socket?: ListenSocket;
  /** Default 127.0.0.1. */
  readonly remoteAddress?: string;
  /** Default 5060. */
  readonly remotePort?: number;
  /** Is told each message that goes back. */
  readonly onSend?: (message: string) => void;
}

/** A config, ready to run. */
export interface Host {
  readonly state: HostState;
  /** The config as it was read and checked, with its warnings. */
  readonly checked: CheckedConfig;
  /** The sockets that are open, with their real addresses and ports; none while stopped. */
  readonly listeners: readonly ListenSocket[];
  /** The open connections. */
  readonly connections: readonly Connection[];
  /** Counters and gauges by `group:name`. */
  readonly statistics: { get(name: string): number | undefined; entries(): [name: string, value: number][] };
  /** Runs of the script that wait at this moment. */
  readonly waitingRuns: number;
  /** Timers that wait at this moment. */
  readonly pendingTimers: number;
  /**
   * Opens the sockets and answers messages from then on. While it starts or runs, the same promise comes back.
   * What fails undoes what was done. Errors: HostError, its code tells what.
   */
  start(): Promise<void>;
  /** Ends connections, modules and timers in reverse order. A start that goes on is broken off. Never rejects. */
  stop(): Promise<void>;
  /**
   * Asks the modules to read their files anew, as SIGHUP does. What a module cannot use it tells in the log and leaves
   * as it was. Errors: HOST_NOT_RUNNING.
   */
  reload(): Promise<void>;
  /** What a module offers others (its `api`), while the host runs; undefined where there is none. */
  api<T>(module: string): T | undefined;
  /**
   * Hands in one whole message (one character a byte) without a socket. What goes back is in the list that
   * returns; a run that waits adds to it later. Errors: HOST_NOT_RUNNING.
   */
  inject(message: string, source?: InjectSource): readonly string[];
}

/**
 * Reads and checks a config. Nothing runs and no socket opens before `start`. Hosts share nothing but code.
 * Errors: CONFIG_UNREADABLE; CONFIG_INVALID with `diagnostics`, and `report` for people.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  return hostOf(await checkConfig(options), options);
}

/** A host of a config that was checked before, with the same options. Errors: CONFIG_INVALID as `createHost`. */
export function hostOf(checked: CheckedConfig, options: HostOptions): Host {
  if (!checked.failed) return new ConfiguredHost(checked, options);
  const { diagnostics, parsed } = checked;
  throw new HostError('CONFIG_INVALID', whyInvalid(checked), {
    diagnostics,
    report: formatDiagnostics(diagnostics, parsed.source, { format: 'human', colour: false }),
  });
}

/** The first error with its place, and how many there are. */
function whyInvalid({ diagnostics, parsed }: CheckedConfig): string {
  const [first, ...others] = diagnostics.filter(({ severity }) => severity === 'error');
  const { file, line, column } = parsed.source.locate(first?.span.start ?? 0);
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more error${others.length === 1 ? '' : 's'})`;
  return `${file}:${line}:${column}: ${first?.message}${more}`;
}

class ConfiguredHost implements Host {
  readonly checked: CheckedConfig;
  state: HostState = 'stopped';
  readonly #options: HostOptions;
  #boot: Boot | undefined;
  /** One start; aborted when it failed or a stop was asked for. */
  #attempt: AbortController | undefined;
  #started: Promise<void> = Promise.resolve();
  #stopped: Promise<void> = Promise.resolve();
  /** Starts and stops come one after the other, in the order in which they were asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(checked: CheckedConfig, options: HostOptions) {
    this.checked = checked;
    this.#options = options;
  }

  get listeners(): readonly ListenSocket[] {
    return this.state === 'running' ? (this.#boot?.listenSockets ?? []) : [];
  }

  get connections(): readonly Connection[] {
    return [...(this.#boot?.connections.all() ?? [])];
  }

  get statistics(): Host['statistics'] {
    return {
      get: (name) => this.#boot?.statistics.get(name),
      entries: () => this.#boot?.statistics.entries() ?? [],
    };
  }

  get waitingRuns(): number {
    return this.#boot?.receiver?.waiting ?? 0;
  }

  get pendingTimers(): number {
    return this.#boot?.timers.pending ?? 0;
  }

  start(): Promise<void> {
    if (this.#attempt) return this.#started;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#started = this.#queue.then(() => this.#run(attempt));
    this.#queue = this.#started.catch(() => undefined);
    return this.#started;
  }

  stop(): Promise<void> {
    if (!this.#attempt) return this.#stopped;
    this.#attempt.abort(new HostError('HOST_STOPPED', 'stopped while it started'));
    this.#attempt = undefined;
    this.#stopped = this.#queue.then(() => this.#end());
    this.#queue = this.#stopped;
    return this.#stopped;
  }

  async reload(): Promise<void> {
    const boot = this.#boot;
    if (this.state !== 'running' || !boot) {
      throw new HostError('HOST_NOT_RUNNING', 'files can be read anew while the host runs');
    }
    for (const call of boot.reloads) await call();
  }

  api<T>(module: string): T | undefined {
    if (this.state !== 'running') return undefined;
    // Whoever asks names the type, as with `bind` inside the host.
    return this.#boot?.running.get(module)?.behaviour.api as T | undefined;
  }

  inject(message: string, source: InjectSource = {}): readonly string[] {
    const { receiver, listenSockets = [] } = this.#boot ?? {};
    const socket = source.socket ?? listenSockets[0];
    if (this.state !== 'running' || !receiver || !socket) {
      throw new HostError('HOST_NOT_RUNNING', 'messages can be injected while the host runs');
    }
    const sent: string[] = [];
    receiver.receive(message, injectedSource(socket, source, sent));
    return sent;
  }

  async #run(attempt: AbortController): Promise<void> {
    this.state = 'starting';
    const log = this.#options.log ?? (await openLog(this.checked));
    const boot = new Boot(this.#bootSettings(log, attempt.signal));
    this.#boot = boot;
    try {
      await runSteps(bootSteps, boot, this.#observer(boot, attempt.signal));
      this.state = 'running';
    } catch (error) {
      if (this.#attempt === attempt) this.#attempt = undefined;
      await this.#closeLog(log);
      this.state = 'stopped';
      throw error;
    }
  }

  async #end(): Promise<void> {
    const boot = this.#boot;
    if (!boot || this.state !== 'running') return;
    this.state = 'stopping';
    await undoSteps(bootSteps, boot, this.#observer(boot));
    await this.#closeLog(boot.settings.log);
    this.state = 'stopped';
  }

  #bootSettings(log: Log, signal: AbortSignal): BootSettings {
    const { argv = new Map(), onListening, phaseTimeout = 60_000, destroyTimeout = 10_000 } = this.#options;
    const maxWaitingRuns = this.#options.maxWaitingRuns ?? this.checked.globals.number('max_waiting_runs');
    return {
      checked: this.checked,
      log,
      network: this.#options.network ?? systemNetwork,
      maxWaitingRuns,
      argv,
      phaseTimeout,
      destroyTimeout,
      clock: this.#options.clock ?? systemClock,
      signal,
      onListening: () => onListening?.(this.#boot?.listenSockets ?? []),
    };
  }

  #observer(boot: Boot, signal?: AbortSignal): StepObserver {
    return {
      before: (step) => {
        signal?.throwIfAborted();
        if (boot.log.debugOn) boot.log.debug('main', `start: ${step}`);
      },
      undoFailed: (step, reason) => boot.log.error('main', `taking back "${step}" failed: ${reason}`),
    };
  }

  /** A log of our own ends with the host; one that we were given only gets its lines out. */
  #closeLog(log: Log): Promise<void> {
    return this.#options.log ? log.flush() : log.close();
  }
}

async function openLog(checked: CheckedConfig): Promise<Log> {
  const log = createLog({ settings: logSettingsFromGlobals(checked.globals) });
  await log.open();
  return log;
}

function injectedSource(socket: ListenSocket, source: InjectSource, sent: string[]): MessageSource {
  return {
    protocol: socket.protocol,
    socket,
    remoteAddress: source.remoteAddress ?? '127.0.0.1',
    remotePort: source.remotePort ?? 5060,
    connectionId: 0,
    send(message) {
      sent.push(message);
      source.onSend?.(message);
      return true;
    },
  };
}
