import type { Logger } from '../module-exports.ts';
import type { Channel, Winston } from './channel.ts';
import { ALERT, CRITICAL, DEBUG, ERROR, INFO, NOTICE, WARNING } from './levels.ts';
import type { LogLine } from './log-line.ts';
import { createOutputs, type OutputPlace } from './outputs.ts';
import { defaultLogSettings, type LogSettings } from './settings.ts';
import { createDescriptorSink } from './sinks/descriptor-sink.ts';
import type { Sink } from './sinks/sink.ts';

export interface LogOptions {
  /** Default: as OpenSIPS before it has read a config (standard error, NOTICE). */
  readonly settings?: LogSettings;
  /** Where standard error's lines go instead: for programs that keep the log of their hosts. */
  readonly stderr?: Sink;
  /** Default: JOURNAL_STREAM of the environment. */
  readonly journalStream?: string;
  /** The program that takes lines to the local syslog. Default `logger`. */
  readonly loggerProgram?: string;
}

/** The log of one host. */
export interface Log {
  readonly settings: LogSettings;
  /** Lines `LEVEL:module:caller: message`; a newline is put behind messages that have none. */
  for(module: string): Logger;
  /** Whether xlog of this level shows: ask before the text is built. */
  xlogOn(level: number): boolean;
  /** A line of the script: no module, no newline of its own (OpenSIPS's xlog). */
  xlog(level: number, text: string): void;
  /** As `xlog`, but up to the level of the log (dprint.h `LM_GEN1`): the `log` statement. */
  bare(level: number, text: string): void;
  /** Over the levels of the settings; undefined takes those again (`$log_level`, `$xlog_level`). */
  readonly levels: { level: number | undefined; xlogLevel: number | undefined };
  /** Tells each line that is written, until the function that it answers is called. */
  listen(listener: (line: LogLine) => void): () => void;
  /** Takes other settings; lines so far go the old way. */
  configure(settings: LogSettings): void;
  /** Brings winston in. Before, and in commands that never need it, lines go straight to the outputs. */
  open(): Promise<void>;
  flush(): Promise<void>;
  /** For the last moment of a process. */
  flushSync(): void;
  /** Flushes and ends what the outputs hold; later lines go to standard error. */
  close(): Promise<void>;
}

/** Makes a log. It flushes by itself when the process exits. */
export function createLog(options: LogOptions = {}): Log {
  return new HostLog(options);
}

/** Node warns of a leak at more than ten listeners; the logs beyond write each line at once. */
const MAX_EXIT_LISTENERS = 8;

class HostLog implements Log {
  settings: LogSettings;
  readonly levels: Log['levels'];
  #level: number | undefined;
  #xlogLevel: number | undefined;
  readonly #place: OutputPlace;
  readonly #loggers = new Map<string, ModuleLogger>();
  readonly #onExit = (): void => this.flushSync();
  #channels: Channel[];
  #closing: Promise<unknown> = Promise.resolve();
  #winston: Winston | undefined;
  readonly #listeners = new Set<(line: LogLine) => void>();

  constructor(options: LogOptions) {
    const trouble = (message: string): void => this.#emit(WARNING, 'core', 'syslog', `${message}\n`);
    const flushesAtExit = process.listenerCount('exit') < MAX_EXIT_LISTENERS;
    this.settings = options.settings ?? defaultLogSettings;
    this.levels = this.#levelAccess();
    this.#place = {
      stderr:
        options.stderr ?? createDescriptorSink(flushesAtExit ? { trouble } : { trouble, batchBytes: 0 }),
      pid: process.pid,
      journalStream: options.journalStream ?? process.env.JOURNAL_STREAM,
      loggerProgram: options.loggerProgram ?? 'logger',
      trouble,
    };
    this.#channels = createOutputs(this.settings, this.#place);
    if (flushesAtExit) process.on('exit', this.#onExit);
  }

  for(module: string): Logger {
    const known = this.#loggers.get(module);
    if (known !== undefined) return known;
    const logger = new ModuleLogger((level, caller, message, facility) =>
      this.#emit(level, caller === undefined ? undefined : module, caller, message, facility),
    );
    logger.level = this.#currentLevel;
    this.#loggers.set(module, logger);
    return logger;
  }

