import type { ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import type { AnswerSettings } from './answer.ts';
import type { AorSettings } from './aor.ts';
import type { ContactTools } from './contact-header.ts';
import type { InfoSettings } from './contact-info.ts';
import { defaultSecret } from './gruu.ts';
import type { MatchMode, UserLocation } from './location.ts';
import { PushSettings } from './push.ts';
import type { QuestionSettings } from './questions.ts';
import type { SaveSettings } from './save.ts';
import type { SaveLimits } from './save-flags.ts';
import type { TransactionManager } from './save-on-reply.ts';
import { socketOfHeader } from './socket-header.ts';

/** signaling, as far as it is used here; structurally its api. */
interface Signaling {
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

/** What the parameters of one registrar make of its functions, put together when it is started. */
export class RegistrarSettings {
  /** The flags are words, not letters: since 3.4. */
  readonly hasNamedFlags: boolean;
  readonly limits: SaveLimits;
  readonly saving: SaveSettings;
  readonly questions: QuestionSettings;
  readonly #host: ModuleHost;
  readonly #defaultExpires: number;
  readonly #changedContactAvp: string | undefined;
  #location: UserLocation | undefined;
  #aor: AorSettings | undefined;
  #answer: AnswerSettings | undefined;
  #info: InfoSettings | undefined;
  #tm: TransactionManager | undefined;

  /** Errors: parameters that name no AVP; push notifications without a service. */
  constructor(host: ModuleHost) {
    const { params, log, routing, sip, statistics } = host;
    this.#host = host;
    this.hasNamedFlags = isSince(host.version, 3, 4);
    const bounds = readBounds(host);
    this.#defaultExpires = bounds.defaultExpires;
    this.limits = bounds;
    this.#changedContactAvp = avpName(params, 'mcontact_avp');
    const push = params.pn_enable === 1 ? new PushSettings(host) : undefined;
    const contacts: ContactTools = { tools: routing, log, mostOfContact: Number(params.max_contact_len) };
    const accepted = statistics.counter('accepted_regs');
    const rejected = statistics.counter('rejected_regs');
    this.saving = {
      location: () => this.location(),
      aor: () => this.aor(),
      contacts,
      answer: () => this.#answerSettings(),
      info: () => this.#infoSettings(),
      push,
      rejectBrief: params.reject_brief_expires === 1,
      connections: host.connections,
      timers: host.timers,
      socketOf: (message) => socketOfHeader(message, textParam(params, 'sock_hdr_name'), routing, log),
      accepted: () => void accepted.value++,
      rejected: () => void rejected.value++,
    };
    this.questions = {
      location: () => this.location(),
      aor: () => this.aor(),
      host: { sip, routing },
      log,
      push,
      contacts,
      attributesAvp: avpName(params, 'attr_avp'),
      attributesByBranch: isSince(host.version, 3, 6),
    };
    statistics.gauge('max_expires', () => bounds.maxExpires);
    statistics.gauge('max_contacts', () => bounds.maxContacts);
    statistics.gauge('default_expire', () => bounds.defaultExpires);
  }

  /** When modules are bound; a check compiles the script without that. */
  start(): void {
    this.#tm = boundTm(this.#host);
    this.aor();
    this.#answerSettings();
  }

  location(): UserLocation {
    this.#location ??= withDupCseq(this.#host.bind<UserLocation>('usrloc'), this.#host);
    return this.#location;
  }

  tm(): TransactionManager | undefined {
    return this.#tm;
  }

  /** What mcontact_avp holds. */
  changedUri(run: ScriptRun): string | undefined {
    const name = this.#changedContactAvp;
    const value = name === undefined ? undefined : run.avps.get(name)?.[0];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  aor(): AorSettings {
    const { params, routing, log } = this.#host;
    this.#aor ??= {
      tools: routing,
      log,
      useDomain: this.location().useDomain,
      caseSensitive: params.case_sensitive !== 0,
      realmPrefix: String(params.realm_prefix ?? ''),
      gruuSecret: String(params.gruu_secret || defaultSecret),
      mostOfAor: Number(params.max_aor_len),
      mostOfUser: Number(params.max_username_len),
      mostOfDomain: Number(params.max_domain_len),
    };
    return this.#aor;
  }

  #answerSettings(): AnswerSettings {
    if (this.#answer) return this.#answer;
    const { params, log } = this.#host;
    const signaling = this.#host.bind<Signaling>('signaling');
    const location = this.location();
    this.#answer = {
      log,
      receivedParam: String(params.received_param),
      retryAfter: Number(params.retry_after),
      useDomain: location.useDomain,
      gruuSecret: params.disable_gruu === 0 ? this.aor().gruuSecret : undefined,
      now: () => location.now(),
      reply: (run, code, reason) => signaling.reply(run, code, reason),
    };
    return this.#answer;
  }

  #infoSettings(): InfoSettings {
    if (this.#info) return this.#info;
    const { params, routing, flags } = this.#host;
    const location = this.location();
    this.#info = {
      host: { routing, flags },
      natFlag: location.natFlag,
      defaultExpires: this.#defaultExpires,
      deviation: Math.abs(Number(params.expires_max_deviation)),
      defaultQ: Number(params.default_q),
      receivedAvp: avpName(params, 'received_avp'),
      attributesAvp: avpName(params, 'attr_avp'),
      persistentFlag: flagName(params.tcp_persistent_flag),
      pushTrigger: Number(params.pn_trigger_interval),
      now: () => location.now(),
    };
    return this.#info;
  }
}

