/** What a module is handed. Types only. */

import type { Database } from '../database.ts';
import type { ModuleFinding } from './check.ts';
import type { SipMessage } from './message.ts';
import type { Connection, ConnectionTable, ListenSocket, MessageSource } from './network.ts';
import type { PatternFlags, RegularExpression, Substitution } from './patterns.ts';
import type { RoutingTools, Sending } from './routing.ts';
import type { ScriptRun } from './run.ts';
import type { FlagTools, PreparedArgument, ScriptRoutes } from './script.ts';
import type { Events, HostGlobals, Logger, Statistics, Timers } from './services.ts';
import type { SipTools } from './sip-tools.ts';
import type { StreamTools } from './streams.ts';

export interface ModuleHost {
  /** The typed, defaulted parameters of this module; a list parameter is an array. */
  readonly params: Readonly<Record<string, number | string | readonly (number | string)[] | undefined>>;
  /** The OpenSIPS version that the config is written for, given or guessed: `3.6`. */
  readonly version: string;
  readonly log: Logger;
  readonly sip: SipTools;
  readonly routing: RoutingTools;
  readonly sending: Sending;
  readonly script: ScriptRoutes;
  /**
   * A POSIX extended regular expression as OpenSIPS compiles those of functions (any case, `.` and `^` by line).
   * Errors: throws where regcomp refuses the text.
   */
  pattern(text: string): (tested: string) => boolean;
  /** A POSIX extended regular expression that also tells where it matches. Errors: as for `pattern`. */
  regularExpression(text: string, flags?: PatternFlags): RegularExpression;
  /**
   * `/match/replacement/flags` (`i` any case, `s` not by line, `g` everywhere) with `\0` to `\9`, `\u` and variables in
   * its replacement; it is part of that argument. Errors: throws for a form that is none, and as `pattern`.
   */
  substitution(expression: string, argument: PreparedArgument): Substitution;
  /** A shell pattern (fnmatch: `*`, `?`, `[abc]`), any case unless told otherwise; every text is one. */
  globPattern(text: string, options?: { readonly ignoreCase: boolean }): (tested: string) => boolean;
  readonly timers: Timers;
  /** Global parameters that modules need. */
  readonly globals: HostGlobals;
  readonly statistics: Statistics;
  readonly events: Events;
  readonly sockets: readonly ListenSocket[];
  readonly connections: ConnectionTable;
  readonly flags: FlagTools;
  readonly streams: StreamTools;
  /** What another module offers (its `api`); it must be among the dependencies. Errors: MODULE_API_MISSING. */
  bind<T>(module: string): T;
  /** The same of a module that need not be there: undefined where it is not loaded. Errors: as `bind` for one that is. */
  bindIfLoaded<T>(module: string): T | undefined;
  /**
   * The database of a URL (`sqlite:/path`), opened by the loaded module of kind `sqldb` with that scheme. To be called
   * in `init` or later. Errors: DATABASE_MODULE_MISSING; those of the module that opens it.
   */
  database(url: string): Database;
  /**
   * For `check`: what would keep that database from being opened, as findings at that parameter. Nothing is opened.
   */
  databaseFindings(url: string, param?: string): readonly ModuleFinding[];
  /** The path of a file that the config names: a relative one is looked for beside the config first. */
  resolvePath(path: string): string;
  /** Is called when somebody asks the process to read its files anew (SIGHUP, `host.reload()`). */
  onReload(call: () => void | Promise<void>): void;
  /** Looks at each request before the script; true means that it is dealt with (sl takes its ACKs so). */
  onRequest(look: (message: SipMessage, source: MessageSource) => boolean): void;
  /**
   * Is called when the run that a request began has ended, also where something in it failed (`run.failed`); true where it
   * has answered for such a run, which would be answered 500 otherwise.
   */
  onRequestDone(call: (run: ScriptRun) => boolean | void): void;
  /**
   * Is handed the run of each reply behind the main onreply_route, before it would pass on without a transaction; true
   * takes it.
   */
  onReply(take: (run: ScriptRun) => boolean | Promise<boolean>): void;
  /** Is told each connection that has gone; `opened`: by this host, so that it can be opened again. */
  onConnectionGone(call: (connection: Connection, opened: boolean) => void): void;
  /** Is told the run of a request when it waits for the first time, before other messages are worked on. */
  onRequestWaits(call: (run: ScriptRun) => void): void;
}