  xlogOn(level: number): boolean {
    return level <= (this.#xlogLevel ?? this.settings.xlogLevel);
  }

  xlog(level: number, text: string): void {
    if (this.xlogOn(level)) this.#emit(level, undefined, undefined, text);
  }

  bare(level: number, text: string): void {
    if (level <= this.#currentLevel) this.#emit(level, undefined, undefined, text);
  }

  listen(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  configure(settings: LogSettings): void {
    const old = this.#channels;
    this.settings = settings;
    this.#channels = createOutputs(settings, this.#place);
    if (this.#winston !== undefined) for (const channel of this.#channels) channel.open(this.#winston);
    for (const logger of this.#loggers.values()) logger.level = this.#currentLevel;
    this.#closing = Promise.all([this.#closing, ...old.map((channel) => channel.close())]);
  }

  async open(): Promise<void> {
    if (this.#winston !== undefined) return;
    const { default: winston } = await import('winston');
    this.#winston = winston;
    for (const channel of this.#channels) channel.open(winston);
  }

  async flush(): Promise<void> {
    await this.#closing;
    await Promise.all(this.#channels.map((channel) => channel.flush()));
    await this.#place.stderr.flush();
  }

  flushSync(): void {
    for (const channel of this.#channels) channel.flushSync();
    this.#place.stderr.flushSync();
  }

  async close(): Promise<void> {
    await this.#closing;
    await Promise.all(this.#channels.map((channel) => channel.close()));
    await this.#place.stderr.flush();
    this.#channels = createOutputs({ ...this.settings, stderr: true, syslog: false }, this.#place);
    process.off('exit', this.#onExit);
  }

  get #currentLevel(): number {
    return this.#level ?? this.settings.level;
  }

  #levelAccess(): Log['levels'] {
    const setLevel = (level: number | undefined) => {
      this.#level = level;
      for (const logger of this.#loggers.values()) logger.level = this.#currentLevel;
    };
    const setXlogLevel = (level: number | undefined) => {
      this.#xlogLevel = level;
    };
    const current = {
      level: () => this.#currentLevel,
      xlogLevel: () => this.#xlogLevel ?? this.settings.xlogLevel,
    };
    return {
      get level() {
        return current.level();
      },
      set level(level) {
        setLevel(level);
      },
      get xlogLevel() {
        return current.xlogLevel();
      },
      set xlogLevel(level) {
        setXlogLevel(level);
      },
    };
  }

  #emit(
    level: number,
    module: string | undefined,
    caller: string | undefined,
    message: string,
    facility?: string,
  ): void {
    const line: LogLine = { level, module, caller, message, time: Date.now(), ...(facility && { facility }) };
    for (const channel of this.#channels) channel.write(line);
    for (const listener of this.#listeners) listener(line);
  }
}

type Emit = (level: number, caller: string | undefined, message: string, facility?: string) => void;

/** Lines below the level cost a comparison. */
class ModuleLogger implements Logger {
  debugOn = false;
  infoOn = false;
  #level = NOTICE;
  readonly #emit: Emit;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  set level(level: number) {
    this.#level = level;
    this.debugOn = level >= DEBUG;
    this.infoOn = level >= INFO;
  }

  alert(caller: string, message: string): void {
    if (this.#level >= ALERT) this.#emit(ALERT, caller, withNewline(message));
  }

  critical(caller: string, message: string): void {
    if (this.#level >= CRITICAL) this.#emit(CRITICAL, caller, withNewline(message));
  }

  error(caller: string, message: string): void {
    if (this.#level >= ERROR) this.#emit(ERROR, caller, withNewline(message));
  }

  warning(caller: string, message: string): void {
    if (this.#level >= WARNING) this.#emit(WARNING, caller, withNewline(message));
  }

  notice(caller: string, message: string): void {
    if (this.#level >= NOTICE) this.#emit(NOTICE, caller, withNewline(message));
  }

  info(caller: string, message: string): void {
    if (this.infoOn) this.#emit(INFO, caller, withNewline(message));
  }

  debug(caller: string, message: string): void {
    if (this.debugOn) this.#emit(DEBUG, caller, withNewline(message));
  }

  plain(level: number, message: string, facility?: string): void {
    if (this.#level >= level) this.#emit(level, undefined, withNewline(message), facility);
  }
}

function withNewline(message: string): string {
  return message.endsWith('\n') ? message : `${message}\n`;
}
