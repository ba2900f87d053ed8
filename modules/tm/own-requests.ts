import { randomUUID } from 'node:crypto';
import type {
  ListenSocket,
  MessageSource,
  ScriptRun,
  ScriptValue,
  SipMessage,
} from '../../runtime/module-exports.ts';
import type { Core } from './core.ts';
import { failures } from './failures.ts';
import type { Forwarder } from './forwarder.ts';
import { userAgentLine } from './local-requests.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { Positions } from './positions.ts';
import { Transaction } from './transaction.ts';

/** A request that this host makes itself. Values of From and To without their names and tags. */
export interface OwnRequest {
  readonly method: string;
  readonly uri: string;
  /** Where it goes first; default: its URI. */
  readonly nextHop?: string | undefined;
  readonly from: string;
  readonly to: string;
  /** Whole lines, each with CRLF. */
  readonly headers?: string | undefined;
  readonly body?: string | undefined;
  /** Default: new ones. */
  readonly callId?: string | undefined;
  readonly cseq?: number | undefined;
  readonly socket?: ListenSocket | undefined;
  /** Those of its local_route. */
  readonly avps?: ScriptRun['avps'] | undefined;
}

/** How it ended; `reply` is undefined where nobody sent one. */
export interface OwnOutcome {
  readonly code: number;
  readonly reason: string;
  readonly reply: SipMessage | undefined;
}

interface Begun {
  readonly sent: boolean;
  readonly outcome: Promise<OwnOutcome>;
}

/** Replaced when it is known by which socket the request goes. */
const noVia = 'SIP/2.0/UDP 0.0.0.0;branch=z9hG4bK0';

/** Requests of this host's own: client transactions that nobody upstream waits for (C: t_uac). */
export class OwnRequests {
  readonly #core: Core;
  readonly #forwarder: Forwarder;
  readonly #positions: Positions;
  readonly #hearers: ((transaction: Transaction, run: ScriptRun) => void)[] = [];

  constructor(core: Core, forwarder: Forwarder, positions: Positions) {
    this.#core = core;
    this.#forwarder = forwarder;
    this.#positions = positions;
  }

  onRequest(hear: (transaction: Transaction, run: ScriptRun) => void): void {
    this.#hearers.push(hear);
  }

  /** Sends it; what the local_route drops, and what is no request, goes nowhere. */
  begin(request: OwnRequest): MaybePromise<Begun> {
    const { script } = this.#core.host;
    const { source } = script.createOwnRun('L');
    const message = this.#make(request, source);
    if (!message) return { sent: false, outcome: Promise.resolve(outcomeOf('bad-request')) };
    message.destinationUri = request.nextHop;
    message.sendSocket = request.socket;
    const avps = request.avps ?? new Map<string, ScriptValue[]>();
    const run = script.createRun(message, source, 'L', { avps });
    return then(this.#runLocalRoute(run), (keeps) =>
      keeps ? this.#send(run) : { sent: false, outcome: Promise.resolve(outcomeOf('send-failed')) },
    );
  }

  /** Sends it and waits for its final reply. */
  async request(request: OwnRequest): Promise<OwnOutcome> {
    const { outcome } = await this.begin(request);
    return outcome;
  }

  #make(request: OwnRequest, source: MessageSource): SipMessage | undefined {
    const { sip, log } = this.#core.host;
    try {
      return sip.parse(this.#print(request), source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('t_uac', `${request.method} to ${request.uri} is no request: ${reason}`);
      return undefined;
    }
  }

