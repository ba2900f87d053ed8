import type { Span } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { howToLoad } from './facts/loading.ts';
import { findProtocol } from './facts/protocols.ts';

/** The protocol of every socket, those of `-l` included, has a loaded module that handles it. */
export const listenerHasProtocolModule: Check = (context) => [
  ...context.config.items.flatMap((item) =>
    item.kind === 'SocketDefinition'
      ? judge({ protocol: item.protocol.text, span: item.protocol.span, context: item.span }, context)
      : [],
  ),
  ...(context.environment.extraListeners ?? []).flatMap((protocol) =>
    judge({ protocol, span: startOfText }, context),
  ),
];

/** What the command line asks for has no place in the text. */
const startOfText: Span = { start: 0, end: 0 };

interface Listener {
  readonly protocol: string;
  readonly span: Span;
  readonly context?: Span;
}

function judge(listener: Listener, context: CheckContext): readonly Diagnostic[] {
  const { environment, modules, absence } = context;
  const { span } = listener;
  const protocol = listener.protocol.toLowerCase();
  const details = { ...(listener.context && { context: listener.context }) };
  const answer = findProtocol(protocol, environment, modules);
  switch (answer.state) {
    case 'unknown':
      return [
        diagnostic('unknown-protocol', span, `there is no protocol ${listener.protocol}`, {
          ...details,
          ...(answer.near !== undefined && {
            help: `did you mean ${answer.near}?`,
            fix: { span, text: answer.near },
          }),
        }),
      ];
    case 'not loaded':
      return [
        diagnostic(
          'protocol-without-module',
          span,
          `no loaded module handles ${protocol}: it needs ${answer.module}`,
          { ...details, help: howToLoad([answer.module], 'take the socket out', environment) },
        ),
      ];
    case 'not in tsips':
      return [
        diagnostic(
          'protocol-not-in-tsips',
          span,
          `${protocol} is a protocol of OpenSIPS that tsips does not have`,
          { ...details, severity: absence },
        ),
      ];
    case 'inert': // told once for its module, in module-that-is-used-exists.ts
    case 'hidden':
    case 'ours':
      return [];
  }
}
