import type {
  ByteStream,
  OutputLimits,
  OutputWatcher,
  StreamOutput,
  Timer,
  Timers,
} from '../module-exports.ts';

/**
 * The end of the current turn of the event loop, for all streams of a host: when everything that has come is worked on,
 * what goes out is written. One for a host costs less than one for each stream, and a peer that sends several records of
 * TLS at once is answered by one.
 */
export class TurnEnd {
  /** With something to write. */
  #outputs: GatheredOutput[] = [];

  /** This one has something to write. */
  add(output: GatheredOutput): void {
    if (this.#outputs.length === 0) setImmediate(endTurn, this);
    this.#outputs.push(output);
  }

  end(): void {
    const outputs = this.#outputs;
    this.#outputs = [];
    for (const output of outputs) output.flush();
  }
}

function endTurn(turn: TurnEnd): void {
  turn.end();
}

/**
 * How often a stream is looked at before it counts as stalled. Between two looks the event loop has asked the system, so
 * that no peer is blamed when this process itself was held up for the whole time.
 */
const looksPerTimeout = 4;

/** What goes out on one stream: written together at the end of each turn, bounded in bytes and in time. */
export function createStreamOutput(
  stream: ByteStream,
  limits: OutputLimits,
  watcher: OutputWatcher,
  timers: Timers,
  turn: TurnEnd,
): StreamOutput {
  return new GatheredOutput(stream, limits, watcher, timers, turn);
}

class GatheredOutput implements StreamOutput {
  readonly #stream: ByteStream;
  readonly #limits: OutputLimits;
  readonly #watcher: OutputWatcher;
  readonly #timers: Timers;
  readonly #turn: TurnEnd;
  /** Of this turn of the event loop. */
  #text = '';
  #timer: Timer | undefined;
  #takenBefore = 0;

  constructor(
    stream: ByteStream,
    limits: OutputLimits,
    watcher: OutputWatcher,
    timers: Timers,
    turn: TurnEnd,
  ) {
    this.#stream = stream;
    this.#limits = limits;
    this.#watcher = watcher;
    this.#timers = timers;
    this.#turn = turn;
  }

  get waiting(): number {
    return this.#stream.writableLength + this.#text.length;
  }

  write(text: string): boolean {
    if (this.waiting + text.length > this.#limits.maxQueue) return false;
    if (this.#text === '') this.#turn.add(this);
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
  #watch(looks = looksPerTimeout): void {
    this.#takenBefore = this.#taken();
    this.#timer = this.#timers.after(this.#limits.sendTimeout / looksPerTimeout, () => {
      this.#timer = undefined;
      if (this.#stream.destroyed || this.#stream.writableLength === 0) return;
      if (this.#taken() > this.#takenBefore) this.#watch();
      else if (looks > 1) this.#watch(looks - 1);
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
