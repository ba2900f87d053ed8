import type { Diagnostic } from '../grammar/index.ts';

/** Every code that an error of the host can carry, with what it tells. */
export const hostErrorCodes = {
  CONFIG_INVALID: 'the config has errors; `diagnostics` lists them',
  CONFIG_UNREADABLE: 'the config file cannot be read',
  DATABASE_MODULE_MISSING: 'no module is loaded that opens the database which a module asks for',
  HOST_NOT_RUNNING: 'this can be asked of a running host only',
  HOST_STOPPED: 'the host was stopped while it started',
  MODULE_API_MISSING:
    'a module asks for the api of one that is not loaded, has none, or is no dependency of it',
  MODULE_BEHAVIOUR: "a module's behaviour does not fit its manifest",
  MODULE_BROKEN: 'the file of a module cannot be run',
  MODULE_FAILED: 'a phase of a module threw',
  MODULE_ORDER: 'dependencies of modules are missing or go in a circle',
  SOCKET_FAILED: 'a socket cannot be opened',
  STARTUP_ROUTE_FAILED: 'the startup_route did not end well',
  STATISTIC_UNKNOWN: 'a module asks for a counter that its manifest does not name',
  STEP_FAILED: 'a step of the start threw',
} as const;

export type HostErrorCode = keyof typeof hostErrorCodes;

interface HostErrorDetails {
  readonly diagnostics?: readonly Diagnostic[];
  /** The findings as text for people, with their places. */
  readonly report?: string;
  readonly cause?: unknown;
}

/** What keeps a host from starting. `code` is stable; `diagnostics` are the findings about the config. */
export class HostError extends Error {
  readonly code: HostErrorCode;
  readonly diagnostics: readonly Diagnostic[];
  readonly report: string;

  constructor(code: HostErrorCode, message: string, details: HostErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'HostError';
    this.code = code;
    this.diagnostics = details.diagnostics ?? [];
    this.report = details.report ?? '';
  }
}

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
