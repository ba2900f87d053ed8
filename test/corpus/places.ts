import type { Diagnostic } from '../../grammar/findings/diagnostics.ts';
import type { Source } from '../../grammar/text/source.ts';

/** `line:from-to code severity`, in an included file with its name in front. */
export function placeOf({ code, severity, span }: Diagnostic, source: Source): string {
  const from = source.locate(span.start);
  const to = source.locate(span.end);
  const file = from.includedFrom.length > 0 ? `${from.file} ` : '';
  const end = to.line === from.line ? `${to.column}` : `${to.line}:${to.column}`;
  return `${file}${from.line}:${from.column}-${end} ${code} ${severity}`;
}
