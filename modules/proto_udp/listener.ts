import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import type { BindSocket, Listener, Receive } from '../../runtime/module-exports.ts';
import type { ModuleContext, SocketContext } from './context.ts';
import { UdpSocket } from './socket.ts';

/**
 * Opens a socket of `udp:` and serves it. Errors: those of node:dgram's bind.
 *
 * Deviation: OpenSIPS binds with SO_REUSEADDR, so that a second server on the same port starts without a word and
 * takes the messages of the first; here a port in use is an error unless the socket says `reuse_port`.
 */
export async function listen(bind: BindSocket, receive: Receive, module: ModuleContext): Promise<Listener> {
  const { label, family, socket } = bind;
  const handle = createSocket(optionsOf(bind));
  await bound(handle, bind);
  growReceiveBuffer(handle, module.receiveBuffer);
  const context: SocketContext = { ...module, label, family, socket, receive };
  const server = new UdpSocket(handle, context);
  const { address, port } = handle.address();
  return {
    address,
    port,
    send: (message, to, toPort) => server.send(message, to, toPort),
    stopAccepting: () => server.stopReading(),
    close: () => server.close(),
  };
}

/** `reusePort` has effect from Node 22.12 on; `ipv6Only` as OpenSIPS binds. */
function optionsOf({ family, reusePort }: BindSocket): SocketOptions {
  return {
    type: family === 6 ? 'udp6' : 'udp4',
    ipv6Only: family === 6,
    // What is sent to is an address; node:dgram would look it up for each datagram, a turn later.
    lookup: (address, _options, found) => found(null, address, family),
    ...(reusePort && { reusePort: true }),
  };
}

function bound(handle: Socket, { address, port }: BindSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    handle.once('error', (error) => {
      handle.close();
      reject(error);
    });
    handle.bind({ address, port }, () => {
      handle.removeAllListeners('error');
      resolve();
    });
  });
}

/** Never smaller than the system has it, as in OpenSIPS; the system may give less than is asked for. */
function growReceiveBuffer(handle: Socket, size: number): void {
  if (handle.getRecvBufferSize() < size) handle.setRecvBufferSize(size);
}
