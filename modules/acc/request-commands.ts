import type { Command, CommandResult, Logger, ScriptRun } from '../../runtime/module-exports.ts';
import type { Accountings } from './accounting.ts';
import { commentOccurrence, type Occurrence } from './occurrence.ts';
import { insert, type Records } from './records.ts';

export interface RequestSettings {
  readonly accountings: Accountings;
  readonly records: () => Records;
  readonly log: Logger;
  readonly missedTable: string;
  /** Up to 2.4 acc_db_request itself looks whether there is a database. */
  readonly tellsDatabaseEarly: boolean;
}

/** acc_log_request and its kin: a record of the request at hand, whatever becomes of it. */
export function requestCommands(settings: RequestSettings): Readonly<Record<string, Command>> {
  const { records, log, missedTable } = settings;
  return {
    acc_log_request(run, comment) {
      records().log.write('request accounted', occurrence(settings, run, comment, false));
    },
    acc_evi_request(run, comment) {
      const plain = occurrence(settings, run, comment, false);
      records().evi.write({ ...plain, missed: Number(plain.code) >= 300 });
    },
    acc_db_request(run, comment, table): CommandResult | Promise<CommandResult> {
      if (!records().db && settings.tellsDatabaseEarly) {
        log.error('w_acc_db_request', 'db support not configured');
        return false;
      }
      const name = String(table ?? '');
      return insert(records(), name, occurrence(settings, run, comment, name === missedTable), log);
    },
    acc_aaa_request() {
      log.error('w_acc_aaa_request', 'aaa support not configured');
      return false;
    },
  };
}

function occurrence(
  { accountings }: RequestSettings,
  run: ScriptRun,
  comment: string | number | null,
  missed: boolean,
): Occurrence {
  const text = comment === null ? '<null>' : String(comment);
  return { ...commentOccurrence(run, text, accountings.of(run)), missed };
}
