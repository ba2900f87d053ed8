import type { Diagnostic } from '../../grammar/index.ts';
import type {
  CacheEngine,
  Command,
  CommandSignature,
  HostGlobals,
  ListenSocket,
  Logger,
  MessageSource,
  ScriptValue,
  SipMessage,
  Timers,
  VariableContext,
} from '../module-exports.ts';
import type { TransformationEntry, VariableEntry } from '../variables/entries.ts';
import type { LogLevels } from '../variables/log-variables.ts';
import type { ScriptMarks } from '../variables/marks.ts';
import type { Blacklists } from './blacklists.ts';
import type { HostEvents } from './events.ts';
import type { Forwarding } from './forwarding.ts';

export type { TransformationEntry, VariableEntry };

/** A function as a module exports it. */
export interface CommandEntry {
  readonly module: string;
  readonly signature: CommandSignature;
  readonly command: Command;
}

/** Where `xlog` and `log` write: levels are OpenSIPS's, -3 (alert) to 4 (debug). */
export interface ScriptLog {
  /** Asked before the text is put together. */
  isOn(level: number): boolean;
  write(level: number, text: string): void;
  /** The same, held back by the level of the log instead of xlog's own: `log()`. */
  bare?(level: number, text: string): void;
}

/** A name that means this host. */
export interface HostAlias {
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** What stands in front of it with a dot means this host too. */
  readonly acceptSubdomain?: boolean;
}

/** What the script needs of its host. The core's own functions, variables and transformations are not in it. */
export interface ScriptEnvironment {
  /** By name; the same name may come from several modules, the first whose arguments fit is taken. */
  readonly commands: ReadonlyMap<string, readonly CommandEntry[]>;
  readonly asyncCommands: ReadonlyMap<string, readonly CommandEntry[]>;
  readonly variables: ReadonlyMap<string, VariableEntry>;
  /** By `class.operation`. */
  readonly transformations: ReadonlyMap<string, TransformationEntry>;
  readonly log: Logger;
  readonly xlog: ScriptLog;
  readonly globals: HostGlobals;
  /** The flags of the script, where modules know them too. */
  readonly marks?: ScriptMarks;
  readonly timers: Timers;
  /** Who subscribed to what; without it nobody hears an event. */
  readonly events?: HostEvents;
  /** What `$var` of these names is until the script sets it. */
  readonly firstValues?: ReadonlyMap<string, ScriptValue>;
  /** What modules keep values in, by their names in scripts: `local`. */
  readonly caches?: ReadonlyMap<string, CacheEngine>;
  /** By the name in `$(<name>…)`: the run in which the variable is read. */
  readonly contexts?: ReadonlyMap<string, VariableContext>;
  /** The levels of the log that the script may change. */
  readonly logLevels?: LogLevels;
  /** Every statement may be traced. Default: where script_trace() stands in the config. */
  readonly traceAll?: boolean;
  /** False where no script_trace() can stand in the config, so that nobody has to look. */
  readonly mayTrace?: boolean;
  /** The host takes messages; the startup_route runs before. Default always. */
  readonly isRunning?: () => boolean;
  /** Asked at each use: sockets open after the script is compiled. */
  readonly sockets: () => readonly ListenSocket[];
  /** Names that mean this host beside those of its sockets: `alias` lines, names of sockets left out as doubles. */
  readonly aliases?: readonly HostAlias[];
  /** More of them, which modules know. */
  readonly isOwnName?: (host: string) => boolean;
  /** The addresses of a name, IPv4 first, empty where there are none; `{ip.resolve}` asks it. Without it no name has an address. */
  readonly lookup?: (host: string) => Promise<readonly { readonly address: string }[]>;
  /** Where messages go on; without it forward() and send() answer -1. */
  readonly forwarding?: Forwarding;
  /** The lists of `dst_blacklist` lines; without them none is known. */
  readonly blacklists?: Blacklists;
  /** What force_tcp_alias() does; without it the function answers -1. */
  readonly connectionAliases?: {
    add(message: SipMessage, source: MessageSource, port?: number): boolean;
  };
  /** `-o name=value` of the command line: `$argv(name)`. */
  readonly argv?: ReadonlyMap<string, string>;
  /** Where an offset of the config stands; without it lines are told as 0. */
  readonly locate?: (offset: number) => { readonly file: string; readonly line: number };
  /** Seconds since the epoch when the host started: `$TS`. */
  readonly startTime?: number;
}

/** Something the checks did not find and that cannot run; the closure at its place fails when it is reached. */
export type ScriptProblem = Diagnostic;
