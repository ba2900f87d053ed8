import type { AliasOutcome, Connection, ConnectionTable, UpgradeWish } from '../module-exports.ts';

/** How many ports a connection may be found under, its own among them (tcp_conn_defs.h: TCP_CON_MAX_ALIASES). */
const maxPorts = 4;

/** All open connections of one host, by number and by peer. `onRemoved` is told each that has gone. */
export function createConnectionTable(onRemoved?: (connection: Connection) => void): ConnectionTable {
  return new PeerTable(onRemoved);
}

const nobody: readonly Connection[] = [];

class PeerTable implements ConnectionTable {
  readonly #onRemoved: ((connection: Connection) => void) | undefined;
  readonly #byId = new Map<number, Connection>();
  /** Nearly all are alone at their peer's port; of several the newest is last. */
  readonly #byPeer = new Map<string, Connection | Connection[]>();
  /** The ports that were added to a connection. */
  readonly #aliases = new Map<Connection, Set<number>>();
  readonly #keptUntil = new WeakMap<Connection, number>();
  #lastId = 0;

  constructor(onRemoved: ((connection: Connection) => void) | undefined) {
    this.#onRemoved = onRemoved;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: number): Connection | undefined {
    return this.#byId.get(id);
  }

  find(
    protocol: string,
    address: string,
    port: number,
    wish?: UpgradeWish,
    fits?: (connection: Connection) => boolean,
  ): Connection | undefined {
    const peers = this.#at(peerKey(protocol, address, port));
    const anyOne = wish?.path === undefined && wish?.headers === undefined;
    if (anyOne && !fits) return peers.at(-1);
    return peers.findLast(
      (connection) => (anyOne || wasOpenedWith(connection, wish)) && (fits?.(connection) ?? true),
    );
  }

  nextId(): number {
    return ++this.#lastId;
  }

  add(connection: Connection): void {
    this.#byId.set(connection.connectionId, connection);
    this.#enter(connection, connection.remotePort);
  }

  addAlias(connection: Connection, port: number): AliasOutcome {
    const { connectionId, protocol, remoteAddress, remotePort } = connection;
    if (this.#byId.get(connectionId) !== connection) return 'gone';
    const found = this.#at(peerKey(protocol, remoteAddress, port));
    const known = found.includes(connection);
    if (!known && found.some(({ state }) => state === 'open')) return 'taken';
    const ports = this.#aliases.get(connection) ?? new Set<number>();
    const beside = ports.has(remotePort) ? ports.size : ports.size + 1;
    if (!known && beside >= maxPorts) return 'full';
    this.#aliases.set(connection, ports.add(port));
    if (!known) this.#enter(connection, port);
    return 'added';
  }

  hasAlias(connection: Connection): boolean {
    return this.#aliases.has(connection);
  }

  keep(connection: Connection, until: number): void {
    this.#keptUntil.set(connection, until);
  }

  keptUntil(connection: Connection): number {
    return this.#keptUntil.get(connection) ?? 0;
  }

  remove(connection: Connection): void {
    if (!this.#byId.delete(connection.connectionId)) return;
    for (const port of [connection.remotePort, ...(this.#aliases.get(connection) ?? [])]) {
      this.#leave(connection, port);
    }
    this.#onRemoved?.(connection);
    this.#aliases.delete(connection);
  }

  all(): IterableIterator<Connection> {
    return this.#byId.values();
  }

  #enter(connection: Connection, port: number): void {
    const key = peerKey(connection.protocol, connection.remoteAddress, port);
    const peers = this.#byPeer.get(key);
    if (peers === undefined) this.#byPeer.set(key, connection);
    else if (Array.isArray(peers)) peers.push(connection);
    else this.#byPeer.set(key, [peers, connection]);
  }

  #leave(connection: Connection, port: number): void {
    const key = peerKey(connection.protocol, connection.remoteAddress, port);
    const left = this.#at(key).filter((other) => other !== connection);
    const [only] = left;
    if (!only) this.#byPeer.delete(key);
    else this.#byPeer.set(key, left.length === 1 ? only : left);
  }

  #at(key: string): readonly Connection[] {
    const peers = this.#byPeer.get(key);
    if (peers === undefined) return nobody;
    return Array.isArray(peers) ? peers : [peers];
  }
}

function wasOpenedWith(opened: UpgradeWish, { path, headers }: UpgradeWish): boolean {
  return (
    (path === undefined || opened.path === path) && (headers === undefined || opened.headers === headers)
  );
}

function peerKey(protocol: string, address: string, port: number): string {
  return `${protocol} ${address} ${port}`;
}
