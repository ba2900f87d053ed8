import type { CommandFunction, ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';

/** A lock that is taken, and those that wait for it. */
interface Lock {
  holder: ScriptRun;
  readonly queue: Waiter[];
}

interface Waiter {
  readonly run: ScriptRun;
  settle(got: boolean): void;
}

/** Milliseconds. */
const longestWait = 30_000;

export interface Locks {
  readonly take: CommandFunction;
  readonly release: CommandFunction;
  /** Nobody waits any longer. */
  stop(): void;
}

/**
 * Locks by name. A run that must wait lets others go on meanwhile.
 *
 * Deviation: a run that holds a lock already gets it again, and a wait ends with false after 30 seconds; OpenSIPS waits
 * for ever in both, and only its other processes go on.
 */
export function createLocks({ timers, log }: Pick<ModuleHost, 'timers' | 'log'>): Locks {
  const taken = new Map<string, Lock>();
  const waiting = new Set<Waiter>();

  function wait(lock: Lock, run: ScriptRun, name: string): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = timers.after(longestWait, () => {
        log.error('get_lock', `waited ${longestWait / 1000} seconds for the lock <${name}>`);
        waiter.settle(false);
      });
      const waiter: Waiter = {
        run,
        settle(got) {
          timer.cancel();
          waiting.delete(waiter);
          const place = lock.queue.indexOf(waiter);
          if (place >= 0) lock.queue.splice(place, 1);
          resolve(got);
        },
      };
      waiting.add(waiter);
      lock.queue.push(waiter);
    });
  }

  return {
    take(run, key) {
      const name = String(key);
      const lock = taken.get(name);
      if (lock && lock.holder !== run) return wait(lock, run, name);
      if (!lock) taken.set(name, { holder: run, queue: [] });
      return true;
    },
    release(_run, key) {
      const lock = taken.get(String(key));
      const [next] = lock?.queue ?? [];
      if (!lock) return true;
      if (!next) taken.delete(String(key));
      else {
        lock.holder = next.run;
        next.settle(true);
      }
      return true;
    },
    stop() {
      for (const waiter of waiting) waiter.settle(false);
    },
  };
}
