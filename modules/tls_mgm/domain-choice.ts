import { spelt } from './address-filter.ts';
import type { TlsDomain } from './domains.ts';
import type { NameFilter } from './name-filter.ts';
import { comparableName } from './server-name.ts';

/** What is known of a connection when its domain is chosen. */
export interface ChoiceFacts {
  /** Of the socket for a server, of the destination for a client. */
  readonly address: string;
  readonly port: number;
  /** The server name that the client sent, the SIP domain of the destination; undefined: none. */
  readonly name: string | undefined;
}

/** Why one domain was, or was not, chosen. */
export interface Verdict {
  readonly domain: TlsDomain;
  readonly chosen: boolean;
  readonly reason: string;
}

/** The order of filters that match: what is said more exactly wins. */
const rank: Readonly<Record<NameFilter['kind'], number>> = { exact: 0, none: 0, pattern: 1, any: 2 };

interface Candidate {
  readonly domain: TlsDomain;
  readonly filter: NameFilter;
  /** Its place among the definitions. */
  readonly at: number;
}

/**
 * The domain of a connection. First the address: where a domain names it, only such domains are looked at, else those
 * for any address. Among these the name: an exact one wins over a pattern, a longer pattern over a shorter one, any
 * pattern over `*`; of two that say the same the one defined last. Where none matches, the domain of values without a
 * name gets the connection; undefined where there is none. As in OpenSIPS 3.x, where patterns have no order.
 */
export function chooseDomain(domains: readonly TlsDomain[], facts: ChoiceFacts): TlsDomain | undefined {
  const best = candidates(domains, comparable(facts)).toSorted(compare)[0];
  return best?.domain ?? domains.find(({ isFallback }) => isFallback);
}

/** The same, with the reason of each domain; in the order of the definitions. */
export function explainChoice(domains: readonly TlsDomain[], facts: ChoiceFacts): readonly Verdict[] {
  const chosen = chooseDomain(domains, facts);
  return domains.map((domain) => ({
    domain,
    chosen: domain === chosen,
    reason: reasonOf(domain, domains, facts, chosen),
  }));
}

/** As filters compare. */
function comparable({ address, port, name }: ChoiceFacts): ChoiceFacts {
  return { address: spelt(address), port, name: name === undefined ? undefined : comparableName(name) };
}

function named(domains: readonly TlsDomain[]): readonly TlsDomain[] {
  return domains.filter(({ isFallback }) => !isFallback);
}

function isFor({ addresses }: TlsDomain, { address, port }: ChoiceFacts): boolean {
  return addresses.some((filter) => filter.address === address && filter.port === port);
}

/** Those that the address leaves: named ones first, and only where there are none those for any address. */
function byAddress(domains: readonly TlsDomain[], facts: ChoiceFacts): readonly TlsDomain[] {
  const exact = named(domains).filter((domain) => isFor(domain, facts));
  return exact.length > 0 ? exact : named(domains).filter(({ forAny }) => forAny);
}

function candidates(domains: readonly TlsDomain[], facts: ChoiceFacts): Candidate[] {
  return byAddress(domains, facts).flatMap((domain) => {
    const at = domains.indexOf(domain);
    return domain.names.filter(({ passes }) => passes(facts.name)).map((filter) => ({ domain, filter, at }));
  });
}

/** Negative where the first wins. */
function compare(a: Candidate, b: Candidate): number {
  return (
    rank[a.filter.kind] - rank[b.filter.kind] ||
    literalLength(b.filter) - literalLength(a.filter) ||
    b.at - a.at
  );
}

function literalLength({ kind, text }: NameFilter): number {
  return kind === 'pattern' ? text.replace(/[*?]/g, '').length : 0;
}

function reasonOf(
  domain: TlsDomain,
  domains: readonly TlsDomain[],
  facts: ChoiceFacts,
  chosen: TlsDomain | undefined,
): string {
  const compared = comparable(facts);
  if (domain.isFallback) {
    return domain === chosen
      ? 'no other domain matches'
      : `${chosen?.name} matches; this one is for the rest`;
  }
  const left = byAddress(domains, compared);
  if (!left.includes(domain)) {
    return !domain.forAny
      ? 'it is for other addresses'
      : `it is for any address, and ${left.map(({ name }) => name).join(', ')} names this one`;
  }
  const own = candidates(domains, compared).filter((candidate) => candidate.domain === domain);
  const [mine] = own.toSorted(compare);
  if (!mine) return `its names (${domain.names.map(({ text }) => text).join(', ')}) do not match`;
  const { text } = mine.filter;
  if (domain === chosen) return `its name ${text} matches`;
  const [best] = candidates(domains, compared).toSorted(compare);
  const why =
    best && isAsExact(best.filter, mine.filter) ? 'says the same, and is defined later' : 'is more exact';
  return `its name ${text} matches, but ${best?.filter.text} of ${chosen?.name} ${why}`;
}

function isAsExact(a: NameFilter, b: NameFilter): boolean {
  return rank[a.kind] === rank[b.kind] && literalLength(a) === literalLength(b);
}
