import type { ModuleHost } from '../../runtime/module-exports.ts';

/** How contacts are pinged, from the parameters. */
export interface PingSettings {
  /** Seconds. */
  readonly interval: number;
  readonly partitions: number;
  readonly streams: boolean;
  readonly natedOnly: boolean;
  readonly from: string;
  readonly method: string;
  readonly ignoredCodes: ReadonlySet<number>;
  /** Seconds that an answer may take. */
  readonly threshold: number;
  readonly mostLost: number;
  /** The names of branch flags; undefined: nobody has one. */
  readonly sipFlag: string | undefined;
  readonly latencyFlag: string | undefined;
  readonly removeFlag: string | undefined;
}

/** Errors: what OpenSIPS does not start with. */
export function pingSettings({ params }: Pick<ModuleHost, 'params'>): PingSettings {
  const interval = Number(params.natping_interval);
  const sipFlag = flagName(params.sipping_bflag);
  const latencyFlag = flagName(params.sipping_latency_flag);
  const removeFlag = flagName(params.remove_on_timeout_bflag);
  const from = String(params.sipping_from ?? '');
  if (interval > 0 && sipFlag !== undefined && from === '') throw new Error(noFrom);
  const threshold = Number(params.ping_threshold);
  const follows = interval > 0 && sipFlag !== undefined && (latencyFlag ?? removeFlag) !== undefined;
  return {
    interval,
    partitions: Number(params.natping_partitions),
    streams: params.natping_tcp === 1,
    natedOnly: params.ping_nated_only === 1,
    from,
    method: String(params.sipping_method),
    ignoredCodes: ignoredCodes(String(params.sipping_ignore_rpl_codes ?? '')),
    threshold: follows && threshold > interval ? Math.max(1, Math.floor(interval / 2)) : threshold,
    mostLost: Number(params.max_pings_lost),
    sipFlag,
    latencyFlag,
    removeFlag,
  };
}

const noFrom = 'SIP ping enabled, but SIP ping FROM is empty!';

/** What a start says of parameters that do not go together. */
export function tellSettings(
  { params, log }: Pick<ModuleHost, 'params' | 'log'>,
  settings: PingSettings,
): void {
  if (settings.threshold !== params.ping_threshold)
    log.warning(
      'mod_init',
      `ping_threshold is longer than the interval between two pings: ${settings.threshold} s are taken`,
    );
  if (settings.latencyFlag !== undefined && settings.sipFlag === undefined)
    log.error('mod_init', 'SIP ping latency enabled, but sipping_bflag is not set: no latency will be known');
}

/** A flag of 2.x may be a number. */
function flagName(value: ModuleHost['params'][string]): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

/** Errors: a code that no reply has. */
function ignoredCodes(text: string): ReadonlySet<number> {
  const codes = text.split(',').flatMap((word) => (word.trim() === '' ? [] : [Number(word)]));
  const wrong = codes.find((code) => !(Number.isInteger(code) && code >= 100 && code < 700));
  if (wrong !== undefined) throw new Error(`invalid SIP reply code in sipping_ignore_rpl_codes: ${text}`);
  return new Set(codes);
}
