/** What this module asks of others, structurally. */

import type { DigestAlgorithm, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';

export interface TransactionManager {
  transactionOf(run: ScriptRun): Transaction | undefined;
  onTransaction(hear: (transaction: Transaction, run: ScriptRun) => void): void;
}

export interface Transaction {
  readonly run: ScriptRun;
  /** In a failure_route: the branch whose reply was chosen. */
  readonly picked?: PickedBranch | undefined;
  on(event: 'reply-in', hear: (happened: { readonly reply: SipMessage | undefined }) => void): void;
}

export interface PickedBranch {
  /** Its Request-URI as it was sent. */
  readonly uri: string;
  /** The final reply; one that was made up here is no message. */
  readonly reply: SipMessage | { readonly code: number } | undefined;
}

export interface RecordRouting {
  readonly appendsFromTag: boolean;
  addParam(run: ScriptRun, text: string): { text: string };
  routeParam(run: ScriptRun, name: string): string | undefined;
  isUpstream(run: ScriptRun): boolean;
  onRouted(hear: (run: ScriptRun) => void): void;
}

export interface ClientAuthentication {
  answer(
    run: ScriptRun,
    reply: SipMessage,
    request: { readonly method: string; readonly uri: string; readonly body: string },
    allowed?: readonly DigestAlgorithm[],
  ): string | undefined;
}
