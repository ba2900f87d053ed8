import type { ListenSocket, ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { expiresHeader, mostOfReceived, readSeconds, type WrittenContact } from './contact-header.ts';
import { type ContactInfo, contactFlags } from './location.ts';
import { allMethods, methodBits } from './methods.ts';
import { readQ } from './q-value.ts';
import { RegistrationError } from './registration-error.ts';
import type { SaveFlags } from './save-flags.ts';

export interface InfoSettings {
  readonly host: Pick<ModuleHost, 'routing' | 'flags'>;
  readonly natFlag: number;
  /** Seconds. */
  readonly defaultExpires: number;
  /** expires_max_deviation */
  readonly deviation: number;
  /** Thousandths; -1: none. */
  readonly defaultQ: number;
  /** Names of AVPs; undefined: none. */
  readonly receivedAvp: string | undefined;
  readonly attributesAvp: string | undefined;
  /** The name of tcp_persistent_flag. */
  readonly persistentFlag: string | undefined;
  /** Seconds before the end of a contact at which it is to be woken. */
  readonly pushTrigger: number;
  now(): number;
}

export interface InfoCall {
  readonly flags: SaveFlags;
  readonly path: { readonly path: string; readonly received: string };
  readonly push: boolean;
  readonly socket: ListenSocket | undefined;
  readonly ownershipTag: string;
}

/** Longer ones do not fit into their columns. */
const mostOfCallId = 255;
const mostOfUserAgent = 254;

/** Protocols of connections. */
const streams = ['tcp', 'tls', 'ws', 'wss'];
/** Those whose peers can never be connected to (RFC 7118). */
const web = ['ws', 'wss'];

/** Makes what is stored of the contacts of one REGISTER (C: pack_ci). Errors: RegistrationError. */
export class InfoMaker {
  readonly callId: string;
  readonly cseq: number;
  readonly #run: ScriptRun;
  readonly #settings: InfoSettings;
  readonly #call: InfoCall;
  readonly #now: number;
  #allowed: number | undefined;

  constructor(run: ScriptRun, settings: InfoSettings, call: InfoCall) {
    this.#run = run;
    this.#settings = settings;
    this.#call = call;
    this.#now = settings.now();
    this.callId = run.message.callId;
    this.cseq = run.message.cseq?.number ?? 0;
    if (this.callId.length > mostOfCallId) throw new RegistrationError('callIdTooLong');
  }

  /**
   * When a contact is over, 0 where it goes at once: by its own parameter, the Expires header, or default_expires
   * (RFC 3261 §10.2.1.1), between the bounds.
   */
  expiresOf({ params }: WrittenContact, rejectBrief: boolean): number {
    const { minExpires, maxExpires } = this.#call.flags;
    const own = params.get('expires');
    const { defaultExpires } = this.#settings;
    const header = expiresHeader(this.#run.message);
    const asked = own ? (readSeconds(own) ?? defaultExpires) : (header ?? defaultExpires);
    if (asked === 0) return 0;
    if (rejectBrief && asked < minExpires && asked < 3600) throw new RegistrationError('tooBrief');
    const least = Math.max(asked, minExpires);
    const seconds = maxExpires > 0 ? Math.min(least, maxExpires) : least;
    return this.#now + seconds;
  }

  infoOf(written: WrittenContact, expires: number): ContactInfo {
    const { message, source } = this.#run;
    const { flags, path, push, socket, ownershipTag } = this.#call;
    const userAgent = message.header('User-Agent') ?? '';
    const received = this.#receivedOf(written);
    return {
      received,
      path: path.path,
      expires: this.#spread(expires),
      q: this.#qOf(written),
      instance: written.params.get('+sip.instance') ?? '',
      callId: this.callId,
      cseq: this.cseq,
      flags: (flags.memoryOnly ? contactFlags.memoryOnly : 0) | (push ? contactFlags.push : 0),
      branchFlags: message.branchFlags | (path.received === '' ? 0 : this.#settings.natFlag),
      userAgent: userAgent === '' || userAgent.length > mostOfUserAgent ? 'n/a' : userAgent,
      socket: socket ?? source.socket,
      methods: this.#methodsOf(written),
      attributes: this.#avp(this.#settings.attributesAvp),
      lastModified: this.#now,
      ownershipTag,
      refreshTime: this.#refreshTime(expires),
      connectionId: this.#isBound(written) ? source.connectionId : 0,
    };
  }

  /** The connection is to stay as long as this contact: tcp_persistent_flag, and both go over streams. */
  isPersistent(written: WrittenContact): boolean {
    return (
      this.#hasPersistentFlag() &&
      streams.includes(this.#run.source.protocol) &&
      isStreamUri(written, this.#settings)
    );
  }

  /**
   * Only its own connection leads to the contact: it came over it without a Path, and its peer is a browser or the
   * script has set tcp_persistent_flag.
   */
  #isBound(written: WrittenContact): boolean {
    const { protocol, connectionId } = this.#run.source;
    if (connectionId === 0 || this.#call.path.path !== '') return false;
    if (!web.includes(protocol) && !this.#hasPersistentFlag()) return false;
    return isStreamUri(written, this.#settings);
  }

  #hasPersistentFlag(): boolean {
    const { persistentFlag, host } = this.#settings;
    return (
      persistentFlag !== undefined && (this.#run.message.flags & host.flags.message(persistentFlag)) !== 0
    );
  }

  #receivedOf({ params }: WrittenContact): string {
    const told = this.#call.path.received || params.get('received');
    if (told) return told;
    const byScript = this.#avp(this.#settings.receivedAvp);
    if (byScript.length > mostOfReceived) throw new RegistrationError('contactTooLong');
    return byScript;
  }

  #qOf({ params }: WrittenContact): number {
    const written = params.get('q');
    const q = written ? readQ(written) : this.#settings.defaultQ;
    if (q === undefined) throw new RegistrationError('q');
    return q;
  }

  /** By the contact's own parameter, else by Allow. */
  #methodsOf({ params }: WrittenContact): number {
    const own = params.get('methods');
    if (own !== undefined) {
      const bits = methodBits(own);
      if (bits === undefined) throw new RegistrationError('message');
      return bits;
    }
    this.#allowed ??= allowedBits(this.#run);
    return this.#allowed;
  }

  #avp(name: string | undefined): string {
    const value = name === undefined ? undefined : this.#run.avps.get(name)?.[0];
    return value === undefined || value === null ? '' : String(value);
  }

  /** expires_max_deviation: not all who came together come back together. */
  #spread(expires: number): number {
    const { deviation } = this.#settings;
    if (deviation === 0) return expires;
    const { minExpires, maxExpires } = this.#call.flags;
    const by = Math.floor(Math.random() * (2 * deviation + 1)) - deviation;
    const seconds = Math.max(expires - this.#now + by, minExpires);
    return this.#now + (maxExpires > 0 ? Math.min(seconds, maxExpires) : seconds);
  }

  #refreshTime(expires: number): number {
    const { pushTrigger } = this.#settings;
    return this.#call.push && expires - this.#now > pushTrigger ? expires - pushTrigger : 0;
  }
}

function allowedBits({ message }: ScriptRun): number {
  const lines = message.headerValues('Allow');
  return lines.length === 0 ? allMethods : (methodBits(lines.join(',')) ?? allMethods);
}

function isStreamUri({ uri }: WrittenContact, { host }: InfoSettings): boolean {
  const parts = host.routing.uri(uri);
  const transport = parts?.params.get('transport')?.toLowerCase();
  return parts?.scheme === 'sips' || (transport !== undefined && streams.includes(transport));
}
