import type {
  ByteStream,
  OutputLimits,
  OutputWatcher,
  StreamOutput,
  Timer,
  Timers,
} from '../module-exports.ts';

/** What goes out on one stream: written together at the end of each turn, bounded in bytes and in time. */
export function createStreamOutput(
  stream: ByteStream,
  limits: OutputLimits,
  watcher: OutputWatcher,
  timers: Timers,
): StreamOutput {
  return new GatheredOutput(stream, limits, watcher, timers);
}

class GatheredOutput implements StreamOutput {
  readonly #stream: ByteStream;
  readonly #limits: OutputLimits;
  readonly #watcher: OutputWatcher;
  readonly #timers: Timers;
  /** Of this turn of the event loop. */
  #text = '';
  #timer: Timer | undefined;
  #takenBefore = 0;

  constructor(stream: ByteStream, limits: OutputLimits, watcher: OutputWatcher, timers: Timers) {
    this.#stream = stream;
    this.#limits = limits;
    this.#watcher = watcher;
    this.#timers = timers;
  }

  get waiting(): number {
    return this.#stream.writableLength + this.#text.length;
  }

  write(text: string): boolean {
    if (this.waiting + text.length > this.#limits.maxQueue) return false;
    if (this.#text === '') process.nextTick(flush, this);
    this.#text += text;
    return true;
  }

  flush(last = ''): void {
    const text = this.#text + last;
    if (text === '' || !this.#stream.writable) return;
    this.#text = '';
    this.#stream.write(text, 'latin1');
    const waiting = this.#stream.writableLength;
    if (waiting === 0) return;
    this.#watcher.waits?.(waiting);
    if (!this.#timer) this.#watch();
  }

  /** A peer that takes nothing for the whole time is stalled; one that is only slow is not. */
  #watch(): void {
    this.#takenBefore = this.#taken();
    this.#timer = this.#timers.after(this.#limits.sendTimeout, () => {
      this.#timer = undefined;
      if (this.#stream.destroyed || this.#stream.writableLength === 0) return;
      if (this.#taken() > this.#takenBefore) this.#watch();
      else this.#watcher.stalled();
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
