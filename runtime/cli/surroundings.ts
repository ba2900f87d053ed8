import type { Log } from '../log/index.ts';
import type { Credentials } from './credentials.ts';
import type { Starter } from './daemon.ts';
import type { Terminal } from './terminal.ts';

/** What a run of the program stands in. */
export interface Surroundings {
  readonly log: Log;
  readonly terminal: Terminal;
  /** Of -u and -g. */
  readonly credentials: Credentials;
  /** The process that waits for the start, where this is its detached child. */
  readonly starter: Starter | undefined;
  /** What the end may take before the process is aborted. Default 60 (config.h SHUTDOWN_TIMEOUT). */
  readonly shutdownSeconds?: number;
}
