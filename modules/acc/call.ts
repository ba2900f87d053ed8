import type { Kinds } from './kinds.ts';
import type { Occurrence } from './occurrence.ts';

/** A call that was accepted, until its record is written. */
export interface Call {
  /** How it was accepted. */
  readonly occurrence: Occurrence;
  readonly kinds: Readonly<Kinds>;
  /** The table of the database. */
  readonly table: string;
  /** Milliseconds since 1970; `end` is 0 while it lasts. */
  readonly start: number;
  end: number;
  written: boolean;
}

/** Seconds and milliseconds of a call, as its record tells them. */
export interface CallTimes {
  readonly start: number;
  readonly created: number;
  readonly setupTime: number;
  readonly duration: number;
  readonly milliseconds: number;
}

/** `roundsUp`: since 3.2 a second that has begun counts; before the seconds of both clocks are told apart. */
export function callTimes({ start, end, occurrence }: Call, roundsUp: boolean): CallTimes {
  const [begun, over] = [Math.floor(start / 1000), Math.floor(end / 1000)];
  const created = occurrence.accounting?.created ?? 0;
  const milliseconds = end - start;
  return {
    start: begun,
    created,
    setupTime: begun - created,
    duration: roundsUp ? Math.ceil(milliseconds / 1000) : over - begun,
    milliseconds,
  };
}
