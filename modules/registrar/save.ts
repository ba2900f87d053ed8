import type {
  ListenSocket,
  MaybePromise,
  ModuleHost,
  ScriptRun,
  SipMessage,
} from '../../runtime/module-exports.ts';
import { type AnswerSettings, answerRegister, supports } from './answer.ts';
import { type AorSettings, aorOf } from './aor.ts';
import {
  type ContactTools,
  contactsOf,
  type WrittenContact,
  type WrittenContacts,
} from './contact-header.ts';
import { InfoMaker, type InfoSettings } from './contact-info.ts';
import { type AorRecord, type Contact, type LocationTable, then, type UserLocation } from './location.ts';
import { pathVectorOf } from './path-vector.ts';
import { type Plan, planChanges, planStar } from './plan.ts';
import type { PushSettings } from './push.ts';
import { RegistrationError } from './registration-error.ts';
import type { SaveFlags } from './save-flags.ts';

export interface SaveSettings {
  readonly location: () => UserLocation;
  readonly aor: () => AorSettings;
  readonly contacts: ContactTools;
  readonly answer: () => AnswerSettings;
  readonly info: () => InfoSettings;
  readonly push: PushSettings | undefined;
  /** reject_brief_expires */
  readonly rejectBrief: boolean;
  readonly connections: ModuleHost['connections'];
  readonly timers: ModuleHost['timers'];
  /** The socket that the header of sock_hdr_name tells. */
  socketOf(message: SipMessage): ListenSocket | undefined;
  accepted(): void;
  rejected(): void;
}

/** One call of save(). */
export interface SaveCall {
  readonly table: LocationTable;
  readonly flags: SaveFlags;
  /** The AoR that the script says; undefined: that of To. */
  readonly aor: string | undefined;
  readonly ownershipTag: string;
  /** What stands in the place of the contacts of the request. */
  readonly forced?: WrittenContacts;
}

/** 1; -1 where the answer cannot be sent; -2 where the registration is refused. C: save_aux. */
export function save(run: ScriptRun, call: SaveCall, settings: SaveSettings): MaybePromise<number> {
  return new Registration(run, call, settings).work();
}

/** One REGISTER on its way into a table (RFC 3261 §10.3). */
class Registration {
  readonly #run: ScriptRun;
  readonly #call: SaveCall;
  readonly #settings: SaveSettings;
  #lines = '';

  constructor(run: ScriptRun, call: SaveCall, settings: SaveSettings) {
    this.#run = run;
    this.#call = call;
    this.#settings = settings;
  }

  work(): MaybePromise<number> {
    try {
      const message = this.#run.message;
      const contacts = this.#call.forced ?? contactsOf(message, this.#settings.contacts);
      const aor = this.#aor();
      const { table } = this.#call;
      return then(table.open(aor), (record) => this.#apply(aor, record, contacts));
    } catch (error) {
      return this.#refuse(error, undefined);
    }
  }

  #aor(): string {
    const { aor } = aorOf(this.#call.aor ?? this.#run.message.to?.uri ?? '', this.#settings.aor());
    if (aor !== '') return aor;
    this.#settings.contacts.log.error('save_aux', "the AoR URI is missing the 'username' part!");
    throw new RegistrationError('aor');
  }

  #apply(aor: string, known: AorRecord | undefined, contacts: WrittenContacts): MaybePromise<number> {
    const { table } = this.#call;
    let record = known;
    try {
      const plan = this.#plan(known, contacts);
      const come = plan.changes.filter(({ contact }) => !contact).length;
      if (come > 0 && !table.hasRoom(record, come, plan.removed.size))
        throw new RegistrationError('insertContact');
      if (!record && come > 0) record = table.create(aor);
      if (record) this.#carryOut(record, plan);
    } catch (error) {
      return then(table.close(record), () => this.#refuse(error, record));
    }
    return then(table.close(record), () => this.#accept(record, contacts));
  }

  /** Nothing is changed before everything is known to go (RFC 3261 §10.3 step 7). */
  #plan(record: AorRecord | undefined, contacts: WrittenContacts): Plan {
    const { flags } = this.#call;
    const { message } = this.#run;
    const location = this.#settings.location();
    if (contacts === 'star') return planStar(record, message);
    const push = this.#settings.push?.inspect(message, contacts[0]?.uri, flags.matching);
    this.#lines += push?.lines ?? '';
    const path = this.#path();
    const maker = new InfoMaker(this.#run, this.#settings.info(), {
      flags,
      path,
      push: push?.isOn ?? false,
      socket: flags.socketHeader ? this.#settings.socketOf(message) : undefined,
      ownershipTag: this.#call.ownershipTag,
    });
    return planChanges(record, contacts, maker, {
      location,
      flags,
      matching: flags.matching ?? push?.matching,
      rejectBrief: this.#settings.rejectBrief,
      log: this.#settings.contacts.log,
    });
  }

