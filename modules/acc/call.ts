/** Seconds and milliseconds of a call, as its record tells them. */
export interface CallTimes {
  /** Seconds since 1970 when it was accepted. */
  readonly start: number;
  /** Seconds since 1970 when its INVITE came. */
  readonly created: number;
  readonly setupTime: number;
  readonly duration: number;
  readonly milliseconds: number;
}

/** Writes the record of one call. */
export type WriteEnd = (times: CallTimes) => void;

/**
 * `start` and `end` in milliseconds since 1970. `roundsUp`: since 3.2 a second that has begun counts; before the seconds of
 * both clocks are told apart.
 */
export function callTimes(start: number, end: number, created: number, roundsUp: boolean): CallTimes {
  const [begun, over] = [Math.floor(start / 1000), Math.floor(end / 1000)];
  const milliseconds = end - start;
  return {
    start: begun,
    created,
    setupTime: begun - created,
    duration: roundsUp ? Math.ceil(milliseconds / 1000) : over - begun,
    milliseconds,
  };
}
