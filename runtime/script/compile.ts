import { type Config, type RouteBlock, routeLetters } from '../../grammar/index.ts';
import type {
  EventParam,
  RouteFrame,
  RouteLetter,
  ScriptRun,
  ScriptValue,
  SipMessage,
  VariableReference,
} from '../module-exports.ts';
import { socketNamed } from '../net/out-socket.ts';
import { createCoreVariables } from '../variables/core-variables.ts';
import { createScriptMarks } from '../variables/marks.ts';
import { createCoreTransformations } from '../variables/transformations.ts';
import { variableOf } from './arguments.ts';
import { createCoreCommands } from './core-commands.ts';
import type { CommandEntry, ScriptEnvironment, ScriptProblem } from './environment.ts';
import { mistakesLog, type Spot } from './mistakes.ts';
import { replyOpensNone } from './no-new-connection.ts';
import { createOwnRun } from './own-run.ts';
import { result } from './result.ts';
import { leavingRoute, Run } from './run.ts';
import { type CompiledRoute, routeKey, type Scope } from './scope.ts';
import { compileBlock } from './statements.ts';
import { waits } from './suspend.ts';
import { timeBudget } from './time-budget.ts';
import { traces } from './trace.ts';

/** The routes of one config, ready to run. */
export interface Routes {
  /** Whether there is such a route; without a name the main one of its kind. */
  has(letter: RouteLetter, name?: string): boolean;
  /** The names of the routes of a kind; the main one is `0`. */
  names(letter: RouteLetter): readonly string[];
  /**
   * Runs a route. Answers its number, or a promise of it only where something in it waited; never throws and
   * never rejects: what fails inside is told in the log with SCRIPT_FAILED and answers -5.
   */
  run(letter: RouteLetter, name: string | undefined, run: ScriptRun): number | Promise<number>;
  /** The variable that a text of a parameter is; undefined where it is none, or one that nothing here has. */
  variable(text: string): VariableReference | undefined;
  /** Whether no connection is to be opened for a reply, because it has the flag of tcp_no_new_conn_rplflag. */
  replyOpensNone(reply: SipMessage): boolean;
  /** What the checks did not find and that cannot run; it fails at its place when it is reached. */
  readonly problems: readonly ScriptProblem[];
}

/**
 * Makes closures of all routes of a config. Core functions, variables and transformations come with it; those of
 * the environment are asked behind them.
 */
export function compileRoutes(config: Config, outside: ScriptEnvironment): Routes {
  const spot: Spot = { run: undefined, place: undefined };
  const environment = { ...outside, log: mistakesLog(outside.log, spot, outside.timers) };
  const tables = new Map<RouteLetter, Map<string, CompiledRoute>>();
  const problems: ScriptProblem[] = [];
  const marks = environment.marks ?? createScriptMarks();
  const coreVariables = createCoreVariables({
    marks,
    logLevels: environment.logLevels ?? { level: undefined, xlogLevel: undefined },
    startTime: environment.startTime ?? 0,
    argv: environment.argv ?? new Map(),
    ...(environment.firstValues && { firstValues: environment.firstValues }),
    colours: Boolean(environment.globals.get('xlog_force_color')),
    socketNamed: (text) => socketNamed(environment.sockets(), text),
    warn: (caller, message) => environment.log.warning(caller, message),
  });
  const commands = joinCommands(createCoreCommands(environment, marks), environment.commands);
  const scope: Omit<Scope, 'letter'> = {
    environment,
    commands,
    asyncCommands: new Map([...commands, ...environment.asyncCommands]),
    variables: new Map([...environment.variables, ...coreVariables]),
    transformations: new Map([...environment.transformations, ...createCoreTransformations()]),
    routes: tables,
    problems,
    spot,
    mustEnd: timeBudget(environment),
    maxRouteDepth: maxRouteDepthOf(environment),
    traces: environment.traceAll === true || (environment.mayTrace !== false && traces(config)),
    lookups: { count: 0 },
  };

  const blocks = config.items.filter((item) => item.kind === 'RouteBlock');
  const open = blocks.flatMap((block) => enterRoute(tables, block));
  for (const { route, block } of open) {
    const letter = routeLetters[block.keyword];
    route.action = compileBlock({ ...scope, letter }, block.body) ?? emptyRoute;
  }

  environment.events?.connect(eventRoutesOf(blocks), (name, _event, params) => {
    const route = tables.get('V')?.get(name);
    if (route) runEventRoute(environment, spot, route, params);
  });
  const find = (letter: RouteLetter, name: string | undefined) => tables.get(letter)?.get(routeKey(name));
  return {
    problems,
    replyOpensNone: replyOpensNone(environment.globals, marks),
    has: (letter, name) => find(letter, name) !== undefined,
    names: (letter) => [...(tables.get(letter)?.keys() ?? [])],
    variable(text) {
      const found: ScriptProblem[] = [];
      const { start } = config.span;
      const reference = variableOf({ ...scope, letter: 'R', problems: found }, text, { start, end: start });
      return found.length === 0 ? reference : undefined;
    },
    run(letter, name, run) {
      const route = find(letter, name);
      if (!route || !(run instanceof Run)) return result.bug;
      return runTopRoute(environment, spot, route, letter, run);
    },
  };
}