  /**
   * What is stored of the Path, and what the answer tells of it (RFC 3327 §5.3). `Deviation:` one that is refused leaves no
   * contact; OpenSIPS stores it and answers 420.
   */
  #path(): { path: string; received: string } {
    const { flags } = this.#call;
    if (flags.path === undefined) return { path: '', received: '' };
    const { tools, log } = this.#settings.contacts;
    const found = pathVectorOf(this.#run.message, tools, log);
    const received = flags.pathReceived ? found.received : '';
    if (found.path === '' || flags.path === 'off') return { path: found.path, received };
    const line = `Path: ${found.path}\r\n`;
    if (supports(this.#run.message, 'path')) this.#lines += line;
    else if (flags.path === 'strict') {
      this.#lines += `Unsupported: path\r\n${line}`;
      throw new RegistrationError('pathUnsupported');
    }
    return { path: found.path, received };
  }

  #carryOut(record: AorRecord, plan: Plan): void {
    const { table } = this.#call;
    for (const contact of plan.removed) table.remove(record, contact);
    for (const change of plan.changes) {
      if (change.contact) table.update(record, change.contact, change.info, change.uri);
      else if (!table.insert(record, change.uri, change.info)) throw new RegistrationError('insertContact');
    }
    this.#keepConnection(plan);
  }

  /** tcp_persistent_flag: the connection stays as long as what was registered by it. */
  #keepConnection({ persistentUntil }: Plan): void {
    if (persistentUntil === undefined) return;
    const { connections, timers, location } = this.#settings;
    const connection = connections.get(this.#run.source.connectionId);
    if (!connection) return;
    const seconds = Math.max(0, persistentUntil - location().now()) + 10;
    connections.keep(connection, timers.now() + seconds * 1000);
  }

  #accept(record: AorRecord | undefined, contacts: WrittenContacts): number {
    this.#settings.accepted();
    if (this.#isSilent) return 1;
    return this.#answer(undefined, this.#shown(record, contacts)) ? 1 : -1;
  }

  #refuse(error: unknown, record: AorRecord | undefined): number {
    if (!(error instanceof RegistrationError)) throw error;
    this.#settings.rejected();
    if (!this.#isSilent) this.#answer(error, record?.contacts ?? []);
    return -2;
  }

  get #isSilent(): boolean {
    return this.#call.flags.noReply;
  }

  #answer(error: RegistrationError | undefined, contacts: readonly Contact[]): boolean {
    const { minExpires } = this.#call.flags;
    return answerRegister(
      this.#run,
      { error, contacts, lines: this.#lines, minExpires },
      this.#settings.answer(),
    );
  }

  #shown(record: AorRecord | undefined, contacts: WrittenContacts): readonly Contact[] {
    const stored = record?.contacts ?? [];
    if (!this.#call.flags.onlyRequested || contacts === 'star') return stored;
    const asked = new Set(contacts.map(({ uri }: WrittenContact) => uri));
    return stored.filter(({ uri }) => asked.has(uri));
  }
}
