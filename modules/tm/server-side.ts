import type { SipMessage } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import { type Core, isReliable } from './core.ts';
import type { MaybePromise } from './maybe.ts';
import type { Transaction } from './transaction.ts';

/** A reply on its way upstream. */
interface OutgoingReply {
  readonly code: number;
  readonly reason: string;
  readonly text: string;
  /** The one that it passes on; undefined where it was made here. */
  readonly reply: SipMessage | undefined;
}

/** How the final reply was made decides what is done until its ACK comes. */
const isChallenge = (code: number) => code === 401 || code === 407;

/** The server side of transactions: replies, their retransmissions, and the end (RFC 3261 §17.2; RFC 6026 §7.1). */
export class ServerSide {
  readonly #core: Core;
  readonly #stopBranch: (branch: Branch) => void;

  constructor(core: Core, stopBranch: (branch: Branch) => void) {
    this.#core = core;
    this.#stopBranch = stopBranch;
  }

  /** Sends a reply upstream and keeps it for retransmissions; a final one ends the wait for others. */
  send(transaction: Transaction, { code, reason, text, reply }: OutgoingReply): void {
    const { counters } = this.#core;
    transaction.status = code;
    transaction.lastReply = text;
    transaction.repliedHere = reply === undefined;
    counters.count(reply === undefined ? 'local_replies' : 'relayed_replies');
    if (code >= 200) this.#watchFinal(transaction, code);
    this.#put(transaction, text);
    const happened = { code, reason, reply };
    if (transaction.isInvite && code >= 200 && code < 300 && reply) transaction.isNewAcceptance(reply);
    transaction.calls.tell('reply-out', happened);
    if (code >= 200) transaction.calls.tell('completed', happened);
  }

  /** Once more what was sent last, where anything was. */
  repeat(transaction: Transaction): void {
    if (transaction.lastReply !== undefined) this.#put(transaction, transaction.lastReply);
  }

  /** A 2xx to an INVITE that came behind the first final reply: it goes upstream all the same (RFC 3261 §16.7 step 5). */
  sendLate(transaction: Transaction, text: string): void {
    this.#core.counters.count('relayed_replies');
    transaction.lastReply = text;
    this.#put(transaction, text);
  }

  /** The ACK to a final reply that is no relayed 2xx: nothing is sent again (RFC 3261 §17.2.1, Confirmed). */
  acknowledged(transaction: Transaction, ack: SipMessage): void {
    transaction.calls.tell('acknowledged', {
      code: transaction.status,
      reason: '',
      reply: undefined,
      request: ack,
    });
    if (transaction.ended) return;
    this.finish(transaction);
  }

  /** The transaction is over: it stays to take retransmissions, then it is gone. */
  finish(transaction: Transaction): void {
    this.#stop(transaction);
    if (!transaction.ended) this.#core.counters.ended(transaction.status);
    transaction.ended = true;
    const stay = this.#stayOf(transaction);
    transaction.end = this.#core.host.timers.coarse(stay, () => this.remove(transaction));
  }

  /** It is forgotten now. */
  remove(transaction: Transaction): void {
    this.#stop(transaction);
    for (const branch of transaction.branches) {
      this.#stopBranch(branch);
      branch.cancel?.retransmission?.cancel();
      branch.cancel?.end?.cancel();
    }
    if (!this.#core.table.remove(transaction)) return;
    transaction.calls.tell('deleted', { code: transaction.status, reason: '', reply: undefined });
  }

  /**
   * wt_timer, or what the RFCs ask for where that is longer: timer L of an INVITE answered with 2xx (RFC 6026 §7.1), timer J
   * of another request over datagrams (RFC 3261 §17.2.2).
   *
   * Deviation: OpenSIPS has wt_timer for all; a 2xx that comes again behind it has no transaction any more.
   */
  #stayOf({ isInvite, isLocal, status, source }: Transaction): number {
    const { waitTime, longest } = this.#core.settings;
    const isAccepted = isInvite && status >= 200 && status < 300;
    const mayRepeat = !isInvite && !isLocal && status >= 200 && !isReliable(source.protocol);
    return isAccepted || mayRepeat ? Math.max(waitTime, longest) : waitTime;
  }

  /** C: set_final_timer. */
  #watchFinal(transaction: Transaction, code: number): void {
    const { isInvite, isLocal, repliedHere } = transaction;
    // RFC 3261 §26.3.2.4: a challenge is not sent again, so that nobody makes this host flood somebody.
    const repeats = isInvite && !isLocal && !isChallenge(code) && (code >= 300 || repliedHere);
    if (!repeats) {
      this.finish(transaction);
      return;
    }
    this.#stop(transaction);
    const { timers } = this.#core.host;
    const wait = transaction.frTimeout ?? this.#core.settings.frTimeout;
    transaction.end = timers.coarse(wait, () => this.finish(transaction));
    // A 2xx of this host's own is sent again over streams too: behind the next hop there may be datagrams.
    if (code >= 300 && isReliable(transaction.source.protocol)) return;
    transaction.interval = this.#core.settings.t1;
    this.#repeatLater(transaction);
  }

  /** RFC 3261 §17.2.1, timer G. */
  #repeatLater(transaction: Transaction): void {
    const { host, settings, counters } = this.#core;
    transaction.retransmission = host.timers.coarse(transaction.interval, () => {
      counters.count('retransmission_rpl_T2');
      this.repeat(transaction);
      transaction.interval = Math.min(transaction.interval * 2, settings.t2);
      this.#repeatLater(transaction);
    });
  }

  #stop(transaction: Transaction): void {
    transaction.retransmission?.cancel();
    transaction.end?.cancel();
    transaction.retransmission = undefined;
    transaction.end = undefined;
  }

  /** Whoever waits for it asks again where it could not be sent; the log has said why. */
  #put({ request, source }: Transaction, text: string): MaybePromise<boolean> {
    return this.#core.host.sending.reply(request, source, text);
  }
}
