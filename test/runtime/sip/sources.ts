import type { MessageSource } from '../../../runtime/module-exports.ts';

/** A source of messages at that address; what is sent there is thrown away. */
export function sourceFrom(remoteAddress: string, remotePort: number): MessageSource {
  const family = remoteAddress.includes(':') ? 6 : 4;
  return {
    protocol: 'ws',
    socket: {
      protocol: 'ws',
      host: '127.0.0.1',
      address: '127.0.0.1',
      port: 8080,
      family,
      advertisedHost: undefined,
      advertisedPort: undefined,
      tag: undefined,
    },
    remoteAddress,
    remotePort,
    connectionId: 1,
    send: () => true,
  };
}
