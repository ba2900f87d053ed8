import type { ConnectTarget } from '../../runtime/module-exports.ts';
import { addressAndPort } from './address-filter.ts';
import { serverNameOf } from './connect.ts';
import { chooseDomain } from './domain-choice.ts';
import type { TlsDomain } from './domains.ts';
import type { ClientDomain, SecureDomains } from './secure-domains.ts';
import { TlsError } from './tls-error.ts';

/** What a client domain is chosen by. */
type ClientTarget = Pick<ConnectTarget, 'address' | 'port' | 'hostname' | 'avps'>;

/** Which client domain a connection gets, and the name that it asks for. */
export interface ClientDomainChoice {
  readonly domain: ClientDomain;
  readonly serverName: string | undefined;
}

/** The AVPs that a script chooses by; undefined where the config names none. */
export interface ChoiceAvps {
  /** client_tls_domain_avp, in files of 2.x client_domain_avp. */
  readonly domain: string | undefined;
  /** client_sip_domain_avp. */
  readonly sipDomain: string | undefined;
  /** Names count in any case, and one that there is not falls back to the address: OpenSIPS 2.x. */
  readonly lenient: boolean;
}

/** The name of an AVP in a parameter: `$avp(x)`, `$(avp(x))`, or the bare name. */
export function avpName(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const [, inner = text] = /^\$\(?avp\(([^)]*)\)\)?$/.exec(text.trim()) ?? [];
  return inner.trim().replace(/^s:/, '');
}

/**
 * The client domain of a connection: by its name in the AVP, else by destination and SIP domain. As in OpenSIPS, only
 * the AVP gives the SIP domain that domains are chosen by. Errors: TlsError where there is none.
 */
export function clientDomainOf(
  target: ClientTarget,
  domains: SecureDomains,
  avps: ChoiceAvps,
): ClientDomainChoice {
  const name = avpValue(target, avps.domain);
  const sipDomain = avpValue(target, avps.sipDomain);
  const found = findDomain(target, domains.list.client, { name, sipDomain, lenient: avps.lenient });
  const domain = found && domains.client(found);
  if (domain) return { domain, serverName: serverNameOf(sipDomain ?? target.hostname) };
  const wanted = name === undefined ? '' : ` named ${name}`;
  const sip = sipDomain === undefined ? '' : ` and SIP domain ${sipDomain}`;
  const where = addressAndPort(target.address, target.port);
  throw new TlsError(
    'no-domain',
    `no TLS client domain found${wanted} for ${where}${sip}: define one with client_domain`,
  );
}

interface Wanted {
  readonly name: string | undefined;
  readonly sipDomain: string | undefined;
  readonly lenient: boolean;
}

function findDomain(
  { address, port }: ClientTarget,
  domains: readonly TlsDomain[],
  { name, sipDomain, lenient }: Wanted,
): TlsDomain | undefined {
  if (name === undefined) return chooseDomain(domains, { address, port, name: sipDomain });
  if (!lenient) return domains.find((domain) => domain.name === name);
  const wanted = name.toLowerCase();
  const named =
    domains.find((domain) => domain.name.toLowerCase() === wanted) ??
    // In files of 2.1 and 2.2 `client_domain "id=example.com"` is what the AVP asks for by example.com.
    domains.find(({ names }) => names.some(({ kind, text }) => kind === 'exact' && text === wanted));
  return named ?? chooseDomain(domains, { address, port, name: undefined });
}

function avpValue({ avps }: ClientTarget, name: string | undefined): string | undefined {
  const [value] = (name !== undefined && avps?.get(name)) || [];
  return value === undefined || value === null ? undefined : String(value);
}
