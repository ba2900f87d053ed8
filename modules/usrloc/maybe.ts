/** A value, or a promise of it where something behind it waits. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value: at once where it is there, later where it is promised. */
export function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
