import type { ModuleHost, ScriptRun, SipMessage, UriParts } from '../../runtime/module-exports.ts';
import type { DialogContext } from './contexts.ts';
import type { Leg } from './legs.ts';
import { state } from './states.ts';

/** What validate_dialog answers (dlg_handlers.c: dlg_validate_dialog). */
export const verdict = { valid: 1, cseq: -1, target: -2, routes: -3, none: -4 } as const;

/** Whether a request within a dialog is what the dialog knows: CSeq, remote target, routes. */
export function validate(run: ScriptRun, context: DialogContext | undefined, host: ModuleHost): number {
  const { dialog, towards } = context ?? {};
  const leg = towards === undefined ? undefined : dialog?.legs[towards];
  if (!dialog || !leg) {
    host.log.error('w_validate_dialog', dialog ? 'validate function before having a dialog' : 'null dialog');
    return verdict.none;
  }
  const sender = towards === 0 ? dialog.callee : dialog.caller;
  if (!hasNewCseq(run.message, leg, sender)) return verdict.cseq;
  if (dialog.state <= state.early) return verdict.valid;
  const { routing, log } = host;
  if (leg.contact !== '' && !isSameUri(run.message.requestUri, leg.contact, routing)) {
    log.error(
      'dlg_validate_dialog',
      `failed to validate remote contact: dlg=[${leg.contact}] , req=[${run.message.requestUri}]`,
    );
    return verdict.target;
  }
  return hasRoutes(run.message, leg, routing) ? verdict.valid : verdict.routes;
}

/** An ACK has the number of its INVITE, every other request a higher one than the last. */
function hasNewCseq({ method, cseq }: SipMessage, leg: Leg, sender: Leg | undefined): boolean {
  const number = cseq?.number ?? 0;
  if (method === 'ACK') return number === sender?.inviteCseq;
  return number > (leg.previousCseq ?? leg.cseq);
}

/** Those that loose_route has left. */
function hasRoutes(message: SipMessage, leg: Leg, routing: ModuleHost['routing']): boolean {
  const routes = remainingRoutes(message, routing);
  if (routes.length !== leg.routes.length) return false;
  return routes.every((route, at) => {
    const [own = '', known = ''] = [route, leg.routes[at] ?? ''].map((text) => uriOf(text, routing));
    return isSameUri(own, known, routing);
  });
}

function remainingRoutes(message: SipMessage, routing: ModuleHost['routing']): readonly string[] {
  const routes: string[] = [];
  for (let at = message.findHeader('Route'); at >= 0; at = message.findHeader('Route', at + 1)) {
    if (!message.edits.isRemoved(at)) routes.push(...routing.values(message.headerValue(at)));
  }
  return routes.filter((route) => {
    const uri = routing.uri(uriOf(route, routing));
    return !uri || !routing.isMyself(uri.host, uri.port);
  });
}

function uriOf(route: string, routing: ModuleHost['routing']): string {
  return routing.nameAddress(route)?.uri ?? route;
}

/** RFC 3261 §19.1.4, as far as a dialog's own URIs go: user, host and port, and the parameters that both have. */
function isSameUri(one: string, other: string, routing: ModuleHost['routing']): boolean {
  const [a, b] = [routing.uri(one), routing.uri(other)];
  if (!a || !b) return one === other;
  return a.scheme === b.scheme && a.user === b.user && isSamePlace(a, b) && haveSameParams(a, b);
}

function isSamePlace(a: UriParts, b: UriParts): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;
}

function haveSameParams(a: UriParts, b: UriParts): boolean {
  for (const [name, value] of a.params) {
    const own = b.params.get(name);
    if (own === undefined ? mustBeInBoth.has(name) : own.toLowerCase() !== value.toLowerCase()) return false;
  }
  return ![...mustBeInBoth].some((name) => b.params.has(name) && !a.params.has(name));
}

const mustBeInBoth: ReadonlySet<string> = new Set(['user', 'ttl', 'method', 'maddr', 'transport']);
