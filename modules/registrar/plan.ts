import type { Logger, SipMessage } from '../../runtime/module-exports.ts';
import type { WrittenContact } from './contact-header.ts';
import type { InfoMaker } from './contact-info.ts';
import {
  type AorRecord,
  type Contact,
  type ContactInfo,
  isValid,
  type MatchMode,
  type UserLocation,
} from './location.ts';
import { RegistrationError } from './registration-error.ts';
import type { SaveFlags } from './save-flags.ts';

/** A contact that comes, or one that is to be changed. */
export interface Change {
  readonly contact: Contact | undefined;
  readonly uri: string;
  readonly info: ContactInfo;
}

/** All that one REGISTER does to an AoR. */
export interface Plan {
  readonly removed: ReadonlySet<Contact>;
  readonly changes: readonly Change[];
  /** How long its connection is to stay (UNIX seconds, 0: no longer); undefined: as any other. */
  readonly persistentUntil: number | undefined;
}

export interface PlanSettings {
  readonly location: UserLocation;
  readonly flags: SaveFlags;
  readonly matching: MatchMode | undefined;
  /** Whether a time below min_expires is refused (423) instead of raised. */
  readonly rejectBrief: boolean;
  readonly log: Logger;
}

/**
 * All contacts go, unless the same call has said something newer (RFC 3261 §10.3 step 6). `Deviation:` OpenSIPS does
 * not look at the CSeq here. Errors: RegistrationError.
 */
export function planStar(record: AorRecord | undefined, message: SipMessage): Plan {
  const contacts = record?.contacts ?? [];
  const cseq = message.cseq?.number ?? 0;
  if (contacts.some((contact) => contact.callId === message.callId && contact.cseq >= cseq))
    throw new RegistrationError('cseq');
  return { removed: new Set(contacts), changes: [], persistentUntil: undefined };
}

/**
 * What the contacts of a REGISTER do, all or nothing. `Deviation:` OpenSIPS does them one by one, and those before one
 * that is refused stay; RFC 3261 §10.3 step 7 has all of them undone. Errors: RegistrationError.
 */
export function planChanges(
  record: AorRecord | undefined,
  contacts: readonly WrittenContact[],
  maker: InfoMaker,
  settings: PlanSettings,
): Plan {
  const planning = new Planning(record, maker, settings);
  for (const contact of contacts) planning.add(contact);
  return planning.plan();
}

class Planning {
  readonly #record: AorRecord | undefined;
  readonly #maker: InfoMaker;
  readonly #settings: PlanSettings;
  readonly #removed = new Set<Contact>();
  readonly #changes: Change[] = [];
  #persistentUntil: number | undefined;

  constructor(record: AorRecord | undefined, maker: InfoMaker, settings: PlanSettings) {
    this.#record = record;
    this.#maker = maker;
    this.#settings = settings;
  }

  /** Errors: there are more contacts than there may be, and none is to give way. */
  plan(): Plan {
    if (this.#changes.length > 0) this.#makeRoom();
    return {
      removed: this.#removed,
      changes: this.#changes,
      persistentUntil: this.#persistentUntil,
    };
  }

  add(written: WrittenContact): void {
    const expires = this.#maker.expiresOf(written, this.#settings.rejectBrief);
    const found = this.#match(written.uri);
    if (found === 'retransmission') return;
    if (found === 'out-of-order') {
      this.#settings.log.error('update_contacts', `invalid cseq for aor <${this.#record?.aor}>`);
      throw new RegistrationError('cseq');
    }
    if (expires !== 0) this.#put(written, expires, found);
    else if (found) {
      this.#removed.add(found);
      this.#notePersistence(written, 0);
    }
  }

  #match(uri: string): Contact | 'out-of-order' | 'retransmission' | undefined {
    const { location, matching } = this.#settings;
    const { callId, cseq } = this.#maker;
    return this.#record && location.match(this.#record, uri, { callId, cseq, mode: matching });
  }

  #put(written: WrittenContact, expires: number, found: Contact | undefined): void {
    const info = this.#maker.infoOf(written, expires);
    const { location, matching } = this.#settings;
    this.#notePersistence(written, expires);
    if (found) {
      this.#removed.delete(found);
      const uri = Array.isArray(matching) ? written.uri : found.uri;
      this.#changes.push({ contact: found, uri, info });
      return;
    }
    const twice = this.#changes.findIndex(
      ({ contact, uri }) => !contact && location.sameUri(uri, written.uri),
    );
    if (twice >= 0) this.#changes.splice(twice, 1);
    this.#changes.push({ contact: undefined, uri: written.uri, info });
  }

  #makeRoom(): void {
    const { maxContacts, force } = this.#settings.flags;
    if (maxContacts === 0) return;
    while (this.#count() > maxContacts) {
      const victim = force && this.#standing().findLast((contact) => !this.#isChanged(contact));
      if (victim) this.#removed.add(victim);
      else if (!force || !this.#dropFirstNew()) throw this.#tooMany(maxContacts);
    }
  }

  #tooMany(most: number): RegistrationError {
    this.#settings.log.info(
      'update_contacts',
      `too many contacts for AOR <${this.#record?.aor ?? ''}>, max=${most}`,
    );
    return new RegistrationError('tooMany');
  }

  /** Of a request with more new contacts than there may be its last ones stay. */
  #dropFirstNew(): boolean {
    const first = this.#changes.findIndex(({ contact }) => !contact);
    if (first < 0 || first === this.#changes.length - 1) return false;
    this.#changes.splice(first, 1);
    return true;
  }

  #count(): number {
    const come = this.#changes.filter(({ contact }) => !contact).length;
    return this.#standing().length + come;
  }

  #standing(): Contact[] {
    const now = this.#settings.location.now();
    return (this.#record?.contacts ?? []).filter(
      (contact) => !this.#removed.has(contact) && (isValid(contact, now) || this.#isChanged(contact)),
    );
  }

  #isChanged(contact: Contact): boolean {
    return this.#changes.some((change) => change.contact === contact);
  }

  #notePersistence(written: WrittenContact, expires: number): void {
    if (!this.#maker.isPersistent(written)) return;
    this.#persistentUntil = Math.max(this.#persistentUntil ?? 0, expires);
  }
}
