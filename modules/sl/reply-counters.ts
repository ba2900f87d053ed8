import type { Counter, Statistics } from '../../runtime/module-exports.ts';

/** The statistics of sl. */
interface ReplyCounters {
  sent(code: number): void;
  errorSent(): void;
  acknowledged(): void;
}

/** `enabled` false: nothing is counted (enable_stats=0). */
export function createReplyCounters(statistics: Statistics, enabled: boolean): ReplyCounters {
  const step = enabled ? 1 : 0;
  const classes = [1, 2, 3, 4, 5, 6].map((digit) => statistics.counter(`${digit}xx_replies`));
  const all = statistics.counter('sent_replies');
  const errors = statistics.counter('sent_err_replies');
  const acks = statistics.counter('received_ACKs');
  const count = (counter: Counter | undefined) => {
    if (counter) counter.value += step;
  };
  return {
    sent(code) {
      count(classes[Math.trunc(code / 100) - 1]);
      count(all);
    },
    errorSent: () => count(errors),
    acknowledged: () => count(acks),
  };
}
