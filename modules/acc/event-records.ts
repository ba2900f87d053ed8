import type { EventParam, Events } from '../../runtime/module-exports.ts';
import { nowInSeconds } from './accounting.ts';
import type { WriteEnd } from './call.ts';
import type { BackendFields, FieldValues } from './fields.ts';
import { kind } from './kinds.ts';
import { coreValues, keptCoreValues, type Occurrence } from './occurrence.ts';

const coreNames = ['method', 'from_tag', 'to_tag', 'callid', 'sip_code', 'sip_reason'] as const;

/** Raises E_ACC_EVENT, and E_ACC_MISSED_EVENT for calls that were missed; one for each leg (acc.c: acc_evi_request). */
export class EventRecords {
  readonly #events: Events;
  readonly #fields: BackendFields;
  /** Since 3.2 the times of each missed call are told, before only of those with a record at their end. */
  readonly #alwaysTimes: boolean;

  constructor(events: Events, fields: BackendFields, alwaysTimes: boolean) {
    this.#events = events;
    this.#fields = fields;
    this.#alwaysTimes = alwaysTimes;
  }

  write(occurrence: Occurrence): void {
    const { missed, time } = occurrence;
    const event = missed ? 'E_ACC_MISSED_EVENT' : 'E_ACC_EVENT';
    if (!this.#events.isHeard(event)) return;
    const values = { extra: this.#fields.extra(occurrence), legs: this.#fields.legs(occurrence) };
    this.#raise(event, coreValues(occurrence), time, values, missed ? this.#times(occurrence) : []);
  }

  /** C: acc_evi_cdrs. */
  endOf(occurrence: Occurrence): WriteEnd {
    const core = keptCoreValues(occurrence);
    const fields = this.#fields.ofCall(occurrence);
    return ({ start, created, setupTime, duration, milliseconds }) => {
      if (!this.#events.isHeard('E_ACC_CDR')) return;
      this.#raise('E_ACC_CDR', core, start, fields(), [
        { name: 'duration', value: duration },
        { name: 'ms_duration', value: milliseconds },
        { name: 'setuptime', value: setupTime },
        { name: 'created', value: created },
      ]);
    };
  }

  #raise(
    event: string,
    core: readonly string[],
    time: number,
    { extra = [], legs = [[]] }: FieldValues,
    tail: readonly EventParam[],
  ): void {
    const { extraNames, legNames } = this.#fields;
    const head = [...named(coreNames, core), { name: 'time', value: time }, ...named(extraNames, extra)];
    for (const leg of legs) this.#events.raise(event, [...head, ...named(legNames, leg), ...tail]);
  }

  #times({ accounting }: Occurrence): readonly EventParam[] {
    const told = this.#alwaysTimes || ((accounting?.kinds.evi ?? 0) & kind.cdr) !== 0;
    const created = accounting && told ? accounting.created : 0;
    const setupTime = accounting && told ? nowInSeconds() - created : 0;
    return [
      { name: 'setuptime', value: setupTime },
      { name: 'created', value: created },
    ];
  }
}

/** Every name has its parameter, '' where there is no value. */
function named(names: readonly string[], values: readonly string[]): readonly EventParam[] {
  return names.map((name, index) => ({ name, value: values[index] ?? '' }));
}
