import type {
  Destination,
  DestinationSearch,
  ListenSocket,
  ModuleHost,
} from '../../runtime/module-exports.ts';
import type { PingedContact } from './usrloc-api.ts';

/** What is printed for the socket that it goes out by. */
export type PrintPing = (socket: ListenSocket) => string;

export interface PingWaySettings {
  /** natping_tcp */
  readonly streams: boolean;
  /** force_socket; undefined without one. */
  readonly socket: ListenSocket | undefined;
}

/** The way to contacts: never one that a connection would have to be opened for. */
export class PingWay {
  readonly #host: Pick<ModuleHost, 'connections' | 'sending' | 'routing' | 'log'>;
  readonly #settings: PingWaySettings;

  constructor(
    host: Pick<ModuleHost, 'connections' | 'sending' | 'routing' | 'log'>,
    settings: PingWaySettings,
  ) {
    this.#host = host;
    this.#settings = settings;
  }

  /** False where nothing is sent there at all. */
  send(contact: PingedContact, print: PrintPing): boolean {
    const { connections, sending, log } = this.#host;
    if (contact.connectionId !== 0) {
      if (!this.#settings.streams) return false;
      const connection = connections.get(contact.connectionId);
      connection?.send(print(connection.socket));
      return true;
    }
    const uri = this.#nextHop(contact);
    const found = sending.destinations(uri);
    if (!found) log.error('nh_timer', `failed to resolve next hop: '${uri}'`);
    else if ('reason' in found) void this.#sendWhereFound(uri, found, contact, print);
    else return this.#sendTo(found, contact, print);
    return true;
  }

  /** The Path comes first, then where the REGISTER came from. C: compute_next_hop. */
  #nextHop({ path, received, uri }: PingedContact): string {
    const [first] = this.#host.routing.values(path);
    return (first && this.#host.routing.nameAddress(first)?.uri) || received || uri;
  }

  #sendTo(destination: Destination, contact: PingedContact, print: PrintPing): boolean {
    const { protocol } = destination;
    if (protocol !== 'udp' && !this.#settings.streams) return false;
    const socket = [contact.socket, this.#settings.socket].find((one) => one?.protocol === protocol);
    const sent = this.#host.sending.send(destination, print, { socket, onlyOpen: true });
    if (typeof sent !== 'boolean') sent.catch(() => false);
    return true;
  }

  /** The first address of a name. */
  async #sendWhereFound(
    uri: string,
    search: DestinationSearch,
    contact: PingedContact,
    print: PrintPing,
  ): Promise<void> {
    try {
      for await (const destination of search) {
        this.#sendTo(destination, contact, print);
        return;
      }
      this.#host.log.error('nh_timer', `failed to resolve next hop: '${uri}': ${search.reason}`);
    } catch (error) {
      this.#host.log.error('nh_timer', `failed to resolve next hop: '${uri}': ${String(error)}`);
    }
  }
}
