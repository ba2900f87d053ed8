import type { Decisions } from './decisions.ts';

/**
 * What working out the grammar's decisions comes to. Undefined in the sources, where each parser works them out anew;
 * the bundle has them here, because that takes longer than reading a usual config (scripts/bundle.mjs).
 */
export const decidedGrammar: Decisions | undefined = undefined;
