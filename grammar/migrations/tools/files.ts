import type { Position, Source } from '../../text/source.ts';
import type { Edit } from './context.ts';

/** Offsets of one file. */
interface FileEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface EditedFile {
  readonly before: string;
  text: string;
  /** What each round changed, in the offsets of the text that it found. */
  readonly rounds: FileEdit[][];
}

/** The files of a config while rule after rule edits them; an edit in an included file goes to that file. */
export class EditedFiles {
  readonly #files = new Map<string, EditedFile>();

  /** The text of a file as it is now; undefined where it has not been edited. */
  text(name: string): string | undefined {
    return this.#files.get(name)?.text;
  }

  before(name: string): string | undefined {
    return this.#files.get(name)?.before;
  }

  /**
   * Edits the files that a flattened text was made of. Where two edits meet, and where one would reach from one file
   * into another, only the first is made; a file that is included twice is edited once.
   */
  edit(source: Source, edits: readonly Edit[]): void {
    const byFile = new Map<string, FileEdit[]>();
    for (const edit of edits) {
      const found = inFile(source, edit);
      if (!found) continue;
      const others = byFile.get(found.file) ?? [];
      const { start, end, text } = found;
      const isKnown = others.some((one) => one.start === start && one.end === end && one.text === text);
      if (!isKnown) others.push({ start, end, text });
      byFile.set(found.file, others);
    }
    for (const [name, found] of byFile) this.#apply(source, name, withoutOverlaps(found));
  }

  #apply(source: Source, name: string, edits: FileEdit[]): void {
    const text = textOf(source, name);
    const file = this.#files.get(name) ?? { before: text, text, rounds: [] };
    this.#files.set(name, file);
    let done = 0;
    const parts: string[] = [];
    for (const edit of edits) {
      parts.push(text.slice(done, edit.start), edit.text);
      done = edit.end;
    }
    file.text = parts.join('') + text.slice(done);
    file.rounds.push(edits);
  }

  /** Where something of the text as it is now stood in the file as it was read. */
  placeBefore(source: Source, offset: number): Position {
    const { file: name, line, column } = source.locate(offset);
    const file = this.#files.get(name);
    if (!file) return { file: name, line, column };
    let at = offsetOf(file.text, line, column);
    for (const edits of file.rounds.toReversed()) at = offsetBefore(edits, at);
    return positionOf(name, file.before, at);
  }
}

function inFile(source: Source, { span, text }: Edit) {
  const from = source.locate(span.start);
  const whole = textOf(source, from.file);
  const start = offsetOf(whole, from.line, from.column);
  if (span.end === span.start) return { file: from.file, start, end: start, text };
  const last = source.locate(span.end - 1);
  const end = offsetOf(whole, last.line, last.column) + 1;
  const isSame =
    last.file === from.file && whole.slice(start, end) === source.text.slice(span.start, span.end);
  return isSame ? { file: from.file, start, end, text } : undefined;
}

function textOf({ files }: Source, name: string): string {
  return files.find((file) => file.name === name)?.text ?? '';
}

function withoutOverlaps(edits: readonly FileEdit[]): FileEdit[] {
  const sorted = edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  const kept: FileEdit[] = [];
  for (const edit of sorted) if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  return kept;
}

/** What was inserted has the place where that was done. */
function offsetBefore(edits: readonly FileEdit[], after: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    const at = start + shift;
    if (after < at) break;
    if (after < at + text.length) return Math.min(start + (after - at), Math.max(start, end - 1));
    shift += text.length - (end - start);
  }
  return after - shift;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const newline = text.indexOf('\n', start);
    if (newline < 0) break;
    start = newline + 1;
  }
  return start + column - 1;
}

function positionOf(file: string, text: string, offset: number): Position {
  const front = text.slice(0, offset);
  return { file, line: front.split('\n').length, column: offset - (front.lastIndexOf('\n') + 1) + 1 };
}
