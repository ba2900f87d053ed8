import { DEFAULT_FACILITY, facilities } from './facilities.ts';
import { type LogFormat, logFormats } from './formats.ts';
import { DEBUG, NOTICE } from './levels.ts';

/** What a config and the command line decide about the log. */
export interface LogSettings {
  /** Lines up to this level are made (`log_level`; OpenSIPS's numbers). */
  readonly level: number;
  /** The same for xlog (`xlog_level`, since 3.0; before, xlog went by `log_level`). */
  readonly xlogLevel: number;
  /** `log_prefix`, without colon; '' for none. */
  readonly prefix: string;
  /** `syslog_name`, before 3.4 `log_name`. */
  readonly name: string;
  /** `stderror_enabled` */
  readonly stderr: boolean;
  readonly stderrFormat: LogFormat;
  /** `stderror_level_filter`: a narrower limit for this output; 0 for none. */
  readonly stderrFilter: number;
  /** `syslog_enabled` */
  readonly syslog: boolean;
  readonly syslogFormat: LogFormat;
  readonly syslogFilter: number;
  /** A name of the table of facilities. */
  readonly facility: string;
  /** `syslog_server`: `host` or `host:port` that takes RFC 5424 over UDP; '' for the local syslog. */
  readonly syslogServer: string;
}

/** As OpenSIPS before it has read a config. */
export const defaultLogSettings: LogSettings = {
  level: NOTICE,
  xlogLevel: NOTICE,
  prefix: '',
  name: 'opensips',
  stderr: true,
  stderrFormat: 'plain_text',
  stderrFilter: 0,
  syslog: false,
  syslogFormat: 'plain_text',
  syslogFilter: 0,
  facility: DEFAULT_FACILITY,
  syslogServer: '',
};

/** Gives a global parameter of the config by name; undefined where the config does not set it. */
export type GlobalLookup = (name: string) => number | string | undefined;

export interface LogCircumstances {
  /** The level without `log_level`; default NOTICE. */
  readonly baseLevel?: number;
  /** Checks and debug mode write to standard error whatever the config says. */
  readonly stderrOnly?: boolean;
  /** `-D` or `debug_mode`: level DBG and standard error only. */
  readonly debugMode?: boolean;
  /** xlog goes by `log_level` (OpenSIPS before 3.0). */
  readonly xlogByLogLevel?: boolean;
}

/** The globals of the log (cfg.y `assign_stm`), of all versions, → settings. */
export function logSettingsFromGlobals(get: GlobalLookup, circumstances: LogCircumstances = {}): LogSettings {
  const defaults = defaultLogSettings;
  const debugMode = circumstances.debugMode ?? number(get, ['debug_mode'], 0) !== 0;
  const level = debugMode
    ? DEBUG
    : number(get, ['log_level', 'debug'], circumstances.baseLevel ?? defaults.level);
  const stderrOnly = debugMode || circumstances.stderrOnly === true;
  const old = get('log_stderror');
  const toStderr = old === undefined ? defaults.stderr : old !== 0;
  return {
    level,
    xlogLevel: circumstances.xlogByLogLevel ? level : number(get, ['xlog_level'], defaults.xlogLevel),
    prefix: text(get, ['log_prefix'], defaults.prefix),
    name: text(get, ['syslog_name', 'log_name'], defaults.name),
    stderr: stderrOnly || number(get, ['stderror_enabled'], toStderr ? 1 : 0) !== 0,
    stderrFormat: format(get, 'stderror_log_format'),
    stderrFilter: number(get, ['stderror_level_filter'], 0),
    syslog: !stderrOnly && number(get, ['syslog_enabled'], old === undefined || toStderr ? 0 : 1) !== 0,
    syslogFormat: format(get, 'syslog_log_format'),
    syslogFilter: number(get, ['syslog_level_filter'], 0),
    facility: facility(text(get, ['syslog_facility', 'log_facility'], defaults.facility)),
    syslogServer: text(get, ['syslog_server'], defaults.syslogServer),
  };
}

function number(get: GlobalLookup, names: readonly string[], otherwise: number): number {
  for (const name of names) {
    const value = get(name);
    if (typeof value === 'number') return value;
  }
  return otherwise;
}

function text(get: GlobalLookup, names: readonly string[], otherwise: string): string {
  for (const name of names) {
    const value = get(name);
    if (value !== undefined) return String(value);
  }
  return otherwise;
}

function format(get: GlobalLookup, name: string): LogFormat {
  const value = get(name);
  return logFormats.find((known) => known === value) ?? 'plain_text';
}

function facility(name: string): string {
  const known = name.toUpperCase();
  return known in facilities ? known : DEFAULT_FACILITY;
}
