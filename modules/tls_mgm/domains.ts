import type { ModuleFinding, ModuleHost } from '../../runtime/module-exports.ts';
import { type AddressFilter, addressFilter } from './address-filter.ts';
import { writtenValue } from './domain-value.ts';
import { finding, type Place } from './findings.ts';
import { type NameFilter, nameFilter } from './name-filter.ts';
import type { ParamLines } from './param-lines.ts';
import { type SettingName, settingNames } from './parameters.ts';

export type Side = 'server' | 'client';

/** The name of the domain that values without a name belong to. */
export const DEFAULT_DOMAIN = 'default';

/** A value that the config gives to a domain. */
export interface Setting {
  readonly value: string;
  readonly place: Place;
}

/** One domain as the config defines it; nothing of it has been read yet. */
export interface TlsDomain {
  readonly name: string;
  readonly side: Side;
  /** Made of values without a name: it gets what no other domain matches. */
  readonly isFallback: boolean;
  /** Those that it names. */
  readonly addresses: readonly AddressFilter[];
  /** It is for any address that no other domain names: it names none, or `*` among others. */
  readonly forAny: boolean;
  /** Never empty. */
  readonly names: readonly NameFilter[];
  readonly settings: ReadonlyMap<SettingName, Setting>;
  /** Where it is defined; undefined for the fallback. */
  readonly place: Place | undefined;
}

/** The domains of a config in the order of their definitions. */
export interface DomainList {
  readonly server: readonly TlsDomain[];
  readonly client: readonly TlsDomain[];
}

export interface ReadDomains extends DomainList {
  readonly findings: readonly ModuleFinding[];
}

/** A domain while its parameters are read. */
class Draft implements TlsDomain {
  readonly name: string;
  readonly side: Side;
  readonly isFallback: boolean;
  readonly place: Place | undefined;
  readonly addresses: AddressFilter[] = [];
  readonly #names: NameFilter[] = [];
  #hasStar = false;
  readonly settings = new Map<SettingName, Setting>();

  constructor(name: string, side: Side, place?: Place) {
    this.name = name;
    this.side = side;
    this.place = place;
    this.isFallback = place === undefined;
  }

  get forAny(): boolean {
    return this.#hasStar || this.addresses.length === 0;
  }

  addAny(): void {
    this.#hasStar = true;
  }

  get names(): readonly NameFilter[] {
    return this.#names.length === 0 ? [nameFilter('*')] : this.#names;
  }

  addName(filter: NameFilter): void {
    this.#names.push(filter);
  }
}

/**
 * Reads what the parameters say of domains.
 *
 * Deviation: values without a name are taken in files of 3.x too, because those of 2.x have no other. The lines may
 * stand in any order; OpenSIPS wants a domain defined above its values. A domain that exists for both sides gets its
 * values on both; in OpenSIPS the server's alone gets them.
 *
 * @param globPattern the host's tool of that name
 */
export function readDomains(
  lines: ParamLines,
  version: string,
  globPattern: ModuleHost['globPattern'],
): ReadDomains {
  return new DomainReader(lines, version, globPattern).read();
}

class DomainReader {
  readonly #lines: ParamLines;
  readonly #isThree: boolean;
  readonly #globPattern: ModuleHost['globPattern'];
  readonly #drafts: Draft[] = [];
  readonly #findings: ModuleFinding[] = [];

  constructor(lines: ParamLines, version: string, globPattern: ModuleHost['globPattern']) {
    this.#lines = lines;
    this.#isThree = Number(version.split('.')[0]) >= 3;
    this.#globPattern = globPattern;
  }

