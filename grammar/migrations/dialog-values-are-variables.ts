import { placedCalls, replaceStatement, textsOf } from './tools/calls.ts';
import { done, type MigrationRule } from './tools/context.ts';
import { onlyVariable } from './tools/strings.ts';

/** store_dlg_value takes a variable since 3.4; a text is given to `$dlg_val(name)`, which is the same value. */
export const dialogValuesAreVariables: MigrationRule = (context) => {
  if (!context.reaches('3.4')) return [];
  return placedCalls(context).flatMap((placed) => {
    const { call, as } = placed;
    if (call.name.text !== 'store_dlg_value' || as !== 'statement') return [];
    const [name = '', value] = textsOf(context, call) ?? [];
    const [, given] = call.arguments;
    if (value === undefined || given?.kind !== 'String' || onlyVariable(context, given) !== undefined)
      return [];
    if (!/^[\w.-]+$/.test(name) || value.includes('$')) return [];
    const statement = `$dlg_val(${name}) = "${value}"`;
    return [
      done(
        call.span,
        `store_dlg_value of a text is ${statement}`,
        replaceStatement(context, placed, [statement]),
      ),
    ];
  });
};
