/** OpenSIPS's numbers for what a statement answers (error.h, route_struct.h). */
export const result = {
  true: 1,
  /** A general failure, and `false` of functions. */
  unspecified: -1,
  /** What statements leave that set no value of their own, `break` and `drop` among them. */
  bug: -5,
  /** A mistake of the script. */
  script: -10,
} as const;

/** What a condition answers (route_struct.h, eval_expr). */
export const test = {
  true: 1,
  false: 0,
  error: -1,
  /** A function in it answered 0, or left the script. */
  drop: -127,
} as const;
