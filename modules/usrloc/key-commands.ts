import type { Command, Logger, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { AorRecord } from './record.ts';
import type { LocationTable } from './table.ts';

export interface KeyTools {
  readonly log: Logger;
  table(name: string): LocationTable;
}

/** Works on an AoR with the words behind it; false where something that it needs is not there. */
type Work = (
  record: AorRecord,
  words: readonly string[],
  run: ScriptRun,
  last: PreparedArgument | undefined,
) => boolean;

/** ul_add_key, ul_get_key and ul_del_key: what the script attaches to an AoR that has contacts. */
export function keyCommands(tools: KeyTools): Readonly<Record<string, Command>> {
  const { log } = tools;
  return {
    ul_add_key: onRecord(tools, 'w_add_key', 3, (record, [key = '', value = '']) => {
      if (value === '') record.keys.delete(key);
      else record.keys.set(key, value);
      return true;
    }),
    ul_get_key: onRecord(tools, 'w_get_key', 2, (record, [key = ''], run, variable) => {
      const value = record.keys.get(key);
      if (value === undefined) {
        log.warning('w_get_key', 'Key not found in record - unable to retrieve value from KV store');
        return false;
      }
      return variable?.variable?.set(run, value) ?? false;
    }),
    ul_del_key: onRecord(tools, 'w_delete_key', 2, (record, [key = '']) => {
      record.keys.delete(key);
      return true;
    }),
  };
}

function onRecord(tools: KeyTools, caller: string, words: number, work: Work): Command {
  return {
    prepare([name, ...rest]) {
      const table = tools.table(String(name?.constant ?? ''));
      return (run): MaybePromise<boolean> => {
        const [aor = '', ...texts] = rest.slice(0, words).map((word) => String(word.evaluate(run) ?? ''));
        return then(table.open(aor), (record) => {
          if (!record) {
            tools.log.warning(caller, `No record found for <${aor}> - user not registered?`);
            return false;
          }
          const done = work(record, texts, run, rest[words]);
          return then(table.keysChanged(record), () => done);
        });
      };
    },
  };
}
