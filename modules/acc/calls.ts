import type { Logger, ScriptRun } from '../../runtime/module-exports.ts';
import type { Accounting, Accountings } from './accounting.ts';
import { callTimes, type WriteEnd } from './call.ts';
import type { Dialog } from './dialog-manager.ts';
import { type Kinds, kind } from './kinds.ts';
import type { Occurrence } from './occurrence.ts';
import { guardedInsert, type Records } from './records.ts';
import type { Transaction, TransactionManager } from './transaction-manager.ts';

/** A call that was accepted, until its record is written. */
interface Call {
  /** Of each backend that has it. */
  readonly writers: readonly WriteEnd[];
  /** Milliseconds since 1970; `end` is 0 while it lasts. */
  readonly start: number;
  end: number;
  written: boolean;
}

export interface CallSettings {
  readonly records: Records;
  readonly accountings: Accountings;
  readonly transactions: () => TransactionManager;
  readonly log: Logger;
  /** Since 3.2 a second that has begun counts. */
  readonly roundsUp: boolean;
}

/** One record for each call, when it is over: E_ACC_CDR, a line, a row (acc_logic.c: acc_dlg_ended, acc_cdr_cb). */
export class Calls {
  readonly #settings: CallSettings;
  readonly #calls = new WeakMap<Accounting, Call>();

  constructor(settings: CallSettings) {
    this.#settings = settings;
  }

  /** The call of an accounting was accepted. `table`: of the database. */
  begin(
    dialog: Dialog,
    accounting: Accounting,
    occurrence: Occurrence,
    kinds: Readonly<Kinds>,
    table: string,
  ): void {
    if (accounting.hasCall) return;
    accounting.hasCall = true;
    const writers = this.#writersOf(occurrence, kinds, table);
    this.#calls.set(accounting, { writers, start: Date.now(), end: 0, written: false });
    dialog.on('request', (run) => run && this.#settings.accountings.adopt(run, accounting));
    dialog.on('ended', (run) => this.#ended(accounting, run));
  }

  /** The script may set values until its BYE is answered. */
  follow(transaction: Transaction, accounting: Accounting): void {
    if (!this.#isPending(accounting)) return;
    const write = () => this.#write(accounting);
    transaction.on('completed', write);
    transaction.on('deleted', write);
  }

  /** A BYE that no transaction came of. */
  runDone(run: ScriptRun): void {
    const accounting = this.#settings.accountings.of(run);
    if (accounting && this.#isPending(accounting) && !this.#settings.transactions().transactionOf(run))
      this.#write(accounting);
  }

  /**
   * `Deviation:` a call whose lifetime ends without any BYE has its record too; there it has none, and the call is never
   * charged.
   */
  #ended(accounting: Accounting, run: ScriptRun | undefined): void {
    const call = this.#calls.get(accounting);
    if (!call || call.end > 0) return;
    call.end = Date.now();
    if (run) this.#settings.accountings.adopt(run, accounting);
    else this.#write(accounting);
  }

  #isPending(accounting: Accounting): boolean {
    const call = this.#calls.get(accounting);
    return call !== undefined && call.end > 0 && !call.written;
  }

  #writersOf(occurrence: Occurrence, kinds: Readonly<Kinds>, table: string): readonly WriteEnd[] {
    const { records, log } = this.#settings;
    const writers: WriteEnd[] = [];
    if (kinds.log & kind.answered) writers.push(records.log.endOf(occurrence));
    if (kinds.db & kind.answered && records.db) {
      const insert = records.db.endOf(table, occurrence);
      writers.push((times) => void guardedInsert(table, () => insert(times), log));
    }
    if (kinds.evi & kind.answered) writers.push(records.evi.endOf(occurrence));
    return writers;
  }

  #write(accounting: Accounting): void {
    const call = this.#calls.get(accounting);
    if (!call || call.written) return;
    call.written = true;
    const times = callTimes(call.start, call.end, accounting.created, this.#settings.roundsUp);
    for (const write of call.writers) write(times);
  }
}