/** -1 was how 2.x said that there is none. */
function flagName(value: ModuleHost['params'][string]): string | undefined {
  return value === undefined || value === -1 ? undefined : String(value);
}

function boundTm(host: ModuleHost): TransactionManager | undefined {
  try {
    return host.bind<TransactionManager>('tm');
  } catch {
    return undefined;
  }
}

/** allow_dup_cseq: the CSeq of the last REGISTER counts as the next one. */
function withDupCseq(location: UserLocation, { params }: ModuleHost): UserLocation {
  if (params.allow_dup_cseq !== 1) return location;
  return {
    get useDomain() {
      return location.useDomain;
    },
    get natFlag() {
      return location.natFlag;
    },
    now: () => location.now(),
    table: (name) => location.table(name),
    match: (record, uri, asked: { callId: string; cseq: number; mode: MatchMode | undefined }) =>
      location.match(record, uri, { ...asked, cseq: asked.cseq + 1 }),
    sameUri: (one, other) => location.sameUri(one, other),
    askRefresh: (contact, reason, callId) => location.askRefresh(contact, reason, callId),
  };
}

/** Times that contradict each other are put right, as OpenSIPS does, and told. C: reg_init_globals. */
function readBounds({ params, log }: ModuleHost): SaveLimits & { readonly defaultExpires: number } {
  const minExpires = Number(params.min_expires);
  let maxExpires = Number(params.max_expires);
  let defaultExpires = Number(params.default_expires);
  const tell = (message: string) => log.error('reg_init_globals', message);
  if (maxExpires > 0 && maxExpires < minExpires) {
    tell(
      `max_expires (${maxExpires}) < min_expires (${minExpires}), bumping max_expires up to ${minExpires}`,
    );
    maxExpires = minExpires;
  }
  if (defaultExpires < minExpires) {
    tell(
      `default_expires (${defaultExpires}) < min_expires (${minExpires}), bumping default_expires up to ${minExpires}`,
    );
    defaultExpires = minExpires;
  }
  if (maxExpires > 0 && defaultExpires > maxExpires) {
    tell(
      `default_expires (${defaultExpires}) > max_expires (${maxExpires}), bumping default_expires down to ${maxExpires}`,
    );
    defaultExpires = maxExpires;
  }
  return { minExpires, maxExpires, defaultExpires, maxContacts: Number(params.max_contacts) };
}

/** Errors: no AVP is named. */
function avpName(params: ModuleHost['params'], param: string): string | undefined {
  const text = textParam(params, param);
  if (text === undefined) return undefined;
  const [, name] = /^\$avp\((.+)\)$/.exec(text) ?? [];
  if (name === undefined) throw new Error(`malformed or non AVP ${text} AVP definition`);
  return name;
}

function textParam(params: ModuleHost['params'], name: string): string | undefined {
  const value = params[name];
  return value === undefined || value === '' ? undefined : String(value);
}

function isSince(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}
