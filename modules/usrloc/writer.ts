import type { Database, Logger } from '../../runtime/module-exports.ts';
import type { StoredContact } from './contact.ts';
import type { MaybePromise } from './maybe.ts';

/** One change of a contact's row. */
type Change = () => MaybePromise<void>;

type Changes = Map<StoredContact, Change>;

/** Changes that share a commit; between two of them others get their turn. */
const changesOfCommit = 500;

/**
 * Changes that wait for the database, one for each contact. What fails is tried again when all is written, so that no
 * registration waits for the failures of others; as many wait as there are contacts.
 */
export class Writer {
  readonly #database: Database;
  readonly #log: Logger;
  #fresh: Changes = new Map();
  readonly #late: Changes = new Map();

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  put(contact: StoredContact, change: Change): void {
    this.#late.delete(contact);
    this.#fresh.set(contact, change);
  }

  forget(contact: StoredContact): void {
    this.#late.delete(contact);
    this.#fresh.delete(contact);
  }

  /** What has been put since the last call. */
  writeNew(): MaybePromise<void> {
    if (this.#fresh.size === 0) return undefined;
    const changes = this.#fresh;
    this.#fresh = new Map();
    return this.#commit(changes);
  }

  /** Also what failed before. */
  async writeAll(): Promise<void> {
    for (const [contact, change] of this.#fresh) this.#late.set(contact, change);
    this.#fresh.clear();
    const all = [...this.#late];
    this.#late.clear();
    for (let at = 0; at < all.length; at += changesOfCommit) {
      if (at > 0) await new Promise(setImmediate);
      const due = all.slice(at, at + changesOfCommit).filter(([contact]) => !this.#fresh.has(contact));
      await this.#commit(new Map(due));
    }
  }

  #commit(changes: Changes): MaybePromise<void> {
    const done = () => {
      for (const contact of changes.keys()) if (!this.#fresh.has(contact)) contact.state = 'synchronized';
    };
    const failed = (error: unknown) => this.#keep(changes, error);
    try {
      const written = this.#write([...changes.values()]);
      if (written instanceof Promise) return written.then(done, failed);
      done();
    } catch (error) {
      failed(error);
    }
    return undefined;
  }

  #write(changes: readonly Change[]): MaybePromise<void> {
    const [first, second] = changes;
    if (!first) return undefined;
    if (!second) return first();
    const waits: Promise<void>[] = [];
    const committed = this.#database.transaction(() => {
      for (const change of changes) {
        const written = change();
        if (written instanceof Promise) waits.push(written);
      }
    });
    if (committed instanceof Promise) waits.push(committed);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  #keep(changes: Changes, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#log.error('db_write', `${changes.size} change(s) of contacts failed in the database: ${reason}`);
    for (const [contact, change] of changes) if (!this.#fresh.has(contact)) this.#late.set(contact, change);
  }
}
