import type {
  ListenSocket,
  MessageSource,
  MessageWay,
  RoutingTools,
  ScriptRun,
} from '../../runtime/module-exports.ts';

export interface PathSettings {
  /** '' for none. */
  readonly user: string;
  /** The address that the request came from stands in it. */
  readonly tellsReceived: boolean;
  /** enable_double_path */
  readonly double: boolean;
  readonly routing: Pick<RoutingTools, 'advertised'>;
}

/**
 * Puts this host in front of the Path headers (RFC 3327 §5.2): the socket that the request goes out by, and where that
 * is another one than it came by, this one behind it, both with `r2=on`. C: prepend_path.
 */
export function addPath(
  { message, source }: ScriptRun,
  { user, tellsReceived, double, routing }: PathSettings,
): number {
  const name = user === '' ? '' : `${user}@`;
  const received = tellsReceived ? `;received=${receivedOf(source)}` : '';
  const line = (socket: ListenSocket, mark: string, end: string) =>
    `Path: <sip:${name}${placeOf(socket, routing)}${mark};lr${end}>\r\n`;
  const lines = ({ sentBy, receivedBy }: MessageWay) =>
    double && !isSame(sentBy, receivedBy)
      ? line(sentBy, ';r2=on', '') + line(receivedBy, ';r2=on', received)
      : line(sentBy, '', received);
  if (message.findHeader('Path') >= 0) message.edits.insert(lines, 'Path');
  else message.edits.append('').lines = lines;
  return 1;
}

/** As a URI inside of a URI: its semicolon and equals sign are escaped. */
function receivedOf({ protocol, remoteAddress, remotePort }: MessageSource): string {
  const host = remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress;
  const place = `sip:${host}:${remotePort}`;
  return protocol === 'udp' ? place : `${place}%3btransport%3d${protocol}`;
}

/** `192.0.2.1:5062;transport=ws`; udp is the default transport and is not named. */
function placeOf(socket: ListenSocket, routing: PathSettings['routing']): string {
  const { host, port, portIsSet } = routing.advertised(socket);
  const isDefault = port === 5060 && (socket.protocol === 'udp' || socket.protocol === 'tcp');
  const written = isDefault && !portIsSet ? '' : `:${port}`;
  return `${host}${written}${socket.protocol === 'udp' ? '' : `;transport=${socket.protocol}`}`;
}

function isSame(one: ListenSocket, other: ListenSocket): boolean {
  return one.protocol === other.protocol && one.port === other.port && one.address === other.address;
}
