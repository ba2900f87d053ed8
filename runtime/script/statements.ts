import type { Assert, Block, Statement } from '../../grammar/index.ts';
import { compileAssignment } from './assignment.ts';
import { compileAsync, compileLaunch } from './async.ts';
import { compileCall } from './calls.ts';
import { compileTest } from './conditions.ts';
import { waitingForLookups } from './lookups.ts';
import { compileForEach, compileWhile } from './loops.ts';
import { result, test } from './result.ts';
import { compileJump, compileRouteCall, runErrorRoute } from './routes.ts';
import type { Run } from './run.ts';
import { leavingRoute, leavingScript } from './run.ts';
import { type Action, placeOf, type Scope } from './scope.ts';
import { type Step, sequence } from './sequence.ts';
import { waits } from './suspend.ts';
import { compileSwitch } from './switch.ts';
import { compileScriptTrace, traced } from './trace.ts';

/** The statements of a block; undefined where there is none. */
export function compileBlock(scope: Scope, block: Block | undefined): Action | undefined {
  return block && compileStatements(scope, block.statements);
}

/** Undefined where none of them does anything; those that could not be read do nothing. */
export function compileStatements(scope: Scope, statements: readonly Statement[]): Action | undefined {
  const steps: Step[] = [];
  for (const statement of statements) {
    const action = compileUntraced(scope, statement);
    if (!action) continue;
    steps.push({ action: traced(scope, statement, action), place: placeOf(scope, statement.span) });
  }
  if (steps.length === 0) return undefined;
  return sequence(steps, scope);
}

function compileUntraced(scope: Scope, statement: Statement): Action | undefined {
  switch (statement.kind) {
    case 'Call':
      return setsReturnCode(
        statement.name.text === 'script_trace'
          ? compileScriptTrace(scope, statement)
          : compileCall(scope, statement),
      );
    case 'Assignment':
      return setsReturnCode(waitingForLookups(scope, () => compileAssignment(scope, statement)));
    case 'If':
      return compileIf(scope, statement);
    case 'RouteCall':
      return compileRouteCall(scope, statement);
    case 'Jump':
      return waitingForLookups(scope, () => compileJump(scope, statement));
    case 'While':
      return setsReturnCode(compileWhile(scope, statement));
    case 'ForEach':
      return setsReturnCode(compileForEach(scope, statement));
    case 'Switch':
      return setsReturnCode(compileSwitch(scope, statement));
    case 'Async':
      return compileAsync(scope, statement);
    case 'Launch':
      return setsReturnCode(compileLaunch(scope, statement));
    case 'Assert':
      return setsReturnCode(compileAssert(scope, statement));
    case 'EmptyStatement':
    case 'BrokenStatement':
      return undefined;
  }
}

/** All statements but `if` and `route` leave their answer in `$rc`. */
function setsReturnCode(action: Action): Action {
  return (run) => {
    const answer = action(run);
    if (waits(answer)) return answer.then((value) => keepReturnCode(run, value));
    return keepReturnCode(run, answer);
  };
}

function keepReturnCode(run: Run, answer: number): number {
  run.returnCode = answer;
  return answer;
}

function compileIf(scope: Scope, statement: Extract<Statement, { kind: 'If' }>): Action {
  const condition = compileTest(scope, statement.test);
  const whenTrue = compileBlock(scope, statement.then);
  const whenFalse = compileBlock(scope, statement.else);
  const place = placeOf(scope, statement.span);
  const { log } = scope.environment;

  const decide = (run: Run, value: number): number | Promise<number> => {
    if (value === test.drop || run.leaving & (leavingRoute | leavingScript)) {
      run.returnCode = 0;
      return 0;
    }
    if (value < 0) log.warning('do_action', `error in expression at ${place}`);
    const branch = value > 0 ? whenTrue : whenFalse;
    if (!branch) {
      run.returnCode = value;
      return result.true;
    }
    const answer = branch(run);
    if (waits(answer)) return answer.then((given) => keepReturnCode(run, given));
    return keepReturnCode(run, answer);
  };

  return (run) => {
    const value = condition(run);
    return waits(value) ? value.then((given) => decide(run, given)) : decide(run, value);
  };
}

/**
 * `assert(test, "text")` works only where `enable_asserts` is on. One that fails ends the script and runs the
 * error_route. Deviation: `abort_on_assert` does not end the process with a core dump, because
 * that would end every connection; one run ends.
 */
function compileAssert(scope: Scope, statement: Assert): Action {
  const { environment } = scope;
  if (!environment.globals.get('enable_asserts')) return () => result.bug;
  const condition = compileTest(scope, statement.test);
  const text = statement.text ? ` (${statement.text.value})` : '';
  const message = `ASSERTION FAILED${text} at ${placeOf(scope, statement.span)}`;

  const decide = (run: Run, value: number): number | Promise<number> => {
    if (value > 0) return result.true;
    environment.log.critical('do_action', message);
    run.error = { class: 4, level: 1, info: 'assertion failed', replyCode: 500, replyReason: 'server error' };
    const answer = runErrorRoute(scope, run);
    return waits(answer) ? answer.then(() => 0) : 0;
  };

  return (run) => {
    const value = condition(run);
    return waits(value) ? value.then((given) => decide(run, given)) : decide(run, value);
  };
}
