import type { EventParam, Events } from '../../runtime/module-exports.ts';
import { nowInSeconds } from './accounting.ts';
import { type Call, callTimes } from './call.ts';
import type { BackendFields } from './fields.ts';
import { kind } from './kinds.ts';
import { coreValues, type Occurrence } from './occurrence.ts';

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
    if (missed) this.#raise('E_ACC_MISSED_EVENT', occurrence, time, this.#times(occurrence));
    else this.#raise('E_ACC_EVENT', occurrence, time, []);
  }

  /** C: acc_evi_cdrs. */
  writeEnd(call: Call): void {
    const { start, created, setupTime, duration, milliseconds } = callTimes(call, this.#alwaysTimes);
    this.#raise('E_ACC_CDR', call.occurrence, start, [
      { name: 'duration', value: duration },
      { name: 'ms_duration', value: milliseconds },
      { name: 'setuptime', value: setupTime },
      { name: 'created', value: created },
    ]);
  }

  #raise(event: string, occurrence: Occurrence, time: number, tail: readonly EventParam[]): void {
    if (!this.#events.isHeard(event)) return;
    const { extraNames, legNames } = this.#fields;
    const head = [
      ...named(coreNames, coreValues(occurrence)),
      { name: 'time', value: time },
      ...named(extraNames, this.#fields.extra(occurrence) ?? []),
    ];
    for (const leg of this.#fields.legs(occurrence) ?? [[]]) {
      this.#events.raise(event, [...head, ...named(legNames, leg), ...tail]);
    }
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
