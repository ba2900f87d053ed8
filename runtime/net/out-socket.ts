import type { ListenSocket } from '../module-exports.ts';
import { canonicalAddress, isLoopback } from './addresses.ts';

/** What a socket to send by must fit. */
interface Way {
  readonly protocol: string;
  readonly family: 4 | 6;
  /** The one that the script asked for. */
  readonly forced?: ListenSocket | undefined;
  /** The one that the message came by. */
  readonly receivedBy?: ListenSocket | undefined;
}

/**
 * The socket that a message goes out by: the forced one; where that is of another protocol, the one of this protocol
 * on its address and port; for udp the one that the message came by; else the first of protocol and family, those of
 * the loopback network last. C: get_send_socket.
 */
export function outSocket(sockets: readonly ListenSocket[], way: Way): ListenSocket | undefined {
  const fits = (socket: ListenSocket) => socket.protocol === way.protocol && socket.family === way.family;
  const { forced, receivedBy } = way;
  if (forced && fits(forced)) return forced;
  const fitting = sockets.filter(fits);
  const beside = forced && fitting.find((socket) => isSamePlace(socket, forced));
  if (beside) return beside;
  if (receivedBy && receivedBy.protocol === 'udp' && fits(receivedBy)) return receivedBy;
  return fitting.find((socket) => !isLoopback(socket.address)) ?? fitting[0];
}

/**
 * The socket that a text names: `proto:host:port`, where protocol and port may be left out. Host is the address, the
 * name of the config, or what it advertises; without a port also its tag. C: parse_sock_info.
 */
export function socketNamed(sockets: readonly ListenSocket[], text: string): ListenSocket | undefined {
  const found = /^(?:([a-z][a-z_]*):)?(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  if (!found) return undefined;
  const [, protocol, host = '', port] = found;
  return sockets.find(
    (socket) =>
      (protocol === undefined || socket.protocol === protocol.toLowerCase()) &&
      (port === undefined
        ? isHostOf(socket, host) || isTagOf(socket, host)
        : isAt(socket, host, Number(port))),
  );
}

/** The socket of that protocol that is bound to, called, or advertised as that host and port. C: grep_sock_info. */
export function socketAt(
  sockets: readonly ListenSocket[],
  protocol: string,
  host: string,
  port: number,
): ListenSocket | undefined {
  return sockets.find((socket) => socket.protocol === protocol && isAt(socket, host, port));
}

function isAt(socket: ListenSocket, host: string, port: number): boolean {
  return (socket.port === port || socket.advertisedPort === port) && isHostOf(socket, host);
}

function isTagOf({ tag }: ListenSocket, text: string): boolean {
  return tag !== undefined && tag.toLowerCase() === text.toLowerCase();
}

function isHostOf(socket: ListenSocket, written: string): boolean {
  const host = written.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    canonicalAddress(host) === canonicalAddress(socket.address) ||
    host === socket.host.toLowerCase() ||
    host === socket.advertisedHost?.replace(/^\[|\]$/g, '').toLowerCase()
  );
}

function isSamePlace(a: ListenSocket, b: ListenSocket): boolean {
  return a.address === b.address && a.port === b.port;
}
