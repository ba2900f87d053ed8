import type { Connection, ConnectTarget, Receive } from '../../runtime/module-exports.ts';
import type { ConnectionSet } from './connection-set.ts';
import type { EngineContext } from './context.ts';

/** Opens a connection to a peer. Errors: StreamFailure; that the host is stopping. */
export async function dial(
  target: ConnectTarget,
  receive: Receive,
  engine: EngineContext,
  connections: ConnectionSet,
): Promise<Connection> {
  const stream = await engine.host.streams.connect(target);
  if (connections.ending) {
    stream.destroy();
    throw new Error('the host is stopping');
  }
  return connections.open(stream, { ...engine, receive, socket: () => target.socket });
}
