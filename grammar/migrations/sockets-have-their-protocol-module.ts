import { at } from '../versions/order.ts';
import { done, type MigrationRule, type Step } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/** A socket needs the module of its protocol loaded, that of udp and tcp too. */
export const socketsHaveTheirProtocolModule: MigrationRule = (context) => {
  const { config, catalogue, modules, to } = context;
  const [first] = context.lines;
  if (!first) return [];
  const wanted = new Map<string, Step>();
  for (const item of config.items) {
    if (item.kind !== 'SocketDefinition') continue;
    const module = at(catalogue.protocol(item.protocol.text), to)?.module;
    if (module === undefined || modules.has(module) || wanted.has(module)) continue;
    const edit = insertLineBefore(
      context,
      first.statement.span,
      loadModuleLike(context, first.statement, module),
    );
    wanted.set(module, done(item.protocol.span, `a socket of ${item.protocol.text} needs ${module}`, edit));
  }
  return [...wanted.values()];
};
