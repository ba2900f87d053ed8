import type {
  AdvertisedAddress,
  ListenSocket,
  Logger,
  MessageSource,
  ScriptRun,
  SipMessage,
  Statistics,
  Via,
} from './module-exports.ts';
import { familyOf } from './net/addresses.ts';
import { addressesOf, isNowhere } from './net/destinations.ts';
import type { Print, Sender, Target } from './net/sender.ts';
import type { SystemNetwork } from './net/system-network.ts';
import type { BlacklistedTarget, Blacklists } from './script/blacklists.ts';
import type { Forwarding } from './script/forwarding.ts';
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
  /** The blacklists of the message are asked. Default false. */
  readonly guarded?: boolean;
}

/** OpenSIPS's numbers for a send that failed (error.h). */
const failures = { badUri: -476, send: -1 } as const;

interface ForwardingEnvironment {
  readonly sender: Sender;
  readonly network: Pick<SystemNetwork, 'lookup'>;
  readonly sockets: () => readonly ListenSocket[];
  readonly advertised: (socket: ListenSocket, message: SipMessage) => AdvertisedAddress;
  /** Where nothing is sent to. */
  readonly blacklists: Pick<Blacklists, 'blocks'>;
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
      return failures.send;
    }
    const hop =
      destination === undefined
        ? this.#hopTo('forward', message.destinationUri ?? message.requestUri, hopOfUriText)
        : this.#hopTo('forward', destination, hopOf);
    if (!hop) return failures.badUri;
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
    return typeof sent === 'boolean'
      ? this.#countRequest(sent)
      : sent.then((later) => this.#countRequest(later));
  }

  send(run: ScriptRun, destination: string, headers = '', onlyOpen = false): number | Promise<number> {
    const { message, source } = run;
    const hop = this.#hopTo('send', destination, hopOf);
    if (!hop) return failures.badUri;
    const text = headers === '' ? message.text : withHeaders(message.text, headers);
    const sent = this.#sendTo(hop, message, source, () => text, { onlyOpen, avps: run.avps });
    return typeof sent === 'boolean' ? numberOf(sent) : sent.then(numberOf);
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
    const passed = sent ?? this.#sendTo(this.#replyHop(via), reply, source, print, { onlyOpen });
    return typeof passed === 'boolean'
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
    { onlyOpen = false, avps, guarded = false }: SendOptions = {},
  ): boolean | Promise<boolean> {
    const { protocol, host, path, headers } = hop;
    const port = hop.port || this.#environment.defaultPort(protocol);
    const ways = { onlyOpen, forced: message.sendSocket, receivedBy: source.socket, source };
    const isBlocked = (address: string) =>
      guarded && this.#isBlocked(message, { protocol, address, port, text: () => print(source.socket) });
    const target = { protocol, port, path, headers, hostname: host, avps, ...ways };
    const found = addressesOf(host, this.#environment.network, (family) => this.#hasSocket(protocol, family));
    if ('then' in found) {
      return found.then((addresses) => this.#sendToFirst(hop, addresses, isBlocked, target, print));
    }
    const [address] = found;
    if (address === undefined) return this.#unreachable(hop);
    if (isBlocked(address)) return false;
    return this.#environment.sender.send({ ...target, address }, print);
  }

  /** The addresses of a name one after the other, until one takes the message. */
  async #sendToFirst(
    hop: NextHop,
    addresses: readonly string[],
    isBlocked: (address: string) => boolean,
    target: Omit<Target, 'address'>,
    print: Print,
  ): Promise<boolean> {
    for (const address of addresses) {
      if (isBlocked(address)) continue;
      if (await this.#environment.sender.send({ ...target, address }, print)) return true;
    }
    return addresses.length > 0 ? false : this.#unreachable(hop);
  }

  #isBlocked(message: SipMessage, target: BlacklistedTarget): boolean {
    if (!this.#environment.blacklists.blocks(message, target)) return false;
    const { log } = this.#environment;
    const { protocol, address, port } = target;
    if (log.infoOn) log.info('forward', `${protocol}:${address}:${port} is blocked by blacklists`);
    return true;
  }

  #hasSocket(protocol: string, family: 4 | 6): boolean {
    return this.#environment
      .sockets()
      .some((socket) => socket.protocol === protocol && socket.family === family);
  }

  #unreachable({ protocol, host }: NextHop): false {
    const reason = isNowhere(host) ? 'nothing is sent to such a host' : 'the host has no address';
    this.#environment.log.error('msg_send', `cannot send a message to ${protocol}:${host}: ${reason}`);
    return false;
  }

  #countRequest(sent: boolean): number {
    this.#environment.statistics.counter(sent ? 'fwd_requests' : 'drop_requests').value++;
    return numberOf(sent);
  }

  #countReply(sent: boolean): boolean {
    this.#environment.statistics.counter(sent ? 'fwd_replies' : 'drop_replies').value++;
    return sent;
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
    // What is asked for by headers may be secret.
    const shown = uri.replace(/(;ws-header-[^;=?]*=)[^;?]*/gi, '$1...');
    this.#environment.log.error(caller, `bad uri <${shown}>, dropping packet${why}`);
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

const numberOf = (sent: boolean): number => (sent ? 1 : failures.send);
