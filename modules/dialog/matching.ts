import type { ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import type { Dialog } from './dialog.ts';
import type { DialogParts, Dialogs } from './dialogs.ts';
import type { RecordRouting } from './record-routing.ts';
import type { DialogEvent } from './states.ts';

interface Found {
  readonly dialog: Dialog;
  /** The leg that the request goes to. */
  readonly towards: number;
}

/** Finds the dialog of a request within one, and moves it on (dlg_handlers.c: dlg_onroute). */
export class Matching {
  readonly #parts: DialogParts;
  readonly #dialogs: Dialogs;
  readonly #routing: RecordRouting | undefined;

  constructor(parts: DialogParts, dialogs: Dialogs, routing: RecordRouting | undefined) {
    this.#parts = parts;
    this.#dialogs = dialogs;
    this.#routing = routing;
  }

  /** True where the run has its dialog now, or had it. `mode`: as dlg_match_mode. */
  match(run: ScriptRun, mode = this.#parts.settings.matchMode): boolean {
    const { contexts } = this.#parts;
    if (contexts.dialogOf(run)) return true;
    if (!run.message.to?.tag) return false;
    const found = this.#find(run, mode);
    if (!found) return false;
    this.#enter(run, found);
    return true;
  }

  #find(run: ScriptRun, mode: number): Found | undefined {
    const { settings, table, host } = this.#parts;
    const { message } = run;
    if (mode !== 2) {
      const id =
        this.#routing?.routeParam(run, settings.routeParam) ?? idInUri(message, settings.routeParam, host);
      const dialog = id === undefined ? undefined : table.get(id);
      const towards = dialog && legTowards(dialog, message);
      if (dialog && towards !== undefined) return { dialog, towards };
      if (dialog) {
        const { callId } = dialog;
        host.log.warning(
          'dlg_onroute',
          `tight matching failed for ${message.method} with callid='${callId}'`,
        );
      }
      if (mode === 0) return undefined;
    }
    for (const dialog of table.ofCallId(message.callId)) {
      const towards = legTowards(dialog, message);
      if (towards !== undefined) return { dialog, towards };
    }
    return undefined;
  }

  #enter(run: ScriptRun, { dialog, towards }: Found): void {
    const context = this.#parts.contexts.ensure(run);
    context.dialog = dialog;
    context.towards = towards;
    const { method } = run.message;
    if (method === 'BYE') this.#bye(run, dialog, towards);
    else this.#dialogs.move(dialog, events[method] ?? 'request', undefined);
    if (method === 'BYE' || !dialog.isEstablished) return;
    if (context.timeout !== undefined) this.#dialogs.setLifetime(dialog, context.timeout);
    dialog.tell('request', run);
    if (method !== 'ACK') countRequest(dialog, run.message, towards);
  }

  /** One to another callee than the one that has accepted the call ends nothing. */
  #bye(run: ScriptRun, dialog: Dialog, towards: number): void {
    if (!dialog.isEstablished) {
      if (dialog.state === 5) dialog.tell('request', run);
      return;
    }
    if (towards > 0 && towards !== dialog.acceptedLeg) return;
    const { hangup } = dialog.routes;
    const reason = towards === 0 ? 'Upstream BYE' : 'Downstream BYE';
    this.#dialogs.move(dialog, 'bye', run);
    const ran = this.#dialogs.runRoute(dialog, hangup);
    if (typeof ran !== 'number') ran.catch(() => undefined);
    dialog.endReason ??= reason;
  }
}

const events: Readonly<Record<string, DialogEvent>> = { ACK: 'ack' };

/** The place of the leg that the request goes to; undefined where it is of another dialog (dlg_hash.h: match_dialog). */
function legTowards(dialog: Dialog, { callId, from, to }: SipMessage): number | undefined {
  if (dialog.callId !== callId) return undefined;
  const { tag: caller } = dialog.caller;
  if (from?.tag === caller) return placeOf(dialog, to?.tag);
  if (to?.tag === caller && placeOf(dialog, from?.tag) !== undefined) return 0;
  return undefined;
}

function placeOf(dialog: Dialog, tag: string | undefined): number | undefined {
  const at = dialog.legs.findIndex((leg, place) => place > 0 && leg.tag === tag);
  return at < 0 ? undefined : at;
}

/** With the topology hidden the id stands in the URI of this host, where no Route is. */
function idInUri(message: SipMessage, name: string, host: DialogParts['host']): string | undefined {
  const uri = host.routing.uri(message.requestUri);
  if (!uri || message.header('Route') !== undefined) return undefined;
  return host.routing.isMyself(uri.host, uri.port) ? uri.params.get(name.toLowerCase()) : undefined;
}

function countRequest(dialog: Dialog, message: SipMessage, towards: number): void {
  const number = message.cseq?.number ?? 0;
  const leg = dialog.legs[towards];
  const sender = towards === 0 ? dialog.callee : dialog.caller;
  if (leg) {
    leg.previousCseq = leg.cseq;
    leg.cseq = number;
  }
  if (sender && message.method === 'INVITE') sender.inviteCseq = number;
}
