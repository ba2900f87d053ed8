import { setFlagsFromString } from 'node:v8';

/** By the version of V8. That of Node 24 gains nothing, others have not been tried; V8 complains of flags that it lacks. */
const flags: Readonly<Record<string, string>> = {
  '11.3': '--interrupt-budget=1000000', // Node 20
  '12.4': '--invocation-count-for-turbofan=30000', // Node 22
};

/**
 * Tells V8 that this process does one piece of work and ends, as a check does. V8 optimizes what has run for a while, on
 * other processors beside the program, and counts on a long run: a check has ended before that pays. So a function
 * has to run some ten times as long first, which the loops of a large file still do.
 */
export function expectShortRun(): void {
  const [version = ''] = /^\d+\.\d+/.exec(process.versions.v8) ?? [];
  const flag = flags[version];
  if (flag !== undefined) setFlagsFromString(flag);
}
