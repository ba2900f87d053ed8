interface ProtocolRow {
  readonly order: number;
  readonly defaultPort: number;
  /** Its peers are mostly browsers, which cannot be connected to: who came by it is not dialled when it is gone. */
  readonly browsers?: true;
}

/**
 * The protocols that a socket line can name, in OpenSIPS's own order (ip_addr.h, enum sip_protos), with the
 * default ports of their modules. Listeners are opened and printed in this order.
 */
export const protocols: Readonly<Record<string, ProtocolRow>> = {
  udp: { order: 1, defaultPort: 5060 },
  tcp: { order: 2, defaultPort: 5060 },
  tls: { order: 3, defaultPort: 5061 },
  sctp: { order: 4, defaultPort: 5060 },
  ws: { order: 5, defaultPort: 80, browsers: true },
  wss: { order: 6, defaultPort: 443, browsers: true },
  ipsec: { order: 7, defaultPort: 5062 },
  bin: { order: 8, defaultPort: 5555 },
  bins: { order: 9, defaultPort: 5556 },
  hep_udp: { order: 10, defaultPort: 5656 },
  hep_tcp: { order: 11, defaultPort: 5656 },
  hep_tls: { order: 12, defaultPort: 5656 },
  smpp: { order: 13, defaultPort: 2775 },
  msrp: { order: 14, defaultPort: 2855 },
  msrps: { order: 15, defaultPort: 2856 },
};

/** Where a protocol stands among the listeners; unknown ones come last. */
export function protocolOrder(protocol: string): number {
  return protocols[protocol]?.order ?? Number.MAX_SAFE_INTEGER;
}
