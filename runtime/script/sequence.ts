import { result } from './result.ts';
import { leavingScript, type Run } from './run.ts';
import type { Action } from './scope.ts';
import { waits } from './suspend.ts';
import { overBudget } from './time-budget.ts';

/** Whether a run has to end before its next statement. */
type Guard = (run: Run) => boolean;

const unguarded: Guard = () => false;

/** Statements one after the other; answers what the last one answered (C: run_action_list). */
export function sequence(actions: readonly Action[], mustEnd: Guard = unguarded): Action {
  const [only] = actions;
  if (only && actions.length === 1) return single(only, mustEnd);
  return (run) => {
    let answer: number = result.unspecified;
    for (let index = 0; index < actions.length; index++) {
      const action = actions[index];
      if (!action) break;
      if (mustEnd(run)) return overBudget;
      const given = action(run);
      if (waits(given)) return goOn(actions, mustEnd, run, index + 1, given);
      answer = given;
      if (leaves(run, given)) break;
    }
    return answer;
  };
}

function single(action: Action, mustEnd: Guard): Action {
  return (run) => {
    if (mustEnd(run)) return overBudget;
    const given = action(run);
    if (waits(given)) return goOn([], mustEnd, run, 0, given);
    leaves(run, given);
    return given;
  };
}

async function goOn(
  actions: readonly Action[],
  mustEnd: Guard,
  run: Run,
  from: number,
  first: Promise<number>,
): Promise<number> {
  let answer = await first;
  run.askedAt = undefined;
  for (let index = from; !leaves(run, answer); index++) {
    const action = actions[index];
    if (!action) break;
    if (mustEnd(run)) return overBudget;
    const given = action(run);
    answer = await given;
    if (waits(given)) run.askedAt = undefined;
  }
  return answer;
}

/** An answer of 0 ends the script, whichever statement gave it. */
function leaves(run: Run, answer: number): boolean {
  if (answer === 0) run.leaving |= leavingScript;
  return run.leaving !== 0;
}
