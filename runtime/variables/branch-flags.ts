import type { ScriptRun } from '../module-exports.ts';

/** The branch flags of a message's first branch, its Request-URI; kept as one number in the run's storage. */
export interface BranchFlags {
  get(run: ScriptRun): number;
  set(run: ScriptRun, bits: number): void;
}

export function createBranchFlags(): BranchFlags {
  const key = Symbol('branch flags');
  return {
    get(run) {
      const bits = run.storage.get(key);
      return typeof bits === 'number' ? bits : 0;
    },
    set(run, bits) {
      run.storage.set(key, bits);
    },
  };
}
