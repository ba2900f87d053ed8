import type { Connection, ConnectionTable, MessageSource, SipMessage } from '../module-exports.ts';
import { type Destination, isNowhere } from './destinations.ts';
import { protocols } from './protocols.ts';

/**
 * The hosts that do not exist by which browsers call themselves in Via and Contact (RFC 7118 §5): each leads to the
 * connection that its browser has opened.
 *
 * `Deviation:` OpenSIPS looks such a name up in DNS and answers 476, unless the script mends every Contact
 * (fix_nated_register, fix_nated_contact); here a script that knows nothing of browsers reaches them.
 */
export interface BrowserNames {
  /** Takes note of the sent-by of a request. */
  learn(request: SipMessage, source: MessageSource): void;
  /** Where such a host is; undefined where it is none, or its connection is gone. */
  find(host: string): Destination | undefined;
  /** The connection has gone, and its names with it. */
  forget(connection: Connection): void;
}

/** `limit`: names that one connection may have (max_browser_names); what goes beyond them is not known. */
export function createBrowserNames(connections: Pick<ConnectionTable, 'get'>, limit: number): BrowserNames {
  return new Names(connections, limit);
}

class Names implements BrowserNames {
  readonly #connections: Pick<ConnectionTable, 'get'>;
  readonly #limit: number;
  /** The number of the connection, by the host in lower case. */
  readonly #holders = new Map<string, number>();
  readonly #ofConnections = new Map<number, string[]>();

  constructor(connections: Pick<ConnectionTable, 'get'>, limit: number) {
    this.#connections = connections;
    this.#limit = limit;
  }

  learn({ topVia }: SipMessage, { protocol, connectionId, remoteAddress }: MessageSource): void {
    if (connectionId === 0 || !topVia || protocols[protocol]?.browsers !== true) return;
    const own = this.#ofConnections.get(connectionId);
    // Nearly all say the same name in each message, in small letters.
    if (own !== undefined && own[0] === topVia.host) return;
    const host = topVia.host.toLowerCase();
    const holder = this.#holders.get(host);
    if (holder === connectionId || !isNowhere(host)) return;
    if (holder !== undefined && !this.#mayTakeOver(holder, remoteAddress)) return;
    if ((own?.length ?? 0) >= this.#limit) return;
    if (holder !== undefined) this.#drop(holder, host);
    if (own === undefined) this.#ofConnections.set(connectionId, [host]);
    else own.push(host);
    this.#holders.set(host, connectionId);
  }

  find(host: string): Destination | undefined {
    const id = this.#holders.get(host.toLowerCase());
    const connection = id === undefined ? undefined : this.#connections.get(id);
    if (connection?.state !== 'open') return undefined;
    const { protocol, remoteAddress, remotePort } = connection;
    return { protocol, address: remoteAddress, port: remotePort };
  }

  forget({ connectionId }: Connection): void {
    for (const host of this.#ofConnections.get(connectionId) ?? []) this.#holders.delete(host);
    this.#ofConnections.delete(connectionId);
  }

  /** Nobody takes a name from somebody else; the same browser may come back before its old connection is seen to be gone. */
  #mayTakeOver(holder: number, remoteAddress: string): boolean {
    const connection = this.#connections.get(holder);
    return connection?.state !== 'open' || connection.remoteAddress === remoteAddress;
  }

  #drop(connectionId: number, host: string): void {
    const left = (this.#ofConnections.get(connectionId) ?? []).filter((each) => each !== host);
    if (left.length > 0) this.#ofConnections.set(connectionId, left);
    else this.#ofConnections.delete(connectionId);
  }
}
