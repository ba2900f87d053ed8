import type { Name } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { findProtocol } from './facts/protocols.ts';

/** The protocols of aliases and blacklists exist; no module has to be loaded for them. */
export const namedProtocolExists: Check = (context) =>
  context.config.items.flatMap((item) => {
    if (item.kind === 'AliasDefinition')
      return item.aliases.flatMap(({ protocol }) => judge(protocol, context));
    if (item.kind === 'Blacklist') return item.rules.flatMap(({ protocol }) => judge(protocol, context));
    return [];
  });

/** In a blacklist and an alias `any` stands for all protocols. */
const anyProtocol = 'any';

function judge(protocol: Name | undefined, { environment, modules }: CheckContext) {
  if (!protocol || protocol.text.toLowerCase() === anyProtocol) return [];
  const answer = findProtocol(protocol.text, environment, modules);
  if (answer.state !== 'unknown') return [];
  const { span, text } = protocol;
  return [
    diagnostic('unknown-protocol', span, `there is no protocol ${text}`, {
      ...(answer.near !== undefined && {
        help: `did you mean ${answer.near}?`,
        fix: { span, text: answer.near },
      }),
    }),
  ];
}
