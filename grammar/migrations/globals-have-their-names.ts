import { at } from '../versions/order.ts';
import { done, type MigrationRule } from './tools/context.ts';

/** Those whose value means something else under the new name, or that need more than a name: rules of their own. */
const others: ReadonlySet<string> = new Set(['fork', 'log_stderror', 'bin_listen']);

/**
 * Core parameters with the same value under another name: children, tcp_children, listen, log_facility, debug …
 * A name that the new version takes with a warning is replaced as well.
 */
export const globalsHaveTheirNames: MigrationRule = ({ config, catalogue, to }) =>
  config.items.flatMap((item) => {
    const name =
      item.kind === 'GlobalParameter'
        ? item.name
        : item.kind === 'SocketDefinition'
          ? item.keyword
          : undefined;
    if (name === undefined || others.has(name.text)) return [];
    const facts = at(catalogue.global(name.text), to);
    const successor = catalogue.renamed('global', name.text)?.to;
    if (successor === undefined || (facts && !facts.refused && !facts.warned)) return [];
    if (at(catalogue.global(successor), to) === undefined) return [];
    return [done(name.span, `${name.text} is now ${successor}`, { span: name.span, text: successor })];
  });
