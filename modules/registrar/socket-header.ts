import type {
  ListenSocket,
  Logger,
  RoutingTools,
  ScriptRun,
  SipMessage,
} from '../../runtime/module-exports.ts';

/** Adds a header with the socket that a request came by, as it is called elsewhere: `udp:192.0.2.1:5060`. */
export function addSocketHeader({ message, source }: ScriptRun, name: string): number {
  message.edits.append(`${name}: ${advertisedText(source.socket)}\r\n`);
  return 1;
}

/** The socket of this host that such a header names; undefined without one, or where it is another's, which the log tells. */
export function socketOfHeader(
  message: SipMessage,
  name: string | undefined,
  routing: Pick<RoutingTools, 'socket'>,
  log: Logger,
): ListenSocket | undefined {
  const text = name === undefined ? undefined : message.header(name)?.trim();
  if (!text) return undefined;
  const [, protocol = 'udp', host = '', port = '0'] =
    /^(?:([a-z_]+):)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/i.exec(text) ?? [];
  if (host === '') {
    log.error('set_sock_hdr', `bad socket <${text}> in `);
    return undefined;
  }
  const socket = routing.socket(protocol.toLowerCase(), host, Number(port) || 5060);
  if (!socket) log.error('set_sock_hdr', `non-local socket <${text}>`);
  return socket;
}

function advertisedText({ protocol, address, advertisedHost, advertisedPort, port }: ListenSocket): string {
  const host = advertisedHost ?? address;
  const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${protocol}:${shown}:${(advertisedHost === undefined ? undefined : advertisedPort) ?? port}`;
}
