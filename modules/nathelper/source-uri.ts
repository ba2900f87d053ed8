import type { MessageSource } from '../../runtime/module-exports.ts';
import { inUri } from './addresses.ts';

/** Where a message came from, as host and port of a URI. */
export function sourceHostPort({ remoteAddress, remotePort }: MessageSource): string {
  return `${inUri(remoteAddress)}:${remotePort}`;
}

/** Where a message came from, as a URI; UDP is not said. C: create_rcv_uri. */
export function sourceUri(source: MessageSource): string {
  const transport = source.protocol === 'udp' ? '' : `;transport=${source.protocol}`;
  return `sip:${sourceHostPort(source)}${transport}`;
}
