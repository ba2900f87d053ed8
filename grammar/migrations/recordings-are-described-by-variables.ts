import type { Argument } from '../ast.ts';
import { placedCalls, replaceStatement } from './tools/calls.ts';
import { done, type MigrationContext, type MigrationRule } from './tools/context.ts';
import { onlyVariable } from './tools/strings.ts';

/** What the arguments of siprec_start_recording behind the first were; the socket of rtpproxy has no successor. */
const settings: readonly (string | undefined)[] = [
  'group',
  'caller',
  'callee',
  undefined,
  'media',
  'headers',
];

/** Since 3.3 siprec_start_recording() is told of the server alone, and what describes the call stands in `$siprec(…)`. */
export const recordingsAreDescribedByVariables: MigrationRule = (context) => {
  if (!context.crosses('3.3') || !context.modules.has('siprec')) return [];
  return placedCalls(context).flatMap((placed) => {
    const { call, as } = placed;
    const [server, ...others] = call.arguments;
    if (call.name.text !== 'siprec_start_recording' || as !== 'statement' || !server) return [];
    const assigned = others.flatMap((argument, at) => {
      if (argument.kind === 'EmptyArgument') return [];
      const value = valueOfArgument(context, argument);
      const setting = settings[at];
      return [value === undefined || setting === undefined ? undefined : `$siprec(${setting}) = ${value}`];
    });
    if (assigned.length === 0 || !assigned.every((one) => one !== undefined)) return [];
    const now = [...assigned, `siprec_start_recording(${context.written(server.span)})`];
    return [done(call.span, 'what describes a recording is $siprec', replaceStatement(context, placed, now))];
  });
};

/** A text with variables in it cannot be assigned. */
function valueOfArgument(context: MigrationContext, argument: Argument): string | undefined {
  if (argument.kind === 'Variable') return context.written(argument.span);
  if (argument.kind !== 'String') return undefined;
  const variable = onlyVariable(context, argument);
  return variable ?? (argument.value.includes('$') ? undefined : context.written(argument.span));
}
