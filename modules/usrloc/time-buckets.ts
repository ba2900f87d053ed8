import type { Contact } from './contact.ts';

/** Contacts by a time of theirs, UNIX seconds, so that a sweep for it looks at few others. */
export class TimeBuckets {
  readonly #width: number;
  readonly #timeOf: (contact: Contact) => number;
  readonly #buckets = new Map<number, Set<Contact>>();
  readonly #places = new Map<Contact, number>();

  /** `width`: seconds that share a bucket. */
  constructor(width: number, timeOf: (contact: Contact) => number) {
    this.#width = Math.max(1, width);
    this.#timeOf = timeOf;
  }

  /** Contacts without that time (0) are in none. */
  put(contact: Contact): void {
    const time = this.#timeOf(contact);
    const bucket = time === 0 ? undefined : Math.floor(time / this.#width);
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

  /** Those whose time has come. */
  over(now: number): Contact[] {
    const current = Math.floor(now / this.#width);
    const found: Contact[] = [];
    for (const [bucket, members] of this.#buckets) {
      if (bucket > current) continue;
      for (const contact of members) if (this.#timeOf(contact) <= now) found.push(contact);
    }
    return found;
  }
}
