import type { Destination, DestinationSearch, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { type ClientSide, cancelReasons } from './client-side.ts';
import type { Core } from './core.ts';
import type { Failure } from './failures.ts';
import type { Forwarder } from './forwarder.ts';
import type { MaybePromise } from './maybe.ts';
import type { Positions } from './positions.ts';
import type { ReplyProcessor } from './reply-processor.ts';
import type { ServerSide } from './server-side.ts';
import { Transaction } from './transaction.ts';
import type { ReplyParts, Upstream } from './upstream.ts';

interface Parts {
  readonly server: ServerSide;
  readonly client: ClientSide;
  readonly upstream: Upstream;
  readonly forwarder: Forwarder;
  readonly replies: ReplyProcessor;
  readonly positions: Positions;
}

/**
 * `absorbed`: a retransmission, or an ACK that ends here; `ack`: an ACK that goes on without a transaction; `unreadable`:
 * its Request-URI is none.
 */
export type Newness = 'new' | 'absorbed' | 'ack' | 'exists' | 'full' | 'unreadable';

type Hearer = (transaction: Transaction, run: ScriptRun) => void;

/** Requests from upstream: their transactions, retransmissions, ACKs and CANCELs (RFC 3261 §16.2, §17.2). */
export class Requests {
  readonly #core: Core;
  readonly #parts: Parts;
  readonly #hearers: Hearer[] = [];
  #saidFull = false;

  constructor(core: Core, parts: Parts) {
    this.#core = core;
    this.#parts = parts;
  }

  onTransaction(hear: Hearer): void {
    this.#hearers.push(hear);
  }

  /** Makes the transaction of a request, unless it has one. C: t_newtran. */
  begin(run: ScriptRun): Newness {
    const position = this.#parts.positions.of(run);
    if (position.transaction) {
      if (!position.isProvisional) return 'exists';
      // It was made while the run waited; from here on it is the script's.
      position.isProvisional = false;
      return 'new';
    }
    const { message } = run;
    if (this.absorb(run)) return 'absorbed';
    if (message.method === 'ACK') return 'ack';
    const { routing, log } = this.#core.host;
    if (!routing.uri(message.requestUri)) {
      log.error('new_t', 'uri invalid');
      return 'unreadable';
    }
    return this.#create(run) ? 'new' : 'full';
  }

  /** True for a retransmission, which gets the last reply again, and for an ACK that ends here. */
  absorb(run: ScriptRun): boolean {
    const { message } = run;
    const { server } = this.#parts;
    const known = this.#core.table.ofRequest(message);
    if (message.method === 'ACK') return this.#absorbAck(run, known);
    if (!known) return false;
    // RFC 6026 §7.1: whoever sent the 2xx sends it again by itself.
    const isAccepted = known.isInvite && known.status >= 200 && known.status < 300;
    if (!isAccepted) server.repeat(known);
    return true;
  }

  /** The transaction of a failed INVITE whose ACK this is; not for an ACK to a 2xx that passes through. */
  failedInviteOf(ack: SipMessage): Transaction | undefined {
    const known = this.#core.table.ofRequest(ack);
    return known && (known.status >= 300 || known.repliedHere) ? known : undefined;
  }

  acknowledge(transaction: Transaction, ack: SipMessage): void {
    this.#parts.server.acknowledged(transaction, ack);
  }

  #absorbAck(run: ScriptRun, known: Transaction | undefined): boolean {
    const { server, positions } = this.#parts;
    const ack = run.message;
    if (known && known.status >= 300) {
      server.acknowledged(known, ack);
      return true;
    }
    const accepted = this.#core.table.ofAck(ack);
    if (!accepted) return false;
    if (accepted.repliedHere && ack.to?.tag === accepted.toTag) {
      server.acknowledged(accepted, ack);
      return true;
    }
    positions.of(run).acknowledged = accepted;
    accepted.calls.tell('acknowledged', {
      code: accepted.status,
      reason: '',
      reply: undefined,
      request: ack,
    });
    return false;
  }

  #create(run: ScriptRun): Transaction | undefined {
    const { table, counters, settings } = this.#core;
    if (table.isFull) {
      this.#sayFull();
      return undefined;
    }
    this.#saidFull = false;
    const transaction = new Transaction(table.nextId(), run.message, run, false);
    const position = this.#parts.positions.of(run);
    position.transaction = transaction;
    Object.assign(transaction.routes, position.armed);
    transaction.frTimeout = position.frTimeout;
    transaction.frInviteTimeout = position.frInviteTimeout;
    table.add(transaction);
    counters.count('UAS_transactions');
    for (const hear of this.#hearers) hear(transaction, run);
    if (transaction.isInvite && settings.sends100) {
      this.#parts.upstream.answer(transaction, run.message, 100, 'Giving it a try');
    }
    return transaction;
  }

  #sayFull(): void {
    if (this.#saidFull) return;
    this.#saidFull = true;
    const { maxTransactions } = this.#core.settings;
    this.#core.host.log.error(
      't_newtran',
      `there are max_transactions (${maxTransactions}) transactions, no more are made`,
    );
  }

  /** The run of a request waits: what is sent again meanwhile is absorbed (C: t_handle_async). */
  keep(run: ScriptRun): void {
    const { method } = run.message;
    const position = this.#parts.positions.of(run);
    if (method === 'ACK' || method === 'CANCEL' || position.transaction) return;
    if (this.#core.table.ofRequest(run.message) || !this.#create(run)) return;
    position.isProvisional = true;
  }

  /**
   * Sends the request of a transaction on. C: t_forward_nonack. `startsAnew`: the branches so far have failed. Undefined
   * where it went out.
   */
  send(
    transaction: Transaction,
    message: SipMessage,
    destination: Destination | DestinationSearch | undefined,
    startsAnew: boolean,
  ): MaybePromise<Failure | undefined> {
    const { forwarder, upstream } = this.#parts;
    if (message.method === 'CANCEL') {
      const invite = this.#core.table.ofCancel(message);
      if (invite) {
        this.#cancel(transaction, invite, message);
        return undefined;
      }
    }
    const { log } = this.#core.host;
    if (transaction.closed) {
      log.info('t_forward_nonack', 'discarding fwd for a 6xx transaction');
      return 'no-destination';
    }
    if (transaction.cancelled) {
      if (transaction.branches.length === 0) upstream.answer(transaction, message, 487, 'Request Terminated');
      log.info('t_forward_nonack', 'discarding fwd for a cancelled transaction');
      return 'no-destination';
    }
    return forwarder.forward(transaction, message, { destination, startsAnew });
  }

  /**
   * Answers by the transaction; a final reply ends all branches. False where a final one went before. C: t_reply.
   */
  answer(
    transaction: Transaction,
    message: SipMessage,
    code: number,
    reason: string,
    parts?: ReplyParts,
  ): boolean {
    const { upstream, client } = this.#parts;
    const pending = code >= 200 && transaction.isInvite ? client.cancellable(transaction) : [];
    if (!upstream.answer(transaction, message, code, reason, parts)) return false;
    if (code < 200) return true;
    client.stopAll(transaction);
    client.cancelAll(transaction, pending, undefined);
    return true;
  }

  /** RFC 3261 §16.10: the CANCEL is answered here, and each branch is cancelled by one of this host's own. */
  #cancel(transaction: Transaction, invite: Transaction, cancel: SipMessage): void {
    const { upstream, client } = this.#parts;
    transaction.forwarded = true;
    upstream.answer(transaction, cancel, 200, 'canceling');
    if (!invite.isInvite || invite.status >= 200) return;
    invite.cancelled = true;
    invite.calls.tell('cancelled', { code: 0, reason: '', reply: undefined, request: cancel });
    const reason = this.#reasonOf(transaction, cancel);
    client.cancelAll(invite, client.cancellable(invite), reason);
    const [only, more] = invite.current;
    // Nothing but a place for branches that come later: there is nobody who could answer 487.
    if (only?.isPhony && !more) this.#parts.replies.endPhony(invite, only, 487);
  }

  /** RFC 3326. C: get_cancel_reason. */
  #reasonOf(transaction: Transaction, cancel: SipMessage): string {
    const given = this.#parts.positions.of(transaction.run).cancelReason;
    if (given !== undefined) return given;
    const received = transaction.passesReason ? cancel.header('Reason') : undefined;
    return received === undefined ? cancelReasons.callerCancelled : `Reason: ${received}\r\n`;
  }

  /**
   * The run of a request has ended: a transaction that nothing was done with is over, without a reply (C: t_unref). True
   * where it was answered because the run failed.
   */
  runDone(run: ScriptRun): boolean {
    const position = this.#parts.positions.of(run);
    const { transaction } = position;
    if (!transaction || transaction.run !== run) return false;
    const { server, upstream } = this.#parts;
    if (run.failed && transaction.status < 200 && !transaction.forwarded) {
      return upstream.answer(transaction, run.message, 500, 'Server Internal Error');
    }
    // What has gone out answers for itself, also where the script failed behind it.
    if (transaction.forwarded || transaction.status >= 200 || transaction.branches.length > 0)
      return run.failed;
    if (position.isProvisional) server.remove(transaction);
    else server.finish(transaction);
    return false;
  }
}
