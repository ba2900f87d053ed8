import type { Logger, MaybePromise } from '../../runtime/module-exports.ts';
import type { DatabaseRecords } from './database-records.ts';
import type { EventRecords } from './event-records.ts';
import type { Kinds } from './kinds.ts';
import type { LogRecords, LogTitle } from './log-records.ts';
import type { Occurrence } from './occurrence.ts';

/** The backends that there are. */
export interface Records {
  readonly log: LogRecords;
  readonly evi: EventRecords;
  /** Undefined without db_url. */
  readonly db: DatabaseRecords | undefined;
}

/** Writes an occurrence to all backends whose kinds have that bit, in OpenSIPS's order. */
export function writeAll(
  records: Records,
  occurrence: Occurrence,
  kinds: Readonly<Kinds>,
  where: { readonly title: LogTitle; readonly table: string; readonly bit: number },
  log: Logger,
): void {
  const { title, table, bit } = where;
  if (kinds.evi & bit) records.evi.write(occurrence);
  if (kinds.log & bit) records.log.write(title, occurrence);
  if (kinds.db & bit) insert(records, table, occurrence, log);
}

/** True where the row is there; the log tells where it is not. A promise while the database is busy. */
export function insert(
  { db }: Records,
  table: string,
  occurrence: Occurrence,
  log: Logger,
): MaybePromise<boolean> {
  if (db) return guardedInsert(table, () => db.write(table, occurrence), log);
  log.error('acc_db_request', 'database not loaded! Probably database url not defined!');
  return false;
}

/** The same of what is inserted by `work`. */
export function guardedInsert(
  table: string,
  work: () => MaybePromise<void>,
  log: Logger,
): MaybePromise<boolean> {
  const failed = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    log.error('acc_db_request', `failed to insert into ${table} table: ${reason}`);
    return false;
  };
  try {
    const waiting = work();
    return waiting === undefined ? true : waiting.then(() => true, failed);
  } catch (error) {
    return failed(error);
  }
}
