import type { ModuleHost, ScriptRun, SipMessage, UriParts } from '../../runtime/module-exports.ts';
import type { Contact, MatchMode, UserLocation } from './location.ts';
import { RegistrationError } from './registration-error.ts';

/** What the push parameters of a contact URI make of a REGISTER (RFC 8599 §4.1, §5.6). */
export interface PushWish {
  /** Requests to the contact are to be announced by a push notification. */
  readonly isOn: boolean;
  /** By what the contact is found again; undefined: as any other. */
  readonly matching: MatchMode | undefined;
  /** Feature-Caps for the answer. */
  readonly lines: string;
}

const noWish: PushWish = { isOn: false, matching: undefined, lines: '' };

/** Push notifications: what REGISTER and lookup() do for them. C: pn.c. */
export class PushSettings {
  readonly #host: Pick<ModuleHost, 'routing' | 'sip'>;
  readonly #providers: readonly string[];
  readonly #matchParams: readonly string[];
  readonly #interval: number;
  readonly #skipInterval: number;

  /** Errors: no provider is named, or nothing to find contacts by. */
  constructor({ params, routing, sip }: ModuleHost) {
    this.#host = { routing, sip };
    this.#providers = listOf(params.pn_providers);
    this.#matchParams = listOf(params.pn_ct_match_params).map((name) => name.toLowerCase());
    this.#interval = Number(params.pn_pnsreg_interval);
    this.#skipInterval = Number(params.pn_skip_pn_interval);
    if (this.#providers.length === 0) throw new Error("the 'pn_providers' modparam is missing");
    if (this.#matchParams.length === 0)
      throw new Error("'pn_ct_match_params' must contain at least 1 param!");
  }

  /** Errors: RegistrationError for a service that is not supported, or without what it needs. */
  inspect(message: SipMessage, uri: string | undefined, forced: MatchMode | undefined): PushWish {
    const parts = uri === undefined ? undefined : this.#host.routing.uri(uri);
    const provider = parts?.params.get('pn-provider');
    if (!parts || provider === undefined || forced !== undefined) return noWish;
    if (provider === '') return { ...noWish, lines: this.#capabilities(this.#unhandled(message)) };
    const isUpstream = handledUpstream(message, provider);
    if (!isUpstream && !this.#providers.includes(provider)) throw new RegistrationError('pushUnsupported');
    const missing = this.#missing(parts);
    if (isUpstream) return missing.length > 0 ? noWish : { ...noWish, matching: this.#matchParams };
    if (missing.length === 0) return this.#on(provider);
    if (missing.length < this.#matchParams.length - 1) throw new RegistrationError('pushUnsupported');
    return { ...noWish, lines: this.#capabilities([provider]) };
  }

  /**
   * Asks for a push notification unless the contact has come lately. `Deviation:` the request goes to it at once; OpenSIPS
   * waits for it to register again, which would leave it unreached where nobody hears the event.
   */
  wake(contact: Contact, run: ScriptRun, location: UserLocation): void {
    if (contact.lastModified + this.#skipInterval > location.now()) return;
    location.askRefresh(contact, `ini-${run.message.method}`, run.message.callId);
  }

  /** The URI as it goes out: the parameters are between the contact and its registrar (RFC 8599 §5.6.1). */
  withoutParams(uri: string): string {
    return ['pn-provider', 'pn-prid', 'pn-param', 'pn-purr'].reduce(
      (left, name) => this.#host.sip.uris.removeParam(left, name) ?? left,
      uri,
    );
  }

  #on(provider: string): PushWish {
    const line = `Feature-Caps: +sip.pns="${provider}";+sip.pnsreg="${this.#interval}"\r\n`;
    return { isOn: true, matching: this.#matchParams, lines: line };
  }

  #missing({ params }: UriParts): readonly string[] {
    return this.#matchParams.filter((name) => name !== 'pn-provider' && !params.has(name));
  }

  #unhandled(message: SipMessage): readonly string[] {
    return this.#providers.filter((provider) => !handledUpstream(message, provider));
  }

  #capabilities(providers: readonly string[]): string {
    return providers.map((provider) => `Feature-Caps: +sip.pns="${provider}"\r\n`).join('');
  }
}

/** A proxy on the way has said that it sends the notifications of that service. */
function handledUpstream(message: SipMessage, provider: string): boolean {
  return message.headerValues('Feature-Caps').some((caps) => caps.includes(`+sip.pns="${provider}"`));
}

function listOf(value: ModuleHost['params'][string]): readonly string[] {
  return String(value ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
