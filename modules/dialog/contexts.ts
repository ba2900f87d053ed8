import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { Dialog } from './dialog.ts';
import type { TransactionManager } from './transaction-manager.ts';

/** What a run knows of dialogs. */
export interface DialogContext {
  dialog: Dialog | undefined;
  /** The leg that the request goes to, as its place in the dialog; undefined where no request was matched. */
  towards: number | undefined;
  /** `$DLG_timeout` set before there was a dialog. */
  timeout: number | undefined;
}

const key = Symbol('dialog');

/** The dialogs of runs: one for all routes of a transaction. */
export class Contexts {
  readonly #transactions: () => TransactionManager;
  readonly #ofMessages = new WeakMap<SipMessage, Dialog>();

  constructor(transactions: () => TransactionManager) {
    this.#transactions = transactions;
  }

  of(run: ScriptRun): DialogContext | undefined {
    const own = run.storage.get(key) as DialogContext | undefined;
    if (own) return own;
    return this.#transactions().transactionOf(run)?.run.storage.get(key) as DialogContext | undefined;
  }

  dialogOf(run: ScriptRun): Dialog | undefined {
    return this.of(run)?.dialog ?? this.#ofMessages.get(run.message);
  }

  /** A CANCEL belongs to the dialog of what it has cancelled. */
  remember(message: SipMessage, dialog: Dialog): void {
    this.#ofMessages.set(message, dialog);
  }

  ensure(run: ScriptRun): DialogContext {
    const known = this.of(run);
    if (known) return known;
    const made: DialogContext = { dialog: undefined, towards: undefined, timeout: undefined };
    run.storage.set(key, made);
    return made;
  }
}
