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
    let lost = 0;
    for (const row of found) {
      const outcome = loadRow(row, table, settings, storage);
      if (outcome === 'broken') broken++;
      if (outcome === 'lost') lost++;
    }
    if (broken > 0) tellBroken(settings, broken);
    if (lost > 0) tellLost(settings, lost);
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

/** `broken`: its id was made from another AoR, and it is left in the database; `lost`: nothing leads to it any more. */
function loadRow(
  row: SqlRow,
  table: StoredTable,
  settings: SqlSettings,
  storage: Storage,
): 'loaded' | 'broken' | 'lost' {
  const { rows, log, renewBrokenIds } = settings;
  const aor = aorOf(row, rows);
  const contact = aor === undefined ? undefined : contactOf(row, rows);
  if (aor === undefined || !contact) {
    log.critical(
      'preload_udomain',
      `a row without user, contact, Call-ID or expires in table ${table.name}...skipping`,
    );
    return 'loaded';
  }
  if (cameByWebSocket(contact)) {
    storage.removed(table, { ...contact, table: table.name, aor, state: 'synchronized', latency: 0 });
    return 'lost';
  }
  const parts = unpackId(contact.id);
  if (parts?.hash === (hashOf(aor) & 0xffff)) {
    put(table, table.recordOf(aor, parts.record), contact);
    return 'loaded';
  }
  if (!renewBrokenIds) {
    log.error('preload_udomain', `the contact id ${contact.id} does not fit the user ${aor}`);
    return 'broken';
  }
  renewId(table, aor, contact, storage);
  return 'loaded';
}

/**
 * It was reached by a connection that a browser had opened, and that is gone with the process before (RFC 7118 §5). A Path
 * leads to it by another host. `Deviation:` OpenSIPS keeps such contacts and tries to connect to browsers.
 */
function cameByWebSocket({ path, socket, received, uri }: LoadedContact): boolean {
  if (path !== '') return false;
  return /^wss?$/.test(socket?.protocol ?? '') || /;transport=wss?(?:[;?]|$)/i.test(received || uri);
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

function tellLost({ log }: SqlSettings, lost: number): void {
  log.info(
    'preload_udomain',
    `${lost} contact(s) of the database came by WebSocket connections that are gone; they register again`,
  );
}

function tellBroken({ log }: SqlSettings, broken: number): void {
  log.notice(
    'preload_udomain',
    `${broken} contact(s) of the database have an id that does not fit; regen_broken_contactid makes new ones`,
  );
}
