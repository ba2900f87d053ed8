import type { ModuleHost, SipMessage } from '../../runtime/module-exports.ts';
import type { Leg } from './legs.ts';

/**
 * Gives a request within a dialog the Request-URI and the routes that the dialog knows for its way (RFC 3261 §12.2.1.1;
 * dlg_handlers.c: fix_route_dialog).
 */
export function fixRoute(message: SipMessage, leg: Leg, routing: ModuleHost['routing']): void {
  for (let at = message.findHeader('Route'); at >= 0; at = message.findHeader('Route', at + 1)) {
    message.edits.remove(at);
  }
  const [first] = leg.routes;
  const next = first === undefined ? undefined : (routing.nameAddress(first)?.uri ?? first);
  const isStrict = next !== undefined && !routing.uri(next)?.params.has('lr');
  message.destinationUri = isStrict ? undefined : next;
  if (isStrict) {
    message.requestUri = next;
    addRoutes(message, [...leg.routes.slice(1), `<${leg.contact}>`]);
    return;
  }
  if (leg.contact !== '') message.requestUri = leg.contact;
  addRoutes(message, leg.routes);
}

function addRoutes(message: SipMessage, routes: readonly string[]): void {
  if (routes.length > 0) message.edits.insert(routes.map((route) => `Route: ${route}\r\n`).join(''));
}
