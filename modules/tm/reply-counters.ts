import type { Counter, ModuleHost } from '../../runtime/module-exports.ts';
import type { Settings } from './settings.ts';

const names = [
  'received_replies',
  'relayed_replies',
  'local_replies',
  'UAS_transactions',
  'UAC_transactions',
  'timeout_finalresponse',
  'timeout_finalresponse_inv',
  'retransmission_req_T1_1',
  'retransmission_req_T1_2',
  'retransmission_req_T1_3',
  'retransmission_req_T2',
  'retransmission_rpl_T2',
] as const;

type Name = (typeof names)[number];

/** The statistics that count. */
export interface ReplyCounters {
  count(name: Name): void;
  /** A transaction has ended with that code. */
  ended(code: number): void;
}

export function createCounters(
  { statistics }: Pick<ModuleHost, 'statistics'>,
  { counts }: Settings,
): ReplyCounters {
  if (!counts) return { count: () => undefined, ended: () => undefined };
  const counters = Object.fromEntries(names.map((name) => [name, statistics.counter(name)])) as Record<
    Name,
    Counter
  >;
  const classes = [2, 3, 4, 5, 6].map((digit) => statistics.counter(`${digit}xx_transactions`));
  return {
    count(name) {
      counters[name].value++;
    },
    ended(code) {
      const counter = classes[Math.floor(code / 100) - 2];
      if (counter) counter.value++;
    },
  };
}
