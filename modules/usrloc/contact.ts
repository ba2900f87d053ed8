import type { ListenSocket } from '../../runtime/module-exports.ts';

/** Bits of `flags`, as the column of the same name holds them (C: ucontact_flags_t). */
export const contactFlags = {
  /** The contact is never written to a database. */
  memoryOnly: 1,
  /** Push notifications go before requests to it (RFC 8599). */
  push: 4,
} as const;

/** All methods that there are or will be: nothing was said of what the contact takes. */
export const allMethods = 0xffffffff;

/** How a contact stands to its row in the database (C: cstate_t). */
export type ContactState = 'new' | 'synchronized' | 'changed';

/** What a registration says of a contact. Texts that nobody gave are empty; times are UNIX seconds. */
export interface ContactInfo {
  /** Where the REGISTER came from, as a URI; it is the next hop. */
  readonly received: string;
  /** The values of the Path headers, joined by commas. */
  readonly path: string;
  /** 0: it stays for ever. */
  readonly expires: number;
  /** In thousandths; -1: none was told. */
  readonly q: number;
  /** `<urn:uuid:…>`, with its angle brackets. */
  readonly instance: string;
  readonly callId: string;
  readonly cseq: number;
  readonly flags: number;
  /** Branch flags, as bits (cflags). */
  readonly branchFlags: number;
  readonly userAgent: string;
  /** The socket that the REGISTER came by; undefined where it is none of this host. */
  readonly socket: ListenSocket | undefined;
  /** Bits of the methods that it takes. */
  readonly methods: number;
  /** What the script said of it (attr). */
  readonly attributes: string;
  readonly lastModified: number;
  /** The sharing tag of the node that owns it. */
  readonly ownershipTag: string;
  /** When its refresh is to be asked for; 0: never. */
  readonly refreshTime: number;
  /** The connection without which it cannot be reached; 0: it is bound to none. */
  readonly connectionId: number;
}

/** A contact that stands in a database already. */
export interface LoadedContact extends ContactInfo {
  readonly id: string;
  readonly uri: string;
  readonly keys: Map<string, string | number>;
}

/** One address at which somebody can be reached. It is changed by its table alone. */
export interface Contact extends ContactInfo {
  /** 64 bits in decimal digits, made as OpenSIPS makes its `contact_id`. */
  readonly id: string;
  /** The name of its table. */
  readonly table: string;
  readonly aor: string;
  readonly uri: string;
  readonly state: ContactState;
  /** Microseconds that its last answer to a ping took; 0: unknown. */
  readonly latency: number;
  /** What other modules have attached to it. */
  readonly keys: Map<string, string | number>;
}

/** The same for the table that it belongs to. */
export type StoredContact = { -readonly [Key in keyof Contact]: Contact[Key] };

/** Not over yet; a time of 0 never is. C: VALID_CONTACT. */
export function isValid(contact: Pick<Contact, 'expires'>, now: number): boolean {
  return contact.expires === 0 || contact.expires > now;
}
