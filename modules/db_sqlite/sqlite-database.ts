import type {
  Database,
  MaybePromise,
  SqlCondition,
  SqlRow,
  SqlTable,
  SqlValue,
} from '../../runtime/module-exports.ts';
import type { SqliteHandle, SqliteStatement } from './driver.ts';
import { closeWhole } from './open-file.ts';
import {
  deleteStatement,
  insertOrUpdateStatement,
  insertStatement,
  type Statement,
  selectStatement,
  updateStatement,
} from './statements.ts';
import { asValue, bound, sqlText } from './values.ts';
import type { WaitingLine } from './waiting-line.ts';

/** Prepared statements that are kept. */
const keptStatements = 100;

/** A database in an open file; see Database. */
export class SqliteDatabase implements Database {
  readonly #handle: SqliteHandle;
  readonly #line: WaitingLine;
  readonly #versionTable: string;
  readonly #prepared = new Map<string, SqliteStatement>();
  #inTransaction = false;

  constructor(handle: SqliteHandle, line: WaitingLine, versionTable: string) {
    this.#handle = handle;
    this.#line = line;
    this.#versionTable = versionTable;
  }

  select(
    table: string,
    columns: readonly string[] | '*',
    where: readonly SqlCondition[] = [],
    order?: string,
  ): MaybePromise<readonly SqlRow[]> {
    const statement = selectStatement(table, columns, where, order);
    return this.#do(() => this.#read(statement).map(asRow));
  }

  selectTable(
    table: string,
    columns: readonly string[] | '*',
    where: readonly SqlCondition[] = [],
    order?: string,
  ): MaybePromise<SqlTable> {
    const { sql, values } = selectStatement(table, columns, where, order);
    // A statement of its own: those that are kept answer rows by the names of their columns.
    return this.#do(() => tableOf(this.#prepare(sqlText(sql)), values));
  }

  insert(table: string, row: SqlRow): MaybePromise<void> {
    const statement = insertStatement(table, row);
    return this.#do(() => void this.#change(statement));
  }

  insertOrUpdate(table: string, row: SqlRow): MaybePromise<void> {
    const statement = insertOrUpdateStatement(table, row);
    return this.#do(() => void this.#change(statement));
  }

  replace(table: string, row: SqlRow): MaybePromise<void> {
    const { sql, values } = insertStatement(table, row);
    const statement = { sql: sql.replace('INSERT', 'INSERT OR REPLACE'), values };
    return this.#do(() => void this.#change(statement));
  }

  update(table: string, row: SqlRow, where: readonly SqlCondition[]): MaybePromise<number> {
    const statement = updateStatement(table, row, where);
    return this.#do(() => this.#change(statement));
  }

  delete(table: string, where: readonly SqlCondition[]): MaybePromise<number> {
    const statement = deleteStatement(table, where);
    return this.#do(() => this.#change(statement));
  }

  raw(sql: string): MaybePromise<readonly SqlRow[]> {
    return this.#do(() => this.#prepare(sqlText(sql)).all().map(asRow));
  }

  rawTable(sql: string): MaybePromise<SqlTable> {
    return this.#do(() => tableOf(this.#prepare(sqlText(sql)), []));
  }

  async tableVersion(table: string): Promise<number> {
    const where = [{ column: 'table_name', operator: '=', value: table }] as const;
    const [row] = await this.select(this.#versionTable, ['table_version'], where);
    return Number(row?.table_version ?? 0);
  }

  transaction(work: () => void): MaybePromise<void> {
    if (this.#inTransaction) return work();
    return this.#line.do(() => this.#wholly(work));
  }

  /** Waits for what is under way, then closes the file. */
  async close(): Promise<void> {
    await this.#line.empty();
    this.#prepared.clear();
    closeWhole(this.#handle);
  }

  /** What is asked inside of a transaction belongs to it and does not stand in the line, which the transaction holds. */
  #do<T>(work: () => T): MaybePromise<T> {
    return this.#inTransaction ? work() : this.#line.do(work);
  }

  #wholly(work: () => void): void {
    this.#handle.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      work();
      this.#handle.exec('COMMIT');
    } catch (error) {
      this.#takeBack();
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  /** Some errors have ended the transaction already, and it cannot be taken back then. */
  #takeBack(): void {
    try {
      this.#handle.exec('ROLLBACK');
    } catch {
      // The error that led here is the one to tell.
    }
  }

  #read({ sql, values }: Statement): readonly unknown[] {
    return this.#kept(sql).all(...values.map(bound));
  }

  #change({ sql, values }: Statement): number {
    return Number(this.#kept(sql).run(...values.map(bound)).changes);
  }

  #kept(sql: string): SqliteStatement {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const [oldest] = this.#prepared.keys();
    if (oldest !== undefined && this.#prepared.size >= keptStatements) this.#prepared.delete(oldest);
    const statement = this.#prepare(sqlText(sql));
    this.#prepared.set(sql, statement);
    return statement;
  }

  #prepare(sql: string): SqliteStatement {
    const statement = this.#handle.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }
}

function asRow(read: unknown): SqlRow {
  const row: Record<string, SqlValue> = {};
  for (const [name, value] of Object.entries(Object(read))) row[name] = asValue(value);
  return row;
}

function tableOf(statement: SqliteStatement, values: readonly SqlValue[]): SqlTable {
  statement.setReturnArrays(true);
  const rows = statement.all(...values.map(bound)).map(asValues);
  return { kinds: statement.columns().map(({ type }) => kindOf(type)), rows };
}

/** By the declared type of a column; the result of an expression has none. */
function kindOf(type: string | null): SqlTable['kinds'][number] {
  if (/^date/i.test(type ?? '')) return 'time';
  return /^(?:real|doub|floa)/i.test(type ?? '') ? 'fraction' : undefined;
}

function asValues(read: unknown): readonly SqlValue[] {
  return Array.isArray(read) ? read.map(asValue) : [];
}
