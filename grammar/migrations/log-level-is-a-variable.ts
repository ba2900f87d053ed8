import { placedCalls, replaceStatement } from './tools/calls.ts';
import { done, type MigrationRule } from './tools/context.ts';

/** `setdebug(4)` is `$log_level = 4` since 2.2; without a number it takes the level of the file again. */
export const logLevelIsAVariable: MigrationRule = (context) => {
  if (!context.reaches('2.2')) return [];
  return placedCalls(context).flatMap((placed) => {
    const { call, as } = placed;
    const [level, ...more] = call.arguments;
    if (call.name.text !== 'setdebug' || as !== 'statement' || more.length > 0) return [];
    if (level !== undefined && level.kind !== 'Number') return [];
    const statement = `$log_level = ${level === undefined ? 'NULL' : level.value}`;
    return [done(call.span, `setdebug is ${statement}`, replaceStatement(context, placed, [statement]))];
  });
};
