import type { Contact } from './contact.ts';

/** Contacts by the time at which they are over, so that a sweep looks at few others. Seconds. */
export class ExpiryBuckets {
  readonly #width: number;
  readonly #buckets = new Map<number, Set<Contact>>();
  readonly #places = new Map<Contact, number>();

  /** `width`: seconds that share a bucket. */
  constructor(width: number) {
    this.#width = Math.max(1, width);
  }

  /** Contacts that stay for ever are in none. */
  put(contact: Contact): void {
    const bucket = contact.expires === 0 ? undefined : Math.floor(contact.expires / this.#width);
    if (this.#places.get(contact) === bucket) return;
    this.remove(contact);
    if (bucket === undefined) return;
    this.#places.set(contact, bucket);
    const members = this.#buckets.get(bucket);
    if (members) members.add(contact);
    else this.#buckets.set(bucket, new Set([contact]));
  }

  remove(contact: Contact): void {
    const bucket = this.#places.get(contact);
    if (bucket === undefined) return;
    this.#places.delete(contact);
    const members = this.#buckets.get(bucket);
    members?.delete(contact);
    if (members?.size === 0) this.#buckets.delete(bucket);
  }

  /** Those that are over. */
  over(now: number): Contact[] {
    const current = Math.floor(now / this.#width);
    const found: Contact[] = [];
    for (const [bucket, members] of this.#buckets) {
      if (bucket > current) continue;
      for (const contact of members) if (contact.expires <= now) found.push(contact);
    }
    return found;
  }
}
