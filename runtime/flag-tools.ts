import type { FlagTools } from './module-exports.ts';
import type { FlagNames } from './variables/flag-names.ts';
import type { ScriptMarks } from './variables/marks.ts';

/** What modules get of the flags of a script. */
export function createFlagTools({
  messageFlags,
  branchFlagNames,
}: Pick<ScriptMarks, 'messageFlags' | 'branchFlagNames'>): FlagTools {
  return {
    message: (name) => maskOf(messageFlags, name),
    branch: (name) => maskOf(branchFlagNames, name),
    branchNames: (bits) => branchFlagNames.names(bits),
    branchBits: (names) => branchFlagNames.bitsOf(names),
  };
}

function maskOf(names: FlagNames, name: string): number {
  const bit = names.bit(name);
  return bit === undefined ? 0 : 1 << bit;
}
