import type { BindSocket, ByteStream, Listener, Receive } from '../../runtime/module-exports.ts';
import { ConnectionSet } from './connection-set.ts';
import type { EngineContext, SocketContext } from './context.ts';

/** Opens a socket of `tcp:` and serves it. Errors: those of node:net's listen. */
export async function listen(bind: BindSocket, receive: Receive, engine: EngineContext): Promise<Listener> {
  const context: SocketContext = { ...engine, receive, socket: bind.socket };
  const connections = new ConnectionSet();
  const server = await engine.host.streams.listen(bind, {
    take: (stream) => take(stream, context, connections),
  });
  return {
    address: server.address,
    port: server.port,
    stopAccepting: () => server.stopAccepting(),
    close() {
      server.stopAccepting();
      return Promise.all([server.closed, connections.end()]).then(() => undefined);
    },
  };
}

function take(stream: ByteStream, context: SocketContext, connections: ConnectionSet): void {
  const { counters, host } = context;
  if (connections.ending || !host.streams.admit(stream)) {
    counters.refused.value++;
    stream.destroy();
    return;
  }
  counters.accepted.value++;
  connections.open(stream, context);
}
