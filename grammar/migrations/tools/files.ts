import type { Position, Source } from '../../text/source.ts';
import type { Edit } from './context.ts';

/** Offsets of one file. */
interface FileEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface EditedFile {
  readonly before: LineTable;
  now: LineTable;
  /** What each round changed, in the offsets of the text that it found. */
  readonly rounds: Round[];
}

/** The files of a config while rule after rule edits them; an edit in an included file goes to that file. */
export class EditedFiles {
  readonly #files = new Map<string, EditedFile>();

  /** The text of a file as it is now; undefined where nobody has asked about it yet. */
  text(name: string): string | undefined {
    return this.#files.get(name)?.now.text;
  }

  /**
   * Edits the files that a flattened text was made of. Where two edits meet, and where one would reach from one file
   * into another, only the first is made; a file that is included twice is edited once.
   */
  edit(source: Source, edits: readonly Edit[]): void {
    const byFile = new Map<string, Map<string, FileEdit>>();
    for (const edit of edits) {
      const found = this.#inFile(source, edit);
      if (!found) continue;
      const { name, start, end, text } = found;
      const others = byFile.get(name) ?? new Map<string, FileEdit>();
      byFile.set(name, others.set(`${start} ${end} ${text}`, { start, end, text }));
    }
    for (const [name, found] of byFile) this.#apply(source, name, withoutOverlaps([...found.values()]));
  }

  #apply(source: Source, name: string, edits: readonly FileEdit[]): void {
    const file = this.#file(source, name);
    const { text } = file.now;
    let done = 0;
    const parts: string[] = [];
    for (const edit of edits) {
      parts.push(text.slice(done, edit.start), edit.text);
      done = edit.end;
    }
    file.now = new LineTable(parts.join('') + text.slice(done));
    file.rounds.push(new Round(edits));
  }

  /** Where something of the text as it is now stood in the file as it was read. */
  placeBefore(source: Source, offset: number): Position {
    const { file: name, line, column } = source.locate(offset);
    const { before, now, rounds } = this.#file(source, name);
    const start = rounds.reduceRight((at, round) => round.before(at), now.offset(line, column));
    return { file: name, ...before.place(start) };
  }

  /** A file that nothing edited yet is as the source has it. */
  #file(source: Source, name: string): EditedFile {
    const known = this.#files.get(name);
    if (known) return known;
    const table = new LineTable(source.files.find((file) => file.name === name)?.text ?? '');
    const file = { before: table, now: table, rounds: [] };
    this.#files.set(name, file);
    return file;
  }

  #inFile(source: Source, { span, text }: Edit): (FileEdit & { readonly name: string }) | undefined {
    const from = source.locate(span.start);
    const { now } = this.#file(source, from.file);
    const start = now.offset(from.line, from.column);
    if (span.end === span.start) return { name: from.file, start, end: start, text };
    const last = source.locate(span.end - 1);
    const end = now.offset(last.line, last.column) + 1;
    const isSame =
      last.file === from.file && now.text.slice(start, end) === source.text.slice(span.start, span.end);
    return isSame ? { name: from.file, start, end, text } : undefined;
  }
}

function withoutOverlaps(edits: readonly FileEdit[]): FileEdit[] {
  const sorted = edits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  const kept: FileEdit[] = [];
  for (const edit of sorted) if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  return kept;
}

/** The edits of one round, and where what they left stood before them. */
class Round {
  readonly #edits: readonly FileEdit[];
  /** Where the text of each edit begins in the text that it made. */
  readonly #starts: readonly number[];

  constructor(edits: readonly FileEdit[]) {
    this.#edits = edits;
    let shift = 0;
    this.#starts = edits.map(({ start, end, text }) => {
      const at = start + shift;
      shift += text.length - (end - start);
      return at;
    });
  }

  /** What was inserted has the place where that was done. */
  before(offset: number): number {
    const at = lastUpTo(this.#starts, offset);
    const edit = this.#edits[at];
    const begins = this.#starts[at];
    if (edit === undefined || begins === undefined) return offset;
    const { start, end, text } = edit;
    const within = offset - begins;
    if (within >= text.length) return end + within - text.length;
    return Math.min(start + within, Math.max(start, end - 1));
  }
}

/** A text with the offsets of its lines. */
class LineTable {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  offset(line: number, column: number): number {
    return (this.#starts[line - 1] ?? this.#starts.at(-1) ?? 0) + column - 1;
  }

  place(offset: number): { readonly line: number; readonly column: number } {
    const at = lastUpTo(this.#starts, offset);
    return { line: at + 1, column: offset - (this.#starts[at] ?? 0) + 1 };
  }
}

/** The place of the last number that is not above another, in numbers that rise; -1: all are above. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
