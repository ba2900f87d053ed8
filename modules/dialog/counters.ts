import type { ModuleHost, StatisticFacts } from '../../runtime/module-exports.ts';

export const statisticFacts: Readonly<Record<string, StatisticFacts>> = {
  active_dialogs: { description: 'dialogs that are accepted and not ended', gauge: true },
  early_dialogs: { description: 'dialogs that ring', gauge: true },
  processed_dialogs: { description: 'dialogs that were created' },
  expired_dialogs: { description: 'dialogs whose lifetime was over' },
  failed_dialogs: { description: 'dialogs that were refused or never answered' },
};

/** What is counted of dialogs. */
export interface Counters {
  active: number;
  early: number;
  readonly processed: { value: number };
  readonly expired: { value: number };
  readonly failed: { value: number };
}

export function createCounters({ statistics }: ModuleHost): Counters {
  const counters: Counters = {
    active: 0,
    early: 0,
    processed: statistics.counter('processed_dialogs'),
    expired: statistics.counter('expired_dialogs'),
    failed: statistics.counter('failed_dialogs'),
  };
  statistics.gauge('active_dialogs', () => counters.active);
  statistics.gauge('early_dialogs', () => counters.early);
  return counters;
}
