import type { ReadCount, ReadLimits } from '../module-exports.ts';

/** Bytes of a turn that does not count: what the longest record of TLS carries (RFC 8446 §5.1). */
const wholeRecord = 16_384;

/**
 * Counts the reads of one stream that leave a message unfinished. C: the `max_msg_chunks` of the protocols. Deviation:
 * `each-turn`, because TLS peers write records of a few bytes, OpenSIPS among them, and its own count locks them out.
 */
export function createReadCount({ maxReads, rule }: ReadLimits, exceeded: () => void): ReadCount {
  return rule === 'each-read' ? new EachRead(maxReads, exceeded) : new EachTurn(maxReads, exceeded);
}

class EachRead implements ReadCount {
  readonly #maxReads: number;
  readonly #exceeded: () => void;
  #reads = 0;

  constructor(maxReads: number, exceeded: () => void) {
    this.#maxReads = maxReads;
    this.#exceeded = exceeded;
  }

  whole(): void {
    this.#reads = 0;
  }

  unfinished(): void {
    if (++this.#reads === this.#maxReads) this.#exceeded();
  }
}

class EachTurn implements ReadCount {
  readonly #reads: EachRead;
  readonly #isLimited: boolean;
  /** Of what this turn has left unfinished. */
  #bytes = 0;
  #turnIsWatched = false;

  constructor(maxReads: number, exceeded: () => void) {
    this.#isLimited = maxReads > 0;
    this.#reads = new EachRead(maxReads, exceeded);
  }

  whole(): void {
    this.#reads.whole();
    this.#bytes = 0;
  }

  unfinished(bytes: number): void {
    if (!this.#isLimited) return;
    this.#bytes += bytes;
    if (this.#turnIsWatched) return;
    this.#turnIsWatched = true;
    setImmediate(endTurn, this);
  }

  endTurn(): void {
    const bytes = this.#bytes;
    this.#turnIsWatched = false;
    this.#bytes = 0;
    if (bytes > 0 && bytes < wholeRecord) this.#reads.unfinished();
  }
}

function endTurn(count: EachTurn): void {
  count.endTurn();
}
