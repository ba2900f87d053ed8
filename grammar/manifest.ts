/**
 * What is known of a module without running it: types only. A module's folder exports such a plain object as
 * `manifest`; the checks need nothing else. The fields stand in the order of OpenSIPS's `struct module_exports`.
 */

/** R request, F failure, O onreply, B branch, E error, L local, S startup, T timer, V event. */
export type RouteLetter = 'R' | 'F' | 'O' | 'B' | 'E' | 'L' | 'S' | 'T' | 'V';

/** The OpenSIPS versions in which something exists, both inclusive; absent bounds are open. */
export interface VersionRange {
  readonly since?: string;
  readonly until?: string;
}

export interface Manifest {
  readonly name: string;
  /** One sentence for `tsips modules` and the manual. */
  readonly description?: string;
  /** The class that generic dependencies ask for: `transport`, `sqldb`, `cachedb`, `aaa`, `tls`, … */
  readonly kind?: string;
  readonly versions?: VersionRange;
  readonly dependencies?: readonly Dependency[];
  readonly dependenciesFromParams?: Readonly<Record<string, readonly ParamDependency[]>>;
  readonly commands?: Readonly<Record<string, CommandSignature>>;
  /** Functions usable inside `async()` and `launch()`. */
  readonly asyncCommands?: Readonly<Record<string, CommandSignature>>;
  readonly params?: Readonly<Record<string, ParamSchema>>;
  /** A name that ends in `*` stands for a family whose other names come while the host runs. */
  readonly statistics?: Readonly<Record<string, StatisticFacts>>;
  /** The group of the statistics. Default: the module's name without `proto_`. */
  readonly statisticsGroup?: string;
  readonly mi?: Readonly<Record<string, MiFacts>>;
  readonly variables?: Readonly<Record<string, VariableFacts>>;
  /** By `class.operation`. */
  readonly transformations?: Readonly<Record<string, TransformationFacts>>;
  /** Events that it raises, by their names: `E_UL_AOR_INSERT`. */
  readonly events?: Readonly<Record<string, EventFacts>>;
  /** By the protocol's name in lower case. */
  readonly protocols?: Readonly<Record<string, ProtocolFacts>>;
  /** What it brings to the command line, by one or two words: `tls explain`. */
  readonly tools?: Readonly<Record<string, ToolFacts>>;
  /** What `host.bind(name)` gives to other modules, in a sentence. */
  readonly api?: string;
}

/** A module by name, or any module of a kind. */
export interface Dependency {
  readonly module?: string;
  readonly kind?: string;
  /**
   * What happens where it is missing: `abort` ends the start, `warn` says so, `silent` only orders; `load` loads it as if
   * it stood in the line of the module that needs it.
   */
  readonly missing: 'abort' | 'warn' | 'silent' | 'load';
}

/** A dependency that holds only when a parameter has a value of a kind (C: modparam_dependency). */
export interface ParamDependency extends Dependency {
  readonly when:
    | { readonly is: 'set' }
    | { readonly is: 'not-empty' }
    | { readonly is: 'greater-than'; readonly value: number }
    | { readonly is: 'starts-with'; readonly value: string }
    | { readonly is: 'one-of'; readonly values: readonly (number | string)[] };
}

/**
 * The kind of one argument, in the catalogue's letters: `i` integer, `s` string, `v` variable, `r` regular
 * expression; then `=` constant only, `!` not expanded, `?` optional. Where `i` is asked, a quoted number is
 * accepted too, because 2.x files write all arguments so.
 */
export type ArgumentKind = `${'i' | 's' | 'v' | 'r'}${'' | '='}${'' | '!'}${'' | '?'}`;

export interface CommandSignature extends VersionRange {
  readonly params: readonly ArgumentKind[];
  /** Argument names for messages and docs, as many as `params`. */
  readonly paramNames?: readonly string[];
  /** `*` for all. */
  readonly routes: readonly RouteLetter[] | '*';
  readonly description?: string;
}

/** A parameter of a module: JSON Schema, plus what docs and messages need. */
export interface ParamSchema extends VersionRange {
  readonly type: 'integer' | 'string' | readonly ('integer' | 'string')[];
  readonly description: string;
  readonly default?: number | string;
  /** May be given more than once; the host then hands over the list of values. */
  readonly list?: boolean;
  /** `milliseconds`, `seconds`, `bytes`, … */
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly (number | string)[];
  /** Accepted and said to change nothing here; the text says why. */
  readonly noEffect?: string;
}

export interface StatisticFacts {
  readonly description: string;
  /** A value that goes up and down (computed when asked), not a counter. */
  readonly gauge?: boolean;
}

export interface EventFacts extends VersionRange {
  readonly description: string;
  /** The names of its parameters, in their order. */
  readonly params?: readonly string[];
}

export interface ToolFacts {
  readonly description: string;
  /** The words behind it, as the help shows them: `LISTENER [SNI]`. */
  readonly usage: string;
}

export interface MiFacts extends VersionRange {
  readonly description: string;
  readonly params: readonly (readonly string[])[];
}

export interface VariableFacts extends VersionRange {
  readonly description: string;
  /**
   * Takes a name in round brackets: `$hdr(From)`. Default none, or what OpenSIPS's variable of that name takes. `oneOf`:
   * it must be there unless it is `optional`, and be one of these words, in lower case here and in any case in a config.
   */
  readonly inner?:
    | 'none'
    | 'optional'
    | 'required'
    | { readonly oneOf: readonly string[]; readonly optional?: boolean };
  /** Takes an index: `$(hdr(Via)[1])`. Default no, or what OpenSIPS's variable of that name takes. */
  readonly index?: boolean;
  readonly writable?: boolean;
}

export interface TransformationFacts extends VersionRange {
  readonly description: string;
  /** char: what stands there, or the comma that would end it: `{s.select,1,,}`. */
  readonly args: readonly ('int' | 'string' | 'char')[];
  readonly min?: number;
}

export interface ProtocolFacts {
  readonly description: string;
  readonly defaultPort: number;
  /** The parameter of this module that changes the default port. */
  readonly portParam?: string;
  /** `stream` connections are kept in the connection table. */
  readonly transport: 'stream' | 'datagram';
  /** Its sockets take and send headers of the PROXY protocol where the config says so. Default no. */
  readonly proxyProtocol?: boolean;
}
