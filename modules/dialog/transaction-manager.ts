import type { ListenSocket, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';

/** What dialogs need of the module tm. */
export interface TransactionManager {
  transactionOf(run: ScriptRun): Transaction | undefined;
  /** Hears of each transaction that a request makes, before anything is sent. */
  onTransaction(hear: (transaction: Transaction, run: ScriptRun) => void): void;
  /** Sends a request of this host's own; a promise of how it ended. */
  request(request: OwnRequest): Promise<unknown>;
}

export interface Transaction {
  readonly run: ScriptRun;
  on(event: 'reply-out' | 'cancelled' | 'deleted', hear: (happened: Happened) => void): void;
}

export interface Happened {
  readonly code: number;
  /** Undefined for one that this host has made itself. */
  readonly reply: SipMessage | undefined;
  /** The CANCEL of `cancelled`. */
  readonly request?: SipMessage;
}

export interface OwnRequest {
  readonly method: string;
  readonly uri: string;
  readonly nextHop?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly headers?: string | undefined;
  readonly callId?: string | undefined;
  readonly cseq?: number | undefined;
  readonly socket?: ListenSocket | undefined;
}
