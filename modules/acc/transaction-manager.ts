import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';

/** What accounting needs of the module tm. */
export interface TransactionManager {
  /** The transaction that the run belongs to. */
  transactionOf(run: ScriptRun): Transaction | undefined;
  /** Hears of each transaction that a request makes, before anything is sent (TMCB_REQUEST_IN). */
  onTransaction(hear: (transaction: Transaction, run: ScriptRun) => void): void;
  /** Hears of each request of this host's own, behind its local_route and before it is sent. */
  onOwnRequest(hear: (transaction: Transaction, run: ScriptRun) => void): void;
}

export interface Transaction {
  /** As the script left it when it went on. */
  readonly request: SipMessage;
  readonly run: ScriptRun;
  readonly isInvite: boolean;
  /**
   * `reply-in`: a reply came from a branch; `failure`: all branches have failed, before the failure_route; `reply-out`: a
   * reply went to the caller; `completed`: the final one; `deleted`: the transaction is gone.
   */
  on(
    event: 'reply-in' | 'reply-out' | 'failure' | 'completed' | 'deleted',
    hear: (happened: Happened) => void,
  ): void;
}

/** A reply; undefined for one that this host has made itself. */
export interface Happened {
  readonly code: number;
  readonly reply: SipMessage | undefined;
  /** The request of the failure_route. */
  readonly request?: SipMessage;
}
