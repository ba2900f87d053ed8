import { fileURLToPath } from 'node:url';

/** The program as it is shipped, which scripts/test.mjs keeps up to date. */
export const program = fileURLToPath(new URL('../../dist/tsips.js', import.meta.url));
