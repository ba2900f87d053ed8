import type { Span } from '../ast.ts';
import { type DiagnosticCode, diagnosticCodes, type Severity } from './diagnostic-codes.ts';

export type { Severity };

/** A text edit that mends what a diagnostic tells of. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
}

/** A second place, or a fact without a place, that belongs to a diagnostic. */
export interface Note {
  readonly message: string;
  readonly span?: Span;
}

/** The code of a finding that a module made itself: `tls_mgm/certificate-expired`. */
export type ModuleDiagnosticCode = `${string}/${string}`;

/** One thing that is wrong with a config, as data. */
export interface Diagnostic {
  readonly code: DiagnosticCode | ModuleDiagnosticCode;
  readonly severity: Severity;
  /** The exact words that are wrong. */
  readonly span: Span;
  /** The construct around them. */
  readonly context?: Span;
  /** What is wrong. */
  readonly message: string;
  /** Why it matters; from the table of codes where a check says nothing of its own. */
  readonly why: string;
  /** What to do. */
  readonly help: string;
  readonly notes: readonly Note[];
  readonly fix?: Fix;
  /** OpenSIPS's own `-C` passes over it; its start fails. Told only where OpenSIPS is asked. */
  readonly atStart?: true;
}

/** What a check may say beyond code, place and message. */
export interface DiagnosticDetails {
  readonly severity?: Severity;
  readonly context?: Span;
  readonly why?: string;
  readonly help?: string;
  readonly notes?: readonly Note[];
  readonly fix?: Fix;
  readonly atStart?: true;
}

/** Makes a diagnostic; severity, why and help come from the table of codes unless given. */
export function diagnostic(
  code: DiagnosticCode,
  span: Span,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  const facts = diagnosticCodes[code];
  return {
    code,
    span,
    message,
    severity: details.severity ?? facts.severity,
    why: details.why ?? facts.why,
    help: details.help ?? facts.help,
    notes: details.notes ?? [],
    ...(details.context && { context: details.context }),
    ...(details.fix && { fix: details.fix }),
    ...(details.atStart && { atStart: details.atStart }),
  };
}

/** In the order of the text; those at one place keep the order in which they were found. */
export function inTextOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.span.start - b.span.start);
}

/** How many there are of each severity. */
export function countSeverities(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
