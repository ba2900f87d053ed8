import { at } from '../versions/order.ts';
import { done, type Edit, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/**
 * What the new version wants loaded: a module for each protocol that a socket speaks (udp and tcp too), and since 3.2
 * the library of tls_mgm, which was OpenSSL before.
 */
export const neededModulesAreLoaded: MigrationRule = (context) => [
  ...protocolModules(context),
  ...tlsLibrary(context),
];

function protocolModules(context: MigrationContext): readonly Step[] {
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
}

function tlsLibrary(context: MigrationContext): readonly Step[] {
  const { modules } = context;
  const manager = modules.get('tls_mgm');
  if (!context.reaches('3.2') || !manager || modules.has('tls_openssl') || modules.has('tls_wolfssl'))
    return [];
  const { statement } = manager;
  const edit: Edit = insertLineBefore(
    context,
    statement.span,
    loadModuleLike(context, statement, 'tls_openssl'),
  );
  return [done(statement.span, 'tls_mgm needs its library loaded since 3.2: tls_openssl', edit)];
}
