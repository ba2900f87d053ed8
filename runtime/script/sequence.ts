import type { Spot } from './mistakes.ts';
import { result } from './result.ts';
import { leavingScript, type Run } from './run.ts';
import type { Action } from './scope.ts';
import { waits } from './suspend.ts';
import { clockMask, overBudget } from './time-budget.ts';

/** One statement, and where it stands. */
export interface Step {
  readonly action: Action;
  readonly place: Spot['place'];
}

/** What the statements of a script share. */
export interface SequenceFacts {
  /** Is told each statement before it runs, for what goes wrong in it. */
  readonly spot: Spot;
  /** Whether a run has to end before its next statement; asked at every so many of them. */
  readonly mustEnd: (run: Run) => boolean;
}

/** Statements one after the other; answers what the last one answered (C: run_action_list). */
export function sequence(steps: readonly Step[], facts: SequenceFacts): Action {
  const { spot, mustEnd } = facts;
  const [only] = steps;
  if (only && steps.length === 1) return single(only, facts);
  return (run) => {
    let answer: number = result.unspecified;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      if (!step) break;
      if ((++run.statements & clockMask) === 0 && mustEnd(run)) return overBudget;
      spot.run = run;
      spot.place = step.place;
      const given = step.action(run);
      if (waits(given)) return goOn(steps, facts, run, index + 1, given);
      answer = given;
      if (leaves(run, given)) break;
    }
    return answer;
  };
}

function single({ action, place }: Step, facts: SequenceFacts): Action {
  const { spot, mustEnd } = facts;
  return (run) => {
    if ((++run.statements & clockMask) === 0 && mustEnd(run)) return overBudget;
    spot.run = run;
    spot.place = place;
    const given = action(run);
    if (waits(given)) return goOn([], facts, run, 0, given);
    leaves(run, given);
    return given;
  };
}

async function goOn(
  steps: readonly Step[],
  { spot, mustEnd }: SequenceFacts,
  run: Run,
  from: number,
  first: Promise<number>,
): Promise<number> {
  let answer = await first;
  run.askedAt = undefined;
  for (let index = from; !leaves(run, answer); index++) {
    const step = steps[index];
    if (!step) break;
    if ((++run.statements & clockMask) === 0 && mustEnd(run)) return overBudget;
    spot.run = run;
    spot.place = step.place;
    const given = step.action(run);
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
