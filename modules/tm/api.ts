import type { ScriptRun } from '../../runtime/module-exports.ts';
import type { OwnOutcome, OwnRequest, OwnRequests } from './own-requests.ts';
import type { Positions } from './positions.ts';
import type { Requests } from './requests.ts';
import type { Transaction } from './transaction.ts';

/** What other modules get by `host.bind<TransactionManager>('tm')`. */
export interface TransactionManager {
  /** The transaction that the run belongs to; undefined without one. */
  transactionOf(run: ScriptRun): Transaction | undefined;
  /** Hears of each transaction that a request makes, before anything is sent for it. */
  onTransaction(hear: (transaction: Transaction, run: ScriptRun) => void): void;
  /** Hears of each request of this host's own, behind its local_route and before it is sent; `completed` is its reply. */
  onOwnRequest(hear: (transaction: Transaction, run: ScriptRun) => void): void;
  /** Answers by the transaction of the run, which is made where there is none. False where it cannot be. */
  reply(run: ScriptRun, code: number, reason: string): boolean;
  /** The To-tag of replies that are made here by the transaction of the run; undefined without one. */
  toTag(run: ScriptRun): string | undefined;
  /** Sends a request of this host's own and waits for its final reply, a made-up 408 where none comes. */
  request(request: OwnRequest): Promise<OwnOutcome>;
}

export function apiOf(
  requests: Requests,
  ownRequests: OwnRequests,
  positions: Positions,
): TransactionManager {
  const transactionOf = (run: ScriptRun) => positions.of(run).transaction;
  return {
    transactionOf,
    onTransaction: (hear) => requests.onTransaction(hear),
    onOwnRequest: (hear) => ownRequests.onRequest(hear),
    reply(run, code, reason) {
      if (run.message.method === 'ACK') return true;
      const position = positions.of(run);
      if (!position.transaction || position.isProvisional) {
        const newness = requests.begin(run);
        if (newness === 'absorbed') return true;
      }
      const { transaction } = position;
      return transaction ? requests.answer(transaction, run.message, code, reason) : false;
    },
    toTag: (run) => transactionOf(run)?.toTag,
    request: (request) => ownRequests.request(request),
  };
}
