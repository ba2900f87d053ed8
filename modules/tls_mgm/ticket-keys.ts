import { randomBytes, type X509Certificate } from 'node:crypto';
import type { TlsDomain } from './domains.ts';

/** What the sessions of one domain are told apart by. */
export interface TicketKeys {
  /** Encrypts session tickets. RFC 5077 §4; for node:tls. */
  readonly ticketKeys: Buffer;
  /** At most 32 characters. */
  readonly sessionIdContext: string;
}

/** What belongs to the sessions that one domain has given out. */
export interface DomainSessions {
  readonly keys: TicketKeys;
  /** Authorities whose certificates peers have sent, by their fingerprints: a session that goes on brings none. */
  readonly issuers: Map<string, X509Certificate>;
}

/**
 * The sessions of domains over reloads: a domain keeps its own as long as it trusts the same. By default all servers of
 * a process have the same keys, and a session that began under one domain would go on under another that trusts less.
 */
export class TicketKeyring {
  readonly #known = new Map<string, { readonly trust: string; readonly sessions: DomainSessions }>();

  sessionsOf({ name, isFallback }: TlsDomain, trust: string): DomainSessions {
    const key = `${isFallback ? '' : 'named '}${name}`;
    const known = this.#known.get(key);
    if (known?.trust === trust) return known.sessions;
    const keys = { ticketKeys: randomBytes(48), sessionIdContext: randomBytes(16).toString('hex') };
    const sessions = { keys, issuers: new Map<string, X509Certificate>() };
    this.#known.set(key, { trust, sessions });
    return sessions;
  }
}
