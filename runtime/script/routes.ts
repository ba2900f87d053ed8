import type { Argument, Jump, RouteCall } from '../../grammar/index.ts';
import type { RouteFrame, ScriptValue } from '../module-exports.ts';
import { toInteger } from '../variables/text.ts';
import { afterLookup } from './lookups.ts';
import { result } from './result.ts';
import { leavingLoop, leavingRoute, leavingScript, type Run } from './run.ts';
import { type Action, type CompiledRoute, placeOf, report, routeKey, type Scope } from './scope.ts';
import { waits } from './suspend.ts';
import { compileText, compileVariable } from './variables.ts';

const noParams: readonly ScriptValue[] = [];

/** `route(name, args)`. A name with variables is looked for at each call. */
export function compileRouteCall(scope: Scope, statement: RouteCall): Action {
  const find = compileRouteName(scope, statement);
  const values = statement.arguments.map((argument) => compileValueArgument(scope, argument));
  const enter = (run: Run, route: CompiledRoute | undefined, params: readonly ScriptValue[]) => {
    if (!route) {
      run.returnCode = result.bug;
      return result.bug;
    }
    return callRoute(scope, run, route, { name: route.name, params });
  };
  const called = (run: Run): number | Promise<number> => {
    let route: CompiledRoute | undefined;
    let params = noParams;
    try {
      route = find(run);
      if (values.length > 0) params = values.map((value) => value(run));
    } catch (thrown) {
      return afterLookup(thrown, () => called(run));
    }
    return enter(run, route, params);
  };
  return called;
}

function compileRouteName(scope: Scope, statement: RouteCall): (run: Run) => CompiledRoute | undefined {
  const routes = scope.routes.get('R');
  const { log } = scope.environment;
  const { name } = statement;
  if (name.kind === 'Name' && !name.text.includes('$')) {
    const route = routes?.get(routeKey(name.text));
    if (!route) report(scope, 'script-unusable', name.span, `route [${name.text}] is not defined`);
    return () => route ?? complain(name.text);
  }
  const text =
    name.kind === 'Variable'
      ? compileVariable(scope, name).text
      : compileText(scope, name.text, name.span).evaluate;
  return (run) => {
    const wanted = text(run);
    return routes?.get(wanted) ?? complain(wanted);
  };

  function complain(wanted: string): undefined {
    log.alert('do_action', `unknown route(${wanted}) at ${placeOf(scope, statement.span)}`);
    return undefined;
  }
}

/** Arguments of routes and of `return` are values as they stand; texts are not searched for variables. */
function compileValueArgument(scope: Scope, argument: Argument): (run: Run) => ScriptValue {
  switch (argument.kind) {
    case 'Number': {
      const value = toInteger(argument.value);
      return () => value;
    }
    case 'String': {
      const { value } = argument;
      return () => value;
    }
    case 'Variable':
      return compileVariable(scope, argument).get;
    default:
      return () => null;
  }
}

function callRoute(
  scope: Scope,
  run: Run,
  route: CompiledRoute,
  frame: RouteFrame,
): number | Promise<number> {
  run.routeStack.push(frame);
  if (run.routeStack.length > scope.maxRouteDepth) {
    const first = run.routeStack[1]?.name;
    scope.environment.log.error(
      'run_actions',
      `route recursion limit reached, giving up! (nested routes: ${run.routeStack.length}, first: '${first}', last: '${route.name}')!`,
    );
    return leaveRoute(run, result.unspecified);
  }
  const before = run.pendingReturnValues;
  run.pendingReturnValues = noParams;
  run.returnValues = noParams;
  const answer = route.action(run);
  return waits(answer) ? answer.then((given) => endRoute(run, given, before)) : endRoute(run, answer, before);
}

function endRoute(run: Run, answer: number, pendingBefore: readonly ScriptValue[]): number {
  run.leaving &= ~leavingRoute;
  run.returnValues = run.pendingReturnValues;
  run.pendingReturnValues = pendingBefore;
  return leaveRoute(run, answer);
}

function leaveRoute(run: Run, answer: number): number {
  run.routeStack.pop();
  run.returnCode = answer;
  return answer;
}

/** The error_route, where there is one; what it answers is of no account. */
export function runErrorRoute(scope: Scope, run: Run): number | Promise<number> {
  const route = scope.routes.get('E')?.get(routeKey(undefined));
  if (!route || run.insideErrorRoute || run.routeLetter === 'O' || run.routeLetter === 'L') return 0;
  run.insideErrorRoute = true;
  const answer = callRoute(scope, run, route, { name: '!error_route', params: noParams });
  return waits(answer) ? answer.then(() => endErrorRoute(run)) : endErrorRoute(run);
}

function endErrorRoute(run: Run): number {
  run.insideErrorRoute = false;
  run.error = undefined;
  return 0;
}

/** `return`, `exit`, `drop`, `break`. */
export function compileJump(scope: Scope, statement: Jump): Action {
  switch (statement.keyword) {
    case 'exit':
      return (run) => leave(run, leavingScript, 0);
    case 'drop':
      return (run) => {
        run.dropped = true;
        return leave(run, leavingScript, result.bug);
      };
    case 'break':
      return (run) => leave(run, leavingLoop, result.bug);
    case 'return':
      return compileReturn(scope, statement);
  }
}

function leave(run: Run, how: number, answer: number): number {
  run.leaving |= how;
  run.returnCode = answer;
  return answer;
}

/** The first value is the code: a text counts as 1, NULL as -1, nothing as 1. The others are for `$return`. */
function compileReturn(scope: Scope, statement: Jump): Action {
  const [code, ...more] = statement.values;
  const values = more.map((value) => compileValueArgument(scope, value));
  const answer = compileReturnCode(scope, code);
  return (run) => {
    run.pendingReturnValues = values.length > 0 ? values.map((value) => value(run)) : noParams;
    return leave(run, leavingRoute, answer(run));
  };
}

function compileReturnCode(scope: Scope, code: Argument | undefined): (run: Run) => number {
  if (!code || code.kind === 'EmptyArgument') return () => result.true;
  const value = compileValueArgument(scope, code);
  return (run) => {
    const given = value(run);
    if (given === null) return result.unspecified;
    return typeof given === 'number' ? given : result.true;
  };
}
