import type { Dialog } from './dialog.ts';
import type { Leg } from './legs.ts';
import type { OwnRequest } from './transaction-manager.ts';

/** The BYEs that end a call from its middle: one to each side (dlg_req_within.c: dlg_send_dual_bye). */
export function byesOf(dialog: Dialog, headers: string): readonly OwnRequest[] {
  const { caller, callee } = dialog;
  if (!callee) return [];
  return [bye(dialog, caller, callee, headers), bye(dialog, callee, caller, headers)];
}

function bye({ callId }: Dialog, to: Leg, from: Leg, headers: string): OwnRequest {
  const routes = to.routes.map((route) => `Route: ${route}\r\n`).join('');
  const [firstRoute] = to.routes;
  const nextHop = firstRoute && /<([^>]*)>/.exec(firstRoute)?.[1];
  return {
    method: 'BYE',
    uri: to.contact,
    ...(nextHop !== undefined && { nextHop }),
    from: `${from.address};tag=${from.tag}`,
    to: `${to.address};tag=${to.tag}`,
    headers: `${routes}${headers}`,
    callId,
    cseq: to.cseq + 1,
    socket: to.socket,
  };
}
