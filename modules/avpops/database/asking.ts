import type { Logger, MaybePromise } from '../../../runtime/module-exports.ts';

/** What functions answer where nothing came of it. */
export const FAILED = -1;

/** Asks the database and goes on at once where the answer is there; what it throws is told, and the answer is -1. */
export function asking<T>(
  log: Logger,
  caller: string,
  question: () => MaybePromise<T>,
  goOn: (answer: T) => number,
): MaybePromise<number> {
  const failed = (error: unknown): number => {
    log.error(caller, error instanceof Error ? error.message : String(error));
    return FAILED;
  };
  try {
    const answer = question();
    return answer instanceof Promise ? answer.then(goOn).catch(failed) : goOn(answer);
  } catch (error) {
    return failed(error);
  }
}
