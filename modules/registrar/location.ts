/** What usrloc offers, as far as it is used here; structurally the type of its api. */

import type { ListenSocket, MaybePromise } from '../../runtime/module-exports.ts';

export interface ContactInfo {
  readonly received: string;
  readonly path: string;
  readonly expires: number;
  readonly q: number;
  readonly instance: string;
  readonly callId: string;
  readonly cseq: number;
  readonly flags: number;
  readonly branchFlags: number;
  readonly userAgent: string;
  readonly socket: ListenSocket | undefined;
  readonly methods: number;
  readonly attributes: string;
  readonly lastModified: number;
  readonly ownershipTag: string;
  readonly refreshTime: number;
  readonly connectionId: number;
}

export interface Contact extends ContactInfo {
  readonly id: string;
  readonly table: string;
  readonly aor: string;
  readonly uri: string;
  readonly latency: number;
}

export interface AorRecord {
  readonly aor: string;
  readonly contacts: readonly Contact[];
}

export interface LocationTable {
  readonly name: string;
  open(aor: string): MaybePromise<AorRecord | undefined>;
  create(aor: string): AorRecord;
  close(record: AorRecord | undefined): MaybePromise<void>;
  hasRoom(record: AorRecord | undefined, come: number, go: number): boolean;
  insert(record: AorRecord, uri: string, info: ContactInfo): Contact | undefined;
  update(record: AorRecord, contact: Contact, info: ContactInfo, uri?: string): void;
  remove(record: AorRecord, contact: Contact): void;
  byId(id: string): Contact | undefined;
  records(): Iterable<AorRecord>;
}

/** Undefined: as usrloc's matching_mode says; names: by those parameters of the URIs. */
export type MatchMode = 'contact' | 'contact-and-call' | readonly string[];

export interface UserLocation {
  readonly useDomain: boolean;
  readonly natFlag: number;
  now(): number;
  table(name: string): LocationTable;
  match(
    record: AorRecord,
    uri: string,
    asked: { readonly callId: string; readonly cseq: number; readonly mode: MatchMode | undefined },
  ): Contact | 'out-of-order' | 'retransmission' | undefined;
  sameUri(one: string, other: string): boolean;
  askRefresh(contact: Contact, reason: string, requestCallId?: string): void;
}

/** Bits of `flags` (C: ucontact_flags_t). */
export const contactFlags = { memoryOnly: 1, push: 4 } as const;

export function isValid({ expires }: Pick<Contact, 'expires'>, now: number): boolean {
  return expires === 0 || expires > now;
}

/** Goes on with a value: at once where it is there, later where it is promised. */
export function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
