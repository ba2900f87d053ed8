import type { ForEach, While } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { compileTest } from './conditions.ts';
import { result, test } from './result.ts';
import { leavingLoop, leavingRoute, leavingScript, type Run } from './run.ts';
import { type Action, placeOf, report, type Scope } from './scope.ts';
import { compileBlock } from './statements.ts';
import { type MaybePromise, waits } from './suspend.ts';
import { compileVariable } from './variables.ts';

/** How often the body of a `while` runs at most where `max_while_loops` says nothing. */
const defaultMaxLoops = 10_000;

function maxLoopsOf(scope: Scope): number {
  const configured = scope.environment.globals.get('max_while_loops');
  return typeof configured === 'number' ? configured : defaultMaxLoops;
}

/** A value of `test`, and whether the body runs once more. */
type Verdict = 'again' | 'leave' | 'end';

/** `while` (C: WHILE_T); more than `max_while_loops` rounds are an error in the log, and the script goes on. */
export function compileWhile(scope: Scope, statement: While): Action {
  const condition = compileTest(scope, statement.test);
  const body = compileBlock(scope, statement.body);
  const { log } = scope.environment;
  const place = placeOf(scope, statement.span);
  const maxLoops = maxLoopsOf(scope);

  const judge = (run: Run, value: number): Verdict => {
    if (value === test.drop || run.leaving & (leavingRoute | leavingScript)) return 'end';
    if (value < 0) log.warning('do_action', `error in expression at ${place}`);
    return value > 0 && body ? 'again' : 'leave';
  };
  const tooMany = () =>
    log.error(
      'do_action',
      `max while loops reached (${maxLoops}), increase the 'max_while_loops' global! (at ${place})`,
    );
  const afterBody = (run: Run): boolean => {
    const left = run.leaving !== 0;
    run.leaving &= ~leavingLoop;
    return left;
  };

  const goOn = async (
    run: Run,
    round: number,
    pendingTest: Promise<number> | undefined,
    pendingBody: Promise<number> | undefined,
  ): Promise<number> => {
    let answer: number = result.true;
    let waitingTest = pendingTest;
    let waitingBody = pendingBody;
    for (let done = round; ; done++) {
      if (!waitingBody) {
        if (!waitingTest && done >= maxLoops) {
          tooMany();
          return answer;
        }
        const verdict = judge(run, await (waitingTest ?? condition(run)));
        waitingTest = undefined;
        if (verdict === 'end') return 0;
        if (verdict === 'leave' || !body) return result.true;
      }
      answer = await (waitingBody ?? body?.(run) ?? result.true);
      waitingBody = undefined;
      if (afterBody(run)) return answer;
      run.returnCode = answer;
    }
  };

  return (run) => {
    let answer: number = result.bug;
    for (let round = 0; round < maxLoops; round++) {
      const value = condition(run);
      if (waits(value)) return goOn(run, round, value, undefined);
      const verdict = judge(run, value);
      if (verdict === 'end') return 0;
      if (verdict === 'leave' || !body) return result.true;
      const given = body(run);
      if (waits(given)) return goOn(run, round, undefined, given);
      answer = given;
      if (afterBody(run)) return answer;
      run.returnCode = answer;
    }
    tooMany();
    return answer;
  };
}

/**
 * `for ($x in $(list[*]))`: the value at each index in turn, so a body that removes values changes what comes.
 * Deviation: a body that adds values ends after `max_while_loops` rounds more than the list first had; in OpenSIPS
 * it never ends.
 */
export function compileForEach(scope: Scope, statement: ForEach): Action {
  const item = compileVariable(scope, statement.item);
  const list = compileVariable(scope, statement.list);
  const body = compileBlock(scope, statement.body);
  const { log } = scope.environment;
  const maxLoops = maxLoopsOf(scope);
  if (statement.list.index?.kind !== 'AllIndex') {
    report(scope, 'script-unusable', statement.list.span, 'for each must be used on a "[*]" index');
    return () => {
      log.error('for_each_handler', 'for-each must be used on a "[*]" index! skipping!');
      return result.script;
    };
  }
  if (!body) return () => result.true;

  return (run) => {
    const values = list.getAll(run);
    let answer: number = result.true;
    const limit = values.length + maxLoops;
    for (let index = 0; index < limit; index++) {
      const value = values[index] ?? null;
      if (value === null) break;
      item.set(run, value, false);
      const given = body(run);
      if (waits(given)) return forEachOn(run, values, index + 1, limit, given, eachRound);
      answer = given;
      if (endsLoop(run)) break;
    }
    return answer;
  };

  function eachRound(run: Run, value: ScriptValue): MaybePromise<number> {
    item.set(run, value, false);
    return body ? body(run) : result.true;
  }
}

async function forEachOn(
  run: Run,
  values: readonly ScriptValue[],
  from: number,
  limit: number,
  first: Promise<number>,
  round: (run: Run, value: ScriptValue) => MaybePromise<number>,
): Promise<number> {
  let answer = await first;
  for (let index = from; !endsLoop(run) && index < limit; index++) {
    const value = values[index] ?? null;
    if (value === null) break;
    answer = await round(run, value);
  }
  return answer;
}

function endsLoop(run: Run): boolean {
  const left = run.leaving !== 0;
  run.leaving &= ~leavingLoop;
  return left;
}
