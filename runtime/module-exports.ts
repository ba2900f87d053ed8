/**
 * The contract between the host and what plugs into it: types only. A module's folder exports `manifest`, a
 * plain object that is readable without a host, and, as its default, a function of the host that returns the
 * behaviour behind the manifest's names. Importing a module has no side effect.
 */

import type { RouteLetter } from '../grammar/index.ts';
import type { Database } from './database.ts';

export type {
  ArgumentKind,
  CommandSignature,
  Dependency,
  EventFacts,
  Manifest,
  MiFacts,
  ParamDependency,
  ParamSchema,
  ProtocolFacts,
  RouteLetter,
  StatisticFacts,
  ToolFacts,
  TransformationFacts,
  VariableFacts,
  VersionRange,
} from '../grammar/index.ts';
export type {
  Database,
  DatabaseFailure,
  MaybePromise,
  SqlCondition,
  SqlRow,
  SqlTable,
  SqlValue,
} from './database.ts';

/** What a variable or an argument holds: an integer, a text of one character a byte, or NULL. */
export type ScriptValue = number | string | null;

// ---------------------------------------------------------------------------------------------------------
// The behaviour: what the default export returns.

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

export type VariableContext = (run: ScriptRun) => ScriptRun | undefined;

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

/** A parameter of an event; without a name it is found by its number alone. */
export interface EventParam {
  readonly name: string | undefined;
  readonly value: ScriptValue;
}

/** Things that happen, told to whoever subscribed: event_routes. */
export interface Events {
  /** Whether anybody hears it; ask before parameters are put together. */
  isHeard(event: string): boolean;
  /** Its event_routes run later, each with a run of its own. */
  raise(event: string, params?: readonly EventParam[]): void;
}

/** One thing that is wrong with what a parameter names. */
export interface ModuleFinding {
  /** Stable, in words joined by hyphens; it is told behind the module's name: `tls_mgm/certificate-expired`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  /** What is wrong. */
  readonly message: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly help: string;
  /** The parameter that it is about, and which of its values, counted from 0. Default: the `loadmodule` line. */
  readonly param?: string;
  readonly at?: number;
  /** The module whose line that is. Default: the one that tells it. */
  readonly module?: string;
}

/** What a check is told of the host that would run. */
export interface CheckSurroundings {
  /** The sockets of the config, with the ports that they ask for. */
  readonly sockets: readonly ListenSocket[];
  /** The user that the process becomes when its sockets are open (`-u`, `-g`); undefined: it stays who it is. */
  readonly becomes?: { readonly uid?: number | undefined; readonly gid?: number | undefined } | undefined;
}

/** A word of the command line that a module brings: it is asked of a config whose modules are made and not started. */
export type Tool = (words: readonly string[], around: CheckSurroundings) => ToolAnswer | Promise<ToolAnswer>;

export interface ToolAnswer {
  /** Lines for standard output, each with its line end. */
  readonly text: string;
  /** The exit status is 0; else 255. */
  readonly ok: boolean;
}

/**
 * What a function answers: a number as in C (negative false, positive true, 0 ends the script), a boolean
 * (1 / -1), or nothing (1). A promise suspends the run, which resumes in place with its value.
 */
export type CommandResult = number | boolean | undefined | void;
export type CommandFunction = (
  run: ScriptRun,
  ...args: ScriptValue[]
) => CommandResult | Promise<CommandResult>;

/** A function called with its arguments' values at each run … */
export type Command =
  | CommandFunction
  | {
      /** … or prepared once for each place of the script (C: fixup) and called with the run alone. */
      prepare(args: readonly PreparedArgument[]): (run: ScriptRun) => CommandResult | Promise<CommandResult>;
    };

export interface PreparedArgument {
  /** The value, where it is the same in every run; undefined where it depends on variables. */
  readonly constant: ScriptValue | undefined;
  /** The argument was written (optional ones may be left out). */
  readonly given: boolean;
  evaluate(run: ScriptRun): ScriptValue;
  /** Only for arguments of kind `v`. */
  assign(run: ScriptRun, value: ScriptValue): void;
  /** Only for arguments of kind `v`: the variable as it is written. */
  readonly variable: VariableReference | undefined;
  /** A text with variables that stands inside this argument: `b$var(x)` of `/a/b$var(x)/`. NULL shows as `<null>`. */
  text(part: string): (run: ScriptRun) => string;
  /** The variable that is a text inside this argument, or all of it; undefined where it is anything else. */
  variableIn(part: string): VariableReference | undefined;
}

/** A variable at one place of the script. */
export interface VariableReference {
  /** `avp` of `$(avp(x)[0])`. */
  readonly name: string;
  /** What stands in its round brackets: `x`. */
  inner(run: ScriptRun): string;
  /** The number in its square brackets; undefined without one, and for `[*]`. */
  index(run: ScriptRun): number | undefined;
  /** `[*]`. */
  readonly all: boolean;
  get(run: ScriptRun): ScriptValue;
  getAll(run: ScriptRun): readonly ScriptValue[];
  /** False where it cannot be set, which the log tells. */
  set(run: ScriptRun, value: ScriptValue): boolean;
}

