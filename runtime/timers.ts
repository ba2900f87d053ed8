import type { Timer, Timers } from './module-exports.ts';

/** The timers of one host; `stop` cancels all that are left. */
export interface HostTimers extends Timers {
  /** How many wait. */
  readonly pending: number;
  stop(): void;
}

/** No setTimeout of Node goes further; longer waits would fire at once. */
const longestWait = 2 ** 31 - 1;

/**
 * Timers that belong to one host: nothing of them is left when the host stops, and what a call throws is
 * handed to `onError` instead of ending the process.
 */
export function createTimers(onError: (error: unknown) => void): HostTimers {
  const running = new Set<Timer>();
  let stopped = false;

  const guard = (call: () => void) => {
    try {
      call();
    } catch (error) {
      onError(error);
    }
  };

  const keep = (cancelNode: () => void): Timer => {
    const timer: Timer = {
      cancel: () => {
        if (running.delete(timer)) cancelNode();
      },
    };
    if (stopped) cancelNode();
    else running.add(timer);
    return timer;
  };

  return {
    get pending() {
      return running.size;
    },
    now: () => performance.now(),
    after(milliseconds, call) {
      const node = setTimeout(
        () => {
          running.delete(timer);
          guard(call);
        },
        Math.min(milliseconds, longestWait),
      );
      const timer = keep(() => clearTimeout(node));
      return timer;
    },
    every(milliseconds, call) {
      const node = setInterval(() => guard(call), Math.min(milliseconds, longestWait));
      return keep(() => clearInterval(node));
    },
    stop() {
      stopped = true;
      for (const timer of running) timer.cancel();
    },
  };
}
