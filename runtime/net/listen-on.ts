import { familyOf } from './addresses.ts';

/** Another address or port for a socket; what is absent stays as the config has it. Port 0: any free one. */
export interface ListenTarget {
  readonly address?: string;
  readonly port?: number;
}

/**
 * Other addresses for sockets of a config, by their label: `ws:127.0.0.1:8080`, the host as written, IPv6 in
 * brackets, the port spelt out where the line has none. A text is `address:port` or `[address]:port`.
 */
export type ListenOn =
  | Readonly<Record<string, ListenTarget | string>>
  | ((label: string) => ListenTarget | string | undefined);

/** The same as a function, with a question for the end: which names have no socket? */
export function watchedListenOn(listenOn: ListenOn | undefined): {
  readonly listenOn: ListenOn | undefined;
  /** Errors: TypeError where a name was never asked for: its socket would be somewhere else than was wanted. */
  refuseUnused(): void;
} {
  if (typeof listenOn !== 'object') return { listenOn, refuseUnused: () => undefined };
  const asked = new Set<string>();
  return {
    listenOn(label) {
      asked.add(label);
      return listenOn[label];
    },
    refuseUnused() {
      const unused = Object.keys(listenOn).find((label) => !asked.has(label));
      if (unused === undefined) return;
      throw new TypeError(`listenOn: the config has no socket ${unused} (it has ${[...asked].join(', ')})`);
    },
  };
}

/** Errors: TypeError for a text that is no address and port. */
export function listenTarget(listenOn: ListenOn | undefined, label: string): ListenTarget | undefined {
  if (!listenOn) return undefined;
  const target = typeof listenOn === 'function' ? listenOn(label) : listenOn[label];
  return typeof target === 'string' ? parseTarget(target, label) : target;
}

function parseTarget(text: string, label: string): ListenTarget {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const address = match?.[1] ?? match?.[2] ?? '';
  const port = Number(match?.[3]);
  if (familyOf(address) !== 0 && port <= 65535) return { address, port };
  throw new TypeError(`listenOn: "${text}" for ${label} is not an address and a port`);
}
