import type { Span } from '../ast.ts';
import type { Location, Source } from '../text/source.ts';
import type { Diagnostic } from './diagnostics.ts';
import { toPrintable } from './readable-text.ts';
import { type SpanPosition, spanPosition } from './span-position.ts';

/**
 * The lines that OpenSIPS 3.x writes for such a finding (cfg.y: yyerror, warn), without date and process: the
 * trace of includes where there are any, then the place. Columns count bytes; the second is behind the last one.
 *
 * @param before The place of the finding before; the trace is not told again within one file.
 */
export function originalLines(diagnostic: Diagnostic, source: Source, before: Span | undefined): string[] {
  const position = spanPosition(source, diagnostic.span);
  const message = toPrintable(diagnostic.message);
  const columns = `${position.column}-${lastColumn(source, position, diagnostic.span)}`;
  const file = toPrintable(position.file);
  if (diagnostic.severity === 'error') {
    const place = `CRITICAL:core:yyerror: parse error in ${file}:${position.line}:${columns}: ${message}`;
    return [...traceback(position, before && source.locate(before.start)), place];
  }
  // Deviation: OpenSIPS has no notes; they take the form of its warnings at level INFO.
  const [level, word] = diagnostic.severity === 'warning' ? ['WARNING', 'warning'] : ['INFO', 'note'];
  return [
    `${level}:core:warn: ${word} in config file ${file}, line ${position.line}, column ${columns}: ${message}`,
  ];
}

/** A span over several lines ends, for this line, where its first line does. */
function lastColumn(source: Source, position: SpanPosition, span: Span): number {
  if (position.endLine === position.line) return position.endColumn;
  const { start, text } = source.lineAt(span.start);
  return position.column + start + text.length - span.start;
}

function traceback(position: Location, before: Location | undefined): string[] {
  if (position.includedFrom.length === 0) return [];
  const files = chainOf(position);
  if (before && chainOf(before).join('\n') === files.join('\n')) return [];
  return [
    'CRITICAL:Traceback (last included file at the bottom):',
    ...files.map((file, depth) => `CRITICAL:${String(depth).padStart(2)}. ${toPrintable(file)}`),
  ];
}

function chainOf(position: Location): string[] {
  return [...position.includedFrom.map(({ file }) => file), position.file];
}
