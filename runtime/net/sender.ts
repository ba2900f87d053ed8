import type {
  Connection,
  ConnectionTable,
  ConnectTarget,
  Listener,
  ListenSocket,
  Logger,
  MessageSource,
  ProtocolBehaviour,
  Receive,
  ScriptRun,
  UpgradeWish,
} from '../module-exports.ts';
import type { AcceptedPeers } from './accepted-peers.ts';
import { canonicalAddress, familyOf, hostAndPort } from './addresses.ts';
import { outSocket } from './out-socket.ts';
import { protocols } from './protocols.ts';

/** Where a message is to go; with a wish only by a connection that was opened with it. */
export interface Target extends UpgradeWish {
  /** Lower case. */
  readonly protocol: string;
  /** An IP address; names are looked up before. */
  readonly address: string;
  readonly port: number;
  /** The host as the next hop writes it, before it was looked up. */
  readonly hostname?: string | undefined;
  /** The AVPs of the run that sends; undefined for a reply that passes through. */
  readonly avps?: ScriptRun['avps'] | undefined;
  /** No connection is opened for it. Default no. */
  readonly onlyOpen?: boolean | undefined;
  /** The socket that the script asked for. */
  readonly forced?: ListenSocket | undefined;
  /** The socket that the message came by. */
  readonly receivedBy?: ListenSocket | undefined;
  /** Where it came from, for a connection that is opened for it. */
  readonly source?: MessageSource | undefined;
}

/** The whole message (one character a byte) as it leaves by a socket. */
export type Print = (socket: ListenSocket) => string;

export interface Sender {
  /**
   * Sends one message there: by an open connection to that peer, else by one that is opened now; datagrams by a
   * socket of that protocol. A promise where it has to wait for a connection. False where it cannot be sent; the
   * log has the peer and the reason then.
   */
  send(target: Target, print: Print): boolean | Promise<boolean>;
  /** The same by the connection with that number. Undefined where it is not open (any more). */
  sendBy(connectionId: number, print: Print): boolean | undefined;
  /** Whether a connection to that peer is open. */
  isOpen(protocol: string, address: string, port: number): boolean;
  /** Whether a connection was opened by this host. */
  hasDialled(connection: Connection): boolean;
  /** Connections that are being opened. */
  readonly dialling: number;
}

interface SenderEnvironment {
  readonly connections: ConnectionTable;
  readonly acceptedPeers: AcceptedPeers;
  readonly protocol: (name: string) => ProtocolBehaviour | undefined;
  readonly sockets: () => readonly ListenSocket[];
  /** The listener of one of these sockets, where it is open. */
  readonly listener: (socket: ListenSocket) => Listener | undefined;
  readonly receive: Receive;
  readonly log: Logger;
  /** Messages that may wait for one connection to open. */
  readonly maxWaitingMessages: number;
  /** mhomed: the own address that datagrams leave by; undefined: the socket is chosen without asking the system. */
  readonly addressTowards?: ((address: string) => Promise<string>) | undefined;
}

/** An attempt to open a connection, with the messages that wait for it in their order. */
interface Dial {
  readonly socket: ListenSocket;
  readonly messages: { readonly text: string; readonly done: (sent: boolean) => void }[];
}

/** The one way out for messages. */
export function createSender(environment: SenderEnvironment): Sender {
  return new MessageSender(environment);
}

class MessageSender implements Sender {
  readonly #environment: SenderEnvironment;
  /** By destination: there is one attempt at a time. */
  readonly #dials = new Map<string, Dial>();
  readonly #dialled = new WeakSet<Connection>();

  constructor(environment: SenderEnvironment) {
    this.#environment = environment;
  }

  get dialling(): number {
    return this.#dials.size;
  }

  sendBy(connectionId: number, print: Print): boolean | undefined {
    const connection = this.#environment.connections.get(connectionId);
    if (connection?.state !== 'open') return undefined;
    return this.#overConnection(connection, print);
  }

  send(target: Target, print: Print): boolean | Promise<boolean> {
    const address = canonicalAddress(target.address);
    return target.protocol === 'udp'
      ? this.#sendDatagram(target, address, print)
      : this.#sendByPeer(target, address, print);
  }

