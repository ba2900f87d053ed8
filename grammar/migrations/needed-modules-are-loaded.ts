import type { DependencyFacts, Lifetime } from '../catalogue.ts';
import { at, inRange } from '../versions/order.ts';
import { done, type Edit, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/**
 * What the new version wants loaded: a module for each protocol that a socket speaks (udp and tcp too), what loaded
 * modules cannot start without, and since 3.2 the library of tls_mgm, which was OpenSSL before.
 */
export const neededModulesAreLoaded: MigrationRule = (context) => [
  ...protocolModules(context),
  ...dependencies(context),
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

/** With what those need themselves, so that a second run finds nothing. */
function dependencies(context: MigrationContext): readonly Step[] {
  const present = new Set(context.modules.keys());
  return [...context.modules.values()].flatMap(({ name, statement }) =>
    missingBelow(context, name, present).map((wanted) => {
      const edit = insertLineBefore(context, statement.span, loadModuleLike(context, statement, wanted));
      return done(statement.path.span, `${name} needs ${wanted}`, edit);
    }),
  );
}

/** What a module needs and nobody loads, deepest first. Takes it as present from then on. */
function missingBelow({ catalogue, to }: MigrationContext, name: string, present: Set<string>): string[] {
  const missing: string[] = [];
  const visit = (module: string) => {
    const chapter = catalogue.module(module);
    for (const wanted of chapter?.names('dep') ?? []) {
      const needed =
        chapter?.find('dep', wanted).some((facts) => isNeeded(facts) && inRange(to, facts)) ?? false;
      if (!needed || present.has(wanted) || at([catalogue.module(wanted) ?? noVersion], to) === undefined)
        continue;
      present.add(wanted);
      visit(wanted);
      missing.push(wanted);
    }
  };
  visit(name);
  return missing;
}

const isNeeded = ({ missing, param }: DependencyFacts) => missing === 'abort' && param === undefined;
const noVersion: Lifetime = { since: '0.0', until: '0.0' };

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
