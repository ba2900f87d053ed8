import type {
  Destination,
  DestinationSearch,
  ListenSocket,
  Logger,
  MessageSource,
  Sending,
  SendingOptions,
  SipMessage,
} from './module-exports.ts';
import { familyOf } from './net/addresses.ts';
import { isNowhere, type Destination as Place, type Search } from './net/destinations.ts';
import { mayDialBack, type Print, type Sender } from './net/sender.ts';
import type { Blacklists } from './script/blacklists.ts';
import { hopOfUri, listeningHopOfVia, type NextHop } from './sip/next-hop.ts';
import { replyPort } from './sip/reply-port.ts';
import { UpgradeWishError } from './sip/upgrade-wish.ts';
import { parseUri } from './sip/uri.ts';

interface SendingEnvironment {
  readonly sender: Sender;
  /** Where next hops are. */
  readonly find: (hop: NextHop) => Place | Search;
  readonly hasSocket: (protocol: string, family: 4 | 6) => boolean;
  /** Where nothing is sent to. */
  readonly blacklists: Pick<Blacklists, 'blocks' | 'sendFailed'>;
  readonly log: Logger;
}

export function createSending(environment: SendingEnvironment): Sending {
  return new HostSending(environment);
}

const noOptions: SendingOptions = {};

class HostSending implements Sending {
  readonly #environment: SendingEnvironment;

  constructor(environment: SendingEnvironment) {
    this.#environment = environment;
  }

  /** C: uri2proxy. */
  destinations(uri: string, by?: ListenSocket): Destination | DestinationSearch | undefined {
    const named = hopOrReason(uri);
    if (typeof named !== 'string') {
      const hop = by === undefined ? named : { ...named, protocol: by.protocol, anyTransport: undefined };
      const found = this.#environment.find(hop);
      return 'reason' in found ? new WishfulSearch(found, hop) : withWishes(found, hop);
    }
    this.#environment.log.error('uri2proxy', `bad uri <${withoutSecrets(uri)}>${named}`);
    return undefined;
  }

  send(
    destination: Destination,
    print: Print,
    options: SendingOptions = noOptions,
  ): boolean | Promise<boolean> {
    const { message, source, avps, onlyOpen, socket = message?.sendSocket } = options;
    if (message && this.isBlocked(destination, message, print)) return false;
    const { protocol, address, port, path, headers, hostname } = destination;
    const receivedBy = source?.socket;
    const forced = socket;
    const target = {
      protocol,
      address,
      port,
      path,
      headers,
      hostname,
      avps,
      onlyOpen,
      source,
      forced,
      receivedBy,
    };
    const sent = this.#environment.sender.send(target, print);
    if (!message) return sent;
    return typeof sent === 'boolean'
      ? this.#remember(destination, sent)
      : sent.then((later) => this.#remember(destination, later));
  }

  #remember(destination: Destination, sent: boolean): boolean {
    if (!sent) this.#environment.blacklists.sendFailed(destination);
    return sent;
  }

  hasSocketFor({ protocol, address }: Destination): boolean {
    const family = familyOf(address) === 6 ? 6 : 4;
    return this.#environment.hasSocket(protocol, family);
  }

  isBlocked({ protocol, address, port }: Destination, message: SipMessage, print: Print): boolean {
    const { blacklists, log } = this.#environment;
    const socket = message.source?.socket;
    const target = { protocol, address, port, text: () => (socket ? print(socket) : '') };
    if (!blacklists.blocks(message, target)) return false;
    if (log.infoOn) log.info('forward', `${protocol}:${address}:${port} is blocked by blacklists`);
    return true;
  }

  reply(request: SipMessage, source: MessageSource, text: string): boolean | Promise<boolean> {
    if (source.send(text, replyPort(request, source))) return true;
    const { topVia } = request;
    const { protocol, connectionId } = source;
    if (connectionId === 0 || !topVia || !mayDialBack(protocol) || isNowhere(topVia.host)) return false;
    const found = this.#environment.find(listeningHopOfVia(topVia));
    if ('reason' in found) return false;
    return this.send(found, () => text, { source });
  }
}

/** The next hop of a URI, or why it is none. */
function hopOrReason(uri: string): NextHop | string {
  const parsed = parseUri(uri);
  try {
    return (parsed && hopOfUri(parsed)) ?? '';
  } catch (error) {
    if (!(error instanceof UpgradeWishError)) throw error;
    return `: ${error.message}`;
  }
}

/** What is asked for by headers may be secret. */
export function withoutSecrets(uri: string): string {
  return uri.replace(/(;ws-header-[^;=?]*=)[^;?]*/gi, '$1...');
}

function withWishes({ protocol, address, port }: Place, { path, headers, host }: NextHop): Destination {
  return { protocol, address, port, path, headers, hostname: host };
}

class WishfulSearch implements DestinationSearch {
  readonly #search: Search;
  readonly #hop: NextHop;

  constructor(search: Search, hop: NextHop) {
    this.#search = search;
    this.#hop = hop;
  }

  get reason(): string {
    return this.#search.reason;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Destination> {
    for await (const place of this.#search) yield withWishes(place, this.#hop);
  }
}

/** The way out for modules, which are made before it is there. */
export function laterSending(sending: () => Sending): Sending {
  return {
    destinations: (uri, by) => sending().destinations(uri, by),
    send: (destination, print, options) => sending().send(destination, print, options),
    hasSocketFor: (destination) => sending().hasSocketFor(destination),
    isBlocked: (destination, message, print) => sending().isBlocked(destination, message, print),
    reply: (request, source, text) => sending().reply(request, source, text),
  };
}

/** What a trial is given: nothing is sent in it. */
export const noSending: Sending = {
  destinations: () => undefined,
  send: () => false,
  hasSocketFor: () => false,
  isBlocked: () => false,
  reply: () => false,
};
