import type { Timer, Timers } from '../../runtime/module-exports.ts';

interface PingSettings {
  readonly timers: Timers;
  /** Milliseconds between a pong and the next ping, at most. */
  readonly interval: number;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  /** Sends a ping with this payload. */
  readonly send: (payload: string) => void;
  /** Told how long an answer took. */
  readonly answered: (milliseconds: number) => void;
  /** No answer came in time. */
  readonly lost: () => void;
}

/** So much earlier than the interval says a ping may leave, so that many connections do not ping at once. */
const jitter = 0.2;

/** Pings the peer of one connection; one ping at a time is under way. RFC 6455 §5.5.2. */
export class Pinger {
  readonly #settings: PingSettings;
  /** Until the next ping or, while one is under way, until it counts as lost. */
  #timer: Timer;
  #payload: string | undefined;
  #count = 0;
  #sentAt = 0;

  constructor(settings: PingSettings) {
    this.#settings = settings;
    this.#timer = this.#next();
  }

  /** Takes the peer's pong; one that answers no ping of ours is ignored (RFC 6455 §5.5.3). */
  pong(payload: string): void {
    if (this.#payload === undefined || payload !== this.#payload) return;
    this.#payload = undefined;
    this.#timer.cancel();
    this.#settings.answered(this.#settings.timers.now() - this.#sentAt);
    this.#timer = this.#next();
  }

  stop(): void {
    this.#payload = undefined;
    this.#timer.cancel();
  }

  #next(): Timer {
    const { timers, interval } = this.#settings;
    return timers.after(interval * (1 - jitter * Math.random()), () => this.#ping());
  }

  #ping(): void {
    const { timers, timeout, send } = this.#settings;
    const payload = String(++this.#count);
    this.#payload = payload;
    this.#sentAt = timers.now();
    // One turn later, because a pong that came while this process was busy counts as in time.
    this.#timer = timers.after(timeout, () => setImmediate(() => this.#onTimeout(payload)));
    send(payload);
  }

  #onTimeout(payload: string): void {
    if (payload === this.#payload) this.#settings.lost();
  }
}
