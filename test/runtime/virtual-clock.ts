import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../runtime/clock.ts';

interface Waiting {
  due: number;
  readonly call: () => void;
  readonly every: number | undefined;
}

/** The time of a host that a test moves: `createHost({ clock })`. */
export class VirtualClock implements Clock {
  /** Not 0, so that nobody takes a time for none. */
  #now = 1_000_000;
  readonly #waiting = new Set<Waiting>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, call: () => void): () => void {
    return this.#add({ due: this.#now + milliseconds, call, every: undefined });
  }

  every(milliseconds: number, call: () => void): () => void {
    return this.#add({ due: this.#now + milliseconds, call, every: milliseconds });
  }

  /** Calls that wait. */
  get pending(): number {
    return this.#waiting.size;
  }

  /**
   * Moves the time on: makes the calls that fall due, in their order, and gives the event loop a turn behind each moment,
   * so that what these calls send has left and promises have settled.
   */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = next;
      for (const waiting of [...this.#waiting]) if (waiting.due <= next) this.#fire(waiting);
      await turn();
    }
    this.#now = end;
    await turn();
  }

  #next(end: number): number | undefined {
    let next = Number.POSITIVE_INFINITY;
    for (const { due } of this.#waiting) if (due < next) next = due;
    return next <= end ? Math.max(next, this.#now) : undefined;
  }

  #fire(waiting: Waiting): void {
    if (!this.#waiting.has(waiting)) return;
    if (waiting.every === undefined) this.#waiting.delete(waiting);
    else waiting.due += waiting.every;
    waiting.call();
  }

  #add(waiting: Waiting): () => void {
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }
}
