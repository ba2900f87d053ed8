import type { ListenSocket } from '../module-exports.ts';
import { canonicalAddress, familyOf, hostAndPort } from './addresses.ts';
import { outSocket } from './out-socket.ts';
import { peerKey, type Sender } from './sender.ts';

/** A message with the way that it would have gone. */
interface Captured {
  readonly to: string;
  readonly by: string;
  readonly text: string;
}

/** Sends nothing: whoever asks is told what would have gone where. */
export function createCapturingSender(
  sockets: () => readonly ListenSocket[],
  capture: (sent: Captured) => void,
): Sender {
  return {
    dialling: 0,
    hasDialled: () => false,
    isOpen: () => false,
    sendBy: () => undefined,
    send({ protocol, address, port, forced, receivedBy }, print) {
      const family = familyOf(address) === 6 ? 6 : 4;
      const socket = outSocket(sockets(), { protocol, family, forced, receivedBy });
      if (!socket) return false;
      capture({
        to: peerKey(protocol, canonicalAddress(address), port),
        by: `${socket.protocol}:${hostAndPort(socket.address, socket.port)}`,
        text: print(socket),
      });
      return true;
    },
  };
}