export interface VariableBehaviour {
  /** `inner` is the text in round brackets, '' without; `index` is undefined without one. */
  get(run: ScriptRun, inner: string, index?: number): ScriptValue;
  /** Why there is no variable with that text in round brackets, which the start then fails with; undefined: there is. */
  refuse?(inner: string): string | undefined;
  /** All values, for `[*]` and `for each`. */
  getAll?(run: ScriptRun, inner: string): readonly ScriptValue[];
  /**
   * `:=` on a variable with several values replaces all of them: `replaceAll`. NULL removes. `[append]` and
   * `[insertAfter]` come as an infinite index, `[insert]` as a negative infinite one. Throws an Error where it cannot take the value: the log tells it, the assignment answers -1.
   */
  set?(run: ScriptRun, inner: string, value: ScriptValue, index?: number, replaceAll?: boolean): void;
  /**
   * What stands in the place of the value of a variable inside the round brackets, where some characters there have a
   * meaning of their own: `$json(a/$var(key))`. Default: the value.
   */
  quote?(value: string): string;
}

export type TransformationFunction = (value: ScriptValue, args: readonly ScriptValue[]) => ScriptValue;

// ---------------------------------------------------------------------------------------------------------
// What a module is handed.

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

/**
 * The named flags of the script, as masks. Bits are given to names as they are met, so ask when a message is at hand,
 * when the script has got its own.
 */
export interface FlagTools {
  /** Of a flag of messages; 0 where no bit is left for it. */
  message(name: string): number;
  /** Of a flag of branches; 0 where no bit is left for it. */
  branch(name: string): number;
  /** The names of the flags of branches that are set, with blanks between them. */
  branchNames(bits: number): string;
  /** The flags of branches of such a text; names that the script does not have are left out. */
  branchBits(names: string): number;
}

/** The routes of the config. */
export interface ScriptRoutes {
  /** Whether there is such a route; without a name the main one of its kind. */
  has(letter: RouteLetter, name?: string): boolean;
  /** A run of a message; it has the AVPs, variables and the room for modules of `shares`, its own where none is given. */
  createRun(
    message: SipMessage,
    source: MessageSource,
    letter: RouteLetter,
    shares?: Partial<Pick<ScriptRun, 'avps' | 'vars' | 'storage'>>,
  ): ScriptRun;
  /** A run that the host begins itself: its message is a made-up request that goes nowhere. */
  createOwnRun(letter: RouteLetter): ScriptRun;
  /**
   * Runs a route while the host runs. A promise only where something in it waited; what fails inside is in the log, and
   * `run.failed` is set.
   */
  run(letter: RouteLetter, name: string | undefined, run: ScriptRun): number | Promise<number>;
  /**
   * The variable that the text of a parameter is, all of it (`$hdr(User-Agent)`); undefined where it is none, or one that
   * nothing here has. To be asked in `check`, and in `childInit` or later, when the routes are compiled.
   */
  variable(text: string): VariableReference | undefined;
}

/** The way out for messages that a module sends. It is there when the routes are compiled, not before. */
export interface Sending {
  /**
   * Where a sip: or sips: URI leads (RFC 3263): at once where its host is an address, else by a search. Undefined for
   * what is no such URI, which the log tells. The protocol of a socket that the message has to go out by counts more than
   * the URI's.
   */
  destinations(uri: string, by?: ListenSocket): Destination | DestinationSearch | undefined;
  /**
   * Sends one message; `print` is told the socket that it goes out by. False where it could not be sent, the log has the
   * reason; a promise where a connection is opened first.
   */
  send(
    destination: Destination,
    print: (socket: ListenSocket) => string,
    options?: SendingOptions,
  ): boolean | Promise<boolean>;
  /** Whether there is a socket of that protocol and address family. */
  hasSocketFor(destination: Destination): boolean;
  /** Whether a blacklist that counts for the message forbids that destination; `send` asks it too. */
  isBlocked(destination: Destination, message: SipMessage, print: (socket: ListenSocket) => string): boolean;
  /**
   * Sends a reply to a request: on the way it came by, and where that connection is gone to where its sender listens
   * (RFC 3261 §18.2.2), which browsers do not. False and promise as for `send`.
   */
  reply(request: SipMessage, source: MessageSource, text: string): boolean | Promise<boolean>;
}

export interface SendingOptions {
  /** The message that it is: its blacklists hold, `sendSocket` is its socket, and a destination that fails is remembered. */
  readonly message?: SipMessage;
  /** The socket that it goes out by; `sendSocket` of the message where there is one. */
  readonly socket?: ListenSocket | undefined;
  /** Where the message came from. */
  readonly source?: MessageSource | undefined;
  readonly avps?: ScriptRun['avps'] | undefined;
  /** No connection is opened. Default no. */
  readonly onlyOpen?: boolean;
}

