import { callsOf, done, type MigrationRule } from './tools/context.ts';

/** `dp_translate("0", "$rU/$ru")` is `dp_translate(0, "$rU", $ru)` since 3.0. */
export const translationHasItsOutputApart: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  return callsOf(context, 'dp_translate').flatMap(({ call }) => {
    const [, both] = call.arguments;
    if (both?.kind !== 'String') return [];
    const [, input, output] = /^(.+)\/(\$[^/]+)$/.exec(both.value) ?? [];
    if (input === undefined || output === undefined) return [];
    const edits = [{ span: both.span, text: `"${input}", ${output}` }];
    return [done(call.span, 'dp_translate has its input and its output apart', ...edits)];
  });
};
