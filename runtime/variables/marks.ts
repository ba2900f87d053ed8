import { type BranchFlags, createBranchFlags } from './branch-flags.ts';
import { createFlagNames, type FlagNames } from './flag-names.ts';

/** The flags of one script: functions set them, variables show them. */
export interface ScriptMarks {
  readonly messageFlags: FlagNames;
  readonly branchFlagNames: FlagNames;
  readonly branchFlags: BranchFlags;
}

export function createScriptMarks(): ScriptMarks {
  return {
    messageFlags: createFlagNames(),
    branchFlagNames: createFlagNames(),
    branchFlags: createBranchFlags(),
  };
}
