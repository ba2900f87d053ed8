import { at } from '../versions/order.ts';
import { done, type MigrationRule } from './tools/context.ts';

/** A module parameter is a number or a string as the new version says: `"5"` or 5. Flags have a rule of their own. */
export const parameterValuesHaveTheirType: MigrationRule = (context) =>
  [...context.modules.keys()].flatMap((module) =>
    context.paramLinesOf(module).flatMap(({ name, value }) => {
      const type = at(context.catalogue.param(module, name.value), context.to)?.type;
      if (type === 'int' && value.kind === 'String' && /^-?\d+$/.test(value.value)) {
        const text = String(Number(value.value));
        return [done(value.span, `${name.value} of ${module} is a number`, { span: value.span, text })];
      }
      if (type === 'string' && value.kind === 'Number' && !/_[bs]?flag$/.test(name.value)) {
        const text = `"${context.written(value.span)}"`;
        return [done(value.span, `${name.value} of ${module} is a string`, { span: value.span, text })];
      }
      return [];
    }),
  );
