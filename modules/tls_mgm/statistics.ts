import type { Counter, StatisticFacts, Statistics } from '../../runtime/module-exports.ts';
import { failureName } from './handshake-failures.ts';

/** The statistics of the group `tls`. */
export const statisticFacts = {
  accepted: { description: 'handshakes of clients that were completed' },
  accept_failed: { description: 'handshakes of clients that failed' },
  accepting: { description: 'handshakes of clients that are under way', gauge: true },
  connected: { description: 'handshakes with servers that were completed' },
  connect_failed: { description: 'handshakes with servers that failed' },
  resumed: { description: 'of those completed: sessions that went on without a full handshake' },
  reloads: { description: 'readings of all files that were taken over' },
  reload_failed: { description: 'readings that were not, because something was wrong' },
  'handshakes_version_*': { description: 'handshakes completed, by TLS version' },
  'handshakes_cipher_*': { description: 'handshakes completed, by cipher suite' },
  'handshakes_domain_*': { description: 'handshakes completed, by domain' },
  'failures_*': { description: 'handshakes that failed, by reason' },
  'days_to_expiry_*': { description: 'days until the certificate of a domain expires', gauge: true },
} as const satisfies Readonly<Record<string, StatisticFacts>>;

/** A handshake that was completed. */
interface Completed {
  readonly side: 'server' | 'client';
  readonly version: string;
  readonly cipher: string;
  readonly domain: string;
  readonly resumed: boolean;
}

/** What tls_mgm counts. */
export class TlsStatistics {
  readonly #statistics: Statistics;

  constructor(statistics: Statistics) {
    this.#statistics = statistics;
  }

  completed({ side, version, cipher, domain, resumed }: Completed): void {
    this.#counter(side === 'server' ? 'accepted' : 'connected').value++;
    if (resumed) this.#counter('resumed').value++;
    this.#counter(`handshakes_version_${version}`).value++;
    this.#counter(`handshakes_cipher_${cipher}`).value++;
    this.#counter(`handshakes_domain_${domain}`).value++;
  }

  failed(side: 'server' | 'client', code: string): void {
    this.#counter(side === 'server' ? 'accept_failed' : 'connect_failed').value++;
    this.#counter(`failures_${failureName(code)}`).value++;
  }

  reloaded(done: boolean): void {
    this.#counter(done ? 'reloads' : 'reload_failed').value++;
  }

  watchAccepting(count: () => number): void {
    this.#statistics.gauge('accepting', count);
  }

  /** `daysLeft` is asked at each reading. */
  watchExpiry(domain: string, daysLeft: () => number): void {
    this.#statistics.gauge(`days_to_expiry_${domain}`, daysLeft);
  }

  #counter(name: string): Counter {
    return this.#statistics.counter(name);
  }
}
