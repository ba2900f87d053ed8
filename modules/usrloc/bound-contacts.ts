import type { Contact } from './contact.ts';

/** Contacts by the connection without which they cannot be reached. */
export class BoundContacts {
  readonly #byConnection = new Map<number, Set<Contact>>();

  add(contact: Contact): void {
    const { connectionId } = contact;
    if (connectionId === 0) return;
    const members = this.#byConnection.get(connectionId);
    if (members) members.add(contact);
    else this.#byConnection.set(connectionId, new Set([contact]));
  }

  remove(contact: Contact): void {
    const members = this.#byConnection.get(contact.connectionId);
    members?.delete(contact);
    if (members?.size === 0) this.#byConnection.delete(contact.connectionId);
  }

  of(connectionId: number): Contact[] {
    return [...(this.#byConnection.get(connectionId) ?? [])];
  }
}
