import type { ListenSocket, NameAddress, RoutingTools, SipMessage } from '../../runtime/module-exports.ts';

/** One side of a dialog, as the other side sees it. */
export interface Leg {
  readonly tag: string;
  /** What stands in From or To of its requests, without the tag: `<sip:alice@example.com>`. */
  readonly address: string;
  /** Its Contact; '' where none came. */
  contact: string;
  /** The routes of requests to it, behind this host. */
  routes: readonly string[];
  /** The number of the last CSeq of a request to it, and of the one before. */
  cseq: number;
  previousCseq: number | undefined;
  /** The number of the last INVITE that came from it. */
  inviteCseq: number | undefined;
  readonly socket: ListenSocket | undefined;
}

/** The caller's, of its INVITE. */
export function callerLeg(invite: SipMessage): Leg {
  return {
    tag: own(invite.from?.tag ?? ''),
    address: addressOf(invite.from),
    contact: contactOf(invite),
    routes: invite.headerValues('Record-Route').map(own),
    cseq: 0,
    previousCseq: undefined,
    inviteCseq: invite.cseq?.number,
    socket: invite.source?.socket,
  };
}

/** A callee's, of a reply to that INVITE. */
export function calleeLeg(invite: SipMessage, reply: SipMessage): Leg {
  return {
    tag: own(reply.to?.tag ?? ''),
    address: addressOf(invite.to),
    contact: contactOf(reply),
    routes: [],
    cseq: invite.cseq?.number ?? 0,
    previousCseq: undefined,
    inviteCseq: undefined,
    socket: reply.source?.socket,
  };
}

/**
 * The routes from this host to the callee: the Record-Route of its reply in front of this host's own, turned round (RFC 3261
 * §12.1.2). `above`: how many the INVITE came with.
 */
export function routesToCallee(reply: SipMessage, above: number, tools: RoutingTools): readonly string[] {
  const all = reply.headerValues('Record-Route');
  const known = all.slice(0, Math.max(0, all.length - above));
  while (known.length > 0 && isOwn(known.at(-1) ?? '', tools)) known.pop();
  return known.toReversed().map(own);
}

function isOwn(route: string, tools: RoutingTools): boolean {
  const uri = tools.uri(tools.nameAddress(route)?.uri ?? '');
  return uri !== undefined && tools.isMyself(uri.host, uri.port);
}

export function contactOf(message: SipMessage): string {
  const [first = ''] = message.headerValues('Contact');
  return own(/<([^>]*)>/.exec(first)?.[1] ?? first.split(';')[0]?.trim() ?? '');
}

function addressOf(address: NameAddress | undefined): string {
  return own(`<${address?.uri ?? ''}>`);
}

/** A copy: a part of a message keeps all of it in memory, and dialogs last for hours. */
export function own(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
