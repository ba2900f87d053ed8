import type { SocketDefinition, Span } from '../../grammar/index.ts';
import { bracketed } from './addresses.ts';

/** A socket as a config or `-l` asks for it: nothing resolved, default port not filled in. */
export interface SocketLine {
  /** Lower case. */
  readonly protocol: string;
  /** Name, address (IPv6 without brackets), interface or `*`. */
  readonly host: string;
  /** Empty: the default port. */
  readonly ports: readonly { readonly from: number; readonly to: number }[];
  readonly advertisedHost?: string | undefined;
  readonly advertisedPort?: number | undefined;
  readonly tag?: string | undefined;
  readonly anycast?: boolean;
  readonly reusePort?: boolean;
  /** allow_proxy_protocol, or proxy_protocol, which means both directions. */
  readonly proxyProtocol?: boolean;
  /** send_proxy_protocol, or proxy_protocol. */
  readonly sendProxyProtocol?: boolean;
  readonly acceptSubdomain?: boolean;
  /** Of the config's line. */
  readonly span?: Span;
}

/** What a `socket=` / `listen=` node says. Workers, tos and profiles have no effect here. */
export function socketLine(node: SocketDefinition): SocketLine {
  const advertised = node.options.find((option) => option.kind === 'Advertised');
  const tag = node.options.find((option) => option.kind === 'NameOption' && option.keyword === 'tag');
  const has = (keyword: string) =>
    node.options.some((option) => option.kind === 'FlagOption' && option.keyword === keyword);
  return {
    protocol: node.protocol.text.toLowerCase(),
    host: node.host.form === 'any' ? '*' : node.host.text,
    ports: node.ports,
    advertisedHost: advertised && bracketed(advertised.host.text),
    advertisedPort: advertised?.ports[0]?.from,
    tag: tag?.kind === 'NameOption' ? tag.value.text : undefined,
    anycast: has('anycast'),
    reusePort: has('reuse_port'),
    proxyProtocol: has('allow_proxy_protocol') || has('proxy_protocol'),
    sendProxyProtocol: has('send_proxy_protocol') || has('proxy_protocol'),
    acceptSubdomain: has('accept_subdomain'),
    span: node.span,
  };
}
