import type { StoredContact } from './contact.ts';
import { nextContactLabel, packId, randomLabel } from './contact-id.ts';

/** One address of record with its contacts: those with the largest q first, and among them the oldest. */
export class AorRecord {
  readonly aor: string;
  readonly hash: number;
  contacts: StoredContact[] = [];
  /** Tells it apart from others of the same hash. */
  label: number;
  #nextContact = randomLabel();
  #keys: Map<string, string | number> | undefined;

  constructor(aor: string, hash: number, label: number) {
    this.aor = aor;
    this.hash = hash;
    this.label = label;
  }

  /** What the script has attached to it (ul_add_key). */
  get keys(): Map<string, string | number> {
    this.#keys ??= new Map();
    return this.#keys;
  }

  set keys(keys: Map<string, string | number>) {
    this.#keys = keys;
  }

  get hasKeys(): boolean {
    return (this.#keys?.size ?? 0) > 0;
  }

  newContactId(): string {
    const contact = this.#nextContact;
    this.#nextContact = nextContactLabel(contact);
    return packId({ hash: this.hash, record: this.label, contact });
  }

  /** New ids go on behind one that was loaded. */
  continueBehind(contactLabel: number): void {
    if (this.contacts.length <= 1 || contactLabel >= this.#nextContact)
      this.#nextContact = nextContactLabel(contactLabel);
  }

  /** Puts a contact into its place; `newestFirst`: desc_time_order. */
  place(contact: StoredContact, newestFirst: boolean): void {
    const behind = newestFirst ? 0 : this.contacts.findIndex(({ q }) => q < contact.q);
    if (this.contacts.length === 0) this.contacts = [contact];
    else if (behind < 0) this.contacts.push(contact);
    else this.contacts.splice(behind, 0, contact);
  }

  /** After its q or its time has changed. `Deviation:` OpenSIPS puts a larger q behind the smaller ones here. */
  replace(contact: StoredContact, newestFirst: boolean): void {
    if (!newestFirst && this.#isInOrder(contact)) return;
    this.take(contact);
    this.place(contact, newestFirst);
  }

  /** False where it is not there. */
  take(contact: StoredContact): boolean {
    const at = this.contacts.indexOf(contact);
    if (at >= 0) this.contacts.splice(at, 1);
    return at >= 0;
  }

  #isInOrder(contact: StoredContact): boolean {
    const at = this.contacts.indexOf(contact);
    const before = this.contacts[at - 1]?.q ?? contact.q;
    const behind = this.contacts[at + 1]?.q ?? contact.q;
    return before >= contact.q && contact.q >= behind;
  }
}
