import type { ModParam } from '../ast.ts';
import { at } from '../versions/order.ts';
import { done, type MigrationContext, type MigrationRule, own, type Step } from './tools/context.ts';
import { insertLineAfter, loadModuleLike, removeStatement } from './tools/lines.ts';

/**
 * TLS domains moved from proto_tls to tls_mgm in 2.2, the timeouts of a connection back from there to the protocols
 * in 3.1.
 */
export const tlsParametersAreOfTlsMgm: MigrationRule = (context) => [
  ...intoTheManager(context),
  ...timeoutsOfProtocols(context),
];

function intoTheManager(context: MigrationContext): readonly Step[] {
  const { catalogue, to, modules } = context;
  const protocol = modules.get('proto_tls');
  if (!context.reaches('2.2') || !protocol) return [];
  const lines = context
    .paramLinesOf('proto_tls')
    .filter(
      ({ module, name }) =>
        module.value === 'proto_tls' &&
        catalogue.renamed('param', name.value, 'proto_tls')?.toModule === 'tls_mgm' &&
        at(catalogue.param('proto_tls', name.value), to) === undefined,
    );
  if (lines.length === 0) return [];
  const steps = lines.map(({ module, name }) =>
    done(module.span, `${name.value} is a parameter of tls_mgm`, { span: module.span, text: '"tls_mgm"' }),
  );
  if (modules.has('tls_mgm')) return steps;
  const { statement } = protocol;
  const load = insertLineAfter(context, statement.span, loadModuleLike(context, statement, 'tls_mgm'));
  return [done(statement.span, 'the domains of TLS are of tls_mgm since 2.2', load), ...steps];
}

/** The parameter of each protocol that took the place of one of tls_mgm. */
const timeouts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tls_handshake_timeout: { proto_tls: 'tls_handshake_timeout', proto_wss: 'wss_tls_handshake_timeout' },
  tls_send_timeout: { proto_tls: 'tls_send_timeout', proto_wss: 'wss_send_timeout' },
};

function timeoutsOfProtocols(context: MigrationContext): readonly Step[] {
  if (!context.reaches('3.1')) return [];
  return context.paramLinesOf('tls_mgm').flatMap((line) => {
    const successors = line.module.value === 'tls_mgm' ? own(timeouts, line.name.value) : undefined;
    return successors ? [moveTimeout(context, line, successors)] : [];
  });
}

function moveTimeout(
  context: MigrationContext,
  line: ModParam,
  successors: Readonly<Record<string, string>>,
): Step {
  const value = context.written(line.value.span);
  const inserts = Object.entries(successors).flatMap(([module, name]) => {
    const loaded = context.modules.get(module);
    if (!loaded || context.paramLinesOf(module).some((other) => other.name.value === name)) return [];
    return [insertLineAfter(context, loaded.statement.span, `modparam("${module}", "${name}", ${value})`)];
  });
  const message = `${line.name.value} is a parameter of each protocol`;
  return done(line.span, message, removeStatement(context, line.span), ...inserts);
}
