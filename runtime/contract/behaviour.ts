/** What a module hands back. Types only. */

import type { Database } from '../database.ts';
import type { CheckSurroundings, ModuleFinding } from './check.ts';
import type { ModuleHost } from './host.ts';
import type { ProtocolBehaviour } from './network.ts';
import type { Command, TransformationFunction, VariableBehaviour, VariableContext } from './script.ts';
import type { ScriptValue } from './values.ts';

export type ModuleFactory = (host: ModuleHost) => ModuleBehaviour;

export interface ModuleBehaviour {
  readonly commands?: Readonly<Record<string, Command>>;
  readonly asyncCommands?: Readonly<Record<string, Command>>;
  readonly variables?: Readonly<Record<string, VariableBehaviour>>;
  readonly transformations?: Readonly<Record<string, TransformationFunction>>;
  readonly protocols?: Readonly<Record<string, ProtocolBehaviour>>;
  readonly mi?: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => unknown>>;
  /** Of a module of kind `cachedb`: by its name in scripts, what the core's cache functions use; see CacheEngine. */
  readonly caches?: Readonly<Record<string, CacheEngine>>;
  /** Of a module of kind `sqldb`: what opens a database, by the scheme of its URL. Errors: it throws why it cannot. */
  readonly databases?: Readonly<Record<string, (url: string) => Database>>;
  /** Tells what would keep it from opening the database of a URL of one of its schemes, without opening it. */
  databaseFindings?(url: string): readonly ModuleFinding[];
  /** What `$var` of these names is in each run until the script sets it. Default: NULL. */
  readonly firstValues?: ReadonlyMap<string, ScriptValue>;
  /** By the name in `$(<name>…)`: the run in which that variable is read; undefined where there is none, it is NULL then. */
  readonly contexts?: Readonly<Record<string, VariableContext>>;
  /** By the words of the command line that call them: `tls explain`. */
  readonly tools?: Readonly<Record<string, Tool>>;
  readonly api?: unknown;
  /**
   * Looks at what the parameters name (files, addresses) and tells what would keep it from working. Called by every
   * check of a config and so before every start, on a behaviour that is thrown away afterwards; it starts nothing.
   */
  check?(around: CheckSurroundings): readonly ModuleFinding[] | Promise<readonly ModuleFinding[]>;
  preInit?(): void | Promise<void>;
  init?(): void | Promise<void>;
  /** After the sockets are open, before the first message. */
  childInit?(): void | Promise<void>;
  /** Also called when a later phase of the start fails. */
  destroy?(): void | Promise<void>;
}

/** The cache of a group, '' for the one without a name (`cache_store("local:group", …)`); undefined where there is none. */
export type CacheEngine = (group: string) => Cache | undefined;

/** Values under keys. Texts have one character a byte; seconds of 0 mean for ever. A promise suspends the run. */
export interface Cache {
  /** False where it could not be kept. */
  store(key: string, value: string, seconds: number): boolean | Promise<boolean>;
  /** True also where there was none. */
  remove(key: string): boolean | Promise<boolean>;
  fetch(key: string): string | undefined | Promise<string | undefined>;
  /** The new number; one that is not there begins as 0 and has that time. Undefined where the value is none. */
  add(key: string, by: number, seconds: number): number | undefined | Promise<number | undefined>;
  /** A question in the language of what is behind the cache: its rows, undefined where it failed. */
  query?(text: string): ScriptRows | Promise<ScriptRows>;
}

type ScriptRows = readonly (readonly ScriptValue[])[] | undefined;

/** A word of the command line that a module brings: it is asked of a config whose modules are made and not started. */
export type Tool = (words: readonly string[], around: CheckSurroundings) => ToolAnswer | Promise<ToolAnswer>;

export interface ToolAnswer {
  /** Lines for standard output, each with its line end. */
  readonly text: string;
  /** The exit status is 0; else 255. */
  readonly ok: boolean;
}
