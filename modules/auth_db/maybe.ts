import type { MaybePromise } from '../../runtime/module-exports.ts';

/** Asks the database and goes on with what it answers, at once where the answer is there; `failed` where it throws. */
export function ask<T, U>(
  question: () => MaybePromise<T>,
  goOn: (answer: T) => U,
  failed: (error: unknown) => U,
): MaybePromise<U> {
  let answer: MaybePromise<T>;
  try {
    answer = question();
  } catch (error) {
    return failed(error);
  }
  return answer instanceof Promise ? answer.then(goOn, failed) : goOn(answer);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
