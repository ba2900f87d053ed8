import type { Command, CommandSignature, PreparedArgument, ScriptRun } from '../../module-exports.ts';
import type { FlagNames } from '../../variables/flag-names.ts';
import type { ScriptMarks } from '../../variables/marks.ts';

const messageFlag = (description: string): CommandSignature => ({
  params: ['s='],
  paramNames: ['flag'],
  routes: '*',
  description,
});

const branchFlag = (description: string, until?: string): CommandSignature => ({
  params: ['s=', 'i?'],
  paramNames: ['flag', 'branch'],
  routes: '*',
  description,
  ...(until && { until }),
});

export const flagSignatures: Readonly<Record<string, CommandSignature>> = {
  setflag: messageFlag('sets a flag of the message'),
  resetflag: messageFlag('takes a flag of the message back'),
  isflagset: messageFlag('true where a flag of the message is set'),
  setbflag: branchFlag('sets a flag of the Request-URI (0) or of a branch'),
  setbranchflag: branchFlag('setbflag', '3.0'),
  resetbflag: branchFlag('takes a flag of the branch back'),
  resetbranchflag: branchFlag('resetbflag', '3.0'),
  isbflagset: branchFlag('true where a flag of the branch is set'),
  isbranchflagset: branchFlag('isbflagset', '3.0'),
};

type BitCommand = (mask: number) => (run: ScriptRun) => number;

/** Flags have names; a number is a name too. Up to 2.x numbers were bits, which no script can tell apart. */
export function flagCommands(marks: ScriptMarks): Readonly<Record<string, Command>> {
  const { messageFlags, branchFlagNames, branchFlags } = marks;

  const onMessage = (make: BitCommand) => commandOnFlag(messageFlags, make);
  const onBranch = (make: (mask: number) => (run: ScriptRun, branch: number) => boolean): Command => ({
    prepare([flag, branch]) {
      const command = make(maskOf(branchFlagNames, flag));
      return (run) => {
        const at = branch?.given ? Number(branch.evaluate(run) ?? -1) : 0;
        return at >= 0 && command(run, at) ? 1 : -1;
      };
    },
  });

  const setBranch = onBranch(
    (mask) => (run, branch) => branchFlags.set(run, branchFlags.get(run, branch) | mask, branch),
  );
  const resetBranch = onBranch(
    (mask) => (run, branch) => branchFlags.set(run, branchFlags.get(run, branch) & ~mask, branch),
  );
  const isBranchSet = onBranch((mask) => (run, branch) => (branchFlags.get(run, branch) & mask) !== 0);

  return {
    setflag: onMessage((mask) => (run) => {
      run.message.flags |= mask;
      return 1;
    }),
    resetflag: onMessage((mask) => (run) => {
      run.message.flags &= ~mask;
      return 1;
    }),
    isflagset: onMessage((mask) => (run) => (run.message.flags & mask ? 1 : -1)),
    setbflag: setBranch,
    setbranchflag: setBranch,
    resetbflag: resetBranch,
    resetbranchflag: resetBranch,
    isbflagset: isBranchSet,
    isbranchflagset: isBranchSet,
  };
}

function commandOnFlag(names: FlagNames, make: BitCommand): Command {
  return { prepare: ([flag]) => make(maskOf(names, flag)) };
}

/** Errors: more names than a message has flags; a name that is not constant. */
function maskOf(names: FlagNames, flag: PreparedArgument | undefined): number {
  if (typeof flag?.constant !== 'string') throw new Error('the name of a flag must be constant');
  const bit = names.bit(flag.constant);
  if (bit === undefined) throw new Error('more than 32 flags have names');
  return 1 << bit;
}
