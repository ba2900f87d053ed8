import type { Database, MaybePromise, SqlRow, SqlValue } from '../../runtime/module-exports.ts';
import { nowInSeconds } from './accounting.ts';
import type { CallTimes } from './call.ts';
import type { BackendFields, FieldValues } from './fields.ts';
import { kind } from './kinds.ts';
import { coreValues, keptCoreValues, type Occurrence } from './occurrence.ts';

/** What the tables call the values that all records have. */
export interface CoreColumns {
  readonly method: string;
  readonly fromTag: string;
  readonly toTag: string;
  readonly callId: string;
  readonly code: string;
  readonly reason: string;
  readonly time: string;
}

/** Inserts records, one row for each leg (acc.c: acc_db_request). */
export class DatabaseRecords {
  readonly #database: Database;
  readonly #columns: CoreColumns;
  readonly #fields: BackendFields;
  /** Since 3.2 each record of an accounted request has its times, before only those of calls with a record at their end. */
  readonly #alwaysTimes: boolean;

  constructor(database: Database, columns: CoreColumns, fields: BackendFields, alwaysTimes: boolean) {
    this.#database = database;
    this.#columns = columns;
    this.#fields = fields;
    this.#alwaysTimes = alwaysTimes;
  }

  /** Errors: those of the database, thrown or as a promise. */
  write(table: string, occurrence: Occurrence): MaybePromise<void> {
    const values = { extra: this.#fields.extra(occurrence), legs: this.#fields.legs(occurrence) };
    return this.#insert(table, coreValues(occurrence), occurrence.time, values, this.#times(occurrence));
  }

  /** C: acc_db_cdrs. Errors: as of `write`. */
  endOf(table: string, occurrence: Occurrence): (times: CallTimes) => MaybePromise<void> {
    const core = keptCoreValues(occurrence);
    const fields = this.#fields.ofCall(occurrence);
    return ({ start, created, setupTime, duration, milliseconds }) =>
      this.#insert(table, core, start, fields(), {
        setuptime: setupTime,
        created: dateTime(created),
        duration,
        ms_duration: milliseconds,
      });
  }

  #insert(
    table: string,
    core: readonly string[],
    time: number,
    { extra = [], legs = [[]] }: FieldValues,
    times: SqlRow,
  ): MaybePromise<void> {
    const { extraNames, legNames } = this.#fields;
    const shared = { ...this.#coreColumns(core, time), ...columns(extraNames, extra), ...times };
    const rows = legs.map((leg): SqlRow => ({ ...shared, ...columns(legNames, leg) }));
    const waiting = rows
      .map((row) => this.#database.insert(table, row))
      .filter((answer) => answer !== undefined);
    if (waiting.length > 0) return Promise.all(waiting).then(() => undefined);
  }

  #coreColumns(core: readonly string[], time: number): SqlRow {
    const [method = '', fromTag = '', toTag = '', callId = '', code = '', reason = ''] = core;
    const names = this.#columns;
    return {
      [names.method]: method,
      [names.fromTag]: fromTag,
      [names.toTag]: toTag,
      [names.callId]: callId,
      [names.code]: code,
      [names.reason]: reason,
      [names.time]: dateTime(time),
    };
  }

  #times({ accounting, missed }: Occurrence): SqlRow {
    if (!accounting) return {};
    if (!this.#alwaysTimes && (!missed || (accounting.kinds.db & kind.cdr) === 0)) return {};
    const { created } = accounting;
    const times = { setuptime: nowInSeconds() - created, created: dateTime(created) };
    return missed ? times : { ...times, duration: 0, ms_duration: 0 };
  }
}

function columns(names: readonly string[], values: readonly string[]): Readonly<Record<string, SqlValue>> {
  return Object.fromEntries(values.map((value, index) => [names[index], value]));
}

/** Local time, as OpenSIPS hands it to databases (db_ut.c: db_time2str). */
function dateTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
