import type { Connection, ConnectionTable } from '../module-exports.ts';

/** All open connections of one host, by number and by peer. `onRemoved` is told each that has gone. */
export function createConnectionTable(onRemoved?: (connection: Connection) => void): ConnectionTable {
  const byId = new Map<number, Connection>();
  /** The newest last. */
  const byPeer = new Map<string, Connection[]>();
  let lastId = 0;

  return {
    get size() {
      return byId.size;
    },
    get: (id) => byId.get(id),
    find: (protocol, address, port) => byPeer.get(peerKey(protocol, address, port))?.at(-1),
    nextId: () => ++lastId,
    add(connection) {
      byId.set(connection.connectionId, connection);
      const key = peerOf(connection);
      const peers = byPeer.get(key);
      if (peers) peers.push(connection);
      else byPeer.set(key, [connection]);
    },
    remove(connection) {
      if (!byId.delete(connection.connectionId)) return;
      const key = peerOf(connection);
      const left = (byPeer.get(key) ?? []).filter((other) => other !== connection);
      if (left.length > 0) byPeer.set(key, left);
      else byPeer.delete(key);
      onRemoved?.(connection);
    },
    all: () => byId.values(),
  };
}

function peerOf(connection: Connection): string {
  return peerKey(connection.protocol, connection.remoteAddress, connection.remotePort);
}

function peerKey(protocol: string, address: string, port: number): string {
  return `${protocol} ${address} ${port}`;
}
