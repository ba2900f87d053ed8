import type { ListenSocket } from '../../runtime/module-exports.ts';

/** A socket that is advertised as nothing else; on 127.0.0.1 and port 0 unless told otherwise. */
export function plainSocket(protocol: string, more: Partial<ListenSocket> = {}): ListenSocket {
  const { address = '127.0.0.1' } = more;
  return {
    protocol,
    host: address,
    address,
    port: 0,
    family: address.includes(':') ? 6 : 4,
    advertisedHost: undefined,
    advertisedPort: undefined,
    tag: undefined,
    ...more,
  };
}