  /** No connection is looked for. */
  #sendDatagram(target: Target, address: string, print: Print): boolean | Promise<boolean> {
    const { port } = target;
    const { addressTowards } = this.#environment;
    if (addressTowards && !target.forced) return this.#byRoute(addressTowards(address), address, port, print);
    const socket = this.#socketTo(target);
    const listener = socket && this.#environment.listener(socket);
    if (listener) return this.#byDatagram(listener, socket, address, port, print);
    return this.#failed(peerKey('udp', address, port), 'no udp socket of this address family');
  }

  #sendByPeer(target: Target, address: string, print: Print): boolean | Promise<boolean> {
    const { protocol, port, path } = target;
    const peer = `${peerKey(protocol, address, port)}${path ?? ''}`;
    const { reuse } = this.#environment.protocol(protocol) ?? {};
    const reuseKey = reuse?.keyOf({ ...target, address });
    const key = dialKey(peer, target, reuseKey);
    const dial = this.#dials.get(key);
    if (dial) return this.#wait(dial, peer, print);
    const fits =
      reuse && reuseKey !== undefined ? (each: Connection) => reuse.fits(each, reuseKey) : undefined;
    const open = this.#environment.connections.find(protocol, address, port, target, fits);
    if (open?.state === 'open') return this.#overConnection(open, print);
    const socket = this.#socketTo(target);
    if (!socket) return this.#failed(peer, `no ${protocol} socket of this address family`);
    const listener = this.#environment.listener(socket);
    if (listener?.send) return this.#byDatagram(listener, socket, address, port, print);
    if (target.onlyOpen) return this.#failed(peer, 'no connection is open, and none may be opened');
    return this.#dial(peer, key, connectTarget(target, address, socket), print);
  }

  hasDialled(connection: Connection): boolean {
    return this.#dialled.has(connection);
  }

  isOpen(protocol: string, address: string, port: number): boolean {
    return this.#environment.connections.find(protocol, canonicalAddress(address), port)?.state === 'open';
  }

  #socketTo({ protocol, address, forced, receivedBy }: Target): ListenSocket | undefined {
    const family = familyOf(address) === 6 ? 6 : 4;
    return outSocket(this.#environment.sockets(), { protocol, family, forced, receivedBy });
  }

  #overConnection(connection: Connection, print: Print): boolean {
    if (connection.send(print(connection.socket))) return true;
    const { protocol, remoteAddress, remotePort } = connection;
    return this.#failed(peerKey(protocol, remoteAddress, remotePort), 'the connection takes nothing');
  }

  /** By the socket whose address the system would send from. C: get_out_socket. */
  async #byRoute(towards: Promise<string>, address: string, port: number, print: Print): Promise<boolean> {
    try {
      const from = canonicalAddress(await towards);
      const socket = this.#environment
        .sockets()
        .find((each) => each.protocol === 'udp' && canonicalAddress(each.address) === from);
      const listener = socket && this.#environment.listener(socket);
      if (socket && listener) return this.#byDatagram(listener, socket, address, port, print);
      return this.#failed(peerKey('udp', address, port), `no udp socket has the address ${from}`);
    } catch (error) {
      return this.#failed(
        peerKey('udp', address, port),
        error instanceof Error ? error.message : String(error),
      );
    }
  }

  #byDatagram(
    listener: Listener,
    socket: ListenSocket,
    address: string,
    port: number,
    print: Print,
  ): boolean {
    if (listener.send?.(print(socket), address, port)) return true;
    return this.#failed(peerKey(socket.protocol, address, port), 'the socket takes nothing');
  }

  #dial(peer: string, key: string, target: ConnectTarget, print: Print): boolean | Promise<boolean> {
    const { acceptedPeers } = this.#environment;
    const behaviour = this.#environment.protocol(target.protocol);
    if (!behaviour?.connect) return this.#failed(peer, `no module opens ${target.protocol} connections`);
    const { protocol, address, port } = target;
    if (!mayDialBack(protocol) && acceptedPeers.has(peerKey(protocol, address, port))) {
      return this.#failed(peer, 'the peer had connected to this host, and is gone');
    }
    const dial: Dial = { socket: target.socket, messages: [] };
    this.#dials.set(key, dial);
    const sent = this.#wait(dial, peer, print);
    this.#connect(peer, key, dial, behaviour.connect(target, this.#environment.receive));
    return sent;
  }

  async #connect(peer: string, key: string, { messages }: Dial, opening: Promise<Connection>): Promise<void> {
    try {
      const connection = await opening;
      this.#dialled.add(connection);
      this.#dials.delete(key);
      for (const { text, done } of messages) done(this.#overConnection(connection, () => text));
    } catch (error) {
      this.#dials.delete(key);
      this.#failed(peer, error instanceof Error ? error.message : String(error), messages.length);
      for (const { done } of messages) done(false);
    }
  }

  /** The message leaves as it is now, whatever the script changes while it waits. */
  #wait({ socket, messages }: Dial, peer: string, print: Print): boolean | Promise<boolean> {
    const { maxWaitingMessages } = this.#environment;
    if (messages.length >= maxWaitingMessages) {
      return this.#failed(peer, `${maxWaitingMessages} messages wait for a connection already`);
    }
    const text = print(socket);
    return new Promise((done) => messages.push({ text, done }));
  }

  #failed(peer: string, reason: string, messages = 1): false {
    const what = messages === 1 ? 'a message' : `${messages} messages`;
    this.#environment.log.error('msg_send', `cannot send ${what} to ${peer}: ${reason}`);
    return false;
  }
}

function connectTarget(target: Target, address: string, socket: ListenSocket): ConnectTarget {
  const { protocol, port, path, headers, hostname, avps, source } = target;
  return { protocol, address, port, path, headers, hostname, avps, source, socket };
}

/** By what an attempt is known. Its headers are not in the name for logs, because they may be secret. */
function dialKey(peer: string, { headers }: UpgradeWish, reuseKey: string | undefined): string {
  if (headers === undefined && reuseKey === undefined) return peer;
  return `${peer}\r\n${headers ?? ''}\r\n${reuseKey ?? ''}`;
}

/** What a destination is called in logs, and by what it is known: `ws:192.0.2.1:80`. */
export function peerKey(protocol: string, address: string, port: number): string {
  return `${protocol}:${hostAndPort(address, port)}`;
}

/** Whether the far end of an accepted connection may be dialled after it has gone. */
export function mayDialBack(protocol: string): boolean {
  return protocols[protocol]?.browsers !== true;
}
