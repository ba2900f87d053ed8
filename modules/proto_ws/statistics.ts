import type { Counter, StatisticFacts, Statistics } from '../../runtime/module-exports.ts';
import { type DialFailureCode, dialFailures } from './dial-failures.ts';
import { type RefusalCode, refusals } from './refusals.ts';

/** Which side ended a connection. */
type Side = 'us' | 'peer';

/** Close codes of RFC 6455 §7.4.1 that are counted each for itself; all others count as `other`. */
const closeCodes = [1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011] as const;

const endings = {
  us: 'connections closed by this side',
  peer: 'connections closed by the peer',
} as const;

const counterFacts = {
  accepted: { description: 'upgrade requests accepted' },
  refused: { description: 'upgrade requests refused' },
  dialled: { description: 'connections opened to servers' },
  dial_failed: { description: 'connections that could not be opened' },
  messages_received: { description: 'SIP messages received' },
  messages_sent: { description: 'SIP messages sent' },
  bytes_received: { description: 'bytes of frames received' },
  bytes_sent: { description: 'bytes of frames sent' },
  fragments_received: { description: 'frames received that were a part of a message only' },
  pings_received: { description: 'pings answered' },
  pings_sent: { description: 'pings that this side has sent' },
  pongs_received: { description: 'answers to these pings' },
  keepalives_received: { description: 'CRLF keepalives and empty messages' },
  closed_by_us: { description: endings.us },
  closed_by_peer: { description: endings.peer },
} as const satisfies Record<string, StatisticFacts>;

const gaugeFacts = {
  connections: { description: 'connections open now', gauge: true },
  connections_max: { description: 'the most connections that were open at the same time', gauge: true },
  queue: { description: 'bytes that wait to be written now, all connections together', gauge: true },
  queue_max: { description: 'the most bytes that have waited for one connection', gauge: true },
  ping_rtt: { description: 'milliseconds from ping to pong, the last one', gauge: true },
  ping_rtt_max: { description: 'milliseconds from ping to pong, the longest', gauge: true },
} as const satisfies Record<string, StatisticFacts>;

/** The statistics of an engine, for the manifest of its module. */
export const statisticFacts: Readonly<Record<string, StatisticFacts>> = {
  ...gaugeFacts,
  ...counterFacts,
  ...Object.fromEntries([...closeFacts('us'), ...closeFacts('peer')]),
  ...Object.fromEntries(
    Object.entries(refusals).map(([code, { reason }]) => [
      `refused_${code}`,
      { description: `upgrade requests refused: ${reason}` },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(dialFailures).map(([code, reason]) => [
      `dial_failed_${code}`,
      { description: `connections that could not be opened: ${reason}` },
    ]),
  ),
};

function closeFacts(side: Side): [string, StatisticFacts][] {
  return [...closeCodes, 'other'].map((code) => [
    `closed_by_${side}_${code}`,
    { description: `${endings[side]} with code ${code}` },
  ]);
}

type CounterName = keyof typeof counterFacts;

/** What an engine counts. One for all connections of a module. */
export class EngineStatistics {
  readonly counters: Readonly<Record<CounterName, Counter>>;
  readonly #statistics: Statistics;
  /** The bytes that wait for each open connection, asked when somebody reads the statistic. */
  readonly #waiting = new Set<{ readonly waitingBytes: number }>();
  #mostConnections = 0;
  #mostWaiting = 0;
  #roundTrip = 0;
  #longestRoundTrip = 0;

  constructor(statistics: Statistics) {
    this.#statistics = statistics;
    this.counters = Object.fromEntries(
      Object.keys(counterFacts).map((name) => [name, statistics.counter(name)]),
    ) as Record<CounterName, Counter>;
    statistics.gauge('connections', () => this.#waiting.size);
    statistics.gauge('connections_max', () => this.#mostConnections);
    statistics.gauge('queue', () => this.#queue());
    statistics.gauge('queue_max', () => this.#mostWaiting);
    statistics.gauge('ping_rtt', () => Math.round(this.#roundTrip));
    statistics.gauge('ping_rtt_max', () => Math.round(this.#longestRoundTrip));
  }

  opened(connection: { readonly waitingBytes: number }): void {
    this.#waiting.add(connection);
    this.#mostConnections = Math.max(this.#mostConnections, this.#waiting.size);
  }

  gone(connection: { readonly waitingBytes: number }): void {
    this.#waiting.delete(connection);
  }

  /** A connection has so many bytes to write that have not left. */
  waits(bytes: number): void {
    if (bytes > this.#mostWaiting) this.#mostWaiting = bytes;
  }

  /** 1005: a close frame without a code; 1006: no close frame at all (RFC 6455 §7.4.1). */
  closed(side: Side, code: number): void {
    this.counters[`closed_by_${side}`].value++;
    const name = closeCodes.some((known) => known === code) ? code : 'other';
    this.#statistics.counter(`closed_by_${side}_${name}`).value++;
  }

  refused(code: RefusalCode): void {
    this.counters.refused.value++;
    this.#statistics.counter(`refused_${code}`).value++;
  }

  dialFailed(code: DialFailureCode): void {
    this.counters.dial_failed.value++;
    this.#statistics.counter(`dial_failed_${code}`).value++;
  }

  ponged(milliseconds: number): void {
    this.counters.pongs_received.value++;
    this.#roundTrip = milliseconds;
    this.#longestRoundTrip = Math.max(this.#longestRoundTrip, milliseconds);
  }

  #queue(): number {
    let bytes = 0;
    for (const { waitingBytes } of this.#waiting) bytes += waitingBytes;
    return bytes;
  }
}
