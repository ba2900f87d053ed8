/** What a database module gives; structurally the type that `host.database` answers. */

import type { MaybePromise } from './maybe.ts';

export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface SqlCondition {
  readonly column: string;
  readonly operator: '=' | '<' | '>' | '<=' | '>=' | '!=' | 'LIKE';
  readonly value: SqlValue;
}

export interface Database {
  select(
    table: string,
    columns: readonly string[] | '*',
    where?: readonly SqlCondition[],
    order?: string,
  ): MaybePromise<readonly SqlRow[]>;
  insert(table: string, row: SqlRow): MaybePromise<void>;
  insertOrUpdate(table: string, row: SqlRow): MaybePromise<void>;
  update(table: string, row: SqlRow, where: readonly SqlCondition[]): MaybePromise<number>;
  delete(table: string, where: readonly SqlCondition[]): MaybePromise<number>;
  tableVersion(table: string): MaybePromise<number>;
  transaction(work: () => void): MaybePromise<void>;
}
