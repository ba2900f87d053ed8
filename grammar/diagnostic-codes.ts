import type { Severity } from './diagnostics.ts';

export interface DiagnosticFacts {
  readonly severity: Severity;
  /** What it tells, as a title. */
  readonly what: string;
  readonly why: string;
  /** What to do about it. */
  readonly help: string;
}

/** Every diagnostic that tsips can give about a config, once. Docs and tests are made from this table. */
export const diagnosticCodes = {
  'syntax-error': {
    severity: 'error',
    what: 'the text does not follow the grammar',
    why: 'OpenSIPS stops at the first syntax error; nothing after it would take effect',
    help: 'mend the statement; reading went on at the next one',
  },
} as const satisfies Record<string, DiagnosticFacts>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
