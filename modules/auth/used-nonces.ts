/** How many nonce counts behind the highest one may still come, because requests overtake each other. */
const WINDOW = 32;

/** What was used of one nonce. */
interface Used {
  readonly expires: number;
  /** Infinite: all of it. */
  highest: number;
  /** Bit n: the count n below the highest was used. */
  bits: number;
}

/**
 * The nonce counts that were used (RFC 7616 §3.4.5), so that nothing is taken twice. Only nonces that somebody with a
 * password has used are remembered, and only until they end: challenges cost no memory.
 */
export class UsedNonces {
  readonly #limit: number;
  readonly #now: () => number;
  /** By number, in the order of their first use. */
  readonly #used = new Map<number, Used>();

  /** `now`: milliseconds of the clock that nonces end by. */
  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  get size(): number {
    return this.#used.size;
  }

  /** Whether that count of a nonce was not used so far; without a count the nonce must be all new. */
  isFresh(index: number, count: number | undefined): boolean {
    const used = this.#used.get(index);
    return used === undefined || (count !== undefined && isFresh(used, count));
  }

  /** Marks it as used. False where it was already, `full` where no more nonces can be remembered. */
  use(index: number, count: number | undefined, expires: number): boolean | 'full' {
    const used = this.#used.get(index);
    if (used) return count !== undefined && isFresh(used, count) && mark(used, count);
    this.forgetEnded();
    if (this.#used.size >= this.#limit) return 'full';
    this.#used.set(index, { expires, highest: count ?? Number.POSITIVE_INFINITY, bits: 1 });
    return true;
  }

  /** They end nearly in the order in which they were used first. */
  forgetEnded(): void {
    const now = this.#now();
    for (const [index, { expires }] of this.#used) {
      if (expires > now) return;
      this.#used.delete(index);
    }
  }
}

function isFresh({ highest, bits }: Used, count: number): boolean {
  if (count > highest) return true;
  const below = highest - count;
  return below < WINDOW && (bits & (1 << below)) === 0;
}

function mark(used: Used, count: number): true {
  const ahead = count - used.highest;
  if (ahead > 0) {
    used.bits = ahead >= WINDOW ? 1 : (used.bits << ahead) | 1;
    used.highest = count;
  } else {
    used.bits |= 1 << -ahead;
  }
  return true;
}
