import type { StatisticFacts } from '../grammar/index.ts';
import type { Counter, Statistics } from './module-exports.ts';

/** All counters and gauges of one host, by `group:name` as OpenSIPS's management names them. */
export interface StatisticsRegistry {
  /**
   * The counters of one group, made from their facts; of a family (`handshakes_*`) each when it is first asked for.
   * Errors: STATISTIC_UNKNOWN where a name that the facts do not have is asked for.
   */
  group(name: string, facts: Readonly<Record<string, StatisticFacts>>): Statistics;
  /** The present value; undefined where there is no such name. */
  get(name: string): number | undefined;
  /** In the order of registration. */
  entries(): [name: string, value: number][];
}

/** The core's own, as OpenSIPS names them (group `core`). */
export const coreStatistics = {
  rcv_requests: { description: 'requests received' },
  rcv_replies: { description: 'replies received' },
  fwd_requests: { description: 'requests forwarded' },
  fwd_replies: { description: 'replies forwarded' },
  drop_requests: { description: 'requests dropped before or by the script' },
  drop_replies: { description: 'replies dropped before or by the script' },
  err_requests: { description: 'requests that could not be worked on' },
  err_replies: { description: 'replies that could not be worked on' },
  bad_URIs_rcvd: { description: 'messages with a URI that cannot be read' },
  bad_msg_hdr: { description: 'messages with a header that cannot be read' },
  slow_messages: { description: 'messages that took longer than exec_msg_threshold' },
  timestamp: { description: 'seconds since the start', gauge: true },
} as const satisfies Record<string, StatisticFacts>;

export function createStatistics(): StatisticsRegistry {
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, () => number>();

  const read = (name: string) => counters.get(name)?.value ?? gauges.get(name)?.();

  return {
    group(group, facts) {
      const families: string[] = [];
      for (const [name, { gauge }] of Object.entries(facts)) {
        if (name.endsWith('*')) families.push(name.slice(0, -1));
        else if (gauge) gauges.set(`${group}:${name}`, () => 0);
        else counters.set(`${group}:${name}`, { value: 0 });
      }
      const named = (name: string) => {
        if (Object.hasOwn(facts, name) || families.some((family) => name.startsWith(family)))
          return `${group}:${name}`;
        throw unknownStatistic(group, name);
      };
      return {
        counter(name) {
          const key = named(name);
          const counter = counters.get(key) ?? { value: 0 };
          counters.set(key, counter);
          return counter;
        },
        gauge(name, value) {
          gauges.set(named(name), value);
        },
      };
    },
    get: read,
    entries: () => [...counters.keys(), ...gauges.keys()].map((name) => [name, read(name) ?? 0]),
  };
}

function unknownStatistic(group: string, name: string): Error {
  const error = new Error(`the manifest of ${group} names no statistic "${name}"`);
  return Object.assign(error, { code: 'STATISTIC_UNKNOWN' });
}
