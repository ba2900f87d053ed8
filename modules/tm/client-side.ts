import type { Destination, SipMessage } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import { type Core, isReliable } from './core.ts';
import { ackOf, cancelOf } from './local-requests.ts';
import type { Transaction } from './transaction.ts';

/** `Reason` header lines (RFC 3326) of CANCELs, as OpenSIPS writes them. */
export const cancelReasons = {
  callCompleted: 'Reason: SIP ;cause=200 ;text="Call completed elsewhere"\r\n',
  callerCancelled: 'Reason: SIP;cause=487;text="ORIGINATOR_CANCEL"\r\n',
  noAnswer: 'Reason: SIP;cause=480;text="NO_ANSWER"\r\n',
} as const;

const requestStatistics = [
  'retransmission_req_T1_1',
  'retransmission_req_T1_2',
  'retransmission_req_T1_3',
] as const;

/** The client side of transactions: branches that are sent, sent again, acknowledged, cancelled (RFC 3261 §17.1). */
export class ClientSide {
  readonly #core: Core;
  /** Branches that wait for a final reply over a stream, by their peer. */
  readonly #overStreams = new Map<string, Map<Branch, Transaction>>();
  /** A branch has waited as long as it may. */
  readonly #timedOut: (transaction: Transaction, branch: Branch) => void;

  constructor(core: Core, timedOut: (transaction: Transaction, branch: Branch) => void) {
    this.#core = core;
    this.#timedOut = timedOut;
  }

  /** The branch has been sent: it is sent again, and given up, in time. */
  watch(transaction: Transaction, branch: Branch): void {
    const { settings } = this.#core;
    this.waitFor(transaction, branch, transaction.frTimeout ?? settings.frTimeout);
    if (!branch.destination) return;
    if (isReliable(branch.destination.protocol)) {
      this.#enter(transaction, branch, keyOf(branch.destination));
      return;
    }
    branch.interval = settings.t1;
    this.#repeatLater(transaction, branch, 0);
  }

  /** The branches that wait for a final reply from that peer of a stream. */
  waitingFor(peer: Peer): ReadonlyMap<Branch, Transaction> | undefined {
    return this.#overStreams.get(keyOf(peer));
  }

