import type { ContactInfo, LoadedContact, StoredContact } from './contact.ts';
import type { MaybePromise } from './maybe.ts';
import type { AorRecord } from './record.ts';

/** A table, as what stands behind it sees it. */
export interface StoredTable {
  readonly name: string;
  open(aor: string): MaybePromise<AorRecord | undefined>;
  create(aor: string): AorRecord;
  insert(record: AorRecord, uri: string, info: ContactInfo): StoredContact | undefined;
  load(record: AorRecord, loaded: LoadedContact): boolean;
  recordOf(aor: string, label: number): AorRecord;
  records(): Iterable<AorRecord>;
}

/** What stands behind the tables in memory: nothing, or a database. */
export interface Storage {
  /** The tables keep their contacts in memory; else each use of an AoR asks the storage. */
  readonly inMemory: boolean;
  /** Errors: where the table cannot be used. */
  checkTable(table: StoredTable): MaybePromise<void>;
  /** Fills a table at the start. */
  load(table: StoredTable): MaybePromise<void>;
  /** Where nothing is kept in memory: the contacts of one AoR. */
  read(table: StoredTable, aor: string): MaybePromise<AorRecord | undefined>;
  /** Where nothing is kept in memory: all contacts. */
  readAll(table: StoredTable): MaybePromise<Iterable<StoredContact>>;
  inserted(table: StoredTable, record: AorRecord, contact: StoredContact): void;
  updated(table: StoredTable, record: AorRecord, contact: StoredContact): void;
  removed(table: StoredTable, contact: StoredContact): void;
  /** After each use of an AoR: what must be in the database before anything else is said. */
  settle(): MaybePromise<void>;
  /** Writes what waits. */
  flush(): MaybePromise<void>;
  /** Empties the table of the database, or an AoR in it, and writes it anew. */
  rewrite(table: StoredTable, aor?: string): MaybePromise<void>;
  /** What is over in the database alone. */
  removeExpired(table: StoredTable, now: number): MaybePromise<void>;
}

/** Nothing survives the process. */
export const memoryAlone: Storage = {
  inMemory: true,
  checkTable: () => undefined,
  load: () => undefined,
  read: () => undefined,
  readAll: () => [],
  inserted: () => undefined,
  updated: () => undefined,
  removed: () => undefined,
  settle: () => undefined,
  flush: () => undefined,
  rewrite: () => undefined,
  removeExpired: () => undefined,
};
