import { Resolver } from 'node:dns/promises';
import { readHostsFile } from './hosts-file.ts';
import { readSearchRules, searchedNames } from './search-list.ts';

/** RFC 2782. */
export interface ServiceRecord {
  /** '' where the service is not offered. */
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** RFC 3403 §4.1. */
export interface PointerRecord {
  readonly order: number;
  readonly preference: number;
  readonly flags: string;
  readonly service: string;
  readonly regexp: string;
  readonly replacement: string;
}

/** What messages ask of DNS; nothing is kept from one question to the next. Errors: those of Node, with their `code`. */
export interface NameResolver {
  addresses(name: string, family: 4 | 6): Promise<readonly string[]>;
  /** SRV. */
  services(name: string): Promise<readonly ServiceRecord[]>;
  /** NAPTR. */
  pointers(name: string): Promise<readonly PointerRecord[]>;
}

/** How DNS is asked. C: resolv_init. */
export interface ResolverSettings {
  /** Milliseconds until a question is asked again. */
  readonly timeout: number;
  /** How often each server is asked. */
  readonly tries: number;
  /** How many of the system's servers are asked; undefined: all. */
  readonly servers?: number | undefined;
  /** Names are completed by the `search` line of resolv.conf. */
  readonly searches: boolean;
  /** The servers in place of the system's: `192.0.2.1:53`. */
  readonly serverAddresses?: readonly string[];
}

/**
 * Asks the system's servers over sockets of its own, so that no question waits for another one, as those of
 * getaddrinfo() would for the few threads of Node. The hosts file goes before DNS, as there.
 */
export function createNameResolver(settings: ResolverSettings): NameResolver {
  const resolver = new Resolver({ timeout: settings.timeout, tries: settings.tries });
  const servers = settings.serverAddresses ?? resolver.getServers().slice(0, settings.servers);
  if (servers.length > 0) resolver.setServers([...servers]);
  const search = async <T>(name: string, ask: (name: string) => Promise<T>): Promise<T> => {
    const names = settings.searches ? searchedNames(name, await readSearchRules()) : [name];
    return firstThatExists(names, ask);
  };
  return {
    async addresses(name, family) {
      const known = await readHostsFile(name, family);
      if (known.length > 0) return known;
      return search(name, (each) => (family === 6 ? resolver.resolve6(each) : resolver.resolve4(each)));
    },
    services: (name) => search(name, (each) => resolver.resolveSrv(each)),
    pointers: (name) => search(name, (each) => resolver.resolveNaptr(each)),
  };
}

/** The answer for the first of these names that has one; where none has, the error of the name as it was written. */
async function firstThatExists<T>(names: readonly string[], ask: (name: string) => Promise<T>): Promise<T> {
  let failure: unknown;
  for (const name of names) {
    try {
      return await ask(name);
    } catch (error) {
      failure ??= error;
      if (!isMissing(error)) break;
    }
  }
  throw failure;
}

/** The code of an error of DNS; '' where it has none. */
export function resolverCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isMissing(error: unknown): boolean {
  return ['ENOTFOUND', 'ENODATA'].includes(resolverCode(error));
}
