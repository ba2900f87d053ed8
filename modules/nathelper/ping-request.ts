import { randomBytes } from 'node:crypto';
import type { ListenSocket, RoutingTools, SipMessage } from '../../runtime/module-exports.ts';
import type { PingedContact } from './usrloc-api.ts';

export interface SentPing {
  readonly contact: string;
  readonly label: string;
}

/** Builds the requests that ping contacts, and knows their replies again. */
export class PingRequests {
  readonly #routing: RoutingTools;
  readonly #method: string;
  readonly #from: string;
  /** The same in all Call-IDs of this host, and in no other's. */
  readonly #prefix = randomBytes(8).toString('hex');
  #count = 0;

  constructor(routing: RoutingTools, method: string, from: string) {
    this.#routing = routing;
    this.#method = method;
    this.#from = from;
  }

  nextLabel(): string {
    this.#count = (this.#count + 1) % 0xffffffff;
    return this.#count.toString(16);
  }

  /** RFC 3261 §8.1.1. */
  print(contact: PingedContact, label: string, socket: ListenSocket): string {
    const { host, port } = this.#routing.advertised(socket);
    const route = contact.path === '' ? '' : `Route: ${contact.path}\r\n`;
    return (
      `${this.#method} ${contact.uri} SIP/2.0\r\n` +
      `Via: SIP/2.0/${socket.protocol.toUpperCase()} ${host}:${port};branch=z9hG4bK${this.#prefix}.${label}.${contact.id}\r\n` +
      route +
      `From: <${this.#from}>;tag=${label}\r\n` +
      `To: <${contact.uri}>\r\n` +
      `Call-ID: ${this.#prefix}-${label}@${host}\r\n` +
      `CSeq: 1 ${this.#method}\r\n` +
      'Max-Forwards: 70\r\n' +
      'Content-Length: 0\r\n\r\n'
    );
  }

  /** The ping that a reply answers; undefined for any other reply. C: sipping_rpl_filter. */
  answeredBy(reply: SipMessage): SentPing | undefined {
    if (reply.cseq?.method !== this.#method || !reply.callId.startsWith(`${this.#prefix}-`)) return undefined;
    if (reply.headerValues('Via').length !== 1) return undefined;
    const [, label = '', contact = ''] = reply.topVia?.branch?.split('.') ?? [];
    return { contact, label };
  }
}
