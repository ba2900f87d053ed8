/** Where a URI or a Via sends a message (RFC 3261 §8.1.2, §18.2.2), before DNS is asked (RFC 3263). */

import type { UpgradeWish, Via } from '../module-exports.ts';
import { upgradeWishOf } from './upgrade-wish.ts';
import type { SipUri } from './uri.ts';

export interface NextHop extends UpgradeWish {
  /** Lower case. */
  readonly protocol: string;
  /** A name or an address, IPv6 with or without brackets. */
  readonly host: string;
  /** 0: by SRV records where the host is a name, else the default port of the protocol. */
  readonly port: number;
  /** No transport is named: DNS may say another one than `protocol` (RFC 3263 §4.1). */
  readonly anyTransport?: true | undefined;
}

/** What `sips:` makes of a transport (RFC 3261 §26.2.2, RFC 7118 §5.2.4). */
const secured: Readonly<Record<string, string>> = { ws: 'wss', wss: 'wss' };

/**
 * The next hop of a URI: maddr goes before the host. Undefined for what is no sip: or sips: URI. Errors: UpgradeWishError.
 */
export function hopOfUri(uri: SipUri): NextHop | undefined {
  if (uri.host === '' || (uri.scheme !== 'sip' && uri.scheme !== 'sips')) return undefined;
  const named = uri.params.get('transport')?.toLowerCase();
  const transport = named || 'udp';
  const protocol = uri.scheme === 'sips' ? (secured[transport] ?? 'tls') : transport;
  const hop: NextHop = {
    protocol,
    host: uri.params.get('maddr') || uri.host,
    port: uri.port,
    ...(!named && { anyTransport: true }),
  };
  if (protocol !== 'ws' && protocol !== 'wss') return hop;
  const wish = upgradeWishOf(uri.params);
  return wish ? { ...hop, ...wish } : hop;
}

/** `[proto:]host[:port]`, as OpenSIPS writes destinations; udp where none is named. */
export function hopOfText(text: string): NextHop | undefined {
  const found = /^(?:([a-z][a-z_]*):)?(\[[0-9a-f:.]+\]|[^\s:;<>@[\]]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  if (!found) return undefined;
  const [, protocol, host = '', port = '0'] = found;
  if (Number(port) > 65535) return undefined;
  const hop = { protocol: protocol?.toLowerCase() ?? 'udp', host, port: Number(port) };
  return protocol === undefined ? { ...hop, anyTransport: true } : hop;
}

/** The port of a `maddr` that stands without one (RFC 3261 §18.2.2); it is no service to look for. */
const maddrPort = 5060;

/** Where a reply goes over datagrams: maddr, else `received` with `rport`, else sent-by (RFC 3581 §4). */
export function hopOfVia(via: Via): NextHop {
  const { params, protocol, host, port } = via;
  const maddr = params.get('maddr');
  const given = Number(params.get('rport')) || port;
  return {
    protocol: protocol.toLowerCase(),
    host: maddr || params.get('received') || host,
    port: given || (maddr ? maddrPort : 0),
  };
}

/**
 * Where a reply over a stream goes when no connection to `hopOfVia` is left: to the address that the request came
 * from, at the port of sent-by, where its sender listens (RFC 3261 §18.2.2).
 */
export function listeningHopOfVia(via: Via): NextHop {
  const { params, protocol, host, port } = via;
  return { protocol: protocol.toLowerCase(), host: params.get('received') || host, port };
}