/** Where one message can be sent to, with the wishes of the URI that led there. */
export interface Destination extends UpgradeWish {
  /** Lower case. */
  readonly protocol: string;
  /** IPv6 without brackets. */
  readonly address: string;
  readonly port: number;
  /** The host as the URI writes it, before it was looked up. */
  readonly hostname?: string | undefined;
}

/** The destinations of a name in the order in which they are tried. Nothing is asked before it is needed. */
export interface DestinationSearch extends AsyncIterable<Destination> {
  /** Why it found nothing. */
  readonly reason: string;
}

export interface PatternFlags {
  /** REG_ICASE. Default no. */
  readonly ignoreCase?: boolean;
  /** REG_NEWLINE: `.` takes no line end, `^` and `$` also stand at line ends. Default no. */
  readonly byLine?: boolean;
}

/** Takes time linear in the text, whatever the pattern. */
export interface RegularExpression {
  test(text: string): boolean;
  /** The leftmost match at or behind `from` (default 0), and of those that begin there the longest. */
  find(text: string, from?: number): Match | undefined;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  /** The whole match, then what each pair of round brackets held last; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[];
}

export interface Substitution {
  /** What is put where, in order; undefined where the pattern matches an empty text, which is an error of the script. */
  replacements(text: string, run: ScriptRun): readonly Replacement[] | undefined;
  /** The text with them; undefined where there is none. */
  apply(text: string, run: ScriptRun): string | undefined;
}

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface HostGlobals {
  /** The whole `Server: …` line of replies, without its line end, as server_signature and server_header say. */
  readonly serverHeader: string | undefined;
  /** Any core global of the config by name, typed and defaulted. */
  get(name: string): number | string | undefined;
}

/** Lines in OpenSIPS's format; `caller` is the name that stands where C has the function's. */
export interface Logger {
  readonly debugOn: boolean;
  readonly infoOn: boolean;
  alert(caller: string, message: string): void;
  critical(caller: string, message: string): void;
  error(caller: string, message: string): void;
  warning(caller: string, message: string): void;
  notice(caller: string, message: string): void;
  info(caller: string, message: string): void;
  /** Guard with `debugOn` where the message costs anything to build. */
  debug(caller: string, message: string): void;
  /**
   * A line with neither module nor caller (C: LM_GEN2), of a level by its number, -3 (ALERT) to 4 (DBG), and in syslog
   * with that facility (`LOG_LOCAL0`) instead of the log's own.
   */
  plain(level: number, message: string, facility?: string): void;
}

