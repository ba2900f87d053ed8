import type { Counter, ModuleHost } from '../../runtime/module-exports.ts';
import type { Settings } from './settings.ts';

type Name =
  | 'received_replies'
  | 'relayed_replies'
  | 'local_replies'
  | 'UAS_transactions'
  | 'UAC_transactions'
  | 'timeout_finalresponse'
  | 'timeout_finalresponse_inv'
  | 'retransmission_req_T1_1'
  | 'retransmission_req_T1_2'
  | 'retransmission_req_T1_3'
  | 'retransmission_req_T2'
  | 'retransmission_rpl_T2';

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
  const counters = new Map<string, Counter>();
  const counter = (name: string): Counter => {
    const known = counters.get(name) ?? statistics.counter(name);
    counters.set(name, known);
    return known;
  };
  return {
    count(name) {
      counter(name).value++;
    },
    ended(code) {
      if (code >= 200 && code < 700) counter(`${Math.floor(code / 100)}xx_transactions`).value++;
    },
  };
}
