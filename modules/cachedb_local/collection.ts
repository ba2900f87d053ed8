import type { Cache, Timers } from '../../runtime/module-exports.ts';

interface Entry {
  value: string;
  /** Milliseconds of the host's clock; undefined: for ever. */
  readonly until: number | undefined;
}

const wholeNumber = /^[+-]?\d+$/;

/** The keys of one collection. C: hash.c. */
export class Collection implements Cache {
  readonly #entries = new Map<string, Entry>();
  readonly #timers: Pick<Timers, 'now'>;
  readonly #maxKeys: number;
  readonly #full: () => void;

  /** `full` is called where a key is not kept because there are `maxKeys` (0: no limit). */
  constructor(timers: Pick<Timers, 'now'>, maxKeys: number, full: () => void) {
    this.#timers = timers;
    this.#maxKeys = maxKeys;
    this.#full = full;
  }

  get size(): number {
    return this.#entries.size;
  }

  store(key: string, value: string, seconds: number): boolean {
    if (!this.#entries.has(key) && !this.#hasRoom()) return false;
    const until = seconds === 0 ? undefined : this.#timers.now() + seconds * 1000;
    this.#entries.set(key, { value, until });
    return true;
  }

  remove(key: string): true {
    this.#entries.delete(key);
    return true;
  }

  fetch(key: string): string | undefined {
    return this.#living(key)?.value;
  }

  /** A number that is there keeps its time. Numbers have 32 bits, as all of the script. */
  add(key: string, by: number, seconds: number): number | undefined {
    const entry = this.#living(key);
    if (!entry) return this.store(key, String(by | 0), seconds) ? by | 0 : undefined;
    if (!wholeNumber.test(entry.value)) return undefined;
    const sum = (Number(entry.value) + by) | 0;
    entry.value = String(sum);
    return sum;
  }

  /** Forgets the keys for which `fits` says so. */
  removeWhere(fits: (key: string) => boolean): void {
    for (const key of this.#entries.keys()) if (fits(key)) this.#entries.delete(key);
  }

  /** Forgets the keys whose time is over. */
  clean(): void {
    const now = this.#timers.now();
    for (const [key, { until }] of this.#entries) {
      if (until !== undefined && until <= now) this.#entries.delete(key);
    }
  }

  #living(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry?.until === undefined || entry.until > this.#timers.now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  #hasRoom(): boolean {
    if (this.#maxKeys === 0 || this.#entries.size < this.#maxKeys) return true;
    this.clean();
    if (this.#entries.size < this.#maxKeys) return true;
    this.#full();
    return false;
  }
}
