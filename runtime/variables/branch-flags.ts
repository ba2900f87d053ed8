import type { ScriptRun } from '../module-exports.ts';

/** The flags of a message's branches: 0 is the Request-URI's, the others are counted from 1. */
export interface BranchFlags {
  /** 0 where there is no such branch. */
  get(run: ScriptRun, branch?: number): number;
  /** False where there is no such branch. */
  set(run: ScriptRun, bits: number, branch?: number): boolean;
}

export function createBranchFlags(): BranchFlags {
  return {
    get({ message }, branch = 0) {
      return branch === 0 ? message.branchFlags : (message.branches[branch - 1]?.flags ?? 0);
    },
    set({ message }, bits, branch = 0) {
      if (branch === 0) {
        message.branchFlags = bits;
        return true;
      }
      const found = message.branches[branch - 1];
      if (found) found.flags = bits;
      return found !== undefined;
    },
  };
}
