import { reasonOf } from './host-error.ts';

/** One step of the start, with what takes it back. */
export interface Step<Context> {
  /** As it stands in log lines. */
  readonly name: string;
  run(context: Context): void | Promise<void>;
  /** Takes back what `run` did; also called where `run` failed halfway. */
  undo?(context: Context): void | Promise<void>;
}

/** What watches the steps. */
export interface StepObserver {
  /** In front of each step; what it throws fails the start there. */
  before(step: string): void;
  /** An undo that threw; the others still run. */
  undoFailed(step: string, reason: string): void;
}

/** Runs the steps in order. Where one fails, those begun are undone in reverse and its error goes on. */
export async function runSteps<Context>(
  steps: readonly Step<Context>[],
  context: Context,
  observer: StepObserver,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    try {
      observer.before(step.name);
      await step.run(context);
    } catch (error) {
      await undoSteps(steps.slice(0, index + 1), context, observer);
      throw error;
    }
  }
}

/** Undoes steps in reverse order. Never throws. */
export async function undoSteps<Context>(
  steps: readonly Step<Context>[],
  context: Context,
  observer: StepObserver,
): Promise<void> {
  for (const step of steps.toReversed()) {
    try {
      await step.undo?.(context);
    } catch (error) {
      observer.undoFailed(step.name, reasonOf(error));
    }
  }
}
