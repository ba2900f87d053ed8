/** What a database is to the modules that keep something in it: types only. */

/** Texts have one character a byte. A whole number beyond 2^53 comes as its decimal digits. */
export type SqlValue = string | number | null;

/** By the name of the column. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** What a statement answers. */
export interface SqlTable {
  /** What each column was declared to hold, where it is neither texts nor whole numbers: `YYYY-MM-DD HH:MM:SS`, fractions. */
  readonly kinds: readonly ('time' | 'fraction' | undefined)[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** `column operator value`; `=` NULL asks whether it is NULL, `!=` NULL whether it is not. */
export interface SqlCondition {
  readonly column: string;
  readonly operator: '=' | '<' | '>' | '<=' | '>=' | '!=' | 'LIKE';
  readonly value: SqlValue;
}

export type MaybePromise<T> = T | Promise<T>;

/**
 * An open database. An answer comes at once, or as a promise where the database is busy; what is asked later is done
 * later. All conditions of a list must hold. Errors are thrown, or reject the promise: DatabaseFailure.
 */
export interface Database {
  select(
    table: string,
    columns: readonly string[] | '*',
    where?: readonly SqlCondition[],
    /** The column that the rows are in the order of, with ` DESC` behind it for the other direction. */
    order?: string,
  ): MaybePromise<readonly SqlRow[]>;
  /** As `select`, by the places of the columns, with what they were declared to hold. */
  selectTable(
    table: string,
    columns: readonly string[] | '*',
    where?: readonly SqlCondition[],
    order?: string,
  ): MaybePromise<SqlTable>;
  insert(table: string, row: SqlRow): MaybePromise<void>;
  /** Inserts, or updates the named columns of the row with the same unique key. */
  insertOrUpdate(table: string, row: SqlRow): MaybePromise<void>;
  /** Inserts it in the place of those with the same unique key, which are gone. */
  replace(table: string, row: SqlRow): MaybePromise<void>;
  /** How many rows were changed. */
  update(table: string, row: SqlRow, where: readonly SqlCondition[]): MaybePromise<number>;
  /** How many rows are gone. */
  delete(table: string, where: readonly SqlCondition[]): MaybePromise<number>;
  /** One statement in the database's own language; its rows, none where it answers none. */
  raw(sql: string): MaybePromise<readonly SqlRow[]>;
  /** As `raw`, by the places of the columns, which may have the same name. */
  rawTable(sql: string): MaybePromise<SqlTable>;
  /** What the table `version` (the global db_version_table) says of a table; 0 where it says nothing. */
  tableVersion(table: string): MaybePromise<number>;
  /**
   * Does what `work` asks of this database all or nothing, in one commit; what it throws takes all of it back. Answers
   * come at once inside of it. It is called anew where others kept the database locked.
   */
  transaction(work: () => void): MaybePromise<void>;
}

/** What a database refused or could not do. */
export interface DatabaseFailure extends Error {
  /** `missing`: no such file or table; `busy`: others kept it locked for too long; `unique`: the key is taken. */
  readonly code: 'missing' | 'busy' | 'unique' | 'failed';
}
