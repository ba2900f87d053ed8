import type { HostGlobals, SipMessage } from '../../runtime/module-exports.ts';
import type { Branch } from './branch.ts';
import type { Transaction } from './transaction.ts';

const maxForwards = 'Max-Forwards: 70\r\n';

/** The CANCEL of a branch (RFC 3261 §9.1); `reason`: a whole header line. C: build_local. */
export function cancelOf(
  transaction: Transaction,
  branch: Branch,
  reason: string | undefined,
  globals: HostGlobals,
): string {
  const sent = sentHeaders(branch);
  return print('CANCEL', transaction, branch, globals, {
    from: sent.from,
    to: sent.to,
    reason,
    routes: sent.routes,
  });
}

/** The ACK to a final reply that is no 2xx (RFC 3261 §17.1.1.3): To is that of the reply. */
export function ackOf(
  transaction: Transaction,
  branch: Branch,
  reply: SipMessage,
  globals: HostGlobals,
): string {
  const { from, routes } = sentHeaders(branch);
  return print('ACK', transaction, branch, globals, {
    from,
    to: lineOf(reply, 'To'),
    reason: undefined,
    routes,
  });
}

interface Lines {
  readonly from: string;
  readonly to: string;
  readonly routes: string;
  readonly reason: string | undefined;
}

function print(
  method: string,
  { extraHeaders = '', request }: Transaction,
  { uri, via }: Branch,
  globals: HostGlobals,
  { from, to, routes, reason = '' }: Lines,
): string {
  return (
    `${method} ${uri} SIP/2.0\r\n` +
    `Via: ${via}\r\n` +
    from +
    lineOf(request, 'Call-ID') +
    to +
    `CSeq: ${request.cseq?.number ?? 0} ${method}\r\n` +
    maxForwards +
    routes +
    reason +
    extraHeaders +
    userAgentLine(globals) +
    'Content-Length: 0\r\n\r\n'
  );
}

/** From, To and Route as the branch carried them: a branch_route may have changed them. */
function sentHeaders({ text }: Branch): { from: string; to: string; routes: string } {
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2);
  const first = (pattern: RegExp) => pattern.exec(head)?.[0].slice(2) ?? '';
  return {
    from: first(/\r\n(?:From|f)[ \t]*:[^\r]*(?:\r\n[ \t][^\r]*)*\r\n/i),
    to: first(/\r\n(?:To|t)[ \t]*:[^\r]*(?:\r\n[ \t][^\r]*)*\r\n/i),
    routes: head.match(/^Route[ \t]*:[^\r]*(?:\r\n[ \t][^\r]*)*\r\n/gim)?.join('') ?? '',
  };
}

function lineOf(message: SipMessage, name: string): string {
  return `${name}: ${message.header(name) ?? ''}\r\n`;
}

/** C: user_agent_header, where server_signature is on. */
export function userAgentLine(globals: HostGlobals): string {
  if (globals.serverHeader === undefined) return '';
  const given = globals.get('user_agent_header');
  return typeof given === 'string' && given !== ''
    ? `${given}\r\n`
    : `${globals.serverHeader.replace(/^Server:/i, 'User-Agent:')}\r\n`;
}
