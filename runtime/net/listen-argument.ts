import { familyOf } from './addresses.ts';
import { protocols } from './protocols.ts';
import type { SocketLine } from './socket-line.ts';

/**
 * Reads the argument of `-l`: `[protocol:]host[:port]`; without a protocol it is udp. Undefined where it is
 * not of that form; OpenSIPS then says `bad -l address specifier: …` and ends with 255.
 *
 * Deviation: OpenSIPS takes ports modulo 65536 and cannot resolve `*` here; this one refuses such ports and
 * takes `*` as in a config.
 */
export function parseListenArgument(text: string): SocketLine | undefined {
  const match = /^(?:([A-Za-z_]+):)?(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const protocol = (match[1] ?? 'udp').toLowerCase();
  const host = (match[2] ?? '').replace(/^\[(.*)\]$/, '$1');
  const port = match[3] === undefined ? undefined : Number(match[3]);
  const bracketed = match[2]?.startsWith('[') ?? false;
  if (!(protocol in protocols) || (bracketed && familyOf(host) !== 6)) return undefined;
  if (port !== undefined && (port < 1 || port > 65535)) return undefined;
  return { protocol, host, ports: port === undefined ? [] : [{ from: port, to: port }] };
}
