import { type SystemNetwork, systemNetwork } from '../../../runtime/net/system-network.ts';

const names: Readonly<Record<string, string>> = {
  localhost: '127.0.0.1',
  vm: '127.0.0.1',
  'sip.example.com': '192.0.2.2',
  'elsewhere.example.com': '203.0.113.9',
};

/** A machine with a loopback and one other interface. */
export const testNetwork: SystemNetwork = {
  ...systemNetwork,
  interfaces: () => [
    { name: 'lo', address: '127.0.0.1', family: 4 },
    { name: 'eth0', address: '192.0.2.2', family: 4 },
    { name: 'lo', address: '::1', family: 6 },
    { name: 'eth0', address: 'fd00::2', family: 6 },
  ],
  lookup: async (host) => {
    const address = names[host.toLowerCase()];
    return address === undefined ? [] : [{ address, family: 4 }];
  },
  reverse: async (address) => (address === '127.0.0.1' || address === '::1' ? 'localhost' : undefined),
};

/** The resolver of a machine where names have addresses of IPv4 and no services. */
export function addressesAlone(
  addresses: (name: string) => Promise<readonly string[]>,
): SystemNetwork['resolver'] {
  const nothing = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
  return () => ({
    addresses: (name, family) => (family === 4 ? addresses(name) : nothing()),
    services: nothing,
    pointers: nothing,
  });
}
