import { done, left, type MigrationRule } from './tools/context.ts';

/** What each db_mode is called since 2.4. */
const presets: Readonly<Record<number, string>> = {
  0: 'single-instance-no-db',
  1: 'single-instance-sql-write-through',
  2: 'single-instance-sql-write-back',
  3: 'sql-only',
};

/** db_mode of usrloc is working_mode_preset: since 2.4 in the manual, since 4.0 the only way. */
export const usrlocHasWorkingModes: MigrationRule = (context) => {
  if (!context.reaches('2.4') || !context.modules.has('usrloc')) return [];
  return context.paramLinesOf('usrloc').flatMap((line) => {
    if (line.name.value !== 'db_mode') return [];
    const preset = line.value.kind === 'Number' ? presets[line.value.value] : undefined;
    if (preset === undefined || line.module.value !== 'usrloc') {
      if (!context.reaches('4.0')) return [];
      return [left(line.span, 'db_mode of usrloc is gone', 'write working_mode_preset')];
    }
    const edits = [
      { span: line.name.span, text: '"working_mode_preset"' },
      { span: line.value.span, text: `"${preset}"` },
    ];
    return [done(line.span, `db_mode of usrloc is working_mode_preset ${preset}`, ...edits)];
  });
};
