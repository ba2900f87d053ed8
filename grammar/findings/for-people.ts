import type { Source } from '../text/source.ts';
import type { Diagnostic, Fix, Note, Severity } from './diagnostics.ts';
import { type FrameLine, frameLines } from './frame-lines.ts';
import { toPrintable } from './readable-text.ts';

/** How parts of the text look; without colour all are the identity. */
interface Paint {
  severity(severity: Severity, text: string): string;
  strong(text: string): string;
  quiet(text: string): string;
}

const plain: Paint = {
  severity: (_, text) => text,
  strong: (text) => text,
  quiet: (text) => text,
};

const severityColours: Record<Severity, number> = { error: 31, warning: 33, note: 36 };

const coloured: Paint = {
  severity: (severity, text) => `\x1b[1;${severityColours[severity]}m${text}\x1b[0m`,
  strong: (text) => `\x1b[1m${text}\x1b[0m`,
  quiet: (text) => `\x1b[2m${text}\x1b[0m`,
};

/** One finding with its place, include chain, code frame, reason, help, notes and fix; ends with a line end. */
export function formatForPeople(diagnostic: Diagnostic, source: Source, colour: boolean): string {
  const paint = colour ? coloured : plain;
  const { severity, message, span, why, help, notes, fix, code, atStart } = diagnostic;
  const where = source.locate(span.start);
  const head = `${paint.strong(placeOf(source, span.start))}: ${paint.severity(severity, severity)}: ${paint.strong(
    toPrintable(message),
  )} ${paint.quiet(`[${code}]`)}`;
  const chain = where.includedFrom.toReversed();
  const lines = [
    head,
    ...chain.map(({ file, line }) => `  included from ${toPrintable(file)}:${line}`),
    ...paintFrame(frameLines(source, span), severity, paint),
    ...labelled('why', why, paint),
    ...labelled('help', help, paint),
    ...notes.flatMap((note) => labelled('note', noteText(note, source), paint)),
    ...(atStart ? labelled('note', 'OpenSIPS finds this when it starts, not with -C', paint) : []),
    ...(fix ? labelled('fix', fixText(fix, source), paint) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function placeOf(source: Source, offset: number): string {
  const { file, line, column } = source.locate(offset);
  return `${toPrintable(file)}:${line}:${column}`;
}

function paintFrame(frame: readonly FrameLine[], severity: Severity, paint: Paint): string[] {
  const width = Math.max(...frame.map(({ number }) => String(number ?? '').length)) + 2;
  return frame.flatMap(({ number, text, marks }) => {
    const line = `${paint.quiet(`${String(number ?? '').padStart(width)} |`)} ${text}`.trimEnd();
    if (marks === undefined) return [line];
    return [line, `${paint.quiet(`${''.padStart(width)} |`)} ${paint.severity(severity, marks)}`];
  });
}

function labelled(label: string, text: string, paint: Paint): string[] {
  if (text === '') return [];
  return [`  ${paint.strong(`${label}:`)} ${toPrintable(text)}`];
}

function noteText({ message, span }: Note, source: Source): string {
  return span ? `${message} (${placeOf(source, span.start)})` : message;
}

function fixText({ span, text }: Fix, source: Source): string {
  const old = source.text.slice(span.start, span.end);
  if (old === '') return `insert ${text}`;
  return text === '' ? `take out ${old}` : `write ${text} for ${old}`;
}
