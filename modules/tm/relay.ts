import type { Destination, DestinationSearch, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { Core } from './core.ts';
import { failures } from './failures.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { Positions } from './positions.ts';
import type { RelayFlags } from './relay-flags.ts';
import type { Requests } from './requests.ts';
import type { Transaction } from './transaction.ts';

interface RelayOptions {
  readonly flags: RelayFlags;
  /** `[proto:]host[:port]` or a URI; undefined: where the message leads. */
  readonly destination: string | undefined;
  /** Its replies end here. */
  readonly replicates: boolean;
}

/** What t_relay() and t_replicate() do. */
export class Relay {
  readonly #core: Core;
  readonly #requests: Requests;
  readonly #positions: Positions;

  constructor(core: Core, requests: Requests, positions: Positions) {
    this.#core = core;
    this.#requests = requests;
    this.#positions = positions;
  }

  /** 1, also where a retransmission or an ACK ended here; a negative number as `failures` has it. C: w_t_relay, t_relay_to. */
  relay(run: ScriptRun, options: RelayOptions): MaybePromise<number> {
    const destination = this.#destinationOf(options.destination);
    if (destination === null) return failures['bad-address'].result;
    const { transaction } = this.#positions.of(run);
    if (transaction && !this.#positions.of(run).isProvisional) {
      return this.#relayAgain(run, transaction, destination, options);
    }
    switch (this.#requests.begin(run)) {
      case 'absorbed':
        return options.replicates ? 0 : 1;
      case 'ack':
        return this.#passAck(run, destination);
      case 'unreadable':
        return failures['bad-request'].result;
      case 'exists':
      case 'full':
        return failures.internal.result;
      case 'new':
        return this.#relayNew(run, destination, options);
    }
  }

  #relayNew(run: ScriptRun, destination: Way | undefined, options: RelayOptions): MaybePromise<number> {
    const { transaction } = this.#positions.of(run);
    if (!transaction) return failures.internal.result;
    apply(transaction, run.message, options);
    this.#remember(transaction, run);
    const sent = this.#requests.send(transaction, run.message, destination, false);
    return then(sent, (failure) => {
      if (failure === undefined) return 1;
      if (options.flags.noAutoReply || options.replicates) return failures[failure].result;
      const { code, reason } = failures[failure];
      // Answered here: there is nothing left to do for the script.
      return this.#requests.answer(transaction, run.message, code, reason) ? 1 : failures[failure].result;
    });
  }

  #relayAgain(
    run: ScriptRun,
    transaction: Transaction,
    destination: Way | undefined,
    options: RelayOptions,
  ): MaybePromise<number> {
    const { log } = this.#core.host;
    if (run.routeLetter !== 'R' && run.routeLetter !== 'F') {
      log.critical('w_t_relay', `unsupported route type: ${run.routeLetter}`);
      return 0;
    }
    if (run.message.method === 'ACK') {
      this.#requests.acknowledge(transaction, run.message);
      return 1;
    }
    apply(transaction, run.message, options);
    if (run.routeLetter === 'R') this.#remember(transaction, run);
    return then(this.#requests.send(transaction, run.message, destination, true), (failure) => {
      if (failure === undefined) return 1;
      log.error('w_t_relay', 't_forward_nonack failed');
      return failures[failure].result;
    });
  }

  /** Later branches and the failure_route begin from the request as it is now, whatever the script does with it behind. */
  #remember(transaction: Transaction, { message }: ScriptRun): void {
    transaction.request = this.#core.host.sip.copy(message);
  }

  /** An ACK to a 2xx is no transaction: it passes, with a branch of its own (RFC 3261 §16.11). */
  #passAck({ message, source, avps }: ScriptRun, given: Way | undefined): MaybePromise<number> {
    const { sending, sip, routing } = this.#core.host;
    const way =
      given ?? sending.destinations(message.destinationUri ?? message.requestUri, message.sendSocket);
    if (!way) return failures['bad-address'].result;
    return then(firstOf(way), (destination) => {
      if (!destination) return failures['bad-address'].result;
      const sent = sending.send(
        destination,
        (socket) => {
          const { host, port } = routing.advertised(socket, message);
          const via = `SIP/2.0/${socket.protocol.toUpperCase()} ${host}:${port};branch=${sip.statelessBranch(message)}`;
          return sip.printRequest(message, via, { receivedBy: source.socket, sentBy: socket });
        },
        { message, source, avps },
      );
      return then(sent, (taken) => (taken ? 1 : failures['send-failed'].result));
    });
  }

  /** Null for a text that is no destination. */
  #destinationOf(text: string | undefined): Way | undefined | null {
    if (text === undefined || text === '') return undefined;
    return this.#core.host.sending.destinations(/^sips?:/i.test(text) ? text : uriOf(text)) ?? null;
  }
}

type Way = Destination | DestinationSearch;

/** `udp:192.0.2.1:5060` as a URI. */
function uriOf(text: string): string {
  const [, protocol, place = text] = /^([a-z]+):(.+)$/i.exec(text) ?? [];
  return protocol === undefined ? `sip:${place}` : `sip:${place};transport=${protocol.toLowerCase()}`;
}

function firstOf(way: Way): MaybePromise<Destination | undefined> {
  if (!('reason' in way)) return way;
  return way[Symbol.asyncIterator]()
    .next()
    .then(({ done, value }) => (done ? undefined : value));
}

function apply(transaction: Transaction, message: SipMessage, { flags, replicates }: RelayOptions): void {
  if (replicates) transaction.replicated = true;
  if (flags.noDnsFailover) transaction.noDnsFailover = true;
  if (flags.passReason) transaction.passesReason = true;
  if (flags.allowNoCancel && wantsNoCancel(message)) transaction.keepsBranches = true;
}

/** RFC 3841 §9.1. */
function wantsNoCancel(message: SipMessage): boolean {
  return message.headerValues('Request-Disposition').some((value) =>
    value
      .toLowerCase()
      .split(',')
      .some((word) => word.trim() === 'no-cancel'),
  );
}
