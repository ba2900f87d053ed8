import { isIPv4 } from 'node:net';

/** First address and length of the prefix. */
type Network = readonly [address: string, prefix: number];

/** RFC 1918 and RFC 6598. */
const privateNetworks: readonly Network[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
];

/** RFC 1122; from 3.3 on. */
const loopback: Network = ['127.0.0.0', 8];

/** RFC 6333, with the flag carrier-grade-nat. */
const carrierGrade: Network = ['192.0.0.0', 29];

export interface PrivateNetworks {
  /** Only IPv4 addresses are. */
  has(host: string, alsoCarrierGrade: boolean): boolean;
}

/**
 * The networks that count as private in that version of OpenSIPS. C: ip_addr_is_1918, is1918addr.
 *
 * Deviation: carrier-grade-nat holds in every call; OpenSIPS forgets its network with the first test without the flag.
 */
export function privateNetworksOf(version: string): PrivateNetworks {
  const always = reaches(version, 3, 3) ? [...privateNetworks, loopback] : privateNetworks;
  const withCarrierGrade = [...always, carrierGrade];
  return {
    has(host, alsoCarrierGrade) {
      if (!isIPv4(host)) return false;
      const address = numberOf(host);
      return (alsoCarrierGrade ? withCarrierGrade : always).some((network) => contains(network, address));
    },
  };
}

function reaches(version: string, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}

function contains([first, prefix]: Network, address: number): boolean {
  const shift = 32 - prefix;
  return address >>> shift === numberOf(first) >>> shift;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}
