import type { BoundContacts } from './bound-contacts.ts';
import type { ChangeListeners } from './changes.ts';
import type { ContactInfo, LoadedContact, StoredContact } from './contact.ts';
import { hashOf, randomLabel, unpackId } from './contact-id.ts';
import { ownershipTagName } from './key-values.ts';
import type { ContactCount } from './limits.ts';
import type { LocationEvents } from './location-events.ts';
import { type MaybePromise, then } from './maybe.ts';
import { ownText, ownTexts } from './own-texts.ts';
import { AorRecord } from './record.ts';
import type { Storage, StoredTable } from './storage.ts';
import { TimeBuckets } from './time-buckets.ts';

/** What all tables of a host share. */
export interface TableSurroundings {
  /** UNIX seconds. */
  now(): number;
  readonly storage: Storage;
  readonly events: LocationEvents;
  readonly listeners: ChangeListeners;
  readonly bound: BoundContacts;
  readonly count: ContactCount;
  /** `Deviation:` contacts that one AoR may have; in OpenSIPS memory is the bound, which one user may then fill. */
  readonly mostOfAor: number;
  /** desc_time_order */
  readonly newestFirst: boolean;
  /** 2 to the power of hash_size. */
  readonly slots: number;
  /** Seconds between two sweeps. */
  readonly interval: number;
}

/** Seconds that share a bucket of contacts to be woken. */
const refreshWidth = 10;

/** The contacts of one location table (C: udomain_t), by AoR. */
export class LocationTable implements StoredTable {
  readonly name: string;
  readonly #around: TableSurroundings;
  readonly #slots: Map<string, AorRecord>[];
  readonly #nextLabels: number[];
  readonly #expiry: TimeBuckets;
  readonly #refresh = new TimeBuckets(refreshWidth, ({ refreshTime }) => refreshTime);
  #users = 0;
  #contacts = 0;
  #expired = 0;

  constructor(name: string, around: TableSurroundings) {
    this.name = name;
    this.#around = around;
    this.#slots = Array.from({ length: around.slots }, () => new Map());
    this.#nextLabels = this.#slots.map(() => randomLabel());
    this.#expiry = new TimeBuckets(around.interval, ({ expires }) => expires);
  }

  get users(): number {
    return this.#users;
  }

  get contacts(): number {
    return this.#contacts;
  }

  /** Contacts whose time was over. */
  get expired(): number {
    return this.#expired;
  }

  get slots(): number {
    return this.#slots.length;
  }

  /** The contacts of an AoR; undefined where it has none. `close` is to be called when its use is over. */
  open(aor: string): MaybePromise<AorRecord | undefined> {
    const { storage } = this.#around;
    return storage.inMemory ? this.#slotOf(hashOf(aor)).get(aor) : storage.read(this, aor);
  }

