import { placedCalls, replaceStatement, textsOf } from './tools/calls.ts';
import { done, type MigrationRule } from './tools/context.ts';

/** `fetch_event_params("ip=$avp(ip)")` is `$avp(ip) = $param(ip)` since 3.0; without a name it is the place. */
export const eventParametersAreVariables: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  return placedCalls(context).flatMap((placed) => {
    const { call, as } = placed;
    if (call.name.text !== 'fetch_event_params' || as !== 'statement') return [];
    const [list = ''] = textsOf(context, call) ?? [];
    const parts = list.split(';').filter((part) => part.trim() !== '');
    const assignments = parts.map((part, at) => {
      const [, name, variable] = /^\s*(?:(\w+)\s*=\s*)?(\$\w+(?:\([^()$]+\))?)\s*$/.exec(part) ?? [];
      return variable === undefined ? undefined : `${variable} = $param(${name ?? at + 1})`;
    });
    if (assignments.length === 0 || !assignments.every((one) => one !== undefined)) return [];
    return [
      done(
        call.span,
        'the parameters of an event are $param',
        replaceStatement(context, placed, assignments),
      ),
    ];
  });
};