  read(): ReadDomains {
    for (const side of ['server', 'client'] as const) {
      this.#each(`${side}_domain`, (text, place) => this.#define(side, text, place));
    }
    this.#addImpliedFallbacks();
    this.#eachOfDomain('match_ip_address', (drafts, value, place) =>
      this.#addAddresses(drafts, value, place),
    );
    this.#eachOfDomain('match_sip_domain', (drafts, value) => this.#addNames(drafts, value));
    for (const name of settingNames) {
      this.#eachOfDomain(name, (drafts, value, place) => {
        for (const draft of drafts) draft.settings.set(name, { value, place });
      });
    }
    const of = (side: Side) => this.#drafts.filter((draft) => draft.side === side);
    return { server: of('server'), client: of('client'), findings: this.#findings };
  }

  #each(param: string, take: (text: string, place: Place) => void): void {
    for (const { text, place } of this.#lines.of(param)) take(text, place);
  }

  /** `name` (3.x), `name=address:port` (2.x), and for clients of 2.2 `name=domain`. */
  #define(side: Side, text: string, place: Place): void {
    const [name = '', ...rest] = text.trim().split('=');
    const target = rest.join('=').trim();
    if (name.trim() === '') {
      this.#report('value-form', `"${text}" names no domain`, place);
      return;
    }
    const draft = new Draft(name.trim(), side, place);
    if (this.#find(draft.name).some((other) => other.side === side)) {
      this.#report('domain-twice', `the ${side} domain ${draft.name} is defined twice`, place);
      return;
    }
    this.#drafts.push(draft);
    if (target === '' || target === '*') return;
    const address = addressFilter(target);
    if (address) draft.addresses.push(address);
    else if (side === 'client' && rest.length === 1 && !target.includes(':'))
      draft.addName(nameFilter(target, this.#globPattern));
    else this.#report('address-form', `"${target}" of the domain ${draft.name} is no address:port`, place);
  }

  /** In files of 2.x there always is a default domain; here it has to be of use. */
  #addImpliedFallbacks(): void {
    if (this.#isThree) return;
    this.#drafts.push(new Draft(DEFAULT_DOMAIN, 'client'));
    if (!this.#drafts.some(({ side }) => side === 'server'))
      this.#drafts.push(new Draft(DEFAULT_DOMAIN, 'server'));
  }

  #eachOfDomain(param: string, take: (drafts: Draft[], value: string, place: Place) => void): void {
    this.#each(param, (text, place) => {
      const written = writtenValue(text, (name) => this.#find(name).length > 0);
      if (!written) {
        this.#report(
          'value-form',
          `"${text}" of ${param} has no domain in brackets with a value behind it`,
          place,
        );
        return;
      }
      const drafts = this.#draftsOf(written.domain, param, place);
      if (drafts.length > 0) take(drafts, written.value, place);
    });
  }

  #draftsOf(name: string | undefined, param: string, place: Place): Draft[] {
    if (name === undefined) return this.#fallbacks(param, place);
    const found = this.#find(name);
    if (found.length === 0) this.#report('domain-unknown', `there is no TLS domain ${name}`, place);
    return found;
  }

  #fallbacks(param: string, place: Place): Draft[] {
    if (this.#isThree) {
      this.#report('value-without-domain', `${param} names no domain`, place);
    }
    // In files of 3.x a domain that is defined with that name is meant.
    const defined = this.#isThree ? this.#find(DEFAULT_DOMAIN) : [];
    if (defined.length > 0) return defined;
    for (const side of ['server', 'client'] as const) {
      const has = this.#drafts.some((draft) => draft.isFallback && draft.side === side);
      if (!has) this.#drafts.push(new Draft(DEFAULT_DOMAIN, side));
    }
    return this.#drafts.filter(({ isFallback }) => isFallback);
  }

  /** Those that are defined with that name. */
  #find(name: string): Draft[] {
    return this.#drafts.filter((draft) => draft.name === name && !draft.isFallback);
  }

  #addAddresses(drafts: Draft[], value: string, place: Place): void {
    for (const text of words(value)) {
      const address = addressFilter(text);
      if (text.startsWith('*')) for (const draft of drafts) draft.addAny();
      else if (!address) this.#report('address-form', `"${text}" is no address:port`, place);
      else for (const draft of drafts) draft.addresses.push(address);
    }
  }

  #addNames(drafts: Draft[], value: string): void {
    for (const text of words(value)) {
      for (const draft of drafts) draft.addName(nameFilter(text, this.#globPattern));
    }
  }

  #report(...args: Parameters<typeof finding>): void {
    this.#findings.push(finding(...args));
  }
}

/** What stands between commas. */
function words(value: string): string[] {
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
