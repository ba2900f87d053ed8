import type { Async, Launch, Name } from '../../grammar/index.ts';
import { compileCommand } from './calls.ts';
import { result } from './result.ts';
import { createRun, leavingScript, type Run } from './run.ts';
import { type Action, type CompiledRoute, placeOf, report, routeKey, type Scope } from './scope.ts';
import { type MaybePromise, waits } from './suspend.ts';
import { compileText } from './variables.ts';

/**
 * `async(f(…), resume)`: the script ends here; when the function has answered, the resume route runs with the
 * same message, variables and AVPs, and `$rc` holds the answer. One that takes longer than the timeout
 * (seconds) answers -1.
 */
export function compileAsync(scope: Scope, statement: Async): Action {
  const call = compileCommand(scope, statement.call, scope.asyncCommands);
  const route = findRoute(scope, statement.resume);
  const seconds = statement.timeout?.value ?? 0;

  const resume = (run: Run, answer: number): MaybePromise<number> => {
    const resumed = route ? runResumeRoute(run, route, answer) : 0;
    if (waits(resumed)) return resumed.then(() => end(run));
    return end(run);
  };

  return (run) => {
    const answer = call(run);
    if (!waits(answer)) return resume(run, answer);
    const inTime = seconds > 0 ? withTimeout(scope, answer, seconds) : answer;
    return inTime.then((given) => resume(run, given));
  };
}

function findRoute(scope: Scope, name: Name): CompiledRoute | undefined {
  const route = scope.routes.get('R')?.get(routeKey(name.text));
  if (!route) report(scope, 'script-unusable', name.span, `route [${name.text}] is not defined`);
  return route;
}

/** The resume route begins anew: its own stack of routes, and nothing is being left. */
function runResumeRoute(run: Run, route: CompiledRoute, answer: number): MaybePromise<number> {
  run.routeStack.length = 0;
  run.routeStack.push({ name: route.name, params: [] });
  run.leaving = 0;
  run.returnCode = answer;
  return route.action(run);
}

function end(run: Run): number {
  run.leaving |= leavingScript;
  return 0;
}

function withTimeout(scope: Scope, answer: Promise<number>, seconds: number): Promise<number> {
  return new Promise((resolve) => {
    const timer = scope.environment.timers.after(seconds * 1000, () => resolve(result.unspecified));
    answer.then((given) => {
      timer.cancel();
      resolve(given);
    });
  });
}

/**
 * `launch(f(…)[, report[, "text"]])`: the script goes on at once; when the function has answered, the report
 * route runs with `$param(1)` the text. Deviation: function and report route have a run of their own with the
 * message and copies of the variables and AVPs, where OpenSIPS gives the report route a made-up message and none.
 */
export function compileLaunch(scope: Scope, statement: Launch): Action {
  const call = compileCommand(scope, statement.call, scope.asyncCommands);
  const route = statement.report && findRoute(scope, statement.report);
  const parameter =
    statement.parameter && compileText(scope, statement.parameter.value, statement.parameter.span);
  const { log } = scope.environment;
  const place = placeOf(scope, statement.span);

  const tell = (run: Run, answer: number, text: string | undefined): MaybePromise<number> => {
    if (!route || run.failed) return result.true;
    run.returnCode = answer;
    run.routeStack.push({ name: route.name, params: text === undefined ? [] : [text] });
    return route.action(run);
  };
  const failed = (error: unknown) =>
    log.error(
      'async_script_launch',
      `SCRIPT_FAILED: report route failed, launched at ${place}: ${String(error)}`,
    );

  return (origin) => {
    const run = createRun(origin.message, origin.source, 'R', copiesOf(origin));
    const text = parameter?.evaluate(run);
    const answer = call(run);
    try {
      const told = waits(answer) ? answer.then((given) => tell(run, given, text)) : tell(run, answer, text);
      if (waits(told)) told.catch(failed);
    } catch (error) {
      failed(error);
    }
    return result.true;
  };
}

function copiesOf({ avps, vars, storage }: Run): Pick<Run, 'avps' | 'vars' | 'storage'> {
  const lists = new Map([...avps].map(([name, values]) => [name, [...values]]));
  return { avps: lists, vars: new Map(vars), storage };
}
