/** The lines of a session description (RFC 8866 §5), found by how they begin, and changed. */

/** More lines are not taken apart (sdp_ops.h: SDP_MAX_LINES). */
const maxLines = 500;

/** How a line, a stream or a word of a line is chosen: those that begin so (any case), counted from 0. */
export interface SdpChoice {
  readonly prefix: string;
  readonly index: number;
}

/** What part of a description is meant; a stream is its `m=` line and those up to the next one. */
export type SdpPart = 'all' | 'session' | { readonly stream: SdpChoice };

export class SdpLines {
  readonly #lines: string[];
  readonly #separator: string;

  private constructor(lines: string[], separator: string) {
    this.#lines = lines;
    this.#separator = separator;
  }

  /** Undefined for a text without a line end, or with too many lines. */
  static read(text: string): SdpLines | undefined {
    const separator = /\r\n|\r|\n/.exec(text)?.[0];
    if (separator === undefined) return undefined;
    const lines = text.split(separator, maxLines + 2);
    if (lines.at(-1) === '') lines.pop();
    return lines.length > maxLines ? undefined : new SdpLines(lines, separator);
  }

  /** The whole text; each line has its line end, the last one too. */
  get text(): string {
    return this.#lines.map((line) => line + this.#separator).join('');
  }

  /** The number of the line in the whole text; undefined where there is none. */
  find(part: SdpPart, line: SdpChoice): number | undefined {
    const bounds = this.#bounds(part);
    return bounds && this.#findIn(bounds, line);
  }

  line(number: number): string | undefined {
    return this.#lines[number];
  }

  replace(number: number, line: string): void {
    this.#lines[number] = withoutLineEnd(line);
  }

  remove(number: number): void {
    this.#lines.splice(number, 1);
  }

  /** Where a line goes that is inserted in front of the chosen one, or behind it; undefined where nothing is chosen. */
  placeFor(part: SdpPart, line: SdpChoice, where: 'before' | 'behind'): number | undefined {
    const bounds = this.#bounds(part);
    if (!bounds) return undefined;
    const found = this.#findIn(bounds, line);
    if (found !== undefined) return where === 'before' ? found : found + 1;
    const isEnd = where === 'before' && line.prefix === '' && bounds.from + line.index === bounds.until;
    return isEnd ? bounds.until : undefined;
  }

  insert(number: number, line: string): void {
    this.#lines.splice(number, 0, withoutLineEnd(line));
  }

  #findIn({ from, until }: Bounds, { prefix, index }: SdpChoice): number | undefined {
    if (index < 0) return undefined;
    if (prefix === '') return from + index < until ? from + index : undefined;
    let left = index;
    for (let at = from; at < until; at++) {
      if (!beginsWith(this.#lines[at] ?? '', prefix)) continue;
      if (left === 0) return at;
      left--;
    }
    return undefined;
  }

  #bounds(part: SdpPart): Bounds | undefined {
    if (part === 'all') return { from: 0, until: this.#lines.length };
    if (part === 'session') return { from: 0, until: this.#nextMedium(0) };
    const { prefix, index } = part.stream;
    if (index < 0) return undefined;
    let left = index;
    for (let from = this.#nextMedium(0); from < this.#lines.length; from = this.#nextMedium(from + 1)) {
      if (!beginsWith(this.#lines[from]?.slice(2) ?? '', prefix)) continue;
      if (left === 0) return { from, until: this.#nextMedium(from + 1) };
      left--;
    }
    return undefined;
  }

  /** The end where there is none. */
  #nextMedium(from: number): number {
    const found = this.#lines.findIndex((line, at) => at >= from && beginsWith(line, 'm='));
    return found < 0 ? this.#lines.length : found;
  }
}

interface Bounds {
  readonly from: number;
  /** Behind the last one. */
  readonly until: number;
}

/** The word of a line that is chosen; undefined where there is none. */
export function wordOf(line: string, { prefix, index }: SdpChoice): string | undefined {
  if (index < 0) return undefined;
  return line
    .split(/[ \t]+/)
    .filter((word) => word !== '' && beginsWith(word, prefix))
    .at(index);
}

function beginsWith(text: string, prefix: string): boolean {
  return text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

function withoutLineEnd(line: string): string {
  return line.replace(/(?:\r\n|\r|\n)$/, '');
}
