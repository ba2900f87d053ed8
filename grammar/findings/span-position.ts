import type { Span } from '../ast.ts';
import type { Location, Source } from '../text/source.ts';

/** A span as people count: lines and columns from 1, the end behind the last byte. */
export interface SpanPosition extends Location {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a span lies. The end is told in the file of the start, also where an included file follows at once. */
export function spanPosition(source: Source, span: Span): SpanPosition {
  const start = source.locate(span.start);
  if (span.end <= span.start) return { ...start, endLine: start.line, endColumn: start.column };
  const last = source.locate(span.end - 1);
  const inFile = last.file === start.file && last.line >= start.line ? last : start;
  return { ...start, endLine: inFile.line, endColumn: inFile.column + 1 };
}
