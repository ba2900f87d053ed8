import { spanOfCall, textsOf } from './tools/calls.ts';
import { callsOf, done, type MigrationRule, own } from './tools/context.ts';

const functions: Readonly<Record<string, string>> = { g: 'remove_hf_glob', r: 'remove_hf_re' };

/** `remove_hf("X-*", "g")` is `remove_hf_glob("X-*")` since 3.0, `"r"` is remove_hf_re. */
export const headersAreRemovedByPattern: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  return callsOf(context, 'remove_hf').flatMap(({ call }) => {
    const [pattern = '', flag = '', ...more] = textsOf(context, call) ?? [];
    const name = own(functions, flag.toLowerCase());
    if (name === undefined || more.length > 0) return [];
    const text = `${name}("${pattern}")`;
    return [done(call.span, `remove_hf with ${flag} is ${name}`, { span: spanOfCall(context, call), text })];
  });
};
