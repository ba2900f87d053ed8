import { createSocket } from 'node:dgram';
import { lookup, lookupService } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { familyOf } from './addresses.ts';
import { createNameResolver, type NameResolver, type ResolverSettings } from './name-resolver.ts';

interface InterfaceAddress {
  /** Of the interface: `lo`, `eth0`. */
  readonly name: string;
  readonly address: string;
  readonly family: 4 | 6;
}

interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What is asked of the machine; a test hands in its own. */
export interface SystemNetwork {
  /** All addresses of all interfaces, IPv4 first, without those that hold on one link only. */
  interfaces(): readonly InterfaceAddress[];
  /** The addresses of a name, IPv4 first; empty where there are none. */
  lookup(host: string): Promise<readonly ResolvedAddress[]>;
  /** The name of an address; undefined where there is none. */
  reverse(address: string): Promise<string | undefined>;
  /** What messages ask names of. */
  resolver(settings: ResolverSettings): NameResolver;
  /** The own address that datagrams to an address leave by, as the routing table says. Errors: there is no way. */
  addressTowards(address: string): Promise<string>;
}

const discardPort = 9;

/** The machine that this process runs on. */
export const systemNetwork: SystemNetwork = {
  interfaces: () =>
    Object.entries(networkInterfaces())
      .flatMap(([name, addresses = []]) =>
        addresses
          .filter((entry) => !('scopeid' in entry) || !entry.scopeid)
          .map(
            (entry) => ({ name, address: entry.address, family: entry.family === 'IPv6' ? 6 : 4 }) as const,
          ),
      )
      .sort((a, b) => a.family - b.family),

  async lookup(host) {
    try {
      const found = await lookup(host, { all: true });
      return found
        .map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }) as const)
        .sort((a, b) => a.family - b.family);
    } catch {
      return [];
    }
  },

  resolver: createNameResolver,

  addressTowards(address) {
    const socket = createSocket(familyOf(address) === 6 ? 'udp6' : 'udp4');
    return new Promise<string>((resolve, reject) => {
      socket.once('error', reject);
      // Nothing is sent: the system only chooses the way.
      socket.connect(discardPort, address, () => resolve(socket.address().address));
    }).finally(() => socket.close());
  },

  async reverse(address) {
    try {
      const { hostname } = await lookupService(address, 0);
      return hostname === address ? undefined : hostname;
    } catch {
      return undefined;
    }
  },
};
