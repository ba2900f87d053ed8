import type { ModuleHost, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { Contexts } from './contexts.ts';
import type { Counters } from './counters.ts';
import { Dialog, type DialogWishes } from './dialog.ts';
import type { DialogTable } from './dialog-table.ts';
import type { FlagNames } from './flag-names.ts';
import { calleeLeg, callerLeg, contactOf, own, routesToCallee } from './legs.ts';
import type { Profiles } from './profiles.ts';
import { recordRouting } from './record-routing.ts';
import { type DialogEvent, nextState, state } from './states.ts';
import type { Happened, Transaction, TransactionManager } from './transaction-manager.ts';

/** What the parts of the module share. */
export interface DialogParts {
  readonly host: ModuleHost;
  readonly table: DialogTable;
  readonly contexts: Contexts;
  readonly profiles: Profiles;
  readonly counters: Counters;
  readonly flagNames: FlagNames;
  readonly settings: DialogSettings;
  readonly transactions: () => TransactionManager;
}

export interface DialogSettings {
  /** Seconds. */
  readonly defaultTimeout: number;
  /** The parameter of Record-Route with the id. */
  readonly routeParam: string;
  /** 0: by the id alone; 1: by it, else by Call-ID and tags; 2: by these alone. */
  readonly matchMode: number;
  readonly maxDialogs: number;
  readonly maxLegs: number;
}

/** How long an ended dialog is still found, so that requests that cross its BYE belong to it. Milliseconds. */
const linger = 5000;

/** The life of dialogs: what makes them, moves them on and ends them (dlg_handlers.c). */
export class Dialogs {
  readonly #parts: DialogParts;
  /** Called when a dialog is to end because its lifetime is over. */
  readonly #sendByes: (dialog: Dialog) => void;

  constructor(parts: DialogParts, sendByes: (dialog: Dialog) => void) {
    this.#parts = parts;
    this.#sendByes = sendByes;
  }

  /**
   * The dialog of an INVITE that begins one: made, or the one that is there already, which gets the wishes. Undefined for
   * any other request, and where there are as many as there may be. C: dlg_create_dialog.
   */
  create(run: ScriptRun, wishes: DialogWishes | undefined): Dialog | undefined {
    const { message } = run;
    if (message.method !== 'INVITE' || message.to?.tag) return undefined;
    const context = this.#parts.contexts.ensure(run);
    context.dialog ??= this.#make(message, context.timeout);
    const { dialog } = context;
    if (!dialog) return undefined;
    if (wishes) dialog.wishes = wishes;
    if (context.towards !== undefined) return dialog;
    context.towards = 1;
    this.#addRouteParam(run, dialog);
    const transaction = this.#parts.transactions().transactionOf(run);
    if (transaction) this.follow(transaction, dialog);
    return dialog;
  }

  /** Hears what becomes of the INVITE. */
  follow(transaction: Transaction, dialog: Dialog): void {
    if (dialog.followed) return;
    dialog.followed = true;
    transaction.on('reply-out', (happened) => this.#replied(dialog, transaction.run.message, happened));
    transaction.on('cancelled', ({ request }) => {
      dialog.endReason ??= 'Cancelled';
      if (request) this.#parts.contexts.remember(request, dialog);
    });
    transaction.on('deleted', () => this.move(dialog, 'gone', undefined));
  }

  /**
   * RFC 3261 §12.2.2: a re-INVITE or UPDATE that is accepted gives both sides their new targets. `towards`: the leg that the
   * request goes to.
   */
  refreshTargets(transaction: Transaction, dialog: Dialog, towards: number): void {
    const request = transaction.run.message;
    if ((request.method !== 'INVITE' && request.method !== 'UPDATE') || !request.to?.tag) return;
    transaction.on('reply-out', ({ code, reply }) => {
      if (code < 200 || code >= 300) return;
      const sender = towards === 0 ? dialog.callee : dialog.caller;
      const receiver = dialog.legs[towards];
      if (sender) sender.contact = contactOf(request) || sender.contact;
      if (receiver && reply) receiver.contact = contactOf(reply) || receiver.contact;
    });
  }

  /** What no transaction came of is forgotten. */
  abandon(dialog: Dialog): void {
    if (!dialog.followed) this.move(dialog, 'gone', undefined);
  }

  /** Moves a dialog on, and does what the new state asks for. `run`: of the request that did it. */
  move(dialog: Dialog, event: DialogEvent, run: ScriptRun | undefined): void {
    const before = dialog.state;
    const after = nextState(before, event);
    if (after === before) return;
    dialog.state = after;
    this.#count(before, after);
    this.#raise(dialog, before);
    if (after === state.answered) this.#accept(dialog);
    if (after !== state.deleted) return;
    if (before <= state.early) this.#parts.counters.failed.value++;
    this.#end(dialog, before <= state.early ? undefined : { run });
  }

  /** `$DLG_timeout`: the whole lifetime, from now on where the call is accepted. */
  setLifetime(dialog: Dialog, seconds: number): void {
    dialog.lifetime = seconds;
    if (dialog.isEstablished) this.#startTimer(dialog);
  }

  /** Runs one of the routes that dlg_on_answer and its kin name. */
  runRoute(dialog: Dialog, name: string | undefined): number | Promise<number> {
    if (name === undefined) return 1;
    const { script } = this.#parts.host;
    const run = script.createOwnRun('R');
    this.#parts.contexts.ensure(run).dialog = dialog;
    return script.run('R', name, run);
  }

  stop(): void {
    for (const dialog of this.#parts.table.all()) dialog.timer?.cancel();
  }

  #make(invite: SipMessage, timeout: number | undefined): Dialog | undefined {
    const { table, settings, counters, host } = this.#parts;
    if (invite.callId === '' || !invite.from?.tag) {
      host.log.error('dlg_create_dialog', 'invalid request -> callid or from TAG empty');
      return undefined;
    }
    if (table.size >= settings.maxDialogs) {
      host.log.error('dlg_create_dialog', `there are ${table.size} dialogs, no more than max_dialogs allows`);
      return undefined;
    }
    const { id, number } = table.freeId();
    const lifetime = timeout ?? settings.defaultTimeout;
    const dialog = new Dialog(id, number, own(invite.callId), callerLeg(invite), lifetime);
    table.add(dialog);
    counters.processed.value++;
    return dialog;
  }

  #addRouteParam(run: ScriptRun, dialog: Dialog): void {
    const { settings, host } = this.#parts;
    if (settings.matchMode === 2) return;
    recordRouting(host)?.addParam(run, `;${settings.routeParam}=${dialog.id}`);
  }

  #replied(dialog: Dialog, invite: SipMessage, { code, reply }: Happened): void {
    if (reply) this.#learnCallee(dialog, invite, reply);
    if (code < 200) this.move(dialog, 'provisional', undefined);
    else this.move(dialog, code < 300 ? 'accepted' : 'refused', undefined);
  }

  /** C: push_reply_in_dialog. */
  #learnCallee(dialog: Dialog, invite: SipMessage, reply: SipMessage): void {
    const tag = reply.to?.tag;
    if (tag === undefined) return;
    const { routing, log } = this.#parts.host;
    let at = dialog.legs.findIndex((leg, place) => place > 0 && leg.tag === tag);
    if (at < 0) {
      if (dialog.legs.length > this.#parts.settings.maxLegs) {
        log.error(
          'push_reply_in_dialog',
          `the dialog has ${dialog.legs.length - 1} callees, another is not known`,
        );
        return;
      }
      at = dialog.legs.push(calleeLeg(invite, reply)) - 1;
    }
    const accepts = reply.statusCode >= 200 && reply.statusCode < 300;
    const leg = dialog.legs[at];
    if (!accepts || !leg || dialog.acceptedLeg > 0) return;
    dialog.acceptedLeg = at;
    leg.contact = contactOf(reply) || leg.contact;
    leg.routes = routesToCallee(reply, dialog.routesAbove, routing);
  }

  #accept(dialog: Dialog): void {
    dialog.startTime = Math.floor(Date.now() / 1000);
    this.#startTimer(dialog);
    forget(this.runRoute(dialog, dialog.routes.answer));
  }

  #startTimer(dialog: Dialog): void {
    const { timers } = this.#parts.host;
    dialog.timer?.cancel();
    const milliseconds = dialog.lifetime * 1000;
    dialog.endsAt = timers.now() + milliseconds;
    dialog.timer = timers.coarse(milliseconds, () => void this.#timedOut(dialog));
  }

  /** C: dlg_ontimeout. The route may give it more time. */
  async #timedOut(dialog: Dialog): Promise<void> {
    dialog.timer = undefined;
    await this.runRoute(dialog, dialog.routes.timeout);
    if (dialog.timer || !dialog.isEstablished) return;
    this.#parts.counters.expired.value++;
    if (dialog.wishes.byeOnTimeout) {
      dialog.endReason ??= 'Lifetime Timeout';
      this.#sendByes(dialog);
    }
    this.move(dialog, 'bye', undefined);
  }

  /** `told`: the call took place, and whoever wants to know hears that it is over. */
  #end(dialog: Dialog, told: { run: ScriptRun | undefined } | undefined): void {
    const { profiles, table, host } = this.#parts;
    dialog.timer?.cancel();
    dialog.timer = undefined;
    profiles.removeAll(dialog);
    if (told) dialog.tell('ended', told.run);
    if (told?.run) host.timers.coarse(linger, () => table.remove(dialog));
    else table.remove(dialog);
  }

  #count(before: Dialog['state'], after: Dialog['state']): void {
    const { counters } = this.#parts;
    const isActive = (at: Dialog['state']) => at === state.answered || at === state.confirmed;
    counters.early += Number(after === state.early) - Number(before === state.early);
    counters.active += Number(isActive(after)) - Number(isActive(before));
  }

  #raise(dialog: Dialog, before: Dialog['state']): void {
    const { events } = this.#parts.host;
    if (!events.isHeard('E_DLG_STATE_CHANGED')) return;
    events.raise('E_DLG_STATE_CHANGED', [
      { name: 'id', value: dialog.id },
      { name: 'db_id', value: String(dialog.number) },
      { name: 'callid', value: dialog.callId },
      { name: 'from_tag', value: dialog.caller.tag },
      { name: 'to_tag', value: dialog.callee?.tag ?? '' },
      { name: 'old_state', value: before },
      { name: 'new_state', value: dialog.state },
    ]);
  }
}

/** Nobody waits for a route that the dialog runs; what fails in it is in the log. */
function forget(answer: number | Promise<number>): void {
  if (typeof answer !== 'number') answer.catch(() => undefined);
}
