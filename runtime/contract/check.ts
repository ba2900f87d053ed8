/** What a check is told, and tells. Types only. */

import type { ListenSocket } from './network.ts';

/** One thing that is wrong with what a parameter names. */
export interface ModuleFinding {
  /** Stable, in words joined by hyphens; it is told behind the module's name: `tls_mgm/certificate-expired`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  /** What is wrong. */
  readonly message: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly help: string;
  /** The parameter that it is about, and which of its values, counted from 0. Default: the `loadmodule` line. */
  readonly param?: string;
  readonly at?: number;
  /** The module whose line that is. Default: the one that tells it. */
  readonly module?: string;
}

/** What a check is told of the host that would run. */
export interface CheckSurroundings {
  /** The sockets of the config, with the ports that they ask for. */
  readonly sockets: readonly ListenSocket[];
  /** The user that the process becomes when its sockets are open (`-u`, `-g`); undefined: it stays who it is. */
  readonly becomes?: { readonly uid?: number | undefined; readonly gid?: number | undefined } | undefined;
}
