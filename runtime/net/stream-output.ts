import type { ByteStream, OutputLimits, StreamOutput, Timer, Timers } from '../module-exports.ts';

/** What goes out on one stream: written together at the end of each turn, bounded in bytes and in time. */
export function createStreamOutput(
  stream: ByteStream,
  limits: OutputLimits,
  stalled: () => void,
  timers: Timers,
): StreamOutput {
  return new GatheredOutput(stream, limits, stalled, timers);
}

class GatheredOutput implements StreamOutput {
  readonly #stream: ByteStream;
  readonly #limits: OutputLimits;
  readonly #stalled: () => void;
  readonly #timers: Timers;
  /** Of this turn of the event loop. */
  #text = '';
  #timer: Timer | undefined;
  #takenBefore = 0;

  constructor(stream: ByteStream, limits: OutputLimits, stalled: () => void, timers: Timers) {
    this.#stream = stream;
    this.#limits = limits;
    this.#stalled = stalled;
    this.#timers = timers;
  }

  write(text: string): boolean {
    if (this.#stream.writableLength + this.#text.length + text.length > this.#limits.maxQueue) return false;
    if (this.#text === '') process.nextTick(flush, this);
    this.#text += text;
    return true;
  }

  flush(): void {
    if (this.#text === '' || !this.#stream.writable) return;
    this.#stream.write(this.#text, 'latin1');
    this.#text = '';
    if (this.#stream.writableLength > 0 && !this.#timer) this.#watch();
  }

  /** A peer that takes nothing for the whole time is stalled; one that is only slow is not. */
  #watch(): void {
    this.#takenBefore = this.#taken();
    this.#timer = this.#timers.after(this.#limits.sendTimeout, () => {
      this.#timer = undefined;
      if (this.#stream.destroyed || this.#stream.writableLength === 0) return;
      if (this.#taken() > this.#takenBefore) this.#watch();
      else this.#stalled();
    });
  }

  #taken(): number {
    return this.#stream.bytesWritten - this.#stream.writableLength;
  }

  stop(): void {
    this.#timer?.cancel();
  }
}

function flush(output: StreamOutput): void {
  output.flush();
}
