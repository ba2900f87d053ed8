/** Values that may have to be waited for, in the style of the host: a promise only where something really waits. */

export type MaybePromise<T> = T | Promise<T>;

export function waits<T>(value: MaybePromise<T>): value is Promise<T> {
  return value instanceof Promise;
}

/** Goes on with a value: at once where it is there. */
export function then<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return waits(value) ? value.then(next) : next(value);
}

/** Works on one item behind the other; waits only where the work on one does. */
export function inTurn<T>(
  items: readonly T[],
  work: (item: T) => MaybePromise<void>,
  from = 0,
): MaybePromise<void> {
  for (let at = from; at < items.length; at++) {
    const done = work(items[at] as T);
    if (waits(done)) return done.then(() => inTurn(items, work, at + 1));
  }
}
