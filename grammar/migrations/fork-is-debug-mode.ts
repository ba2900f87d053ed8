import { done, left, type MigrationRule } from './tools/context.ts';
import { removeStatement } from './tools/lines.ts';

/** `fork` went with 2.2: what runs in front of the terminal says `debug_mode=yes`, or is started with -F. */
export const forkIsDebugMode: MigrationRule = (context) => {
  if (!context.reaches('2.2')) return [];
  const { config } = context;
  const hasMode = config.items.some(
    (item) => item.kind === 'GlobalParameter' && item.name.text === 'debug_mode',
  );
  return config.items.flatMap((item) => {
    if (item.kind !== 'GlobalParameter' || item.name.text !== 'fork') return [];
    if (item.value.kind !== 'Number') {
      return [left(item.span, 'fork is gone', 'take the line out, or write debug_mode=yes for fork=no')];
    }
    if (item.value.value !== 0 || hasMode) {
      return [done(item.span, 'fork is gone; forking is what happens', removeStatement(context, item.span))];
    }
    const edits = [
      { span: item.name.span, text: 'debug_mode' },
      { span: item.value.span, text: 'yes' },
    ];
    return [done(item.span, 'fork=no is now debug_mode=yes', ...edits)];
  });
};
