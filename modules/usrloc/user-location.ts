import type { ModuleHost } from '../../runtime/module-exports.ts';
import { BoundContacts } from './bound-contacts.ts';
import { type ChangeListener, ChangeListeners } from './changes.ts';
import { type Contact, isValid, type StoredContact } from './contact.ts';
import { ContactCount } from './limits.ts';
import { createLocationEvents, type LocationEvents } from './location-events.ts';
import { type Match, type MatchMode, type MatchSettings, matchContact } from './match-contact.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { AorRecord } from './record.ts';
import { sameUri } from './same-uri.ts';
import { createSeconds } from './seconds.ts';
import type { Storage } from './storage.ts';
import { LocationTable } from './table.ts';

/** Which contacts are wanted of all: with all of these branch flags, and of one of so many parts. */
export interface ContactFilter {
  readonly flags?: number;
  readonly part?: number;
  readonly parts?: number;
}

/** The location tables of one host: what usrloc offers to other modules (`host.bind('usrloc')`). */
export class UserLocation {
  /** UNIX seconds that never go back. */
  readonly now: () => number;
  /** The domain counts in an AoR. */
  readonly useDomain: boolean;
  readonly #host: ModuleHost;
  readonly #tables = new Map<string, LocationTable>();
  readonly #listeners = new ChangeListeners();
  readonly #bound = new BoundContacts();
  readonly #events: LocationEvents;
  readonly #count: ContactCount;
  readonly #match: MatchSettings;
  readonly #storage: () => Storage;

  /** `storage` is asked for when the module has been started. */
  constructor(host: ModuleHost, storage: () => Storage) {
    const { params, routing, timers, version } = host;
    this.#host = host;
    this.#storage = storage;
    this.now = createSeconds(timers);
    this.useDomain = params.use_domain === 1;
    this.#events = createLocationEvents(host.events, version);
    this.#count = new ContactCount(Number(params.max_stored_contacts));
    this.#match = {
      tools: routing,
      defaultMode: params.matching_mode === 1 ? 'contact-and-call' : 'contact',
      cseqDelay: Number(params.cseq_delay),
      now: this.now,
    };
    host.onConnectionGone(({ connectionId }) => this.#removeBound(connectionId));
  }

  /** The mask of nat_bflag; 0 where none is named. */
  get natFlag(): number {
    const name = this.#host.params.nat_bflag;
    return name === undefined ? 0 : this.#host.flags.branch(String(name));
  }

  /** nat_bflag gets its bit, behind the flags of the script. */
  claimFlags(): void {
    const name = this.#host.params.nat_bflag;
    if (name !== undefined) this.#host.flags.branch(String(name));
  }

  /** The table of that name, made when it is first asked for (C: register_udomain). */
  table(name: string): LocationTable {
    const known = this.#tables.get(name);
    if (known) return known;
    const table = this.#newTable(name);
    this.#tables.set(name, table);
    const { statistics } = this.#host;
    statistics.gauge(`${name}-users`, () => table.users);
    statistics.gauge(`${name}-contacts`, () => table.contacts);
    statistics.gauge(`${name}-expires`, () => table.expired);
    return table;
  }

  tables(): IterableIterator<LocationTable> {
    return this.#tables.values();
  }

  find(name: string): LocationTable | undefined {
    return this.#tables.get(name);
  }

  /** The contact of an AoR that a contact of a REGISTER means. */
  match(
    record: AorRecord,
    uri: string,
    asked: { readonly callId: string; readonly cseq: number; readonly mode: MatchMode | undefined },
  ): Match {
    return matchContact(record, uri, asked, this.#match);
  }

  /** RFC 3261 §19.1.4 */
  sameUri(one: string, other: string): boolean {
    return sameUri(one, other, this.#host.routing);
  }

  /** Hears of each contact that comes, changes or goes. */
  onChange(listener: ChangeListener): void {
    this.#listeners.add(listener);
  }

  /** All contacts that are not over, for those who ping them. */
  contacts(filter: ContactFilter = {}): MaybePromise<Iterable<Contact>> {
    const storage = this.#storage();
    const tables = [...this.#tables.values()];
    if (storage.inMemory) return chosen(held(tables, filter), filter, this.now());
    return readAll(storage, tables).then((found) =>
      chosen(found, { ...filter, part: 0, parts: 1 }, this.now()),
    );
  }

  /** How long an answer to a ping took, in microseconds. C: update_sipping_latency. */
  setLatency(contact: Contact, microseconds: number): void {
    const stored = this.#tables.get(contact.table)?.byId(contact.id);
    if (!stored) return;
    const before = stored.latency;
    stored.latency = microseconds;
    if (this.#tellsLatency(before, microseconds)) this.#events.contact('E_UL_LATENCY_UPDATE', stored);
  }

  /** Takes a contact away that no longer answers (nathelper's remove_on_timeout). */
  remove(contact: Contact): MaybePromise<void> {
    const table = this.#tables.get(contact.table);
    if (!table) return undefined;
    return then(table.open(contact.aor), (record) => {
      const stored = record?.contacts.find(({ id }) => id === contact.id);
      if (record && stored) table.remove(record, stored);
      return table.close(record);
    });
  }

  /** Raises E_UL_CONTACT_REFRESH. */
  askRefresh(contact: Contact, reason: string, requestCallId?: string): void {
    this.#events.refresh(contact, reason, requestCallId);
  }

  #newTable(name: string): LocationTable {
    const { params } = this.#host;
    const size = Number(params.hash_size);
    const storage = this.#storage;
    return new LocationTable(name, {
      now: this.now,
      get storage() {
        return storage();
      },
      events: this.#events,
      listeners: this.#listeners,
      bound: this.#bound,
      count: this.#count,
      mostOfAor: Number(params.max_contacts_of_aor),
      newestFirst: params.desc_time_order === 1,
      slots: 2 ** (size <= 1 ? 9 : size),
      interval: Number(params.timer_interval),
    });
  }

  #tellsLatency(before: number, now: number): boolean {
    const least = Number(this.#host.params.latency_event_min_us);
    const difference = Number(this.#host.params.latency_event_min_us_delta);
    if (least === 0 && difference === 0) return true;
    if (least > 0 && now >= least) return true;
    return difference > 0 && before > 0 && Math.abs(now - before) >= difference;
  }

  /** `Deviation:` OpenSIPS keeps them until their time is over, and tries to connect to browsers meanwhile. */
  #removeBound(connectionId: number): void {
    for (const contact of this.#bound.of(connectionId)) {
      // Bound are only contacts that a table of this host has made.
      const removed = this.#tables.get(contact.table)?.removeUnreachable(contact as StoredContact);
      if (removed instanceof Promise) removed.catch(() => undefined);
    }
  }
}

function* held(tables: readonly LocationTable[], { part = 0, parts = 1 }: ContactFilter): Generator<Contact> {
  for (const table of tables) for (const { contacts } of table.records(part, parts)) yield* contacts;
}

function* chosen(contacts: Iterable<Contact>, { flags = 0 }: ContactFilter, now: number): Generator<Contact> {
  for (const contact of contacts) {
    if ((contact.branchFlags & flags) === flags && isValid(contact, now)) yield contact;
  }
}

async function readAll(storage: Storage, tables: readonly LocationTable[]): Promise<Contact[]> {
  const found: Contact[] = [];
  for (const table of tables) found.push(...(await storage.readAll(table)));
  return found;
}
