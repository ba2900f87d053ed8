import type {
  Logger,
  MaybePromise,
  ModuleHost,
  ScriptRun,
  ScriptValue,
} from '../../runtime/module-exports.ts';
import { type AorSettings, aorOf } from './aor.ts';
import type { FoundAor } from './gruu.ts';
import {
  type AorRecord,
  type Contact,
  contactFlags,
  isValid,
  type LocationTable,
  then,
  type UserLocation,
} from './location.ts';
import type { LookupFlags } from './lookup-flags.ts';
import { methodBit } from './methods.ts';
import { firstHop } from './path-vector.ts';
import type { PushSettings } from './push.ts';
import { RegistrationError } from './registration-error.ts';

export interface LookupSettings {
  readonly location: () => UserLocation;
  readonly aor: () => AorSettings;
  readonly host: Pick<ModuleHost, 'sip' | 'routing'>;
  readonly log: Logger;
  readonly push: PushSettings | undefined;
  /** The AVP that gets what is stored of the script's words; undefined: none. */
  readonly attributesAvp: string | undefined;
  /** It is an attribute of the branch (since 3.6). */
  readonly attributesByBranch: boolean;
}

/** What lookup() answers (C: lookup_rc). */
const found = 1;
const nobody = -1;
const methodUnsupported = -2;
const failed = -3;

/** Puts the contacts of an AoR into the Request-URI and the branches (RFC 3261 §16.5). C: lookup. */
export function lookup(
  run: ScriptRun,
  table: LocationTable,
  flags: LookupFlags,
  uri: string | undefined,
  settings: LookupSettings,
): MaybePromise<number> {
  const { message } = run;
  const more = flags.branches ? message.branches.splice(0).map((branch) => branch.uri) : [];
  const search = new Search(run, table, flags, settings);
  return search.all([uri ?? message.requestUri, ...more]);
}

class Search {
  readonly #run: ScriptRun;
  readonly #table: LocationTable;
  readonly #flags: LookupFlags;
  readonly #settings: LookupSettings;
  #isPushed: boolean;
  #answer = nobody;
  #isDone = false;

  constructor(run: ScriptRun, table: LocationTable, flags: LookupFlags, settings: LookupSettings) {
    this.#run = run;
    this.#table = table;
    this.#flags = flags;
    this.#settings = settings;
    this.#isPushed = flags.toBranchesOnly;
  }

