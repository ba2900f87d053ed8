/**
 * Diagnostics as text: for people with a code frame, as JSON, and in the lines that OpenSIPS itself writes, which
 * editors and scripts read.
 */

import type { Span } from '../ast.ts';
import type { Source } from '../text/source.ts';
import { formatAsJson } from './as-json.ts';
import { originalLines } from './as-opensips.ts';
import { type Diagnostic, inTextOrder } from './diagnostics.ts';
import { formatForPeople } from './for-people.ts';

export type DiagnosticFormat = 'human' | 'json' | 'opensips';

export interface FormatOptions {
  /**
   * `human`: ours alone. `opensips`: each finding starts with the line that OpenSIPS would write, ours follows.
   * `json`: one document. Default: `human` on a terminal, else `opensips`.
   */
  readonly format?: DiagnosticFormat;
  /** The text goes to a terminal. Default false. */
  readonly terminal?: boolean;
  /** ANSI colours. Default: only on a terminal. Never in JSON. */
  readonly colour?: boolean;
  /** What stands in front of each of OpenSIPS's lines: `Nov 21 22:03:45 [14310] `. Default nothing. */
  readonly prefix?: () => string;
}

/**
 * Writes diagnostics in the order of the text. The result is Unicode (not one character a byte) and ends with a
 * line end, or is empty where there is nothing to tell; JSON is a document in any case.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  source: Source,
  options: FormatOptions = {},
): string {
  const { terminal = false, colour = terminal, prefix = () => '' } = options;
  const format = options.format ?? (terminal ? 'human' : 'opensips');
  const ordered = inTextOrder(diagnostics);
  if (format === 'json') return formatAsJson(ordered, source);
  const findings = ordered.map((diagnostic) => formatForPeople(diagnostic, source, colour));
  if (format === 'human') return findings.join('\n');
  let lastSpan: Span | undefined;
  return ordered
    .map((diagnostic, index) => {
      const lines = originalLines(diagnostic, source, lastSpan);
      lastSpan = diagnostic.span;
      return lines.map((line) => `${prefix()}${line}\n`).join('') + findings[index];
    })
    .join('');
}
