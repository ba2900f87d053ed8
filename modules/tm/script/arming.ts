import type { Command } from '../../../runtime/module-exports.ts';
import { armingCommand } from '../route-arguments.ts';
import type { ScriptParts } from './sending.ts';

/** Functions that say which route is entered later: of the transaction, or of the one that is made next. */
export function armingCommands({ core, positions }: ScriptParts): Readonly<Record<string, Command>> {
  const { host } = core;
  return {
    t_on_branch: armingCommand(host, 'B', 'branch', (run, route) => {
      const { transaction, armed } = positions.of(run);
      (transaction?.routes ?? armed).branch = route;
    }),
    t_on_failure: armingCommand(host, 'F', 'failure', (run, route) => {
      const { transaction, armed } = positions.of(run);
      (transaction?.routes ?? armed).failure = route;
    }),
    t_on_reply: armingCommand(host, 'O', 'onreply', (run, route) => {
      const { transaction, armed, branch } = positions.of(run);
      if (branch && run.routeLetter === 'B') branch.onReply = route;
      else (transaction?.routes ?? armed).reply = route;
    }),
  };
}
