import type { Switch, SwitchCase } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { sameText, toInteger } from '../variables/text.ts';
import { waitingForLookups } from './lookups.ts';
import { result } from './result.ts';
import { leavingLoop, type Run } from './run.ts';
import type { Action, Scope } from './scope.ts';
import { compileStatements } from './statements.ts';
import { waits } from './suspend.ts';
import { compileVariable } from './variables.ts';

interface CompiledCase {
  /** Undefined: `default`. */
  readonly label: number | string | undefined;
  readonly action: Action | undefined;
}

/**
 * `switch`: from the first case whose label fits on, all statements run until a `break`, `default` among them
 * (C: SWITCH_T). Texts fit in any letter case, a number fits only a value that is a number.
 */
export function compileSwitch(scope: Scope, statement: Switch): Action {
  const subject = waitingForLookups(scope, () => compileVariable(scope, statement.subject).get);
  const cases = statement.cases.map((item) => compileCase(scope, item));
  const byDefault = cases.findIndex(({ label }) => label === undefined);

  const choose = (run: Run, value: ScriptValue): number | Promise<number> => {
    const found = cases.findIndex(({ label }) => label !== undefined && fits(value, label));
    run.returnCode = result.true;
    return runFrom(cases, found >= 0 ? found : byDefault, run);
  };
  return (run) => {
    const value = subject(run);
    return waits(value) ? value.then((given) => choose(run, given)) : choose(run, value);
  };
}

function compileCase(scope: Scope, item: SwitchCase): CompiledCase {
  const { label } = item;
  return {
    label: label?.kind === 'Number' ? toInteger(label.value) : label?.value,
    action: compileStatements(scope, item.statements),
  };
}

function fits(value: ScriptValue, label: number | string): boolean {
  if (value === null) return false;
  return typeof label === 'number' ? value === label : sameText(String(value), label);
}

function runFrom(cases: readonly CompiledCase[], from: number, run: Run): number | Promise<number> {
  let answer: number = result.true;
  if (from < 0) return answer;
  for (let index = from; index < cases.length; index++) {
    const given = cases[index]?.action?.(run);
    if (given === undefined) continue;
    if (waits(given)) return goOn(cases, index + 1, run, given);
    answer = given;
    run.returnCode = given;
    if (run.leaving) break;
  }
  run.leaving &= ~leavingLoop;
  return answer;
}

async function goOn(cases: readonly CompiledCase[], next: number, run: Run, first: Promise<number>) {
  let answer = await first;
  for (let index = next; ; index++) {
    run.returnCode = answer;
    if (run.leaving || index >= cases.length) break;
    const given = cases[index]?.action?.(run);
    if (given !== undefined) answer = await given;
  }
  run.leaving &= ~leavingLoop;
  return answer;
}
