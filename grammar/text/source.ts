/** A file that took part in a text. */
export interface SourceFile {
  readonly name: string;
  /** As it was read, one character a byte. */
  readonly text: string;
}

/** A place in a file; line and column count from 1, the column counts bytes. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where an offset lies: the place, and the include lines that led there, outermost first. */
export interface Location extends Position {
  readonly includedFrom: readonly { readonly file: string; readonly line: number }[];
}

/** From `offset` on, the flattened text shows a file from a line and column on. */
export interface Segment {
  readonly offset: number;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  /** Where the file was included, if it was. */
  readonly parent?: IncludeSite;
}

export interface IncludeSite {
  readonly file: number;
  readonly line: number;
  readonly parent?: IncludeSite;
}

/** A text, flattened, and the map back to the files that it was made of. */
export interface Source {
  /** The name of the outermost file. */
  readonly name: string;
  /** The flattened text; all spans are offsets into it. */
  readonly text: string;
  readonly files: readonly SourceFile[];
  /** Where an offset lies. Offsets outside the text are moved to its ends. */
  locate(offset: number): Location;
  /** The text of a line of the flattened text without its end, and the offset where it starts. */
  lineAt(offset: number): { readonly start: number; readonly text: string };
}

/** Makes a source of a flattened text and its segments, which are in order and start at offset 0. */
export function createSource(
  text: string,
  files: readonly SourceFile[],
  segments: readonly Segment[],
): Source {
  const lineStarts = findLineStarts(text);
  const lineOf = (offset: number) => lastNotAbove(lineStarts.length, offset, (n) => lineStarts[n] ?? 0);
  const nameOf = (file: number) => files[file]?.name ?? '';
  const inside = (offset: number) => Math.min(Math.max(offset, 0), text.length);

  return {
    name: nameOf(0),
    text,
    files,
    locate(given) {
      const offset = inside(given);
      const segment = segments[lastNotAbove(segments.length, offset, (n) => segments[n]?.offset ?? 0)];
      if (segment === undefined) return { file: nameOf(0), line: 1, column: offset + 1, includedFrom: [] };
      const line = lineOf(offset);
      const firstLine = lineOf(segment.offset);
      const lineStart = lineStarts[line] ?? 0;
      const column = line === firstLine ? segment.column + offset - segment.offset : offset - lineStart + 1;
      return {
        file: nameOf(segment.file),
        line: segment.line + line - firstLine,
        column,
        includedFrom: includeChain(segment.parent, nameOf),
      };
    },
    lineAt(given) {
      const line = lineOf(inside(given));
      const start = lineStarts[line] ?? 0;
      const next = lineStarts[line + 1];
      return { start, text: text.slice(start, next === undefined ? text.length : next - 1) };
    },
  };
}

function includeChain(site: IncludeSite | undefined, nameOf: (file: number) => string) {
  const chain: { file: string; line: number }[] = [];
  for (let at = site; at !== undefined; at = at.parent)
    chain.unshift({ file: nameOf(at.file), line: at.line });
  return chain;
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last index whose value is not above `wanted`, among `count` ascending values; 0 where there is none. */
function lastNotAbove(count: number, wanted: number, valueAt: (index: number) => number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueAt(middle) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
