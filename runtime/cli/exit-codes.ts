/** Exit codes of the program. */
export const OK = 0;
export const FAILED = 255;
