import type { Timer, Timers } from '../../runtime/module-exports.ts';

/** Milliseconds. */
interface PingTimes {
  /** ws_ping_interval: between a pong and the next ping. */
  readonly pingInterval: number;
  /** ws_pong_timeout: that an answer may take. */
  readonly pongTimeout: number;
}

/** The connection that is pinged. */
export interface PingedPeer {
  ping(payload: string): void;
  /** Told how many milliseconds the answer took. */
  ponged(milliseconds: number): void;
  /** No answer came in time. */
  lostPing(): void;
}

/** So much earlier than the interval says a ping may leave, so that many connections do not ping at once. */
const jitter = 0.2;

/** Pings the peer of one connection; one ping at a time is under way. RFC 6455 §5.5.2. */
export class Pinger {
  readonly #peer: PingedPeer;
  readonly #timers: Timers;
  readonly #times: PingTimes;
  readonly #onTime = () => this.#onDue();
  /** Until the next ping or, while one is under way, until it counts as lost; thousands of connections have one. */
  #timer: Timer;
  #payload: string | undefined;
  #count = 0;
  #sentAt = 0;

  constructor(peer: PingedPeer, timers: Timers, times: PingTimes) {
    this.#peer = peer;
    this.#timers = timers;
    this.#times = times;
    this.#timer = this.#untilNext();
  }

  /** Takes the peer's pong; one that answers no ping of ours is ignored (RFC 6455 §5.5.3). */
  pong(payload: string): void {
    if (this.#payload === undefined || payload !== this.#payload) return;
    this.#payload = undefined;
    this.#timer.cancel();
    this.#peer.ponged(this.#timers.now() - this.#sentAt);
    this.#timer = this.#untilNext();
  }

  stop(): void {
    this.#payload = undefined;
    this.#timer.cancel();
  }

  #untilNext(): Timer {
    return this.#timers.coarse(this.#times.pingInterval * (1 - jitter * Math.random()), this.#onTime);
  }

  #onDue(): void {
    if (this.#payload === undefined) this.#ping();
    else this.#lose(this.#payload);
  }

  #ping(): void {
    const payload = String(++this.#count);
    this.#payload = payload;
    this.#sentAt = this.#timers.now();
    this.#timer = this.#timers.coarse(this.#times.pongTimeout, this.#onTime);
    this.#peer.ping(payload);
  }

  /** One turn later, because a pong that came while this process was busy counts as in time. */
  #lose(payload: string): void {
    setImmediate(() => {
      if (payload === this.#payload) this.#peer.lostPing();
    });
  }
}
