/** Exit codes of the program. */
export const OK = 0;
export const FAILED = 255;
/** There are warnings, and --strict was asked. */
export const WARNED = 1;
