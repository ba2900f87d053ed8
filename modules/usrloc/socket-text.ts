import type { ListenSocket, RoutingTools } from '../../runtime/module-exports.ts';

/** `udp:192.0.2.1:5060`, as OpenSIPS names a socket. */
export function socketText({ protocol, address, port }: ListenSocket): string {
  return `${protocol}:${bracketed(address)}:${port}`;
}

/** The same with what the socket is called elsewhere (`as`), where it is. */
export function advertisedText(socket: ListenSocket): string {
  if (socket.advertisedHost === undefined) return socketText(socket);
  const port = socket.advertisedPort ?? socket.port;
  return `${socket.protocol}:${bracketed(socket.advertisedHost)}:${port}`;
}

/** The socket of this host that such a text means; undefined where there is none. */
export function socketOf(text: string, routing: RoutingTools): ListenSocket | undefined {
  const [, protocol = 'udp', host = '', port = '0'] =
    /^(?:([a-z_]+):)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/i.exec(text) ?? [];
  return host === '' ? undefined : routing.socket(protocol.toLowerCase(), host, Number(port));
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
