import type { SqlRow } from '../../runtime/module-exports.ts';
import { contactFlags, type StoredContact } from './contact.ts';
import { type KeyValues, printKeyValues, recordKeysName } from './key-values.ts';
import { contactFromRow, loadTable, readRecord } from './load-contacts.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { AorRecord } from './record.ts';
import { aorColumns, aorIs, type RowTools, rowOf } from './rows.ts';
import type { SqlSettings } from './sql-settings.ts';
import type { Storage, StoredTable } from './storage.ts';
import { Writer } from './writer.ts';

/** The version of the location table, in 2.4 and in all of 3.x. */
const tableVersion = 1013;

/** Contacts in the tables of an SQL database. */
export class SqlStorage implements Storage {
  readonly inMemory: boolean;
  readonly #settings: SqlSettings;
  readonly #writer: Writer;

  constructor(settings: SqlSettings) {
    this.inMemory = settings.inMemory;
    this.#settings = settings;
    this.#writer = new Writer(settings.database, settings.log);
  }

  checkTable({ name }: StoredTable): MaybePromise<void> {
    return then(this.#settings.database.tableVersion(name), (version) => {
      if (version === tableVersion) return;
      throw new Error(`table ${name} has version ${version} in the database, ${tableVersion} is needed`);
    });
  }

  load(table: StoredTable): MaybePromise<void> {
    return this.inMemory ? loadTable(table, this.#settings, this) : undefined;
  }

  read(table: StoredTable, aor: string): MaybePromise<AorRecord | undefined> {
    return readRecord(table, aor, this.#settings);
  }

  readAll(table: StoredTable): MaybePromise<Iterable<StoredContact>> {
    const { database, rows, now } = this.#settings;
    const where = [{ column: rows.columns.expires, operator: '>', value: now() } as const];
    return then(database.select(table.name, '*', where), (found) => contactsIn(found, table, rows));
  }

  inserted({ name }: StoredTable, record: AorRecord, contact: StoredContact): void {
    if (contact.flags & contactFlags.memoryOnly) return;
    this.#writer.put(contact, () => {
      const { database, rows } = this.#settings;
      const row = {
        ...aorColumns(contact.aor, rows),
        ...rowOf(contact, rows, this.#keysOf(record, contact)),
      };
      if (!this.inMemory) return database.insert(name, row);
      return database.insertOrUpdate(name, { [rows.columns.id]: contact.id, ...row });
    });
  }

  updated(table: StoredTable, record: AorRecord, contact: StoredContact): void {
    if (contact.flags & contactFlags.memoryOnly) return;
    if (contact.state === 'new') {
      this.inserted(table, record, contact);
      return;
    }
    contact.state = 'changed';
    this.#writer.put(contact, () => {
      const { database, rows } = this.#settings;
      const row = rowOf(contact, rows, this.#keysOf(record, contact));
      return then(database.update(table.name, row, [this.#idOf(contact)]), () => undefined);
    });
  }

  removed({ name }: StoredTable, contact: StoredContact): void {
    const stands = contact.state !== 'new';
    this.#writer.forget(contact);
    if (!stands || contact.flags & contactFlags.memoryOnly) return;
    this.#writer.put(contact, () =>
      then(this.#settings.database.delete(name, [this.#idOf(contact)]), () => undefined),
    );
  }

  settle(): MaybePromise<void> {
    return this.#settings.write === 'through' ? this.#writer.writeNew() : undefined;
  }

  flush(): MaybePromise<void> {
    return this.#writer.writeAll();
  }

  rewrite(table: StoredTable, aor?: string): MaybePromise<void> {
    const { database, rows } = this.#settings;
    return then(database.delete(table.name, aor === undefined ? [] : aorIs(aor, rows)), () => {
      for (const record of table.records()) {
        if (aor === undefined || record.aor === aor) this.#insertAll(table, record);
      }
      return this.#writer.writeNew();
    });
  }

  #insertAll(table: StoredTable, record: AorRecord): void {
    for (const contact of record.contacts) {
      contact.state = 'new';
      this.inserted(table, record, contact);
    }
  }

  removeExpired({ name }: StoredTable, now: number): MaybePromise<void> {
    if (this.inMemory) return undefined;
    const { database, rows } = this.#settings;
    const over = [
      { column: rows.columns.expires, operator: '<=', value: now } as const,
      { column: rows.columns.expires, operator: '!=', value: 0 } as const,
    ];
    return then(database.delete(name, over), () => undefined);
  }

  #idOf({ id }: StoredContact) {
    return { column: this.#settings.rows.columns.id, operator: '=', value: id } as const;
  }

  /** The keys of the AoR stand with those of its first contact. */
  #keysOf(record: AorRecord, contact: StoredContact): KeyValues {
    if (!record.hasKeys || record.contacts[0] !== contact) return contact.keys;
    return new Map(contact.keys).set(recordKeysName, printKeyValues(record.keys));
  }
}

function* contactsIn(found: readonly SqlRow[], table: StoredTable, rows: RowTools): Generator<StoredContact> {
  for (const row of found) {
    const contact = contactFromRow(row, table, rows);
    if (contact) yield contact;
  }
}
