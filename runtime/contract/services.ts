/** Log, time, counters, events and globals. Types only. */

import type { ScriptValue } from './values.ts';

export interface HostGlobals {
  /** The whole `Server: …` line of replies, without its line end, as server_signature and server_header say. */
  readonly serverHeader: string | undefined;
  /** Any core global of the config by name, typed and defaulted. */
  get(name: string): number | string | undefined;
}

/** Lines in OpenSIPS's format; `caller` is the name that stands where C has the function's. */
export interface Logger {
  readonly debugOn: boolean;
  readonly infoOn: boolean;
  alert(caller: string, message: string): void;
  critical(caller: string, message: string): void;
  error(caller: string, message: string): void;
  warning(caller: string, message: string): void;
  notice(caller: string, message: string): void;
  info(caller: string, message: string): void;
  /** Guard with `debugOn` where the message costs anything to build. */
  debug(caller: string, message: string): void;
  /**
   * A line with neither module nor caller (C: LM_GEN2), of a level by its number, -3 (ALERT) to 4 (DBG), and in syslog
   * with that facility (`LOG_LOCAL0`) instead of the log's own.
   */
  plain(level: number, message: string, facility?: string): void;
}

export interface Timers {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  after(milliseconds: number, call: () => void): Timer;
  /**
   * As `after`, for the time that a peer may take: one turn of the event loop later, because what has come while this
   * process was busy counts as in time. Whoever has read it cancels.
   */
  deadline(milliseconds: number, call: () => void): Timer;
  every(milliseconds: number, call: () => void): Timer;
  /** As `after`, up to 100 milliseconds later: thousands of them cost no more than one. */
  coarse(milliseconds: number, call: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export interface Statistics {
  /** A counter named in this module's manifest, or one of a family that it names: `handshakes_*`. */
  counter(name: string): Counter;
  gauge(name: string, read: () => number): void;
}

export interface Counter {
  value: number;
}

/** Things that happen, told to whoever subscribed: event_routes. */
export interface Events {
  /** Whether anybody hears it; ask before parameters are put together. */
  isHeard(event: string): boolean;
  /** Its event_routes run later, each with a run of its own. */
  raise(event: string, params?: readonly EventParam[]): void;
}

/** A parameter of an event; without a name it is found by its number alone. */
export interface EventParam {
  readonly name: string | undefined;
  readonly value: ScriptValue;
}
