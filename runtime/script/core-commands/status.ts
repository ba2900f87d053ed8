import type { Command, CommandSignature } from '../../module-exports.ts';
import { textOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { result } from '../result.ts';

export const statusSignatures: Readonly<Record<string, CommandSignature>> = {
  sr_check_status: {
    params: ['s', 's?'],
    paramNames: ['group', 'identifier'],
    routes: '*',
    since: '3.3',
    description: 'the status of a part of this host: 1 where it works',
  },
};

/** status_report.h: SR_STATUS_NOT_FOUND, STATE_INITIALIZING. */
const notFound = -2147483648;
const initializing = -1;

/** The core is the only group: it has one identifier, `main`. Errors: another group. C: w_sr_check_status. */
export function statusCommands({
  log,
  isRunning = () => true,
}: ScriptEnvironment): Readonly<Record<string, Command>> {
  return {
    sr_check_status: {
      prepare([group, identifier]) {
        if (group?.constant !== undefined && group.constant !== 'core') {
          throw new Error(`SR group [${group.constant}] not registered`);
        }
        return (run) => {
          const name = textOf(group?.evaluate(run) ?? null);
          if (name !== 'core') {
            log.error('fixup_sr_group', `SR group [${name}] not registered`);
            return result.unspecified;
          }
          if (identifier?.given && identifier.evaluate(run) !== 'main') return notFound;
          return isRunning() ? result.true : initializing;
        };
      },
    },
  };
}
