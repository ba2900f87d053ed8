import type { ListenSocket, RoutingTools, UriParts } from '../../runtime/module-exports.ts';

/** Default ports where a Route names none (RFC 3261 §19.1.2, RFC 7118 §5). */
const defaultPorts: Readonly<Record<string, number>> = { tls: 5061, ws: 80, wss: 443 };

/** The transport that a URI asks for, in lower case. */
function transportOf({ scheme, params }: UriParts): string {
  return params.get('transport')?.toLowerCase() || (scheme === 'sips' ? 'tls' : 'udp');
}

function portOf(uri: UriParts): number {
  return uri.port || (defaultPorts[transportOf(uri)] ?? 5060);
}

/** Whether a URI means this host: maddr, where it has one, else its host, and its port. */
export function isOwn(tools: RoutingTools, uri: UriParts): boolean {
  return tools.isMyself(uri.params.get('maddr') || uri.host, portOf(uri));
}

/** The socket that a Record-Route of this host stood for. */
export function socketOf(tools: RoutingTools, uri: UriParts): ListenSocket | undefined {
  return tools.socket(transportOf(uri), uri.host, portOf(uri));
}
