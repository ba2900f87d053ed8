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

export function createTimerWheel(clock: Clock, guard: (call: () => void) => void): TimerWheel {
  return new Wheel(clock, guard);
}

/** Setting and cancelling cost the same whatever waits; the clock is asked only while something does. */
class Wheel implements TimerWheel {
  size = 0;
  readonly #clock: Clock;
  readonly #guard: (call: () => void) => void;
  readonly #slots = new Map<number, Slot>();
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
    const entry = new Entry(this, call);
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
    let slot = this.#slots.get(at);
    if (!slot) {
      slot = new Slot(at);
      this.#slots.set(at, slot);
    }
    slot.entries.add(entry);
    entry.slot = slot;
    this.size++;
  }

  remove(entry: Entry): void {
    const { slot } = entry;
    entry.slot = undefined;
    if (this.#stopped || !slot?.entries.delete(entry)) return;
    this.size--;
    if (slot.entries.size === 0) this.#slots.delete(slot.step);
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
    for (const entry of slot.entries) {
      // A call may cancel those behind it.
      slot.entries.delete(entry);
      entry.slot = undefined;
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

/** What is due at one step. */
class Slot {
  readonly step: number;
  readonly entries = new Set<Entry>();

  constructor(step: number) {
    this.step = step;
  }
}

class Entry implements Timer {
  readonly call: () => void;
  readonly #wheel: Wheel;
  /** Where it waits. */
  slot: Slot | undefined = undefined;

  constructor(wheel: Wheel, call: () => void) {
    this.#wheel = wheel;
    this.call = call;
  }

  cancel(): void {
    this.#wheel.remove(this);
  }
}
