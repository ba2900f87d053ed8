import { type DiagnosticCode, diagnostic, type Span } from '../../grammar/index.ts';
import type { RouteLetter } from '../module-exports.ts';
import type {
  CommandEntry,
  ScriptEnvironment,
  ScriptProblem,
  TransformationEntry,
  VariableEntry,
} from './environment.ts';
import type { Spot } from './mistakes.ts';
import type { Run } from './run.ts';
import type { MaybePromise } from './suspend.ts';

/** A compiled statement; what it answers is OpenSIPS's: 0 ends the script, negative is false. */
export type Action = (run: Run) => MaybePromise<number>;

/** A compiled route; `action` is filled after all routes have their entry, so that they can call each other. */
export interface CompiledRoute {
  readonly name: string | undefined;
  action: Action;
}

type RouteTable = ReadonlyMap<RouteLetter, ReadonlyMap<string, CompiledRoute>>;

/** What the parts of the compiler share while one config is compiled. */
export interface Scope {
  readonly environment: ScriptEnvironment;
  /** These four hold what the core has and what the modules export. */
  readonly commands: ReadonlyMap<string, readonly CommandEntry[]>;
  /** A function without an asynchronous form is in it as it is. */
  readonly asyncCommands: ReadonlyMap<string, readonly CommandEntry[]>;
  readonly variables: ReadonlyMap<string, VariableEntry>;
  readonly transformations: ReadonlyMap<string, TransformationEntry>;
  readonly routes: RouteTable;
  /** The route that is compiled now. */
  readonly letter: RouteLetter;
  readonly problems: ScriptProblem[];
  /** The statement that runs. */
  readonly spot: Spot;
  /** Whether a run has worked for too long. */
  readonly mustEnd: (run: Run) => boolean;
  /** max_route_depth. */
  readonly maxRouteDepth: number;
  /** script_trace() stands somewhere in the config. */
  readonly traces: boolean;
  /** How many places so far may have to look a name up. */
  readonly lookups: { count: number };
}

/** The key of a route in its table: the main route of a kind is also called 0. */
export function routeKey(name: string | undefined): string {
  return name === undefined ? '0' : name;
}

export function report(scope: Scope, code: DiagnosticCode, span: Span, message: string): void {
  scope.problems.push(diagnostic(code, span, message));
}

/** A place in the config that is looked up when it is first printed, `file:line`. */
interface Place {
  toString(): string;
}

/** The place of a node, for log lines. */
export function placeOf(scope: Scope, span: Span): Place {
  return new LazyPlace(scope, span);
}

/** A class, because a script has one for every statement and variable: smaller than a closure. */
class LazyPlace implements Place {
  readonly #scope: Scope;
  readonly #span: Span;
  #text: string | undefined;

  constructor(scope: Scope, span: Span) {
    this.#scope = scope;
    this.#span = span;
  }

  toString(): string {
    this.#text ??= lookUp(this.#scope, this.#span);
    return this.#text;
  }
}

function lookUp(scope: Scope, span: Span): string {
  const found = scope.environment.locate?.(span.start);
  return found ? `${found.file}:${found.line}` : `offset ${span.start}`;
}
