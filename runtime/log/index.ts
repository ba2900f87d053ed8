export { logFormats } from './formats.ts';
export { ALERT, CRITICAL, DEBUG, ERROR, INFO, levelFacts, levels, NOTICE, WARNING } from './levels.ts';
export { createLog, type Log, type LogOptions } from './log.ts';
export {
  defaultLogSettings,
  type LogCircumstances,
  type LogGlobals,
  type LogSettings,
  logSettingsFromGlobals,
} from './settings.ts';
export { formatTime } from './timestamp.ts';
export { DEFAULT_WRITE_PATIENCE, writeAll } from './write-all.ts';
