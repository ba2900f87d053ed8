/** The facts of the catalogue, by kind of line. README.md tells where they come from. */

/** The versions in which something exists, both inclusive and always filled. */
export interface Lifetime {
  readonly since: string;
  readonly until: string;
}

/** A fact with its lifetime. What changed between versions gives several, oldest first. */
export type Dated<T> = T & Lifetime;

/** A fact with the module that has it; `core` for the core. */
export type Owned<T> = Dated<T> & { readonly module: string };

/** What the grammar takes behind the `=` of a core global. */
export type GlobalKind =
  | 'number'
  | 'signed-number'
  | 'boolean'
  | 'string'
  | 'id'
  | 'listen'
  | 'address'
  | 'alias-list'
  | 'path-list'
  | 'blacklist'
  | 'mem-group'
  | 'scaling-profile';

export interface GlobalFacts {
  readonly kind: readonly GlobalKind[];
  /** Other spellings of the same name. */
  readonly aliases?: readonly string[];
  /** What may follow the value: `use_auto_scaling_profile <id>`. */
  readonly suffix?: readonly string[];
  /** All words that are taken, where only some are. */
  readonly values?: readonly string[];
  /** The value at start, in C's spelling (`NULL`: none). */
  readonly init?: string;
  /** Works, and a deprecation is printed. */
  readonly warned?: boolean;
  /** The grammar knows the name only in order to refuse it by name. */
  readonly refused?: boolean;
}

export interface StatementFacts {
  /** The kinds of arguments of each form, with commas. */
  readonly forms: readonly string[];
  /** May stand without parentheses. */
  readonly bare?: boolean;
}

export interface RouteFacts {
  readonly letter: string;
  /** What may stand in the square brackets; null: no brackets. */
  readonly brackets: readonly (string | null)[];
}

export interface FunctionFacts {
  readonly min: number;
  readonly max: number;
  /**
   * From 3.0 on (core: 3.1): `i` integer, `s` string, `v` variable, `r` regular expression; then `=` constant
   * only, `!` not expanded, `?` optional. Absent before: modules took quoted strings only.
   */
  readonly params?: readonly string[];
  /** The allowed numbers of arguments where they have gaps. */
  readonly counts?: readonly number[];
  /** Core functions up to 3.0: the kinds of arguments of each form, with commas. */
  readonly forms?: readonly string[];
  /** Route letters, `*` for all; absent for asynchronous functions. */
  readonly routes?: string;
  /** An asynchronous version with the same name exists. */
  readonly async?: boolean;
  /** May stand without parentheses. */
  readonly bare?: boolean;
  readonly aliasOf?: string;
  /** Exported for other modules, not meant for scripts. */
  readonly binding?: boolean;
  /** Compiled in only with this macro. */
  readonly build?: string;
}

export interface VariableFacts {
  /** Blank-separated; each `p` plain or `n` with an inner name, then `i` index allowed, `w` assignable. */
  readonly forms: string;
  /** Accepted with a warning. */
  readonly deprecated?: boolean;
}

export interface TransformationFacts {
  readonly args: readonly string[];
  readonly min?: number;
}

export interface ParamFacts {
  readonly type: 'int' | 'string' | 'int|string';
  /** A setter takes the value: it may be given several times, and may be refused. */
  readonly setter?: boolean;
  /** As documented; `NULL`: none. */
  readonly default?: string;
  /** The value at start where it differs from the documented one. */
  readonly init?: string;
  readonly build?: string;
}

/** The line's name is the module, or `@` and the class: `@sqldb`. */
export interface DependencyFacts {
  /** What happens where it is missing: `abort` ends the start, `warn` says so, `silent` only orders. */
  readonly missing: 'abort' | 'warn' | 'silent';
  /** Holds only when this parameter has such a value. */
  readonly param?: string;
  readonly when?: { readonly op: string; readonly values?: readonly (number | string)[] };
  /** The order is inverted for these phases: `init`, `destroy`, `cinit`, `all`. */
  readonly reverse?: readonly string[];
}

export interface ProtocolFacts {
  /** The module that has to be loaded; absent where the core does it. */
  readonly module?: string;
  /** The port where none is written; absent: there is none. */
  readonly port?: number;
  /** The parameter of the module that changes that port. */
  readonly portParam?: string;
  readonly transport?: 'stream' | 'datagram';
}

export interface SyntaxFacts {
  readonly value: unknown;
}

export interface ReservedFacts {
  /** Reserved in upper, lower and mixed case; the line has it in lower case. */
  readonly anyCase?: boolean;
}

export interface ModuleFacts {
  /** The class that generic dependencies ask for: `sqldb`, `cachedb`, `aaa`. */
  readonly type?: string;
  /** Part of the OpenSIPS binary; it must be loaded all the same. */
  readonly builtIn?: boolean;
  /** From this version on a `loadmodule` line of it is accepted with a warning and loads nothing: it is in the core. */
  readonly skippedSince?: string;
}

/** The line's name is `kind:from`, or `kind:module:from`. */
export interface RenameFacts {
  /** Absent: gone without a successor. */
  readonly to?: string;
  readonly toModule?: string;
  /** The old name was only ever in the manual, a slip. */
  readonly documented?: boolean;
  readonly note?: string;
}

/** A management command. */
export interface ManagementFacts {
  /** The sets of parameters that it takes, each the names with blanks between; absent up to 2.4, where none are declared. */
  readonly params?: readonly string[];
  /** Its names of earlier versions, which still work. */
  readonly aliases?: readonly string[];
}

export interface StatisticFacts {
  /** The name itself, where it has blanks; the line's name has `_` for them. */
  readonly name?: string;
}

/** What a branch changed behind its first release. The line's name is `kind:name`, its range that version. */
export interface ChangeFacts {
  readonly change: 'added' | 'removed' | 'changed' | 'default';
  /** The first release that has the change; `after 3.2.5`: only the head of the branch. */
  readonly release?: string;
  /** Defaults, before and behind. */
  readonly from?: string;
  readonly to?: string;
}

export type Nothing = Readonly<Record<never, never>>;

/** The kinds of lines. A new kind of fact is one more row here and lines of that kind in the data. */
export interface FactsByKind {
  readonly global: GlobalFacts;
  readonly statement: StatementFacts;
  readonly route: RouteFacts;
  readonly function: FunctionFacts;
  readonly async: FunctionFacts;
  readonly variable: VariableFacts;
  readonly transformation: TransformationFacts;
  readonly event: Nothing;
  readonly operand: Nothing;
  readonly include: Nothing;
  readonly syntax: SyntaxFacts;
  readonly protocol: ProtocolFacts;
  readonly reserved: ReservedFacts;
  readonly param: ParamFacts;
  readonly dep: DependencyFacts;
  readonly rename: RenameFacts;
  /** A module whose functions this one looks up in C without declaring it as a dependency. */
  readonly bind: Nothing;
  /** A parameter that the manual has and the module refuses. */
  readonly documented: Nothing;
  readonly mi: ManagementFacts;
  readonly stat: StatisticFacts;
  readonly change: ChangeFacts;
}

export type FactKind = keyof FactsByKind;
