import type { Clock } from './clock.ts';
import type { Timer } from './module-exports.ts';

/** Milliseconds of one step (C: the tick of OpenSIPS's utimer). */
const tick = 100;

/** Many timers behind one of the clock: those that are due at the same step share a slot. */
export interface TimerWheel {
  /** Calls at the first step that is not before so many milliseconds from now. */
  after(milliseconds: number, call: () => void): Timer;
  /** How many wait. */
  readonly size: number;
  stop(): void;
}

interface Entry extends Timer {
  readonly call: () => void;
}

export function createTimerWheel(clock: Clock, guard: (call: () => void) => void): TimerWheel {
  return new Wheel(clock, guard);
}

/** Setting and cancelling cost the same whatever waits; the clock is asked only while something does. */
class Wheel implements TimerWheel {
  size = 0;
  readonly #clock: Clock;
  readonly #guard: (call: () => void) => void;
  readonly #slots = new Map<number, Set<Entry>>();
  /** The last step that has been worked on. */
  #done = 0;
  #stopClock: (() => void) | undefined;
  #stopped = false;

  constructor(clock: Clock, guard: (call: () => void) => void) {
    this.#clock = clock;
    this.#guard = guard;
  }

  after(milliseconds: number, call: () => void): Timer {
    const due = Math.ceil((this.#clock.now() + Math.max(milliseconds, 0)) / tick);
    const entry: Entry = { call, cancel: () => this.#remove(due, entry) };
    if (!this.#stopped) this.#add(due, entry);
    return entry;
  }

  stop(): void {
    this.#stopped = true;
    this.#slots.clear();
    this.size = 0;
    this.#rest();
  }

  #add(due: number, entry: Entry): void {
    if (!this.#stopClock) {
      this.#done = Math.floor(this.#clock.now() / tick);
      this.#stopClock = this.#clock.every(tick, () => this.#turn());
    }
    const at = Math.max(due, this.#done + 1);
    const slot = this.#slots.get(at);
    if (slot) slot.add(entry);
    else this.#slots.set(at, new Set([entry]));
    this.size++;
  }

  #remove(due: number, entry: Entry): void {
    // It stands a step later where its time was over when it was set.
    for (const at of [due, due + 1]) {
      const slot = this.#slots.get(at);
      if (!slot?.delete(entry)) continue;
      this.size--;
      if (slot.size === 0) this.#slots.delete(at);
      return;
    }
  }

  #turn(): void {
    const now = Math.floor(this.#clock.now() / tick);
    while (this.#done < now && this.size > 0) {
      this.#done++;
      this.#work(this.#done);
    }
    if (this.size === 0) this.#rest();
  }

  #work(step: number): void {
    const slot = this.#slots.get(step);
    if (!slot) return;
    for (const entry of slot) {
      // A call may cancel those behind it.
      slot.delete(entry);
      this.size--;
      this.#guard(entry.call);
    }
    this.#slots.delete(step);
  }

  #rest(): void {
    this.#stopClock?.();
    this.#stopClock = undefined;
  }
}
