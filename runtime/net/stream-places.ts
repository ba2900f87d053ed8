import type { ByteStream, Logger } from '../module-exports.ts';

interface PlacesEnvironment {
  /** tcp_max_connections. */
  readonly limit: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly log: Pick<Logger, 'error'>;
}

/** Milliseconds for which the log says nothing more of streams without a place. */
const silence = 1000;

/** The places for streams, one for each from its first moment until it is gone. */
export class StreamPlaces {
  readonly limit: number;
  readonly #environment: PlacesEnvironment;
  readonly #taken = new Set<ByteStream>();
  /** One listener for all streams, which are its `this`: each connection would keep one of its own. */
  readonly #leave: (this: ByteStream) => void;
  #silentUntil = Number.NEGATIVE_INFINITY;

  constructor(environment: PlacesEnvironment) {
    this.limit = environment.limit;
    this.#environment = environment;
    const taken = this.#taken;
    this.#leave = function () {
      taken.delete(this);
    };
  }

  get areFull(): boolean {
    return this.#taken.size >= this.limit;
  }

  /** Gives a stream a place; where there is none, the log says so. */
  give(stream: ByteStream): void {
    if (this.areFull) {
      this.#tell();
      return;
    }
    this.#taken.add(stream);
    stream.on('close', this.#leave);
  }

  has(stream: ByteStream): boolean {
    return this.#taken.has(stream);
  }

  #tell(): void {
    const { now, log } = this.#environment;
    const time = now();
    if (time < this.#silentUntil) return;
    this.#silentUntil = time + silence;
    log.error('handle_new_connect', `maximum number of connections exceeded: ${this.limit}`);
  }
}
