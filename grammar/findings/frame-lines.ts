import type { Span } from '../ast.ts';
import type { Source } from '../text/source.ts';
import { columnsOf, toPrintable } from './readable-text.ts';

/** One line of a code frame. */
export interface FrameLine {
  /** Absent: lines were left out here. */
  readonly number?: number;
  /** Printable. */
  readonly text: string;
  /** What stands under it: blanks, `^` and `~`; absent where nothing is marked. */
  readonly marks?: string;
}

interface FrameOptions {
  /** How many lines are shown before and behind the span. Default 1. */
  readonly around?: number;
  /** The most lines of a long span; the middle is left out. Default 4. */
  readonly mostLines?: number;
  /** The most columns of a line; a longer one is cut around the span. Default 120. */
  readonly mostColumns?: number;
}

interface TextLine {
  readonly start: number;
  readonly text: string;
}

/** The lines around a span, all from one file, with the span marked. */
export function frameLines(source: Source, span: Span, options: FrameOptions = {}): FrameLine[] {
  const { around = 1, mostLines = 4, mostColumns = 120 } = options;
  const first = ownLineAt(source, span.start);
  const number = source.locate(span.start).line;
  const marked = linesOfSpan(source, first, span);
  const frame: FrameLine[] = linesBefore(source, first, around).map((line, index, all) =>
    frameLine(line, number - all.length + index, undefined, mostColumns),
  );
  for (const [index, line] of marked.entries()) {
    const leftOut = marked.length > mostLines && index >= mostLines - 1 && index < marked.length - 1;
    if (!leftOut) frame.push(frameLine(line, number + index, span, mostColumns));
    else if (index === mostLines - 1) frame.push({ text: '…' });
  }
  const last = marked.at(-1) ?? first;
  for (const [index, line] of linesBehind(source, last, around).entries()) {
    frame.push(frameLine(line, number + marked.length + index, undefined, mostColumns));
  }
  return frame;
}

/** The line at an offset, without what stands in front of it where an include began in the middle of a line. */
function ownLineAt(source: Source, offset: number): TextLine {
  const { start, text } = source.lineAt(offset);
  const before = Math.max(0, offset - source.locate(offset).column + 1 - start);
  return { start: start + before, text: text.slice(before) };
}

/** An empty span has its one line. */
function linesOfSpan(source: Source, first: TextLine, span: Span): TextLine[] {
  const lines = [first];
  for (let next = following(source, first); next && next.start < span.end; next = following(source, next)) {
    lines.push(next);
  }
  return lines;
}

function linesBefore(source: Source, line: TextLine, count: number): TextLine[] {
  const lines: TextLine[] = [];
  for (let at = line; lines.length < count && at.start > 0; ) {
    const before = source.lineAt(at.start - 1);
    if (!isNext(source, before, at)) break;
    lines.unshift(before);
    at = before;
  }
  return lines;
}

function linesBehind(source: Source, line: TextLine, count: number): TextLine[] {
  const lines: TextLine[] = [];
  for (let next = following(source, line); next && lines.length < count; next = following(source, next)) {
    lines.push(next);
  }
  // An empty line at the end of the text is only its last line end.
  const last = lines.at(-1);
  if (last && last.text === '' && last.start >= source.text.length) lines.pop();
  return lines;
}

function following(source: Source, line: TextLine): TextLine | undefined {
  const start = line.start + line.text.length + 1;
  if (start > source.text.length) return undefined;
  const next = source.lineAt(start);
  return isNext(source, line, next) ? next : undefined;
}

/** Neighbours in the flattened text may come from two files. */
function isNext(source: Source, line: TextLine, next: TextLine): boolean {
  const here = source.locate(line.start);
  const there = source.locate(next.start);
  return here.file === there.file && here.line + 1 === there.line;
}

function frameLine(line: TextLine, number: number, span: Span | undefined, mostColumns: number): FrameLine {
  const text = line.text.replace(/\r$/, '');
  const from = span ? Math.min(markStart(line, text, span), text.length) : 0;
  const to = span ? Math.min(Math.max(span.end - line.start, from), text.length) : 0;
  const cut = text.length <= mostColumns ? 0 : Math.max(0, Math.min(from - 20, text.length - mostColumns));
  const shown = text.slice(cut, cut + mostColumns);
  const lead = cut > 0 ? '…' : '';
  const tail = cut + mostColumns < text.length ? '…' : '';
  const printable = `${lead}${toPrintable(shown)}${tail}`;
  if (!span) return { number, text: printable };
  const before = lead + toPrintable(text.slice(cut, from));
  const width = columnsOf(toPrintable(text.slice(from, Math.min(to, cut + mostColumns))));
  return {
    number,
    text: printable,
    marks: `${before.replace(/[^\t]/gu, ' ')}^${'~'.repeat(Math.max(0, width - 1))}`,
  };
}

/** In the later lines of a span the indentation is not marked. */
function markStart(line: TextLine, text: string, span: Span): number {
  return span.start >= line.start ? span.start - line.start : text.search(/[^ \t]|$/);
}
