import { setFlagsFromString } from 'node:v8';

/** The first version of V8 that may lack the flag below: it has not been tried, and V8 complains of what it lacks. */
const untried = 15;

/**
 * Tells V8 that this process does one piece of work and ends, as a check does. V8 optimizes what has run for a while, on
 * other processors beside the program, and counts on a long run: a check has ended before that pays. So a function
 * has to run some fifteen times as long first, which the loops of a large file still do.
 */
export function expectShortRun(): void {
  if (Number.parseInt(process.versions.v8, 10) < untried) setFlagsFromString('--interrupt-budget=1000000');
}
