import { Socket } from 'node:net';

/** Both ends of a stream as the system knows them, for finding it again: the same for TLS and for what is beneath. */
export function endsOf(socket: Socket): string {
  const { localAddress, localPort } = socket;
  return `${ofSystem(socket, 'remoteAddress')} ${ofSystem(socket, 'remotePort')} ${localAddress} ${localPort}`;
}

/** Whether the system still knows the far end. */
export function hasFarEnd(socket: Socket): boolean {
  return ofSystem(socket, 'remotePort') !== undefined;
}

/** Past what a header of the PROXY protocol has told, which stands on the stream itself. */
function ofSystem(socket: Socket, name: 'remoteAddress' | 'remotePort'): unknown {
  return Reflect.get(Socket.prototype, name, socket);
}

/** The client that a header of the PROXY protocol has told is that of TLS, too. */
export function tellFarEnd(stream: Socket, secured: Socket): void {
  if (!Object.hasOwn(stream, 'remoteAddress')) return;
  const { remoteAddress, remotePort } = stream;
  Object.defineProperties(secured, {
    remoteAddress: { value: remoteAddress },
    remotePort: { value: remotePort },
  });
}
