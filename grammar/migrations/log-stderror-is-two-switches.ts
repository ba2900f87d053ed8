import type { GlobalParameter } from '../ast.ts';
import { done, type MigrationRule } from './tools/context.ts';
import { insertLineAfter } from './tools/lines.ts';

/**
 * Since 3.4 the log has a switch for each of its ways: `log_stderror=yes` is `stderror_enabled=yes` and
 * `syslog_enabled=no`. Of two lines the last counts, so only that one needs the second switch.
 */
export const logStderrorIsTwoSwitches: MigrationRule = (context) => {
  if (!context.reaches('3.4')) return [];
  const globals = context.config.items.filter(
    (item): item is GlobalParameter => item.kind === 'GlobalParameter',
  );
  const hasSyslog = globals.some(({ name }) => name.text === 'syslog_enabled');
  const lines = globals.filter(({ name }) => name.text === 'log_stderror');
  return lines.flatMap((line) => {
    if (line.value.kind !== 'Number') return [];
    const rename = { span: line.name.span, text: 'stderror_enabled' };
    if (hasSyslog || line !== lines.at(-1)) {
      return [done(line.span, 'log_stderror is now stderror_enabled', rename)];
    }
    const syslog = `syslog_enabled=${line.value.value === 0 ? 'yes' : 'no'}`;
    const more = insertLineAfter(context, line.span, syslog);
    return [done(line.span, `log_stderror is now stderror_enabled and ${syslog}`, rename, more)];
  });
};
