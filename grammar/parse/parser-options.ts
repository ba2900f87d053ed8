/** In a file of its own, so that the types of the library lead to none of chevrotain's, which is not installed with it. */
export interface ParserOptions {
  /** Levels of blocks, brackets and `not` within each other; default 100. */
  readonly maxNesting?: number;
  /** Operators of one expression, branches of one `else if` chain; default 2000. */
  readonly maxOperators?: number;
  /** Whether chevrotain checks the grammar; the tests ask for it once, a start has no time for it. Default false. */
  readonly validate?: boolean;
}