  all([uri, ...more]: readonly string[]): MaybePromise<number> {
    if (uri === undefined || this.#isDone) return this.#answer;
    const found = this.#aorOf(uri);
    if (!found) return failed;
    return then(this.#table.open(found.aor), (record) => {
      if (record) this.#take(record, found);
      return then(this.#table.close(record), () => this.all(more));
    });
  }

  #aorOf(uri: string): FoundAor | undefined {
    try {
      return aorOf(uri, this.#settings.aor());
    } catch (error) {
      if (!(error instanceof RegistrationError)) throw error;
      this.#settings.log.error('lookup', 'failed to extract address of record');
      return undefined;
    }
  }

  #take(record: AorRecord, asked: FoundAor): void {
    for (const contact of this.#chosen(record, asked)) {
      if (!this.#push(contact)) return;
      this.#answer = found;
      if (!this.#flags.noBranches) continue;
      this.#isDone = true;
      return;
    }
  }

  /** Those that are meant; what lookup() answers where none is becomes known on the way. */
  #chosen(record: AorRecord, asked: FoundAor): readonly Contact[] {
    const now = this.#settings.location().now();
    const valid = record.contacts.filter((contact) => isValid(contact, now));
    const fitting = valid.filter((contact) => this.#takesMethod(contact));
    if (this.#answer < 0 && valid.length > 0) this.#answer = fitting.length > 0 ? nobody : methodUnsupported;
    const { fitsUserAgent, maxLatency, sortByLatency } = this.#flags;
    const chosen = fitting.filter(
      (contact) =>
        (fitsUserAgent?.(contact.userAgent) ?? true) && (maxLatency === 0 || contact.latency <= maxLatency),
    );
    const meant = asked.instance === '' ? chosen : instanceOf(chosen, asked);
    return sortByLatency ? meant.toSorted(byLatency) : meant;
  }

  #takesMethod({ methods }: Contact): boolean {
    return !this.#flags.byMethod || (methodBit(this.#run.message.method) & methods) !== 0;
  }

  /** False where there is no room for another branch. */
  #push(contact: Contact): boolean {
    const { push, location } = this.#settings;
    const wakes = push !== undefined && (contact.flags & contactFlags.push) !== 0;
    if (wakes) push.wake(contact, this.#run, location());
    const uri = wakes ? push.withoutParams(contact.uri) : contact.uri;
    const target: Target = { uri, contact, nextHop: this.#nextHop(contact) };
    if (this.#isPushed) return this.#append(target);
    this.#isPushed = true;
    this.#setRequestUri(target);
    return true;
  }

  /** A Path goes before the address that the REGISTER came from, because its first hop deals with the NAT. */
  #nextHop({ path, received }: Contact): string | undefined {
    if (path === '') return received || undefined;
    return firstHop(path, this.#settings.host.routing);
  }

  #setRequestUri({ uri, contact, nextHop }: Target): void {
    const { message } = this.#run;
    message.requestUri = uri;
    if (nextHop !== undefined) message.destinationUri = nextHop;
    message.path = contact.path || undefined;
    message.q = contact.q < 0 ? undefined : contact.q;
    message.branchFlags |= contact.branchFlags;
    if (contact.socket) message.sendSocket = contact.socket;
    this.#tellAttributes(contact, message.branchAttributes);
  }

  #append({ uri, contact, nextHop }: Target): boolean {
    const { message } = this.#run;
    const { sip } = this.#settings.host;
    if (!appended(() => sip.appendBranch(message, uri, contact.socket), this.#settings.log)) return false;
    const branch = message.branches.at(-1);
    if (!branch) return false;
    branch.destinationUri = nextHop;
    branch.path = contact.path || undefined;
    branch.q = contact.q < 0 ? undefined : contact.q;
    branch.flags = contact.branchFlags;
    this.#tellAttributes(contact, branch.attributes);
    return true;
  }

  #tellAttributes({ attributes }: Contact, ofBranch: Map<string, ScriptValue>): void {
    const { attributesAvp: name, attributesByBranch } = this.#settings;
    if (name === undefined) return;
    if (attributesByBranch) ofBranch.set(name, attributes);
    else addLast(this.#run, name, attributes);
  }
}

interface Target {
  readonly uri: string;
  readonly contact: Contact;
  readonly nextHop: string | undefined;
}

/** A GRUU means one instance (RFC 5627 §5.4), a temporary one that of the registration which it was given to. */
function instanceOf(contacts: readonly Contact[], { instance, callId }: FoundAor): readonly Contact[] {
  const ofInstance = contacts.filter((contact) => contact.instance.slice(1, -1) === instance);
  if (callId === '') return ofInstance.slice(0, 1);
  const meant = ofInstance.find((contact) => contact.callId === callId);
  const isOld = meant && ofInstance.some(({ lastModified }) => lastModified > meant.lastModified);
  return meant && !isOld ? [meant] : [];
}

/** Those whose latency is not known come last. */
function byLatency(one: Contact, other: Contact): number {
  if (one.latency === 0 || other.latency === 0)
    return other.latency === one.latency ? 0 : one.latency === 0 ? 1 : -1;
  return one.latency - other.latency;
}

function appended(append: () => void, log: Logger): boolean {
  try {
    append();
    return true;
  } catch (error) {
    log.error(
      'push_branch',
      `failed to append a branch: ${error instanceof Error ? error.message : String(error)}`,
    );
    return false;
  }
}

/** Behind the values that the AVP has. */
export function addLast(run: ScriptRun, name: string, value: ScriptValue): void {
  const values = run.avps.get(name);
  if (values) values.push(value);
  else run.avps.set(name, [value]);
}
