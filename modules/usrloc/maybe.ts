import type { MaybePromise } from '../../runtime/module-exports.ts';

export type { MaybePromise };

/** Goes on with a value: at once where it is there, later where it is promised. */
export function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
