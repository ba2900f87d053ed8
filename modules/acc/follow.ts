import type { Logger, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { Accounting, Accountings } from './accounting.ts';
import type { Calls } from './calls.ts';
import type { Dialog } from './dialog-manager.ts';
import { anyHas, type Kinds, kind } from './kinds.ts';
import { replyOccurrence } from './occurrence.ts';
import { type Records, writeAll } from './records.ts';
import type { Happened, Transaction } from './transaction-manager.ts';

/** What is wanted of a transaction at the moment, and that a missed call is told once only. */
export interface Wishes {
  of(accounting: Accounting, request: SipMessage): Readonly<Kinds>;
  missedIsTold(accounting: Accounting, request: SipMessage): void;
}

/** As do_accounting and drop_accounting have left it. */
export const wishesOfScript: Wishes = {
  of: ({ kinds }) => kinds,
  missedIsTold({ kinds }) {
    kinds.evi &= ~kind.missed;
    kinds.log &= ~kind.missed;
    kinds.db &= ~kind.missed;
  },
};

export interface FollowSettings {
  /** Provisional replies with a body count as answers. */
  readonly earlyMedia: boolean;
  readonly missedTable: string;
  /** The table of what is answered, where it names none itself. */
  table(transaction: Transaction): string;
}

/** Writes down what becomes of transactions (acc_logic.c: acc_onreply, on_missed). */
export class Follower {
  readonly #settings: FollowSettings;
  readonly #wishes: Wishes;
  readonly #records: Records;
  readonly #accountings: Accountings;
  readonly #log: Logger;
  readonly #calls: Calls;
  readonly #followed = new WeakSet<Transaction>();
  /** The dialog of a run; undefined where there are none. */
  readonly #dialogOf: (run: ScriptRun) => Dialog | undefined;

  constructor(
    settings: FollowSettings,
    wishes: Wishes,
    records: Records,
    accountings: Accountings,
    log: Logger,
    calls: Calls,
    dialogOf: (run: ScriptRun) => Dialog | undefined,
  ) {
    this.#calls = calls;
    this.#dialogOf = dialogOf;
    this.#settings = settings;
    this.#wishes = wishes;
    this.#records = records;
    this.#accountings = accountings;
    this.#log = log;
  }

  /**
   * Hears of a transaction from now on. `Deviation:` once, also where all accounting was dropped and asked for again in
   * between, which writes every record twice there.
   */
  follow(transaction: Transaction, accounting: Accounting): void {
    if (this.#followed.has(transaction)) return;
    this.#followed.add(transaction);
    transaction.on('reply-in', ({ reply }) => this.#accountings.takeFromReply(reply, accounting));
    transaction.on('failure', (happened) => this.#missed(transaction, accounting, happened));
    transaction.on('reply-out', (happened) => this.#replied(transaction, accounting, happened));
  }

  /** Of a request that this host has made there is nothing before its final reply (TMCB_LOCAL_COMPLETED). */
  followOwn(transaction: Transaction, accounting: Accounting): void {
    transaction.on('reply-in', ({ reply }) => this.#accountings.takeFromReply(reply, accounting));
    transaction.on('completed', (happened) => {
      if (happened.code >= 300) this.#missed(transaction, accounting, happened);
      this.#replied(transaction, accounting, happened);
    });
  }

  #replied(transaction: Transaction, accounting: Accounting, happened: Happened): void {
    if (transaction.isInvite && happened.code >= 300) this.#missed(transaction, accounting, happened);
    const kinds = this.#wishes.of(accounting, transaction.request);
    if (!this.#isOfInterest(kinds, happened)) return;
    const table = accounting.table ?? this.#settings.table(transaction);
    const occurrence = replyOccurrence(transaction.run, happened, accounting, false);
    const dialog = this.#dialogOfCall(transaction, kinds, happened.code);
    if (dialog) {
      this.#calls.begin(dialog, accounting, occurrence, kinds, table);
      return;
    }
    writeAll(
      this.#records,
      occurrence,
      kinds,
      { title: 'transaction answered', table, bit: kind.answered },
      this.#log,
    );
  }

  #missed(transaction: Transaction, accounting: Accounting, happened: Happened): void {
    const { request = transaction.request } = happened;
    const kinds = { ...this.#wishes.of(accounting, request) };
    if (!anyHas(kinds, kind.missed)) return;
    const { missedTable: table } = this.#settings;
    writeAll(
      this.#records,
      replyOccurrence(transaction.run, happened, accounting, true),
      kinds,
      { title: 'call missed', table, bit: kind.missed },
      this.#log,
    );
    this.#wishes.missedIsTold(accounting, request);
  }

  /** Of a call that was accepted, and whose record is written at its end. */
  #dialogOfCall({ run, isInvite }: Transaction, kinds: Readonly<Kinds>, code: number): Dialog | undefined {
    if (!isInvite || code < 200 || code >= 300 || !anyHas(kinds, kind.cdr) || run.message.to?.tag)
      return undefined;
    return this.#dialogOf(run);
  }

  /** C: should_acc_reply. That negative replies are wanted holds for all backends, whichever it was said of. */
  #isOfInterest(kinds: Readonly<Kinds>, { code, reply }: Happened): boolean {
    if (!anyHas(kinds, kind.answered)) return false;
    if (code >= 300) return anyHas(kinds, kind.failed);
    return code >= 200 || (this.#settings.earlyMedia && Number(reply?.header('Content-Length') ?? 0) > 0);
  }
}
