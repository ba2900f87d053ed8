import { spanOfCall, textsOf } from './tools/calls.ts';
import { callsOf, done, type MigrationRule } from './tools/context.ts';

/** `filter_body("application/sdp")` kept that part alone: `remove_body_part("application/sdp", "revert")` since 2.3. */
export const otherBodyPartsAreRemoved: MigrationRule = (context) => {
  if (!context.reaches('2.3') || !context.modules.has('sipmsgops')) return [];
  return callsOf(context, 'filter_body').flatMap(({ call }) => {
    const [type = ''] = textsOf(context, call) ?? [];
    if (type === '') return [];
    const text = `remove_body_part("${type}", "revert")`;
    return [done(call.span, `filter_body is ${text}`, { span: spanOfCall(context, call), text })];
  });
};