  /** An AoR that has no contacts yet; without one until `close` it is gone again. */
  create(aor: string): AorRecord {
    const hash = hashOf(aor);
    const record = new AorRecord(ownText(aor), hash, this.#newLabel(hash));
    if (!this.#around.storage.inMemory) return record;
    this.#slotOf(hash).set(record.aor, record);
    this.#users++;
    this.#around.events.record('E_UL_AOR_INSERT', this.name, aor);
    return record;
  }

  /** Something was attached to an AoR. */
  keysChanged(record: AorRecord): MaybePromise<void> {
    const [first] = record.contacts;
    if (first) this.#around.storage.updated(this, record, first);
    return this.close(record);
  }

  /** Ends the use of an AoR: one without contacts goes, and the database gets what it must have at once. */
  close(record: AorRecord | undefined): MaybePromise<void> {
    if (record) this.#dropEmpty(record);
    return this.#around.storage.settle();
  }

  /** Whether an AoR may get so many more contacts, when so many of its present ones have gone. */
  hasRoom(record: AorRecord | undefined, come: number, go: number): boolean {
    const { count, mostOfAor, storage } = this.#around;
    if ((record?.contacts.length ?? 0) + come - go > mostOfAor) return false;
    return !storage.inMemory || count.hasRoom(come - go);
  }

  /** Undefined where there are as many contacts as there may be. */
  insert(record: AorRecord, uri: string, info: ContactInfo): StoredContact | undefined {
    const { storage, events, listeners, count, mostOfAor } = this.#around;
    if (record.contacts.length >= mostOfAor || (storage.inMemory && !count.take())) return undefined;
    const id = record.newContactId();
    const contact = this.#add(record, { ...ownTexts(info), id, uri: ownText(uri), keys: new Map() }, 'new');
    storage.inserted(this, record, contact);
    events.contact('E_UL_CONTACT_INSERT', contact);
    listeners.tell('insert', contact);
    return contact;
  }

  /** `uri`: another one, where it was found by parameters. */
  update(record: AorRecord, contact: StoredContact, info: ContactInfo, uri: string = contact.uri): void {
    const { storage, events, listeners, bound, newestFirst } = this.#around;
    const before = listeners.any ? { ...contact } : undefined;
    if (storage.inMemory) bound.remove(contact);
    Object.assign(contact, ownTexts(info));
    if (uri !== contact.uri) contact.uri = ownText(uri);
    keepOwnershipTag(contact);
    record.replace(contact, newestFirst);
    if (storage.inMemory) this.#remember(contact);
    storage.updated(this, record, contact);
    events.contact('E_UL_CONTACT_UPDATE', contact);
    listeners.tell('update', contact, before);
  }

  remove(record: AorRecord, contact: StoredContact): void {
    this.#take(record, contact, 'delete');
  }

  /** A contact has gone that only its own connection could reach. */
  removeUnreachable(contact: StoredContact): MaybePromise<void> {
    return then(this.open(contact.aor), (record) => {
      if (record) this.#take(record, contact, 'expire');
      return this.close(record);
    });
  }

  /** Puts in what a database holds; false where there are as many contacts as there may be. */
  load(record: AorRecord, loaded: LoadedContact): boolean {
    if (this.#around.storage.inMemory && !this.#around.count.take()) return false;
    const parts = unpackId(loaded.id);
    this.#add(record, loaded, 'synchronized');
    if (parts) record.continueBehind(parts.contact);
    return true;
  }

  /** The AoR of something loaded, with the number that its ids have. */
  recordOf(aor: string, label: number): AorRecord {
    const hash = hashOf(aor);
    const slot = this.#slotOf(hash);
    const known = slot.get(aor);
    if (known) return known;
    const record = this.create(aor);
    record.label = label;
    const index = hash & (this.#slots.length - 1);
    if ((this.#nextLabels[index] ?? 0) <= label) this.#nextLabels[index] = label + 1;
    return record;
  }

  /** Takes away what is over. */
  sweep(): void {
    const now = this.#around.now();
    for (const contact of this.#expiry.over(now)) {
      const record = this.#slotOf(hashOf(contact.aor)).get(contact.aor);
      // The expiry knows only contacts that this table has made.
      if (!record || !this.#take(record, contact as StoredContact, 'expire')) continue;
      this.#expired++;
      this.#dropEmpty(record);
    }
  }

  /** Asks for new registrations of contacts with push notifications that are soon over (contact_refresh_timer). */
  askRefreshes(): void {
    for (const contact of this.#refresh.over(this.#around.now())) {
      this.#refresh.remove(contact);
      this.#around.events.refresh(contact, 'reg-refresh');
    }
  }

  /** All AoRs, or those of one of so many parts. */
  *records(part = 0, parts = 1): Generator<AorRecord> {
    for (let at = part; at < this.#slots.length; at += parts) {
      yield* this.#slots[at]?.values() ?? [];
    }
  }

  /** Undefined where nothing in memory has that id. */
  byId(id: string): StoredContact | undefined {
    const parts = unpackId(id);
    if (!parts) return undefined;
    for (const { label, contacts } of this.#slotOf(parts.hash).values()) {
      const found = label === parts.record ? contacts.find((contact) => contact.id === id) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  #slotOf(hash: number): Map<string, AorRecord> {
    const slot = this.#slots[hash & (this.#slots.length - 1)];
    if (!slot) throw new RangeError('the number of slots is no power of two');
    return slot;
  }

  #newLabel(hash: number): number {
    const index = hash & (this.#slots.length - 1);
    const label = this.#nextLabels[index] ?? 0;
    this.#nextLabels[index] = (label + 1) >>> 0;
    return label;
  }

  #add(record: AorRecord, loaded: LoadedContact, state: StoredContact['state']): StoredContact {
    const { storage, newestFirst } = this.#around;
    const contact: StoredContact = { ...loaded, table: this.name, aor: record.aor, state, latency: 0 };
    keepOwnershipTag(contact);
    record.place(contact, newestFirst);
    if (!storage.inMemory) return contact;
    this.#contacts++;
    this.#remember(contact);
    return contact;
  }

  #remember(contact: StoredContact): void {
    this.#around.bound.add(contact);
    this.#expiry.put(contact);
    this.#refresh.put(contact);
  }

  #forget(contact: StoredContact): void {
    this.#around.bound.remove(contact);
    this.#expiry.remove(contact);
    this.#refresh.remove(contact);
    this.#around.count.give();
    this.#contacts--;
  }

  #take(record: AorRecord, contact: StoredContact, change: 'delete' | 'expire'): boolean {
    if (!record.take(contact)) return false;
    const { storage, events, listeners } = this.#around;
    if (storage.inMemory) this.#forget(contact);
    storage.removed(this, contact);
    events.contact('E_UL_CONTACT_DELETE', contact);
    listeners.tell(change, contact);
    return true;
  }

  #dropEmpty(record: AorRecord): void {
    const { storage, events } = this.#around;
    if (!storage.inMemory || record.contacts.length > 0) return;
    if (!this.#slotOf(record.hash).delete(record.aor)) return;
    this.#users--;
    events.record('E_UL_AOR_DELETE', this.name, record.aor);
  }
}

/** A sharing tag stands among the keys too, so that it survives a restart. */
function keepOwnershipTag(contact: StoredContact): void {
  if (contact.ownershipTag !== '') contact.keys.set(ownershipTagName, contact.ownershipTag);
  else contact.ownershipTag = String(contact.keys.get(ownershipTagName) ?? '');
}
