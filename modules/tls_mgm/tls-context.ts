import type { ModuleHost } from '../../runtime/module-exports.ts';
import type { SecureDomains } from './secure-domains.ts';
import type { SecuredStreams } from './secured-streams.ts';
import type { TlsStatistics } from './statistics.ts';
import type { UncheckedNames } from './unchecked-names.ts';

/** What handshakes work with: one for a host. */
export interface TlsContext {
  readonly host: Pick<ModuleHost, 'log' | 'timers' | 'streams'>;
  readonly statistics: TlsStatistics;
  readonly secured: SecuredStreams;
  readonly now: () => Date;
  /** The domains of the last reading. */
  readonly domains: () => SecureDomains;
  readonly limits: TlsLimits;
  /** Ends each handshake with a server that is under way. */
  readonly attempts: Set<() => void>;
  readonly uncheckedNames: UncheckedNames;
}

export interface TlsLimits {
  /** tls_accept_timeout, milliseconds. */
  readonly acceptTimeout: number;
  /** tls_handshake_timeout, milliseconds. */
  readonly handshakeTimeout: number;
  /** tls_max_hello, bytes. */
  readonly maxHello: number;
}