  /** The final reply is waited for so many milliseconds from now. */
  waitFor(transaction: Transaction, branch: Branch, milliseconds: number): void {
    branch.finalResponse?.cancel();
    branch.finalResponse = this.#core.host.timers.coarse(milliseconds, () => {
      this.stop(branch);
      this.#timedOut(transaction, branch);
    });
  }

  /** An INVITE that rings may ring long; another request is sent again slowly from its next time on (§17.1.2.2). */
  provisional(transaction: Transaction, branch: Branch): void {
    branch.rings = true;
    if (!transaction.isInvite || branch.cancel) return;
    const { frInviteTimeout } = this.#core.settings;
    this.waitFor(transaction, branch, transaction.frInviteTimeout ?? frInviteTimeout);
  }

  stopRepeating(branch: Branch): void {
    branch.retransmission?.cancel();
    branch.retransmission = undefined;
  }

  stop(branch: Branch): void {
    this.stopRepeating(branch);
    branch.finalResponse?.cancel();
    branch.finalResponse = undefined;
    if (branch.destination && isReliable(branch.destination.protocol)) {
      this.#leave(branch, keyOf(branch.destination));
    }
  }

  stopAll({ current }: Transaction): void {
    for (const branch of current) this.stop(branch);
  }

  /** Branches that ring and were not cancelled yet. C: which_cancel. */
  cancellable({ current }: Transaction): Branch[] {
    return current.filter((branch) => branch.isPending && !branch.isPhony && !branch.cancel);
  }

  /**
   * Cancels branches; one that nobody has answered yet is cancelled when its first reply comes (RFC 3261 §9.1).
   * `reason`: a whole header line.
   */
  cancelAll(transaction: Transaction, branches: readonly Branch[], reason: string | undefined): void {
    for (const branch of branches) {
      if (branch.lastReceived === 0) branch.toCancel = true;
      else this.cancel(transaction, branch, reason);
    }
  }

  cancel(transaction: Transaction, branch: Branch, reason: string | undefined): void {
    if (branch.cancel || !branch.destination || !branch.wasSent) return;
    const { host, settings } = this.#core;
    const text = cancelOf(transaction, branch, reason, host.globals);
    const cancel = { text, retransmission: undefined, end: undefined };
    branch.cancel = cancel;
    this.#send(transaction, branch, text);
    branch.cancel.end = host.timers.coarse(settings.frTimeout, () => this.stopCancel(branch));
    if (!isReliable(branch.destination.protocol)) this.#repeatCancel(transaction, branch, settings.t1);
    // RFC 3261 §9.1: who takes a CANCEL and never ends the request is given up.
    if (branch.isPending) this.waitFor(transaction, branch, settings.longest);
  }

  /** A reply to the CANCEL came: it is not sent again. */
  stopCancel({ cancel }: Branch): void {
    cancel?.retransmission?.cancel();
    cancel?.end?.cancel();
  }

  /** RFC 3261 §17.1.1.3. */
  acknowledge(transaction: Transaction, branch: Branch, reply: SipMessage): void {
    this.#send(transaction, branch, ackOf(transaction, branch, reply, this.#core.host.globals));
  }

  #enter(transaction: Transaction, branch: Branch, key: string): void {
    const waiting = this.#overStreams.get(key);
    if (waiting) waiting.set(branch, transaction);
    else this.#overStreams.set(key, new Map([[branch, transaction]]));
  }

  #leave(branch: Branch, key: string): void {
    const waiting = this.#overStreams.get(key);
    if (waiting?.delete(branch) && waiting.size === 0) this.#overStreams.delete(key);
  }

  #repeatLater(transaction: Transaction, branch: Branch, turn: number): void {
    const { host, counters } = this.#core;
    branch.retransmission = host.timers.coarse(branch.interval, () => {
      if (!branch.wasSent) return;
      counters.count(requestStatistics[turn] ?? 'retransmission_req_T2');
      this.#send(transaction, branch, branch.text);
      branch.interval = this.#nextInterval(transaction, branch);
      this.#repeatLater(transaction, branch, turn + 1);
    });
  }

  /**
   * Timers A and E (RFC 3261 §17.1.1.2, §17.1.2.2). Deviation: OpenSIPS bounds the one of an INVITE by T2 too, and so sends
   * it twice as often.
   */
  #nextInterval({ isInvite }: Transaction, { interval, rings }: Branch): number {
    const { t2 } = this.#core.settings;
    if (isInvite) return interval * 2;
    return rings ? t2 : Math.min(interval * 2, t2);
  }

  #repeatCancel(transaction: Transaction, branch: Branch, interval: number): void {
    const { host, settings } = this.#core;
    const { cancel } = branch;
    if (!cancel) return;
    cancel.retransmission = host.timers.coarse(interval, () => {
      this.#send(transaction, branch, cancel.text);
      this.#repeatCancel(transaction, branch, Math.min(interval * 2, settings.t2));
    });
  }

  /** Where the branch went; what cannot be sent is in the log, and timers end the wait. */
  #send({ source, isLocal }: Transaction, { destination, socket }: Branch, text: string): void {
    if (!destination) return;
    const from = isLocal ? undefined : source;
    const sent = this.#core.host.sending.send(destination, () => text, { socket, source: from });
    if (typeof sent !== 'boolean') sent.catch(() => undefined);
  }
}

type Peer = Pick<Destination, 'protocol' | 'address' | 'port'>;

function keyOf({ protocol, address, port }: Peer): string {
  return `${protocol} ${address} ${port}`;
}