export interface Timers {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  after(milliseconds: number, call: () => void): Timer;
  every(milliseconds: number, call: () => void): Timer;
  /** As `after`, up to 100 milliseconds later: thousands of them cost no more than one. */
  coarse(milliseconds: number, call: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export interface Statistics {
  /** A counter named in this module's manifest, or one of a family that it names: `handshakes_*`. */
  counter(name: string): Counter;
  gauge(name: string, read: () => number): void;
}

export interface Counter {
  value: number;
}

// ---------------------------------------------------------------------------------------------------------
// SIP.

export interface SipTools {
  /** A reply to a request by RFC 3261 §8.2.6: Via list, From, To (with `toTag` where it has none), Call-ID, CSeq. */
  buildReply(request: SipMessage, code: number, reason: string, options?: ReplyOptions): string;
  /** Sends a reply on the way its request came by. False where that way is gone. */
  sendReply(run: ScriptRun, code: number, reason: string, options?: ReplyOptions): boolean;
  /**
   * The Contact of a redirection, without its line end: the Request-URI where the script changed it, and all branches;
   * undefined where there is neither.
   */
  contactsOf(request: SipMessage): string | undefined;
  /**
   * Puts a branch behind the others, which knows no more than its URI and the socket that it goes out by. Errors: there
   * are as many as there may be; no URI, or one of more than 1023 bytes.
   */
  appendBranch(request: SipMessage, uri: string, sendSocket?: ListenSocket): void;
  /** Reads a message (one character a byte). Errors: SipParseError. */
  parse(text: string, source?: MessageSource): SipMessage;
  /** A message with the same received text and the same edits, flags and branches, which then go their own ways. */
  copy(message: SipMessage): SipMessage;
  /**
   * The request as it goes to one hop (RFC 3261 §16.6): with its edits, the Via of this host, `received` and `rport` in the
   * next one, and its Path as Route. `via`: the value of the header.
   */
  printRequest(request: SipMessage, via: string, way: MessageWay): string;
  /** The message with its edits and no other change. */
  print(message: SipMessage): string;
  /** The reply as it goes back (RFC 3261 §16.7): with its edits, without its first Via. */
  printReply(reply: SipMessage, way: MessageWay): string;
  /** The branch of the Via of a request that goes on without a transaction (RFC 3261 §16.11). */
  statelessBranch(request: SipMessage): string;
  /** A tag for stateless replies: the same for the same request, different between hosts and requests. */
  statelessTag(request: SipMessage): string;
  readonly uris: UriTools;
  readonly digest: DigestTools;
}

/** Those of RFC 7616 and RFC 8760. */
export type DigestAlgorithm =
  | 'MD5'
  | 'MD5-sess'
  | 'SHA-256'
  | 'SHA-256-sess'
  | 'SHA-512-256'
  | 'SHA-512-256-sess';

/** HTTP Digest as SIP has it (RFC 3261 §22, RFC 7616, RFC 8760). Hashes are in lower-case hex. */
export interface DigestTools {
  /**
   * The fields of `Digest name=value, …`, names in lower case, the last of a name; quotes are taken off, escapes stay as
   * written. `other-scheme`: it is no Digest; `malformed`: a field without `=` or value, a quote that never closes.
   */
  read(value: string): ReadonlyMap<string, string> | 'other-scheme' | 'malformed';
  /** The same of a challenge, where what is no field is passed over and the first of a name counts; empty for another scheme. */
  readChallenge(value: string): ReadonlyMap<string, string>;
  /** Undefined for an algorithm that is not known; letter case does not count. */
  algorithm(name: string): DigestAlgorithm | undefined;
  /** Characters of a hash. */
  hashLength(algorithm: DigestAlgorithm): number;
  /** H(user:realm:password). */
  ha1(algorithm: DigestAlgorithm, user: string, realm: string, password: string): string;
  /** What a client that knows H(user:realm:password) answers; without `qop` as RFC 2069 had it. */
  response(algorithm: DigestAlgorithm, ha1: string, parts: DigestParts): string;
  /** Compares in a time that does not tell where they differ. */
  isSame(response: string, expected: string): boolean;
  /** The credentials that a module has chosen among those of a message. */
  found(run: ScriptRun, header: FoundCredentials['header']): FoundCredentials | undefined;
  keep(run: ScriptRun, found: FoundCredentials): void;
}

/** What a response covers beside H(A1). */
export interface DigestParts {
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** As written in the credentials. */
  readonly qop?: string | undefined;
  readonly nc?: string | undefined;
  readonly cnonce?: string | undefined;
  /** Where qop is auth-int. */
  readonly body?: string | undefined;
}

export interface FoundCredentials {
  readonly header: 'Authorization' | 'Proxy-Authorization';
  /** Its place among the headers of the message. */
  readonly index: number;
  readonly fields: ReadonlyMap<string, string>;
  /** Their user has proved to know the password. */
  accepted: boolean;
  /** They would do with a new nonce. */
  stale: boolean;
}

/** Questions about the text of a URI, and changes to it. Names and values of parameters are compared as written. */
export interface UriTools {
  /** The value of the first parameter of that name, '' for one without a value; undefined where there is none. */
  param(uri: string, name: string): string | undefined;
  /** With `;param` behind the other parameters; undefined where it is no URI or would be longer than 1024 bytes. */
  addParam(uri: string, param: string): string | undefined;
  /** Without the first parameter of that name; undefined where there is none. */
  removeParam(uri: string, name: string): string | undefined;
  /** A tel: URI as a sip: one at the host of another URI (RFC 3261 §19.1.6); undefined where that has none. */
  telToSip(uri: string, hostOf: string): string | undefined;
  /** With another user, '' for none; undefined where it is no URI or would be longer than 1024 bytes. */
  withUser(uri: string, user: string): string | undefined;
  /** With another host, its port stays; undefined as for `withUser`. */
  withHost(uri: string, host: string): string | undefined;
  /** The user, or the number of a tel: URI, is + and 2 to 15 digits (E.164). */
  hasE164User(uri: string): boolean;
}

/** Which URIs mean this host, what it calls itself in messages, and the parts of route headers. */
export interface RoutingTools {
  /** Whether a host (IPv6 with or without brackets; and a port, where it is not 0) is a socket or alias of this host. */
  isMyself(host: string, port: number): boolean;
  /** Names of this host that a module knows, whatever the port (C: register_alias_fct); `isName` is asked for any other. */
  addNames(isName: (host: string) => boolean): void;
  /** The socket of that protocol that is bound to, called, or advertised as that host and port. */
  socket(protocol: string, host: string, port: number): ListenSocket | undefined;
  /**
   * What stands for a socket in Via and Record-Route: its own name, what the script said of the message that goes out
   * by it, what the config says, the address.
   */
  advertised(socket: ListenSocket, message?: SipMessage): AdvertisedAddress;
  /** The parts of a URI; undefined where it is malformed. */
  uri(text: string): UriParts | undefined;
  /** One address with or without display name; undefined where it is malformed. */
  nameAddress(text: string): NameAddress | undefined;
  /** The values of one header line, cut at commas outside quotes and brackets. */
  values(line: string): readonly string[];
}

export interface AdvertisedAddress {
  /** IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
  /** The port is not the socket's own: it was written behind `as`, or in advertised_port. */
  readonly portIsSet: boolean;
}

/** The parts of a URI as written, without its escapes resolved. */
export interface UriParts {
  /** In lower case. */
  readonly scheme: string;
  /** '' without one. */
  readonly user: string;
  /** IPv6 in brackets; '' in a tel: URI. */
  readonly host: string;
  /** 0 without one. */
  readonly port: number;
  /** By lower-case name, '' where there is no value. */
  readonly params: ReadonlyMap<string, string>;
  /** All parameters as they stand, without the first semicolon. */
  readonly paramsAsWritten: string;
}

export interface ReplyOptions {
  readonly toTag?: string;
  /** Whole header lines, each with its CRLF, as append_to_reply gathered them. */
  readonly headers?: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** A received message: an index over its text; values are read when asked for, edits are kept beside it. */
export interface SipMessage {
  /** As received, one character a byte. */
  readonly text: string;
  /** Where it came from; undefined for a message that came from nowhere. */
  readonly source: MessageSource | undefined;
  readonly isRequest: boolean;
  /** Of the request line; of CSeq where it is a reply; case kept. */
  readonly method: string;
  /** As received. Empty in a reply. */
  readonly originalUri: string;
  /** The Request-URI as the script has changed it. */
  requestUri: string;
  /** The next hop set by the script, where one is. */
  destinationUri: string | undefined;
  /** The socket that it shall go out by, where the script or a module chose one. */
  sendSocket: ListenSocket | undefined;
  /** The preference of the Request-URI among the branches, in thousandths; undefined where none was told. */
  q: number | undefined;
  /** The value of the Route header that a Path gave for the Request-URI (RFC 3327 §5.3). */
  path: string | undefined;
  /** Flags of the Request-URI's branch, as bits. */
  branchFlags: number;
  /** `$msg.branch.attr` of the Request-URI's branch. */
  readonly branchAttributes: Map<string, ScriptValue>;
  /** Where the request goes beside its Request-URI, in order; at most 11. */
  readonly branches: MessageBranch[];
  readonly statusCode: number;
  readonly reasonPhrase: string;
  readonly headerCount: number;
  /** The index of the first header with this name (any case, compact forms are the same) from `from` on, or -1. */
  findHeader(name: string, from?: number): number;
  headerName(index: number): string;
  /** Unfolded and trimmed. */
  headerValue(index: number): string;
  /** The first header's value, unfolded and trimmed. */
  header(name: string): string | undefined;
  /** The values of all headers with this name, commas split outside quotes and brackets. */
  headerValues(name: string): readonly string[];
  readonly body: string;
  /** The body as it goes on, with the edits made so far. */
  readonly bodyToSend: string;
  /** Another status line for a reply that goes on; `statusCode` is the new one then. */
  setStatus(code: number, reason: string): void;
  /** Where the headers and the body begin in `text`. */
  readonly headersStart: number;
  readonly bodyStart: number;
  readonly from: NameAddress | undefined;
  readonly to: NameAddress | undefined;
  /** The values of Contact, in order; undefined stands for what is no address. `*` is no contact. */
  readonly contacts: readonly (ContactValue | undefined)[];
  readonly topVia: Via | undefined;
  readonly callId: string;
  readonly cseq: { readonly number: number; readonly method: string } | undefined;
  /** Flags set by the script, as bits. */
  flags: number;
  /** Replies carry the source port as if the Via had asked for it (force_rport; RFC 3581). */
  forceRport: boolean;
  /** The Via of this host carries rport (add_local_rport; RFC 3581). */
  localRport: boolean;
  /** What Via and Record-Route of this message call this host, where a socket has no name of its own. */
  advertisedHost: string | undefined;
  advertisedPort: number | undefined;
  readonly edits: MessageEdits;
}

/** A place that a request is to go to beside its Request-URI (RFC 3261 §16.5). */
export interface MessageBranch {
  uri: string;
  destinationUri: string | undefined;
  path: string | undefined;
  /** In thousandths; undefined where none was told. */
  q: number | undefined;
  sendSocket: ListenSocket | undefined;
  /** Branch flags, as bits. */
  flags: number;
  readonly attributes: Map<string, ScriptValue>;
}

export interface NameAddress {
  /** Without its quotes and escapes. */
  readonly displayName: string;
  /** With them. */
  readonly displayNameAsWritten: string;
  readonly uri: string;
  /** Names in lower case; a parameter without a value has ''. */
  readonly params: ReadonlyMap<string, string>;
  readonly tag: string | undefined;
}

/** One value of Contact. */
export interface ContactValue {
  /** As it came. */
  readonly address: NameAddress;
  /** What functions that come later take as its URI: fix_nated_contact puts the sender's address into it. */
  uri: string;
  /** Its URI has been changed. */
  changed: boolean;
  /** Where its URI begins and ends in `text`, and where the comma behind it, or the end of the header, stands. */
  readonly uriStart: number;
  readonly uriEnd: number;
  readonly end: number;
}

export interface Via {
  /** The transport as written: `WS`. */
  readonly protocol: string;
  readonly host: string;
  /** 0 without one. */
  readonly port: number;
  readonly params: ReadonlyMap<string, string>;
  readonly branch: string | undefined;
}

/** Changes for the message when it goes on, and lines for replies to it; the received text never changes. */
export interface MessageEdits {
  /** Whole lines with CRLF, behind the last header (or a named one); they may be changed later. */
  append(lines: string, afterHeader?: string): AddedLines;
  /** Whole lines with CRLF, in front of the first header (or of a named one). */
  insert(lines: string | LinesForWay, beforeHeader?: string): void;
  /** Marks one header as removed; false where it was already. */
  remove(index: number): boolean;
  /** Puts whole lines with CRLF in the place of one header, and of what replaced it before; false where it is removed. */
  replace(index: number, lines: string): boolean;
  isRemoved(index: number): boolean;
  /** Lines for replies to this request (append_to_reply). */
  readonly replyLines: string;
  appendToReply(lines: string): void;
  /** The body of replies to this request that bring none of their own. */
  replyBody: string | undefined;
  /**
   * Puts a text in the place of the characters from `start` to `end` of the received message, in its headers or in its
   * body; Content-Length follows. What another edit has removed already stays removed.
   */
  splice(start: number, end: number, text: string): Splice;
  /** What was put in the place of exactly these characters; undefined where nothing was. */
  splicedAt(start: number, end: number): Splice | undefined;
  /** The body that replaces the received one; Content-Length follows it. Splices in the body are then forgotten. */
  body: string | undefined;
}

/** A text in the place of characters of the received message; the text may be changed later. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  text: string;
}

/** Header lines that were added. */
export interface AddedLines {
  lines: string | LinesForWay;
}

/** Lines that depend on the way of a message; asked once for each hop that it goes to. */
export type LinesForWay = (way: MessageWay) => string;

/** The sockets that a message came by and goes out by. */
export interface MessageWay {
  readonly receivedBy: ListenSocket;
  readonly sentBy: ListenSocket;
}

// ---------------------------------------------------------------------------------------------------------
// One run of a route.

export interface ScriptRun {
  readonly message: SipMessage;
  readonly source: MessageSource;
  readonly routeLetter: RouteLetter;
  /** `$rc`. */
  returnCode: number;
  /** AVPs, by name or number as written; the last one set comes first. */
  readonly avps: Map<string, ScriptValue[]>;
  /** `$var`; per run, so that runs that wait do not disturb each other. */
  readonly vars: Map<string, ScriptValue>;
  /** Room for modules: one value a key, for the life of the message. */
  readonly storage: Map<symbol, unknown>;
  /** The routes that were entered and not yet left, the first is the one that the run began with. */
  readonly routeStack: readonly RouteFrame[];
  /** What the last route that was left returned behind its code: `$return(n)`. */
  readonly returnValues: readonly ScriptValue[];
  /** The script said `drop`: whoever started the run throws the message away. */
  readonly dropped: boolean;
  /** Something in it threw, which the log tells. */
  readonly failed: boolean;
  /** What the error_route is told of: `$err.…`. */
  readonly error: RunError | undefined;
}

/** One route on the stack of a run. */
export interface RouteFrame {
  /** Undefined for the main route of its kind. */
  readonly name: string | undefined;
  /** `$param(n)`, counted from 1 there. */
  readonly params: readonly ScriptValue[];
  /** In an event_route: their names, for `$param(name)`. */
  readonly paramNames?: readonly (string | undefined)[];
}

/** Why the error_route runs, in OpenSIPS's numbers (errinfo.h). */
export interface RunError {
  readonly class: number;
  readonly level: number;
  readonly info: string;
  readonly replyCode: number;
  readonly replyReason: string;
}

// ---------------------------------------------------------------------------------------------------------
// The network.

/** One socket of the config, ports and interfaces spelt out. */
export interface ListenSocket {
  /** Lower case. */
  readonly protocol: string;
  /** As written. */
  readonly host: string;
  /** The address that is bound. */
  readonly address: string;
  /** The bound port; where `listenOn` asked for 0, the one that the system gave. */
  readonly port: number;
  readonly family: 4 | 6;
  readonly advertisedHost: string | undefined;
  readonly advertisedPort: number | undefined;
  readonly tag: string | undefined;
  /** Connections that are opened from it begin with a header of the PROXY protocol. Default no. */
  readonly sendProxyProtocol?: boolean;
}

/** Where a message came from, and the way back. */
export interface MessageSource {
  readonly protocol: string;
  readonly socket: ListenSocket;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The connection's number in the table; 0 for datagrams. */
  readonly connectionId: number;
  /** The stream that it came by; undefined for datagrams. What others know of a stream they find by it. */
  readonly stream?: ByteStream | undefined;
  /**
   * Sends one whole message (one character a byte) back there. False where the way is gone. `port`: another port at
   * the same address, which datagrams go to; a connection does not ask.
   */
  send(message: string, port?: number): boolean;
}

/** WebSocket: what the URI of a destination asks of the upgrade request. What it does not name may be anything. */
export interface UpgradeWish {
  /** `;ws-path=`: the path, with its query. */
  readonly path?: string | undefined;
  /** `;ws-header-NAME=`: whole lines, each with its CRLF, in the order of their names. */
  readonly headers?: string | undefined;
}

/**
 * A stream to a peer, kept in the connection table from its set-up to its end. Its wish is what this host has asked for;
 * undefined where the peer has connected.
 */
export interface Connection extends MessageSource, UpgradeWish {
  readonly state: 'open' | 'closing' | 'closed';
  /** Milliseconds of the host's clock when something last went through. */
  readonly lastActive: number;
  /** When the message began of which not everything has come yet; undefined where none has begun. */
  readonly unfinishedSince: number | undefined;
  /** Ends it because one of the core's times is over, as its protocol does that. */
  expire(limit: ConnectionLimit): void;
  /** Ends it; `code` is the protocol's own (RFC 6455 §7.4 for WebSocket). */
  close(code?: number, reason?: string): void;
}

/** The global parameters of the core that end connections. */
export type ConnectionLimit = 'tcp_connection_lifetime' | 'tcp_max_msg_time';

/** `taken`: the port leads to another connection; `full`: the connection has as many ports as it may have. */
export type AliasOutcome = 'added' | 'taken' | 'full' | 'gone';

export interface ConnectionTable {
  readonly size: number;
  get(id: number): Connection | undefined;
  /**
   * A connection to that peer, by its own port or by an alias, the newest first; where something is wished only one that
   * was opened with it, and only one that fits.
   */
  find(
    protocol: string,
    address: string,
    port: number,
    wish?: UpgradeWish,
    fits?: (connection: Connection) => boolean,
  ): Connection | undefined;
  /** One more port of the peer under which its connection is found. */
  addAlias(connection: Connection, port: number): AliasOutcome;
  /** Whether a port, also its own, was added to the connection; asked by those that are told of its end, too. */
  hasAlias(connection: Connection): boolean;
  /** It stays until then (milliseconds of the host's clock) also without traffic, unless its peer ends it. */
  keep(connection: Connection, until: number): void;
  /** 0 where nobody has asked to keep it. */
  keptUntil(connection: Connection): number;
  /** A number for a new connection; the protocol then calls `add`, and `remove` when it is gone. */
  nextId(): number;
  add(connection: Connection): void;
  remove(connection: Connection): void;
  all(): IterableIterator<Connection>;
}

/**
 * A stream of bytes to a peer, plain or TLS: a Socket of node:net, told by those of its members that the host itself
 * uses, so that these types need none of Node's.
 */
export interface ByteStream {
  /** The client's, where a header of the PROXY protocol has told it. */
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly writable: boolean;
  readonly destroyed: boolean;
  /** Bytes that wait to be written, and all that ever were handed over. */
  readonly writableLength: number;
  readonly bytesWritten: number;
  write(text: string, encoding: 'latin1'): boolean;
  end(): unknown;
  end(text: string, encoding: 'latin1'): unknown;
  /** Reads on where nobody listens to what comes. */
  resume(): unknown;
  destroy(error?: Error): unknown;
  on(event: string, listener: (...values: never[]) => void): this;
  /** Takes back a listener that was handed to `on`. */
  off(event: string, listener: object): this;
}

/** Is handed each stream that comes in. */
export interface StreamTaker {
  take(stream: ByteStream): void;
}

/**
 * What protocols over TCP share; the core's `tcp_` parameters hold for all that is opened here. A stream that was
 * accepted or opened has one of the places of tcp_max_connections from its first moment, whatever it is good for
 * later, until it is gone.
 */
export interface StreamTools {
  /** Opens a socket. Errors: those of node:net's listen. */
  listen(bind: BindSocket, taker: StreamTaker): Promise<StreamServer>;
  /** Opens a stream to a peer, from the address of the socket that it goes out by. Errors: StreamFailure. */
  connect(target: ConnectTarget): Promise<ByteStream>;
  /**
   * Whether a stream that came in has a place. One that has none is to be ended, with an answer where the protocol has
   * one; the log has said why, once a second at most.
   */
  admit(stream: ByteStream): boolean;
  /** What goes out on one stream. */
  output(stream: ByteStream, limits: OutputLimits, watcher: OutputWatcher): StreamOutput;
  /** Counts the reads of one stream that leave a message unfinished; `exceeded` is called at `maxReads` of them. */
  countReads(limits: ReadLimits, exceeded: () => void): ReadCount;
}

/** Why a stream could not be opened; the message tells the reason and, in brackets, the code. */
export interface StreamFailure extends Error {
  readonly code: StreamFailureCode;
}

/**
 * `connect`: the system's words are in the message; `connections`: tcp_max_connections are there; `secure`: the TLS
 * handshake failed.
 */
export type StreamFailureCode = 'connect' | 'connect-timeout' | 'connections' | 'stopping' | 'secure';

export interface StreamServer {
  readonly address: string;
  readonly port: number;
  stopAccepting(): void;
  /** Resolves when nothing is taken any more and all streams that were taken are gone. */
  readonly closed: Promise<void>;
}

export interface OutputLimits {
  /** Bytes that may wait to be written. */
  readonly maxQueue: number;
  /** Milliseconds without a byte taken by the peer while some wait. */
  readonly sendTimeout: number;
}

/**
 * `each-read`: every read counts, as in OpenSIPS. `each-turn`, for streams that come in records: what comes in one turn
 * of the event loop is one read, and a turn that brings a whole record's worth (16,384 bytes) does not count, because
 * such a message comes as fast as it can.
 */
export type ReadRule = 'each-read' | 'each-turn';

export interface ReadLimits {
  /** 0: no limit. */
  readonly maxReads: number;
  readonly rule: ReadRule;
}

export interface ReadCount {
  /** A read brought something to its end; counting begins anew. Before `unfinished` for the same read. */
  whole(): void;
  /** A read of so many bytes has left something unfinished. */
  unfinished(bytes: number): void;
}

/** Is told of what waits to be written. */
export interface OutputWatcher {
  /** The peer has taken nothing for the send timeout. */
  stalled(): void;
  /** So many bytes wait behind a write, because the peer has not taken them. */
  waits?(bytes: number): void;
}

/** Gathers what is written in one turn of the event loop, so that it leaves together. */
export interface StreamOutput {
  /** Bytes that were written and have not left this process. */
  readonly waiting: number;
  /** One character a byte. False, and nothing is taken, where more than `maxQueue` bytes would wait. */
  write(text: string): boolean;
  /** Hands over what has been gathered now, not at the end of the turn; `last` behind it, however much waits. */
  flush(last?: string): void;
  /** Forgets the timer; the stream is gone. */
  stop(): void;
}

export interface ProtocolBehaviour {
  /** Opens a socket. `receive` takes one whole message (one character a byte) and never throws. */
  listen(socket: BindSocket, receive: Receive): Promise<Listener>;
  /** Opens a connection to a peer. */
  connect?(target: ConnectTarget, receive: Receive): Promise<Connection>;
  /** Which connections to the same peer are told apart. Default: none, each one may carry every message. */
  readonly reuse?: ConnectionReuse | undefined;
}

/** Tells connections to the same peer apart. */
export interface ConnectionReuse {
  /** What a connection that is opened for this target would be told by. */
  keyOf(target: Omit<ConnectTarget, 'socket'>): string;
  /** Whether an open connection may carry what is told by that key. */
  fits(connection: Connection, key: string): boolean;
}

/** What is to be bound; the host makes the ListenSocket from the Listener's answer. */
export interface BindSocket {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  readonly reusePort: boolean;
  /** Streams may begin with a header of the PROXY protocol, which is read before they are handed on. Default no. */
  readonly proxyProtocol?: boolean;
  /** The socket's line for logs: `ws:127.0.0.1:8080`. */
  readonly label: string;
  /** Filled by the host before the first connection. */
  readonly socket: () => ListenSocket;
}

export type Receive = (message: string, source: MessageSource) => void;

export interface Listener {
  readonly address: string;
  readonly port: number;
  /**
   * Protocols of datagrams: sends one whole message (one character a byte) to an IP address by this socket. False
   * where it cannot be handed to the system.
   */
  send?(message: string, address: string, port: number): boolean;
  /** No new connections; those open go on. */
  stopAccepting(): void;
  /** Ends every connection in order (1001 for WebSocket) and resolves when all are gone. */
  close(): Promise<void>;
}

/** Where no path is wished, the module's own is asked for. */
export interface ConnectTarget extends UpgradeWish {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** The host as the next hop's URI writes it, before it was looked up; an address where it is one. */
  readonly hostname?: string | undefined;
  /** The AVPs of the run that sends. */
  readonly avps?: ScriptRun['avps'] | undefined;
  readonly socket: ListenSocket;
  /** Of the message that it is opened for, whose way a header of the PROXY protocol tells. Default: the stream's own. */
  readonly source?: MessageSource | undefined;
}
