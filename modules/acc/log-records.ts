import type { Logger } from '../../runtime/module-exports.ts';
import { nowInSeconds } from './accounting.ts';
import type { WriteEnd } from './call.ts';
import type { BackendFields, FieldValues } from './fields.ts';
import { kind } from './kinds.ts';
import { coreValues, keptCoreValues, type Occurrence } from './occurrence.ts';

const coreNames = ['method', 'from_tag', 'to_tag', 'call_id', 'code', 'reason'] as const;

/** A line is not longer (acc.h: MAX_SYSLOG_SIZE, less its end). */
const longest = 65_534;

export interface LogSettings {
  /** A number of OpenSIPS, -3 to 4. */
  readonly level: number;
  readonly facility: string | undefined;
  /** Since 3.2 each line of an accounted request tells when it was made and how long that took. */
  readonly alwaysTimes: boolean;
  /** Since 2.2 the record of a call has its length in milliseconds too. */
  readonly tellsMilliseconds: boolean;
}

/** `transaction answered`, `call missed`, `request accounted`: what the line says in front of its values. */
export type LogTitle = 'transaction answered' | 'call missed' | 'request accounted';

/** Writes lines: `ACC: transaction answered: timestamp=…;method=INVITE;…` (acc.c: acc_log_request). */
export class LogRecords {
  readonly #log: Logger;
  readonly #settings: LogSettings;
  readonly #fields: BackendFields;

  constructor(log: Logger, settings: LogSettings, fields: BackendFields) {
    this.#log = log;
    this.#settings = settings;
    this.#fields = fields;
  }

  write(title: LogTitle, occurrence: Occurrence): void {
    const head = `ACC: ${title}: timestamp=${occurrence.time}${this.#times(occurrence)}`;
    const values = { extra: this.#fields.extra(occurrence), legs: this.#fields.legs(occurrence) };
    this.#put(head, coreValues(occurrence), values);
  }

  /** C: acc_log_cdrs. */
  endOf(occurrence: Occurrence): WriteEnd {
    const core = keptCoreValues(occurrence);
    const fields = this.#fields.ofCall(occurrence);
    return ({ start, created, setupTime, duration, milliseconds }) => {
      const lasted = this.#settings.tellsMilliseconds ? `${duration};ms_duration=${milliseconds}` : duration;
      const head = `created=${created};call_start_time=${start};duration=${lasted};setuptime=${setupTime}`;
      this.#put(`ACC: call ended: ${head}`, core, fields());
    };
  }

  #put(head: string, core: readonly string[], { extra = [], legs = [] }: FieldValues): void {
    const { extraNames, legNames } = this.#fields;
    const values = [
      ...pairs(coreNames, core),
      ...pairs(extraNames, extra),
      ...legs.flatMap((leg) => pairs(legNames, leg)),
    ];
    const { level, facility } = this.#settings;
    this.#log.plain(level, head + this.#cut(values), facility);
  }

  /** Where the call has no time of its own it is 0, and the set-up takes as long as 1970 is ago; so does OpenSIPS. */
  #times({ accounting, missed }: Occurrence): string {
    const told = this.#settings.alwaysTimes || (missed && ((accounting?.kinds.log ?? 0) & kind.cdr) !== 0);
    if (!accounting || !told) return '';
    return `;created=${accounting.created};setuptime=${nowInSeconds() - accounting.created}`;
  }

  /** Values that do not fit are left out, from the first one on. */
  #cut(values: readonly string[]): string {
    const text = values.join('');
    if (text.length <= longest) return text;
    this.#log.warning('acc_log_request', 'acc message too long, truncating..');
    let kept = '';
    for (const value of values) {
      if (kept.length + value.length > longest) break;
      kept += value;
    }
    return kept;
  }
}

function pairs(names: readonly string[], values: readonly string[]): readonly string[] {
  return values.map((value, index) => `;${names[index]}=${value}`);
}
