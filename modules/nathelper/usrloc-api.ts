import type { ListenSocket, MaybePromise } from '../../runtime/module-exports.ts';

/** What is needed of a contact; structurally that of usrloc. */
export interface PingedContact {
  readonly id: string;
  readonly aor: string;
  readonly uri: string;
  readonly received: string;
  readonly path: string;
  readonly branchFlags: number;
  readonly socket: ListenSocket | undefined;
  /** The connection without which it cannot be reached; 0: none. */
  readonly connectionId: number;
}

/** What usrloc offers; structurally the type of its api. */
export interface UserLocation<Contact = PingedContact> {
  readonly natFlag: number;
  contacts(filter: { flags: number; part: number; parts: number }): MaybePromise<Iterable<Contact>>;
  setLatency(contact: Contact, microseconds: number): void;
  remove(contact: Contact): MaybePromise<void>;
}
