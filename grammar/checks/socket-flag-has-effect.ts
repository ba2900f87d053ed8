import type { SocketDefinition } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { findProtocol } from './facts/protocols.ts';

/** The flags of a socket for the PROXY protocol do something with its protocol. */
export const socketFlagHasEffect: Check = (context) =>
  context.config.items.flatMap((item) => (item.kind === 'SocketDefinition' ? judge(item, context) : []));

const proxyFlags: readonly string[] = ['allow_proxy_protocol', 'send_proxy_protocol', 'proxy_protocol'];

function judge(
  { protocol, options, span: context }: SocketDefinition,
  { environment, modules }: CheckContext,
): readonly Diagnostic[] {
  const answer = findProtocol(protocol.text, environment, modules);
  if (answer.state !== 'ours' || answer.facts.proxyProtocol) return [];
  return options.flatMap((option) => {
    if (option.kind !== 'FlagOption' || !proxyFlags.includes(option.keyword)) return [];
    const message = `${option.keyword} changes nothing on a socket of ${protocol.text.toLowerCase()}`;
    return [diagnostic('socket-flag-without-effect', option.span, message, { context })];
  });
}