/** The first of a name counts. Up to 2.4 a route may say that it runs at once. */
function eventRoutesOf(blocks: readonly RouteBlock[]): ReadonlyMap<string, { readonly atOnce: boolean }> {
  const routes = new Map<string, { readonly atOnce: boolean }>();
  for (const { keyword, name, mode } of blocks) {
    if (keyword !== 'event_route' || !name || routes.has(name.text)) continue;
    routes.set(name.text, { atOnce: mode === 'sync' });
  }
  return routes;
}

/** What goes wrong in it is in the log, and nobody waits for its answer. */
function runEventRoute(
  environment: ScriptEnvironment,
  spot: Spot,
  route: CompiledRoute,
  params: readonly EventParam[],
): void {
  const values = params.map(({ value }) => value);
  const paramNames = params.map(({ name }) => name);
  runTopRoute(environment, spot, route, 'V', createOwnRun('V'), {
    name: route.name,
    params: values,
    paramNames,
  });
}

/** How deep routes may call each other where max_route_depth says nothing (C: ROUTE_MAX_REC_LEV). */
const defaultRouteDepth = 100;

function maxRouteDepthOf({ globals }: ScriptEnvironment): number {
  const configured = globals.get('max_route_depth');
  return typeof configured === 'number' ? configured : defaultRouteDepth;
}

const noParams: readonly ScriptValue[] = [];

const emptyRoute = () => result.true;

/** A route has its entry before any is compiled, because they call each other. The first of a name counts. */
function enterRoute(tables: Map<RouteLetter, Map<string, CompiledRoute>>, block: RouteBlock) {
  const letter = routeLetters[block.keyword];
  const table = tables.get(letter) ?? new Map<string, CompiledRoute>();
  tables.set(letter, table);
  const key = routeKey(block.name?.text);
  if (table.has(key)) return [];
  const route: CompiledRoute = { name: key === '0' ? undefined : key, action: emptyRoute };
  table.set(key, route);
  return [{ route, block }];
}

function joinCommands(
  core: ReadonlyMap<string, readonly CommandEntry[]>,
  modules: ReadonlyMap<string, readonly CommandEntry[]>,
): ReadonlyMap<string, readonly CommandEntry[]> {
  const joined = new Map(modules);
  for (const [name, entries] of core) joined.set(name, [...entries, ...(modules.get(name) ?? [])]);
  return joined;
}

function runTopRoute(
  environment: ScriptEnvironment,
  spot: Spot,
  route: CompiledRoute,
  letter: RouteLetter,
  run: Run,
  frame: RouteFrame = { name: route.name, params: noParams },
): number | Promise<number> {
  run.routeLetter = letter;
  run.leaving = 0;
  if (run.routeStack.length > 0) run.routeStack.length = 0;
  run.routeStack.push(frame);
  try {
    const answer = route.action(run);
    spot.run = undefined;
    if (!waits(answer)) return endTopRoute(run, answer);
    return answer.then(
      (given) => endTopRoute(run, given),
      (error: unknown) => endFailedRoute(environment, spot, run, error),
    );
  } catch (error) {
    return endFailedRoute(environment, spot, run, error);
  }
}

function endFailedRoute(environment: ScriptEnvironment, spot: Spot, run: Run, error: unknown): number {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  spot.run = run;
  environment.log.error('run_top_route', `SCRIPT_FAILED: ${reason}`);
  run.failed = true;
  spot.run = undefined;
  return result.bug;
}

function endTopRoute(run: Run, answer: number): number {
  run.leaving &= ~leavingRoute;
  return answer;
}
