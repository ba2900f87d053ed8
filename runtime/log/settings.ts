import { DEFAULT_FACILITY, facilities } from './facilities.ts';
import { type LogFormat, logFormats } from './formats.ts';
import { NOTICE } from './levels.ts';

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

/** The core's globals, under the names of the newest version that has them (`runtime/globals.ts`). */
export interface LogGlobals {
  /** What the config says, else the default of its version. */
  get(name: string): number | string | undefined;
  /** Only what the config, or the command line, says. */
  given(name: string): number | string | undefined;
}

export interface LogCircumstances {
  /** The level where the config has no `log_level`: `-d` raises it. Default NOTICE. */
  readonly baseLevel?: number;
  /** Checks write to standard error whatever the config says. */
  readonly stderrOnly?: boolean;
}

/** The globals of the log (cfg.y `assign_stm`) → settings. */
export function logSettingsFromGlobals(
  globals: LogGlobals,
  circumstances: LogCircumstances = {},
): LogSettings {
  const defaults = defaultLogSettings;
  const { get, given } = globals;
  const level = asNumber(given('log_level'), circumstances.baseLevel ?? defaults.level);
  const stderrOnly = circumstances.stderrOnly === true;
  return {
    level,
    xlogLevel: asNumber(get('xlog_level'), level),
    prefix: asText(get('log_prefix'), defaults.prefix),
    name: asText(get('syslog_name'), defaults.name),
    stderr: stderrOnly || asNumber(get('stderror_enabled'), 1) !== 0,
    stderrFormat: asFormat(get('stderror_log_format')),
    stderrFilter: asNumber(get('stderror_level_filter'), 0),
    syslog: !stderrOnly && asNumber(get('syslog_enabled'), 0) !== 0,
    syslogFormat: asFormat(get('syslog_log_format')),
    syslogFilter: asNumber(get('syslog_level_filter'), 0),
    facility: asFacility(asText(get('syslog_facility'), defaults.facility)),
    syslogServer: asText(get('syslog_server'), defaults.syslogServer),
  };
}

function asNumber(value: number | string | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function asText(value: number | string | undefined, otherwise: string): string {
  return value === undefined ? otherwise : String(value);
}

function asFormat(value: number | string | undefined): LogFormat {
  return logFormats.find((known) => known === value) ?? 'plain_text';
}

function asFacility(name: string): string {
  const known = name.toUpperCase();
  return known in facilities ? known : DEFAULT_FACILITY;
}
