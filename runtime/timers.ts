import { type Clock, systemClock } from './clock.ts';
import type { Timer, Timers } from './module-exports.ts';
import { createTimerWheel } from './timer-wheel.ts';

/** The timers of one host; `stop` cancels all that are left. */
export interface HostTimers extends Timers {
  /** How many wait. */
  readonly pending: number;
  stop(): void;
}

/**
 * Timers that belong to one host: nothing of them is left when the host stops, and what a call throws is
 * handed to `onError` instead of ending the process.
 */
export function createTimers(onError: (error: unknown) => void, clock: Clock = systemClock): HostTimers {
  const running = new Set<Timer>();
  let stopped = false;

  const guard = (call: () => void) => {
    try {
      call();
    } catch (error) {
      onError(error);
    }
  };
  const wheel = createTimerWheel(clock, guard);

  const keep = (cancelInClock: () => void): Timer => {
    const timer: Timer = {
      cancel: () => {
        if (running.delete(timer)) cancelInClock();
      },
    };
    if (stopped) cancelInClock();
    else running.add(timer);
    return timer;
  };

  const after = (milliseconds: number, call: () => void): Timer => {
    const timer = keep(
      clock.after(milliseconds, () => {
        running.delete(timer);
        guard(call);
      }),
    );
    return timer;
  };

  return {
    get pending() {
      return running.size + wheel.size;
    },
    now: () => clock.now(),
    after,
    deadline(milliseconds, call) {
      let turn: Timer | undefined;
      const timer = after(milliseconds, () => {
        const immediate = setImmediate(() => {
          running.delete(waiting);
          guard(call);
        });
        const waiting = keep(() => clearImmediate(immediate));
        turn = waiting;
      });
      return {
        cancel() {
          timer.cancel();
          turn?.cancel();
        },
      };
    },
    every: (milliseconds, call) => keep(clock.every(milliseconds, () => guard(call))),
    coarse: (milliseconds, call) => wheel.after(milliseconds, call),
    stop() {
      stopped = true;
      wheel.stop();
      for (const timer of running) timer.cancel();
    },
  };
}
