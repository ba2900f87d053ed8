import type { ScriptRun, ScriptValue, VariableBehaviour } from '../module-exports.ts';
import { dated, reading, type VariableEntry } from './entries.ts';
import type { ScriptMarks } from './marks.ts';

/** The flags of message and branch. */
export function flagVariables(marks: ScriptMarks): Readonly<Record<string, VariableEntry>> {
  const { messageFlags, branchFlagNames, branchFlags } = marks;
  const maskOf = (name: string) => 1 << (messageFlags.bit(name) ?? 0);

  const messageFlag: VariableBehaviour = {
    get: (run, inner) => (run.message.flags & maskOf(inner) ? 1 : 0),
    set(run: ScriptRun, inner: string, value: ScriptValue) {
      if (typeof value !== 'number') throw new Error('input for $msg.flag() found not to be an integer');
      if (value === 0) run.message.flags &= ~maskOf(inner);
      else run.message.flags |= maskOf(inner);
    },
  };

  return {
    mf: reading('the names of the flags of the message', (run) => messageFlags.names(run.message.flags)),
    bf: reading('the names of the flags of the branch', (run) => branchFlagNames.names(branchFlags.get(run))),
    'msg.flag': dated(
      {
        facts: { description: 'a flag of the message: 1 or 0', inner: 'required', writable: true },
        behaviour: messageFlag,
      },
      { since: '3.1' },
    ),
  };
}
