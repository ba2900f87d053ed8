import type { NextHop } from '../sip/next-hop.ts';
import { familyOf } from './addresses.ts';
import { type NameResolver, resolverCode, type ServiceRecord } from './name-resolver.ts';
import { orderServices, sipPointers } from './service-order.ts';

/** Where one message can be sent to. */
export interface Destination {
  readonly protocol: string;
  /** IPv6 without brackets. */
  readonly address: string;
  readonly port: number;
}

/** How next hops are found. */
export interface DestinationSettings {
  readonly resolver: NameResolver;
  readonly hasSocket: (protocol: string, family?: 4 | 6) => boolean;
  readonly defaultPort: (protocol: string) => number;
  /** dns_try_naptr. */
  readonly asksPointers: boolean;
  /** dns_try_ipv6. */
  readonly asksIpv6: boolean;
  /** disable_dns_failover is off: when all addresses of a target have failed, the next target of SRV or NAPTR is tried. */
  readonly failsOver: boolean;
  /** max_dns_time: milliseconds that all look-ups for one message may take. */
  readonly longestSearch: number;
  readonly after: (milliseconds: number, call: () => void) => { cancel(): void };
  readonly now: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** A host that no message is sent to: RFC 2606 §2; browsers write such names into Via and Contact (RFC 7118 §5). */
export function isNowhere(host: string): boolean {
  return /\.invalid\.?$/i.test(host) || host.toLowerCase() === 'invalid';
}

/** The destinations of a name in the order in which they are tried. Nothing is asked before it is needed. */
export interface Search extends AsyncIterable<Destination> {
  /** Why it found nothing. */
  readonly reason: string;
}

/**
 * Where a next hop is: at once where its host is an address, else by a search. A numeric host, a port or a transport
 * that is given is kept (RFC 3263 §4.1, §4.2).
 */
export function findDestinations(hop: NextHop, settings: DestinationSettings): Destination | Search {
  const address = bare(hop.host);
  if (familyOf(address) === 0) return new NameSearch(hop, settings);
  const { protocol } = hop;
  return { protocol, address, port: hop.port || settings.defaultPort(protocol) };
}

/** More targets of one message are not tried, whatever DNS names. */
const mostDestinations = 32;

/** The names of SRV records (RFC 3263 §4.1); those of WebSockets are OpenSIPS's, because no RFC has any. */
const servicePrefixes: Readonly<Record<string, string>> = {
  udp: '_sip._udp.',
  tcp: '_sip._tcp.',
  tls: '_sips._tcp.',
  sctp: '_sip._sctp.',
  ws: '_ws._tcp.',
  wss: '_wss._tcp.',
};

/** The transports that a URI without one is looked for in, in this order; sips: by the last of them alone. */
const openTransports = ['udp', 'tcp', 'tls'] as const;

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name does not exist',
  ENODATA: 'the name has no address',
  ETIMEOUT: 'no DNS server answers',
  ESERVFAIL: 'the DNS server failed',
  EREFUSED: 'the DNS server refuses the question',
  ECONNREFUSED: 'no DNS server answers',
  EBADRESP: 'the answer of the DNS server cannot be read',
  EBADNAME: 'DNS has no such names',
};

/** RFC 3263 §4 for one next hop. */
class NameSearch implements Search {
  reason = 'the host has no address';
  readonly #hop: NextHop;
  readonly #settings: DestinationSettings;
  /** Milliseconds left for questions. */
  #left: number;
  #found = 0;
  /** A domain says that it has no such service (RFC 2782: a target of "."). */
  #refused = false;

