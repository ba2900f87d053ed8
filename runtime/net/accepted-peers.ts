/** Peers that came by themselves and are gone. */
export interface AcceptedPeers {
  /** From now on nothing is dialled there, for as long as the lifetime says. */
  remember(peer: string): void;
  has(peer: string): boolean;
  readonly size: number;
}

interface AcceptedPeersSettings {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** How long a peer is remembered, milliseconds. */
  readonly lifetime: number;
  /** How many are remembered; beyond it the oldest is forgotten. */
  readonly limit: number;
}

/**
 * The far ends of connections that were accepted: the port of such a peer is one of its own choosing behind which
 * nobody listens, and which may belong to somebody else soon, so that dialling it can only go wrong.
 */
export function createAcceptedPeers({ now, lifetime, limit }: AcceptedPeersSettings): AcceptedPeers {
  /** When each is forgotten; the oldest first. */
  const until = new Map<string, number>();

  const forgetOld = () => {
    const time = now();
    for (const [peer, end] of until) {
      if (end > time && until.size <= limit) return;
      until.delete(peer);
    }
  };

  return {
    remember(peer) {
      until.delete(peer);
      until.set(peer, now() + lifetime);
      forgetOld();
    },
    has(peer) {
      const end = until.get(peer);
      return end !== undefined && end > now();
    },
    get size() {
      return until.size;
    },
  };
}
