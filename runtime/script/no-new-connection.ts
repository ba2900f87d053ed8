import type { HostGlobals, ScriptRun, SipMessage } from '../module-exports.ts';
import type { FlagNames } from '../variables/flag-names.ts';
import type { ScriptMarks } from '../variables/marks.ts';

/**
 * Whether a message has the branch flag tcp_no_new_conn_bflag. `Deviation:` it holds for send() as for forward(); the
 * core of OpenSIPS asks for it in forward() alone.
 */
export function requestOpensNone(
  globals: HostGlobals,
  { branchFlagNames, branchFlags }: ScriptMarks,
): (run: ScriptRun) => boolean {
  const mask = maskOf(globals.get('tcp_no_new_conn_bflag'), branchFlagNames);
  return mask === 0 ? () => false : (run) => (branchFlags.get(run) & mask) !== 0;
}

/**
 * Whether a reply has the flag tcp_no_new_conn_rplflag; with a transaction, in OpenSIPS, its request has it. C:
 * forward_reply.
 */
export function replyOpensNone(
  globals: HostGlobals,
  { messageFlags }: ScriptMarks,
): (message: SipMessage) => boolean {
  const mask = maskOf(globals.get('tcp_no_new_conn_rplflag'), messageFlags);
  return mask === 0 ? () => false : ({ flags }) => (flags & mask) !== 0;
}

/** 0 where no flag is named, or none is left for the name. */
function maskOf(name: number | string | undefined, names: FlagNames): number {
  const bit = name === undefined ? undefined : names.bit(String(name));
  return bit === undefined ? 0 : 1 << bit;
}
