import {
  countSeverities,
  type Diagnostic,
  type DiagnosticFormat,
  formatDiagnostics,
} from '../../grammar/index.ts';
import type { CheckedConfig } from '../check-config.ts';
import { formatTime } from '../log/index.ts';
import type { Terminal } from './terminal.ts';

/** Tells the findings about a config; JSON goes to standard output, all else to standard error. */
export function printFindings(
  diagnostics: readonly Diagnostic[],
  source: CheckedConfig['parsed']['source'],
  format: DiagnosticFormat | undefined,
  terminal: Terminal,
): void {
  const text = formatDiagnostics(diagnostics, source, {
    ...(format && { format }),
    terminal: terminal.errorsGoToPeople,
    colour: terminal.colour,
    prefix: () => `${formatTime(Date.now())} [${process.pid}] `,
  });
  if (format === 'json') terminal.print(text);
  else terminal.printError(text);
}

/** How many errors there are. */
export function countErrors(diagnostics: readonly Diagnostic[]): number {
  return countSeverities(diagnostics).error;
}
