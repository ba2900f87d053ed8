import type { Logger, ScriptRun } from '../../runtime/module-exports.ts';
import type { Accounting, Accountings } from './accounting.ts';
import type { Call } from './call.ts';
import type { Dialog } from './dialog-manager.ts';
import { type Kinds, kind } from './kinds.ts';
import type { Occurrence } from './occurrence.ts';
import { guardedInsert, type Records } from './records.ts';
import type { Transaction, TransactionManager } from './transaction-manager.ts';

/** One record for each call, when it is over: E_ACC_CDR, a line, a row (acc_logic.c: acc_dlg_ended, acc_cdr_cb). */
export class Calls {
  readonly #records: Records;
  readonly #accountings: Accountings;
  readonly #transactions: () => TransactionManager;
  readonly #log: Logger;
  readonly #calls = new WeakMap<Accounting, Call>();

  constructor(
    records: Records,
    accountings: Accountings,
    transactions: () => TransactionManager,
    log: Logger,
  ) {
    this.#records = records;
    this.#accountings = accountings;
    this.#transactions = transactions;
    this.#log = log;
  }

  /** The call of an accounting was accepted. */
  begin(dialog: Dialog, accounting: Accounting, occurrence: Occurrence, kinds: Kinds, table: string): void {
    if (accounting.hasCall) return;
    accounting.hasCall = true;
    this.#calls.set(accounting, {
      occurrence,
      kinds: { ...kinds },
      table,
      start: Date.now(),
      end: 0,
      written: false,
    });
    dialog.on('request', (run) => run && this.#accountings.adopt(run, accounting));
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
    const accounting = this.#accountings.of(run);
    if (accounting && this.#isPending(accounting) && !this.#transactions().transactionOf(run))
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
    if (run) this.#accountings.adopt(run, accounting);
    else this.#write(accounting);
  }

  #isPending(accounting: Accounting): boolean {
    const call = this.#calls.get(accounting);
    return call !== undefined && call.end > 0 && !call.written;
  }

  #write(accounting: Accounting): void {
    const call = this.#calls.get(accounting);
    if (!call || call.written) return;
    call.written = true;
    const { log, evi, db } = this.#records;
    if (call.kinds.log & kind.answered) log.writeEnd(call);
    if (call.kinds.db & kind.answered && db) guardedInsert(call.table, () => db.writeEnd(call), this.#log);
    if (call.kinds.evi & kind.answered) evi.writeEnd(call);
  }
}
