import type { Timer, Timers } from '../../../runtime/module-exports.ts';

/** Does that where the event loop calls timers: what a peer writes meanwhile has come, and nobody has read it. */
export function asTimersAreCalled(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      act();
      resolve();
    });
  });
}

/** Timers whose clock the test moves. */
export class VirtualTimers implements Timers {
  #now = 1000;
  readonly #waiting = new Map<Timer, { due: number; readonly call: () => void; readonly every?: number }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): Timer {
    return this.#add({ due: this.#now + milliseconds, call });
  }

  deadline(milliseconds: number, call: () => void): Timer {
    let turn: NodeJS.Immediate | undefined;
    const timer = this.after(milliseconds, () => {
      turn = setImmediate(call);
    });
    return {
      cancel() {
        timer.cancel();
        clearImmediate(turn);
      },
    };
  }

  coarse(milliseconds: number, call: () => void): Timer {
    return this.after(milliseconds, call);
  }

  every(milliseconds: number, call: () => void): Timer {
    return this.#add({ due: this.#now + milliseconds, call, every: milliseconds });
  }

  /** Milliseconds until the next call; undefined where none waits. */
  get next(): number | undefined {
    const due = [...this.#waiting.values()].map((entry) => entry.due);
    return due.length === 0 ? undefined : Math.min(...due) - this.#now;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  /** Moves the clock on and makes the calls that fall due, in their order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [first] = [...this.#waiting].sort(([, a], [, b]) => a.due - b.due);
      if (!first || first[1].due > end) break;
      const [timer, entry] = first;
      this.#now = Math.max(this.#now, entry.due);
      if (entry.every === undefined) this.#waiting.delete(timer);
      else entry.due += entry.every;
      entry.call();
    }
    this.#now = end;
  }

  #add(entry: { due: number; call: () => void; every?: number }): Timer {
    const timer: Timer = { cancel: () => void this.#waiting.delete(timer) };
    this.#waiting.set(timer, entry);
    return timer;
  }
}
