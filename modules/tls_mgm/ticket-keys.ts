import { randomBytes } from 'node:crypto';

/** What the sessions of one domain are told apart by. */
export interface TicketKeys {
  /** Encrypts session tickets. RFC 5077 §4; for node:tls. */
  readonly ticketKeys: Buffer;
  /** At most 32 characters. */
  readonly sessionIdContext: string;
}

/**
 * Ticket keys by domain, over reloads: a domain keeps its own as long as it trusts the same. By default all servers of
 * a process have the same, and a session that began under one domain would go on under another that trusts less.
 */
export class TicketKeyring {
  readonly #keys = new Map<string, { readonly trust: string; readonly keys: TicketKeys }>();

  keysOf(domain: string, trust: string): TicketKeys {
    const known = this.#keys.get(domain);
    if (known?.trust === trust) return known.keys;
    const keys = { ticketKeys: randomBytes(48), sessionIdContext: randomBytes(16).toString('hex') };
    this.#keys.set(domain, { trust, keys });
    return keys;
  }
}
