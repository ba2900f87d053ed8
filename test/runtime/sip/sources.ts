import type { MessageSource } from '../../../runtime/module-exports.ts';
import { plainSocket } from '../plain-socket.ts';

/** A source of messages at that address; what is sent there is thrown away. */
export function sourceFrom(remoteAddress: string, remotePort: number): MessageSource {
  return {
    protocol: 'ws',
    socket: plainSocket('ws', { port: 8080, family: remoteAddress.includes(':') ? 6 : 4 }),
    remoteAddress,
    remotePort,
    connectionId: 1,
    send: () => true,
  };
}
