import { placedCalls, spanOfCall, textsOf } from './tools/calls.ts';
import { done, type MigrationRule } from './tools/context.ts';

/** `is_user("john")` of uri asked for the name in the credentials: since 3.0 `$au == "john"`. */
export const usersAreCompared: MigrationRule = (context) => {
  if (!context.reaches('3.0') || context.signaturesOf('is_user', 'function').length > 0) return [];
  return placedCalls(context).flatMap(({ call, as }) => {
    const [user = ''] = textsOf(context, call) ?? [];
    if (call.name.text !== 'is_user' || as !== 'question' || user === '') return [];
    const text = `($au == "${user}")`;
    return [done(call.span, `is_user is ${text}`, { span: spanOfCall(context, call), text })];
  });
};
