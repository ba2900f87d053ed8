import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { dated, type VariableEntry } from './entries.ts';

/** What of the log can be changed while the host runs; undefined takes the level of the config. */
export interface LogLevels {
  level: number | undefined;
  xlogLevel: number | undefined;
}

/**
 * `$log_level` and `$xlog_level` (C: set_proc_log_level). They hold for the process until NULL takes them back; here
 * the process is the whole host.
 */
export function logVariables(levels: LogLevels): Readonly<Record<string, VariableEntry>> {
  return {
    log_level: dated(levelVariable(levels, 'level', 'log_level'), { since: '2.2' }),
    xlog_level: dated(levelVariable(levels, 'xlogLevel', 'xlog_level'), { since: '2.3' }),
  };
}

function levelVariable(levels: LogLevels, which: keyof LogLevels, name: string): VariableEntry {
  return {
    facts: {
      description: 'the level up to which lines are logged; NULL for that of the config',
      writable: true,
    },
    behaviour: {
      get: () => levels[which] ?? null,
      set(_run: ScriptRun, _inner: string, value: ScriptValue) {
        if (typeof value === 'string') throw new Error(`input for $${name} found not to be an integer`);
        levels[which] = value ?? undefined;
      },
    },
  };
}
