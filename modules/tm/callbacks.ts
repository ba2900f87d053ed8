import type { SipMessage } from '../../runtime/module-exports.ts';

/**
 * What other modules hear of a transaction: `reply-in` a reply came from a branch; `reply-out` a reply went upstream (`reply`
 * undefined where it was made here), of 2xx that are the same the first one alone; `failure` all branches failed, before the
 * failure_route; `completed` the transaction has its final reply; `cancelled` the caller's CANCEL came; `acknowledged` an ACK
 * came, to a 2xx too; `deleted` it is gone.
 */
export type TransactionEvent =
  | 'reply-in'
  | 'reply-out'
  | 'failure'
  | 'completed'
  | 'cancelled'
  | 'acknowledged'
  | 'deleted';

export interface Happened {
  readonly code: number;
  readonly reason: string;
  readonly reply: SipMessage | undefined;
  /** The message at hand where it is no reply: the CANCEL, the ACK, the request of a failure_route. */
  readonly request?: SipMessage;
}

type Hearer = (happened: Happened) => void;

/** Who hears what; a transaction that nobody asked about costs nothing. */
export class Callbacks {
  #hearers: Map<TransactionEvent, Hearer[]> | undefined;

  on(event: TransactionEvent, hear: Hearer): void {
    this.#hearers ??= new Map();
    const hearers = this.#hearers.get(event);
    if (hearers) hearers.push(hear);
    else this.#hearers.set(event, [hear]);
  }

  isHeard(event: TransactionEvent): boolean {
    return this.#hearers?.has(event) ?? false;
  }

  tell(event: TransactionEvent, happened: Happened): void {
    if (!this.#hearers) return;
    for (const hear of this.#hearers.get(event) ?? []) hear(happened);
  }
}
