import type { Timers } from '../../runtime/module-exports.ts';

/**
 * UNIX seconds that never go back: the time of the day at the start, and what has gone by since. A step of the
 * machine's clock then ends no registration.
 */
export function createSeconds(timers: Pick<Timers, 'now'>): () => number {
  const begin = Date.now() - timers.now();
  return () => Math.floor((begin + timers.now()) / 1000);
}
