import type { Logger, ScriptRun } from '../../runtime/module-exports.ts';
import { type Accounting, nowInSeconds } from './accounting.ts';
import type { Dialog, DialogManager } from './dialog-manager.ts';

/** Calls that are to have one record at their end, by their dialogs. */
export class BegunCalls {
  readonly #dialogs: DialogManager | undefined;
  readonly #log: Logger;
  readonly #accountings = new WeakMap<Dialog, Accounting>();

  /** `dialogs`: undefined where the module dialog is not there. */
  constructor(dialogs: DialogManager | undefined, log: Logger) {
    this.#dialogs = dialogs;
    this.#log = log;
  }

  get arePossible(): boolean {
    return this.#dialogs !== undefined;
  }

  /**
   * A request that begins something has its time; an INVITE gets a dialog. False where that cannot be had. `Deviation:` what
   * this host has made itself has no dialog, and so a record when it is answered.
   */
  begin(run: ScriptRun, accounting: Accounting): boolean {
    const { message } = run;
    if (message.to?.tag || accounting.created > 0) return true;
    accounting.created = nowInSeconds();
    if (message.method !== 'INVITE' || run.routeLetter === 'L' || !this.#dialogs) return true;
    const dialog = this.#dialogs.create(run);
    if (dialog) this.#accountings.set(dialog, accounting);
    else this.#log.error('w_do_acc', 'cannot use dialog accounting module');
    return dialog !== undefined;
  }

  dialogOf(run: ScriptRun): Dialog | undefined {
    return this.#dialogs?.of(run);
  }

  /** The accounting of the call whose dialog the run has. */
  accountingOf(run: ScriptRun): Accounting | undefined {
    const dialog = this.dialogOf(run);
    return dialog && this.#accountings.get(dialog);
  }
}
