import type { Contact } from './contact.ts';

/** `expire`: its time was over, or the connection that it was bound to has gone. */
export type ContactChange = 'insert' | 'update' | 'delete' | 'expire';

/** Hears of a change of a contact; on `update` also what it was before. */
export type ChangeListener = (change: ContactChange, contact: Contact, before?: Contact) => void;

/** Who hears of contacts that come, change and go. C: register_ulcb. */
export class ChangeListeners {
  readonly #listeners: ChangeListener[] = [];

  add(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  get any(): boolean {
    return this.#listeners.length > 0;
  }

  tell(change: ContactChange, contact: Contact, before?: Contact): void {
    for (const listener of this.#listeners) listener(change, contact, before);
  }
}