  constructor(hop: NextHop, settings: DestinationSettings) {
    this.#hop = hop;
    this.#settings = settings;
    this.#left = settings.longestSearch;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Destination> {
    for await (const destination of this.#all()) {
      yield destination;
      if (++this.#found >= mostDestinations) return;
    }
  }

  async *#all(): AsyncGenerator<Destination> {
    const { host, protocol, port, anyTransport } = this.#hop;
    if (isNowhere(host)) {
      this.reason = 'nothing is sent to such a host';
      return;
    }
    if (port !== 0) {
      yield* this.#addresses(host, protocol, port);
      return;
    }
    if (anyTransport) yield* this.#pointed();
    if (this.#isDone()) return;
    for (const each of anyTransport ? this.#transports() : [protocol]) {
      const prefix = servicePrefixes[each];
      if (prefix !== undefined) yield* this.#services(`${prefix}${host}`, each);
      if (this.#isDone()) return;
    }
    if (this.#refused) return;
    yield* this.#addresses(host, protocol, this.#settings.defaultPort(protocol));
  }

  /** A service was found; the address of the name itself is not asked for then. */
  #isDone(): boolean {
    return this.#found > 0;
  }

  /**
   * `Deviation:` as RFC 3263 §4.1 asks, SRV records of all transports that there are sockets for are looked for;
   * OpenSIPS looks for those of UDP alone.
   */
  #transports(): readonly string[] {
    const { protocol } = this.#hop;
    const others = protocol === 'udp' ? openTransports.slice(1) : [];
    return [protocol, ...others.filter((each) => this.#settings.hasSocket(each))];
  }

  /** RFC 3263 §4.1: the transport by NAPTR. */
  async *#pointed(): AsyncGenerator<Destination> {
    const { resolver, asksPointers, hasSocket, failsOver } = this.#settings;
    const { host, protocol } = this.#hop;
    if (!asksPointers) return;
    const records = await this.#ask(() => resolver.pointers(host));
    for (const pointer of sipPointers(records, protocol === 'tls', hasSocket)) {
      yield* this.#services(pointer.name, pointer.protocol);
      if (this.#isDone() && !failsOver) return;
    }
  }

  /** RFC 3263 §4.2: the servers of a transport by SRV, in the order of RFC 2782. */
  async *#services(name: string, protocol: string): AsyncGenerator<Destination> {
    const { resolver, random, failsOver } = this.#settings;
    const records = await this.#ask(() => resolver.services(name));
    if (isRefusal(records)) {
      this.#refused = true;
      this.reason = `${name} says that there is no such service`;
      return;
    }
    for (const target of orderServices(records, random)) {
      yield* this.#addresses(target.name, protocol, target.port);
      if (this.#isDone() && !failsOver) return;
    }
  }

  async *#addresses(name: string, protocol: string, port: number): AsyncGenerator<Destination> {
    const { resolver } = this.#settings;
    for (const family of this.#families(protocol)) {
      for (const address of await this.#ask(() => resolver.addresses(name, family))) {
        yield { protocol, address, port };
      }
    }
  }

  /**
   * `Deviation:` IPv6 addresses are asked for too where the only sockets of the transport are of IPv6, and with
   * dns_try_ipv6 those of IPv4 are tried behind them (RFC 3263 §4.3); OpenSIPS takes one family.
   */
  #families(protocol: string): readonly (4 | 6)[] {
    const { hasSocket, asksIpv6 } = this.#settings;
    const wanted: readonly (4 | 6)[] = asksIpv6 || !hasSocket(protocol, 4) ? [6, 4] : [4];
    const usable = wanted.filter((family) => hasSocket(protocol, family));
    return usable.length > 0 ? usable : [4];
  }

  /** The records of an answer; none where there is no answer, or no time left for it. */
  async #ask<T>(question: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const { now } = this.#settings;
    const begun = now();
    try {
      return await this.#inTime(question);
    } catch (error) {
      const code = resolverCode(error);
      if (!this.#refused) this.reason = reasons[code] ?? (error instanceof Error ? error.message : code);
      return [];
    } finally {
      this.#left -= now() - begun;
    }
  }

  #inTime<T>(question: () => Promise<T>): Promise<T> {
    const { after, longestSearch } = this.#settings;
    return new Promise((resolve, reject) => {
      const tooLate = () => reject(new Error(`no answer within max_dns_time, ${longestSearch} milliseconds`));
      if (this.#left <= 0) {
        tooLate();
        return;
      }
      const timer = after(this.#left, tooLate);
      question()
        .then(resolve, reject)
        .finally(() => timer.cancel());
    });
  }
}

function isRefusal(records: readonly ServiceRecord[]): boolean {
  return records.length > 0 && records.every(({ name }) => name === '' || name === '.');
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
