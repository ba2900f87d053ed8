import { diagnostic, type Note } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import type { InertModule } from './facts/modules.ts';
import { findProtocol } from './facts/protocols.ts';
import { mostOf } from './facts/repeated.ts';

/**
 * A module that OpenSIPS has and tsips has not is an error where routes or sockets use it, told once with all
 * the places; where nothing uses it, it is inert.
 */
export const moduleThatIsUsedExists: Check = (context) =>
  context.modules.inert.map((module) => {
    const uses = usesOf(module, context);
    const { path, span } = module.statement;
    if (uses.length === 0) {
      return diagnostic(
        'module-inert',
        path.span,
        `${module.name} is an OpenSIPS module that tsips does not have; no route uses it, so it is inert`,
        { context: span },
      );
    }
    return diagnostic(
      'module-not-in-tsips',
      path.span,
      `${module.name} is an OpenSIPS module that tsips does not have; used at ${uses.length} place${uses.length === 1 ? '' : 's'}`,
      {
        context: span,
        severity: context.absence,
        notes: mostOf(uses),
        ...(context.environment.inert && {
          why: 'the host starts; its functions fail at their place, its variables are NULL, its sockets stay closed',
          help: 'nothing has to be done where that is meant so; else take its uses out',
        }),
      },
    );
  });

function usesOf(
  module: InertModule,
  context: CheckContext,
): readonly (Note & { readonly span: { start: number } })[] {
  const { calls, variables, names, config, environment, modules } = context;
  const isHere = (answer: { readonly state: string; readonly module?: unknown }) =>
    answer.state === 'inert' && answer.module === module;

  const functions = calls
    .filter(({ answer }) => isHere(answer))
    .map(({ call }) => ({ message: `used here: ${call.name.text}()`, span: call.name.span }));
  const values = variables
    .filter(({ variable }) => isHere(names.variable(variable.name)))
    .map(({ variable }) => ({ message: `used here: $${variable.name}`, span: variable.span }));
  const changes = variables.flatMap(({ variable }) =>
    variable.transformations
      .filter(({ group, operation }) => isHere(names.transformation(`${group}.${operation}`)))
      .map(({ group, operation, span }) => ({ message: `used here: {${group}.${operation}}`, span })),
  );
  const sockets = config.items.flatMap((item) =>
    item.kind === 'SocketDefinition' && isHere(findProtocol(item.protocol.text, environment, modules))
      ? [{ message: `used here: a socket of ${item.protocol.text.toLowerCase()}`, span: item.protocol.span }]
      : [],
  );
  return [...functions, ...values, ...changes, ...sockets].sort((a, b) => a.span.start - b.span.start);
}
