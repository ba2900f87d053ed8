import type {
  AdvertisedAddress,
  ListenSocket,
  Logger,
  MessageSource,
  ScriptRun,
  Sending,
  SipMessage,
  Statistics,
  Via,
} from './module-exports.ts';
import { familyOf } from './net/addresses.ts';
import { type Destination, isNowhere, type Search } from './net/destinations.ts';
import type { Print, Sender } from './net/sender.ts';
import type { Forwarding } from './script/forwarding.ts';
import { withoutSecrets } from './sending.ts';
import type { ConnectionMark } from './sip/connection-mark.ts';
import { hopOfText, hopOfUri, hopOfVia, listeningHopOfVia, type NextHop } from './sip/next-hop.ts';
import { printForwardedReply, printForwardedRequest, secondVia } from './sip/print-forwarded.ts';
import { statelessBranch } from './sip/stateless-branch.ts';
import { UpgradeWishError } from './sip/upgrade-wish.ts';
import { parseUri } from './sip/uri.ts';

interface SendOptions {
  /** No connection is opened. Default false. */
  readonly onlyOpen?: boolean;
  readonly avps?: ScriptRun['avps'];
  /** The blacklists of the message are asked, and where a send fails is remembered. Default false. */
  readonly guarded?: boolean;
}

/** One message and how it goes out. */
interface Outgoing extends SendOptions {
  readonly hop: NextHop;
  readonly message: SipMessage;
  readonly source: MessageSource;
  readonly print: Print;
}

/** OpenSIPS's numbers for a send: it failed, or the next hop is none or cannot be found (error.h). */
const outcomes = { sent: 1, failed: -1, badHop: -476 } as const;
type Outcome = (typeof outcomes)[keyof typeof outcomes];

interface ForwardingEnvironment {
  readonly sender: Sender;
  readonly sending: Sending;
  /** Where next hops are. */
  readonly find: (hop: NextHop) => Destination | Search;
  readonly advertised: (socket: ListenSocket, message: SipMessage) => AdvertisedAddress;
  readonly isMyself: (host: string, port: number) => boolean;
  readonly defaultPort: (protocol: string) => number;
  readonly mark: ConnectionMark;
  /** The group `core`. */
  readonly statistics: Statistics;
  readonly log: Logger;
  /** disable_stateless_fwd. */
  readonly forbidden: boolean;
  /** disable_503_translation is off: a received 503 goes on as 500. */
  readonly translate503: boolean;
}

/** Requests and replies that pass through without a transaction (RFC 3261 §16.11). */
export interface StatelessForwarding extends Forwarding {
  /**
   * Passes a reply on by its Via headers. False where it went nowhere; the log and the counters know why. A promise
   * where a name had to be looked up or a connection to be opened. `onlyOpen`: none is opened for it.
   */
  forwardReply(reply: SipMessage, source: MessageSource, onlyOpen: boolean): boolean | Promise<boolean>;
}

/** Errors: forward() is used although disable_stateless_fwd forbids it. */
export function judgeForwarding(forbidden: boolean): void {
  if (forbidden) throw new Error('disable_stateless_fwd is on, but forward() is used');
}

export function createForwarding(environment: ForwardingEnvironment): StatelessForwarding {
  return new Forwarder(environment);
}

class Forwarder implements StatelessForwarding {
  readonly #environment: ForwardingEnvironment;
  /** forward() stands in the script. As in OpenSIPS, replies pass without a transaction only then. */
  #forwards = false;

  constructor(environment: ForwardingEnvironment) {
    this.#environment = environment;
  }

