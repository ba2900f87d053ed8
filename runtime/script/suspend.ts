/**
 * The style in which a run suspends: whatever may wait returns its value, or a promise of it only when it
 * really waits. Callers look at the type and go on in place at once, or from a `then`. So a run that does not
 * wait makes no promise.
 */

import type { ScriptValue } from '../module-exports.ts';

export type MaybePromise<T> = T | Promise<T>;

/** True for the promise of a value; script values are never objects. */
export function waits<T extends ScriptValue | undefined>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null;
}
