import type { SqlRow } from '../../runtime/module-exports.ts';
import type { LoadedContact, StoredContact } from './contact.ts';
import { hashOf, unpackId } from './contact-id.ts';
import { readKeyValues, recordKeysName } from './key-values.ts';
import { type MaybePromise, then } from './maybe.ts';
import { AorRecord } from './record.ts';
import { aorIs, aorOf, columnList, contactOf, type RowTools } from './rows.ts';
import type { SqlSettings } from './sql-settings.ts';
import type { Storage, StoredTable } from './storage.ts';

/** Fills a table with what its database holds (C: preload_udomain). */
export function loadTable(table: StoredTable, settings: SqlSettings, storage: Storage): MaybePromise<void> {
  const { database, rows } = settings;
  return then(database.select(table.name, columnList(rows)), (found) => {
    let broken = 0;
    for (const row of found) if (!loadRow(row, table, settings, storage)) broken++;
    if (broken > 0) tellBroken(settings, broken);
  });
}

/** The contacts of one AoR, read for one use; undefined where it has none. */
export function readRecord(
  table: StoredTable,
  aor: string,
  { database, rows, now }: SqlSettings,
): MaybePromise<AorRecord | undefined> {
  return then(database.select(table.name, columnList(rows), aorIs(aor, rows), rows.columns.q), (found) => {
    const record = new AorRecord(aor, hashOf(aor), 0);
    for (const row of found) {
      const contact = contactOf(row, rows);
      if (contact && (contact.expires === 0 || contact.expires > now())) put(table, record, contact);
    }
    return record.contacts.length === 0 ? undefined : record;
  });
}

/** The contact of a row of any AoR, where nothing is kept in memory. */
export function contactFromRow(row: SqlRow, table: StoredTable, rows: RowTools): StoredContact | undefined {
  const aor = aorOf(row, rows);
  const contact = contactOf(row, rows);
  if (aor === undefined || !contact) return undefined;
  return { ...contact, table: table.name, aor, state: 'synchronized', latency: 0 };
}

/** False for a contact whose id was made from another AoR, and which is left in the database. */
function loadRow(row: SqlRow, table: StoredTable, settings: SqlSettings, storage: Storage): boolean {
  const { rows, log, renewBrokenIds } = settings;
  const aor = aorOf(row, rows);
  const contact = aor === undefined ? undefined : contactOf(row, rows);
  if (aor === undefined || !contact) {
    log.critical(
      'preload_udomain',
      `a row without user, contact, Call-ID or expires in table ${table.name}...skipping`,
    );
    return true;
  }
  const parts = unpackId(contact.id);
  if (parts?.hash === (hashOf(aor) & 0xffff)) {
    put(table, table.recordOf(aor, parts.record), contact);
    return true;
  }
  if (!renewBrokenIds) {
    log.error('preload_udomain', `the contact id ${contact.id} does not fit the user ${aor}`);
    return false;
  }
  renewId(table, aor, contact, storage);
  return true;
}

/** The old row goes, and the contact gets an id as if it were new. */
function renewId(table: StoredTable, aor: string, contact: LoadedContact, storage: Storage): void {
  const known = table.open(aor);
  const record = known instanceof AorRecord ? known : table.create(aor);
  storage.removed(table, { ...contact, table: table.name, aor, state: 'synchronized', latency: 0 });
  table.insert(record, contact.uri, contact);
}

function put(table: StoredTable, record: AorRecord, contact: LoadedContact): void {
  const keys = contact.keys.get(recordKeysName);
  if (keys !== undefined) {
    record.keys = readKeyValues(String(keys)) ?? record.keys;
    contact.keys.delete(recordKeysName);
  }
  table.load(record, contact);
}

function tellBroken({ log }: SqlSettings, broken: number): void {
  log.notice(
    'preload_udomain',
    `${broken} contact(s) of the database have an id that does not fit; regen_broken_contactid makes new ones`,
  );
}
