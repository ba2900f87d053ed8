import type { MaybePromise } from '../../runtime/module-exports.ts';
import type { DomainTable, LocalDomain } from './domain-table.ts';

/** Whoever knows which domains are local. */
export interface LocalDomains {
  /** The one that makes a host local; undefined where none does. */
  find(host: string): MaybePromise<LocalDomain | undefined>;
}

/**
 * What may stand in the table for a host, in any case: the host, then the domains above it that have a dot.
 */
export function lookedFor(host: string): readonly string[] {
  const labels = host.split('.');
  const above = labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join('.'));
  return [host, ...above];
}

/** C: match_domain. */
function isLocalBy(domain: LocalDomain, host: string): boolean {
  const name = domain.name.toLowerCase();
  const asked = host.toLowerCase();
  return name === asked || (domain.acceptsSubdomains && asked.endsWith(`.${name}`));
}

/** What was read of the table: `db_mode` 1. */
export class KeptDomains implements LocalDomains {
  #domains: ReadonlyMap<string, LocalDomain> = new Map();

  replace(domains: readonly LocalDomain[]): void {
    this.#domains = new Map(domains.map((domain) => [domain.name.toLowerCase(), domain]));
  }

  find(host: string): LocalDomain | undefined {
    for (const name of lookedFor(host.toLowerCase())) {
      const domain = this.#domains.get(name);
      if (domain && isLocalBy(domain, host)) return domain;
    }
    return undefined;
  }

  list(): readonly LocalDomain[] {
    return [...this.#domains.values()];
  }
}

/** Asks the table each time: `db_mode` 0. A host that is not in lower case is looked for as written, then in lower case. */
export function askedDomains(table: DomainTable): LocalDomains {
  return {
    find(host) {
      const spellings = new Set([...lookedFor(host), ...lookedFor(host.toLowerCase())]);
      return firstOf([...spellings], host, table);
    },
  };
}

/** Waits only where the database does. */
function firstOf(
  names: readonly string[],
  host: string,
  table: DomainTable,
): MaybePromise<LocalDomain | undefined> {
  const [name, ...others] = names;
  if (name === undefined) return undefined;
  const goOn = (domains: readonly LocalDomain[]) =>
    domains.find((domain) => isLocalBy(domain, host)) ?? firstOf(others, host, table);
  const found = table.named(name);
  return found instanceof Promise ? found.then(goOn) : goOn(found);
}

/**
 * Deviation: without a database a domain is local where it is a name of this host: a socket, an alias. OpenSIPS does not
 * start then.
 */
export function namesOfThisHost(isMyself: (host: string, port: number) => boolean): LocalDomains {
  return {
    find: (host) =>
      isMyself(host, 0) ? { name: host, attributes: null, acceptsSubdomains: false } : undefined,
  };
}
