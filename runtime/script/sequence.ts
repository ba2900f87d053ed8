import { result } from './result.ts';
import { leavingScript, type Run } from './run.ts';
import type { Action } from './scope.ts';
import { waits } from './suspend.ts';

/** Statements one after the other; answers what the last one answered (C: run_action_list). */
export function sequence(actions: readonly Action[]): Action {
  const [only] = actions;
  if (only && actions.length === 1) return single(only);
  return (run) => {
    let answer: number = result.unspecified;
    for (let index = 0; index < actions.length; index++) {
      const action = actions[index];
      if (!action) break;
      const given = action(run);
      if (waits(given)) return goOn(actions, run, index + 1, given);
      answer = given;
      if (leaves(run, given)) break;
    }
    return answer;
  };
}

function single(action: Action): Action {
  return (run) => {
    const given = action(run);
    if (waits(given)) return goOn([], run, 0, given);
    leaves(run, given);
    return given;
  };
}

async function goOn(
  actions: readonly Action[],
  run: Run,
  from: number,
  first: Promise<number>,
): Promise<number> {
  let answer = await first;
  for (let index = from; !leaves(run, answer); index++) {
    const action = actions[index];
    if (!action) break;
    answer = await action(run);
  }
  return answer;
}

/** An answer of 0 ends the script, whichever statement gave it. */
function leaves(run: Run, answer: number): boolean {
  if (answer === 0) run.leaving |= leavingScript;
  return run.leaving !== 0;
}