  willForward(): void {
    judgeForwarding(this.#environment.forbidden);
    this.#forwards = true;
  }

  forward(run: ScriptRun, destination?: string, onlyOpen = false): number | Promise<number> {
    const { message, source } = run;
    if (!message.isRequest) {
      this.#environment.log.error('forward', 'a reply goes on by its Via headers, not by forward()');
      return outcomes.failed;
    }
    const hop =
      destination === undefined
        ? this.#hopTo('forward', message.destinationUri ?? message.requestUri, hopOfUriText)
        : this.#hopTo('forward', destination, hopOf);
    if (!hop) return outcomes.badHop;
    const print: Print = (socket) =>
      printForwardedRequest(message, this.#viaOf(message, source, socket), source, {
        receivedBy: source.socket,
        sentBy: socket,
      });
    const sent = this.#sendTo(hop, message, source, print, {
      onlyOpen,
      avps: run.avps,
      guarded: true,
    });
    return typeof sent === 'number'
      ? this.#countRequest(sent)
      : sent.then((later) => this.#countRequest(later));
  }

  send(run: ScriptRun, destination: string, headers = '', onlyOpen = false): number | Promise<number> {
    const { message, source } = run;
    const hop = this.#hopTo('send', destination, hopOf);
    if (!hop) return outcomes.badHop;
    const text = headers === '' ? message.text : withHeaders(message.text, headers);
    return this.#sendTo(hop, message, source, () => text, { onlyOpen, avps: run.avps });
  }

  forwardReply(reply: SipMessage, source: MessageSource, onlyOpen: boolean): boolean | Promise<boolean> {
    const { log, statistics, mark, sender } = this.#environment;
    if (!this.#forwards || !this.#isOurs(reply)) {
      statistics.counter('drop_replies').value++;
      return false;
    }
    const via = secondVia(reply);
    if (!via) {
      const status = `${reply.statusCode} ${reply.reasonPhrase}`;
      log.error('forward_reply', `no 2nd via found in ${status} reply for callid ${reply.callId}`);
      statistics.counter('err_replies').value++;
      return false;
    }
    const print: Print = (socket) => this.#printReply(reply, source, socket);
    const connectionId = mark.read(reply);
    const sent = connectionId === undefined ? undefined : sender.sendBy(connectionId, print);
    if (sent !== undefined) return this.#countReply(outcomeOf(sent));
    const passed = this.#sendTo(this.#replyHop(via), reply, source, print, { onlyOpen });
    return typeof passed === 'number'
      ? this.#countReply(passed)
      : passed.then((later) => this.#countReply(later));
  }

  /** RFC 3261 §16.6 step 8: what this host calls itself on the socket, a branch, and the way back for the reply. */
  #viaOf(request: SipMessage, source: MessageSource, socket: ListenSocket): string {
    const { host, port } = this.#environment.advertised(socket, request);
    const mark = this.#environment.mark.write(request, source.connectionId);
    const rport = request.localRport ? ';rport' : '';
    const sentBy = `SIP/2.0/${socket.protocol.toUpperCase()} ${host}:${port}`;
    return `${sentBy};branch=${statelessBranch(request)}${mark}${rport}`;
  }

  /**
   * RFC 3261 §18.1.2: a reply whose first Via is not ours is thrown away. `Deviation:` OpenSIPS passes it on, unless
   * check_via says otherwise, wherever its second Via points.
   */
  #isOurs({ topVia }: SipMessage): boolean {
    if (!topVia) return false;
    const { isMyself, defaultPort } = this.#environment;
    return isMyself(topVia.host, topVia.port || defaultPort(topVia.protocol.toLowerCase()));
  }

  #printReply(reply: SipMessage, source: MessageSource, socket: ListenSocket): string {
    const text = printForwardedReply(reply, { receivedBy: source.socket, sentBy: socket });
    // RFC 3261 §16.7 step 6: a 503 would take this host out of service for everybody behind the next one.
    const translated = reply.statusCode === 503 && this.#environment.translate503;
    return translated ? text.replace('503', '500') : text;
  }

  /** A connection to where the request came from, else where its sender listens (RFC 3261 §18.2.2). */
  #replyHop(via: Via): NextHop {
    const hop = hopOfVia(via);
    if (hop.protocol === 'udp') return hop;
    const { sender, defaultPort } = this.#environment;
    const port = hop.port || defaultPort(hop.protocol);
    const isOpen = familyOf(hop.host) !== 0 && sender.isOpen(hop.protocol, hop.host, port);
    if (isOpen) return hop;
    // Who has no name to be reached by listens nowhere, wherever the request came from (RFC 7118 §5).
    return isNowhere(via.host) ? { ...hop, host: via.host } : listeningHopOfVia(via);
  }

  #sendTo(
    hop: NextHop,
    message: SipMessage,
    source: MessageSource,
    print: Print,
    options: SendOptions = {},
  ): Outcome | Promise<Outcome> {
    const found = this.#environment.find(hop);
    const send = (destination: Destination) =>
      this.#sendBy(destination, { hop, message, source, print, ...options });
    if ('reason' in found) return this.#sendToFirst(hop, found, send);
    const sent = send(found);
    return typeof sent === 'boolean' ? outcomeOf(sent) : sent.then(outcomeOf);
  }

  /**
   * RFC 3263 §4.3: one destination after the other, until one takes the message. `Deviation:` replies too (§5); OpenSIPS
   * tries one for them.
   */
  async #sendToFirst(
    hop: NextHop,
    search: Search,
    send: (destination: Destination) => boolean | Promise<boolean>,
  ): Promise<Outcome> {
    let tried = 0;
    for await (const destination of search) {
      tried++;
      if (await send(destination)) return outcomes.sent;
    }
    if (tried > 0) return outcomes.failed;
    const { protocol, host } = hop;
    this.#environment.log.error('msg_send', `cannot send a message to ${protocol}:${host}: ${search.reason}`);
    return outcomes.badHop;
  }

  /** False where a blacklist forbids it, or where it failed; the log knows why. */
  #sendBy(destination: Destination, sending: Outgoing): boolean | Promise<boolean> {
    const { hop, message, source, print, onlyOpen = false, avps, guarded = false } = sending;
    const { path, headers, host } = hop;
    return this.#environment.sending.send({ ...destination, path, headers, hostname: host }, print, {
      socket: message.sendSocket,
      source,
      avps,
      onlyOpen,
      ...(guarded && { message }),
    });
  }

  #countRequest(outcome: Outcome): number {
    const counter = outcome === outcomes.sent ? 'fwd_requests' : 'drop_requests';
    this.#environment.statistics.counter(counter).value++;
    return outcome;
  }

  #countReply(outcome: Outcome): boolean {
    const isSent = outcome === outcomes.sent;
    this.#environment.statistics.counter(isSent ? 'fwd_replies' : 'drop_replies').value++;
    return isSent;
  }

  /** Undefined where there is none; the log knows why. */
  #hopTo(caller: string, destination: string, hopOf: HopOf): NextHop | undefined {
    try {
      const hop = hopOf(destination);
      if (!hop) this.#badUri(caller, destination);
      return hop;
    } catch (error) {
      if (!(error instanceof UpgradeWishError)) throw error;
      this.#badUri(caller, destination, `: ${error.message}`);
      return undefined;
    }
  }

  #badUri(caller: string, uri: string, why = ''): void {
    this.#environment.log.error(caller, `bad uri <${withoutSecrets(uri)}>, dropping packet${why}`);
  }
}

type HopOf = (text: string) => NextHop | undefined;

/** Of `$du`, else of the Request-URI (RFC 3261 §16.6 step 7). */
function hopOfUriText(text: string): NextHop | undefined {
  const uri = parseUri(text);
  return uri && hopOfUri(uri);
}

/** A URI, or a destination in OpenSIPS's own form. */
function hopOf(destination: string): NextHop | undefined {
  const uri = /^sips?:/i.test(destination) ? parseUri(destination) : undefined;
  return uri ? hopOfUri(uri) : hopOfText(destination);
}

function withHeaders(text: string, headers: string): string {
  const behindFirstLine = text.indexOf('\n') + 1;
  return text.slice(0, behindFirstLine) + headers + text.slice(behindFirstLine);
}

const outcomeOf = (sent: boolean): Outcome => (sent ? outcomes.sent : outcomes.failed);