  #runLocalRoute(run: ScriptRun): MaybePromise<boolean> {
    const { script } = this.#core.host;
    const { localRequestRoute } = this.#core.settings;
    const main = script.has('L') ? script.run('L', undefined, run) : 1;
    return then(main, () => {
      if (run.dropped || localRequestRoute === undefined) return !run.dropped;
      return then(script.run('R', localRequestRoute, run), () => !run.dropped);
    });
  }

  #send(run: ScriptRun): MaybePromise<Begun> {
    const { table, counters } = this.#core;
    if (table.isFull) return { sent: false, outcome: Promise.resolve(outcomeOf('internal')) };
    const transaction = new Transaction(table.nextId(), run.message, run, true);
    Object.assign(transaction.routes, this.#positions.of(run).armed);
    this.#positions.enter(run, transaction, undefined);
    table.add(transaction);
    counters.count('UAC_transactions');
    for (const hear of this.#hearers) hear(transaction, run);
    const outcome = new Promise<OwnOutcome>((resolve) => {
      transaction.calls.on('completed', ({ code, reason, reply }) => resolve({ code, reason, reply }));
      transaction.calls.on('deleted', () =>
        resolve({ code: 408, reason: 'Request Timeout', reply: undefined }),
      );
    });
    transaction.calls.on('reply-in', ({ code, reply }) => {
      if (transaction.isInvite && code >= 200 && code < 300 && reply) this.#acknowledge(run, reply);
    });
    return then(this.#forwarder.forward(transaction, run.message, { startsAnew: false }), (failure) => {
      if (failure === undefined) return { sent: true, outcome };
      table.remove(transaction);
      return { sent: false, outcome: Promise.resolve(outcomeOf(failure)) };
    });
  }

  #print(request: OwnRequest): string {
    const { method, uri, from, to, headers = '', body = '' } = request;
    const { callId = randomUUID(), cseq = 10 } = request;
    const fromTag = /;\s*tag=/i.test(from) ? from : `${from};tag=${randomUUID().slice(0, 18)}`;
    return (
      `${method} ${uri} SIP/2.0\r\n` +
      `Via: ${noVia}\r\n` +
      `To: ${to}\r\n` +
      `From: ${fromTag}\r\n` +
      `CSeq: ${cseq} ${method}\r\n` +
      `Call-ID: ${callId}\r\n` +
      'Max-Forwards: 70\r\n' +
      `Content-Length: ${body.length}\r\n` +
      userAgentLine(this.#core.host.globals) +
      headers +
      `\r\n${body}`
    );
  }

  /** The ACK to a 2xx goes by the route that the reply tells (RFC 3261 §13.2.2.4). */
  #acknowledge({ message }: ScriptRun, reply: SipMessage): void {
    const { host } = this.#core;
    const { routing, sending, sip, globals } = host;
    const [contact] = reply.headerValues('Contact');
    const target = contact === undefined ? undefined : routing.nameAddress(contact)?.uri;
    const routes = [...reply.headerValues('Record-Route')].reverse();
    const first = routes[0] === undefined ? target : routing.nameAddress(routes[0])?.uri;
    const destination = first === undefined ? undefined : sending.destinations(first);
    if (target === undefined || !destination || 'reason' in destination) return;
    const print = (socket: ListenSocket) => {
      const { host: name, port } = routing.advertised(socket, message);
      const via = `SIP/2.0/${socket.protocol.toUpperCase()} ${name}:${port};branch=${sip.statelessBranch(reply)}`;
      return (
        `ACK ${target} SIP/2.0\r\nVia: ${via}\r\n` +
        `To: ${reply.header('To')}\r\nFrom: ${reply.header('From')}\r\n` +
        `CSeq: ${message.cseq?.number ?? 1} ACK\r\nCall-ID: ${message.callId}\r\nMax-Forwards: 70\r\n` +
        routes.map((route) => `Route: ${route}\r\n`).join('') +
        `${userAgentLine(globals)}Content-Length: 0\r\n\r\n`
      );
    };
    const sent = sending.send(destination, print);
    if (typeof sent !== 'boolean') sent.catch(() => undefined);
  }
}

function outcomeOf(failure: keyof typeof failures): OwnOutcome {
  const { code, reason } = failures[failure];
  return { code, reason, reply: undefined };
}
