import type { MaybePromise, Timers } from '../../runtime/module-exports.ts';
import type { SqliteFailure } from './sqlite-failure.ts';
import { failureOf } from './sqlite-failure.ts';

/** Milliseconds between two attempts. */
const firstPause = 2;
const longestPause = 50;

/**
 * Does one thing after the other. What SQLite answers at once is answered at once; while others keep the database locked
 * the thing is tried again, and what is asked later waits behind it. The process is never blocked meanwhile.
 */
export class WaitingLine {
  readonly #timers: Pick<Timers, 'now' | 'after'>;
  readonly #patience: number;
  /** What the last one in the line waits for; undefined where nobody waits. */
  #last: Promise<unknown> | undefined;

  /** `patience`: milliseconds that one thing may wait for its lock. */
  constructor(timers: Pick<Timers, 'now' | 'after'>, patience: number) {
    this.#timers = timers;
    this.#patience = patience;
  }

  /** Errors: SqliteFailure, thrown or as a rejection. */
  do<T>(work: () => T): MaybePromise<T> {
    const before = this.#last;
    if (before) return this.#stand(before.then(() => this.#attempt(work)));
    const result = this.#attempt(work);
    return result instanceof Promise ? this.#stand(result) : result;
  }

  /** Resolves when nobody waits any more. */
  async empty(): Promise<void> {
    while (this.#last) await this.#last;
  }

  #stand<T>(waiting: Promise<T>): Promise<T> {
    const done = waiting.then(
      () => undefined,
      () => undefined,
    );
    const last = done.then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
    return waiting;
  }

  #attempt<T>(work: () => T): MaybePromise<T> {
    try {
      return work();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'busy' || this.#patience <= 0) throw failure;
      return new Promise((resolve, reject) => {
        const until = this.#timers.now() + this.#patience;
        this.#again(work, { until, pause: firstPause, resolve, reject });
      });
    }
  }

  #again<T>(work: () => T, wait: Wait<T>): void {
    this.#timers.after(wait.pause, () => {
      try {
        wait.resolve(work());
      } catch (error) {
        const failure = failureOf(error);
        if (failure.code !== 'busy' || this.#timers.now() >= wait.until) wait.reject(failure);
        else this.#again(work, { ...wait, pause: Math.min(wait.pause * 2, longestPause) });
      }
    });
  }
}

interface Wait<T> {
  readonly until: number;
  readonly pause: number;
  readonly resolve: (value: T) => void;
  readonly reject: (failure: SqliteFailure) => void;
}
