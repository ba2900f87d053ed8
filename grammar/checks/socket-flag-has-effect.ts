import type { SocketDefinition } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { ProtocolFacts } from '../manifest.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { findProtocol } from './facts/protocols.ts';

/** The flags of a socket for the PROXY protocol do something with its protocol. */
export const socketFlagHasEffect: Check = (context) =>
  context.config.items.flatMap((item) => (item.kind === 'SocketDefinition' ? judge(item, context) : []));

function judge(
  { protocol, options, span: context }: SocketDefinition,
  { environment, modules }: CheckContext,
): readonly Diagnostic[] {
  const answer = findProtocol(protocol.text, environment, modules);
  if (answer.state !== 'ours') return [];
  return options.flatMap((option) => {
    const message =
      option.kind === 'FlagOption'
        ? idle(option.keyword, protocol.text.toLowerCase(), answer.facts)
        : undefined;
    return message === undefined
      ? []
      : [diagnostic('socket-flag-without-effect', option.span, message, { context })];
  });
}

/** What is to be said of a flag; undefined where it does what it says, or is another one. */
function idle(flag: string, protocol: string, { proxyProtocol }: ProtocolFacts): string | undefined {
  const onThis = `${flag} changes nothing on a socket of ${protocol}`;
  if (flag === 'allow_proxy_protocol') return proxyProtocol ? undefined : onThis;
  if (flag === 'send_proxy_protocol') return onThis;
  if (flag !== 'proxy_protocol') return undefined;
  return proxyProtocol ? `${flag} lets headers in; none is sent` : onThis;
}
