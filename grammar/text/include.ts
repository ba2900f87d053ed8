import type { Span } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { type VersionFact, versionFact } from '../versions/syntax-facts.ts';
import { hasMarks, readMarks } from './preprocessor-marks.ts';
import { createSource, type IncludeSite, type Segment, type Source, type SourceFile } from './source.ts';

/** Reads a file that a config includes: latin1 text, or undefined where it does not exist. */
export type ReadInclude = (path: string, from: string) => string | undefined;

export interface IncludeOptions {
  /** What the outermost text is called in messages, usually its path. */
  readonly name: string;
  /** Without it every included file counts as missing. */
  readonly read?: ReadInclude;
  /** Levels of files within files; default 50, as OpenSIPS from 3.0 on. */
  readonly maxIncludeDepth?: number;
  /** Files included in all; default 1000. */
  readonly maxIncludes?: number;
  /** Characters of the flattened text; default 64 Mi. */
  readonly maxTextLength?: number;
}

/** A text with its includes put in their places. */
export interface Flattened {
  readonly source: Source;
  /** As `source.text`, with blanks for the include lines: what the lexer reads. */
  readonly text: string;
  readonly diagnostics: Diagnostic[];
  readonly facts: VersionFact[];
}

/** A line that includes a file, as OpenSIPS 3.x sees it: from its start, whatever follows the path. cfg_pp.c. */
const includeLine = /^[ \t]*(include_file|import_file)\s*(["'])((?:(?!\2)[^\n]){2,})\2([^\n]*)/;
/** An include anywhere between tokens, as 2.x sees it. cfg.lex: INCLF, IMPTF. */
const includeWithin = /\b(include_file|import_file)[ \t]*(")([^"\s]+)"/g;
const includeWords = /(?:include|import)_file/;

/** Puts included files in the places of their include lines, line by line. */
export function flatten(text: string, options: IncludeOptions): Flattened {
  const flattener = new Flattener(options);
  if (hasMarks(text)) return { ...readMarks(text, options.name), diagnostics: [], facts: flattener.facts };
  flattener.add(text, options.name, undefined, 0);
  return flattener.result();
}

interface Directive {
  readonly keyword: string;
  readonly path: string;
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly withinLine: boolean;
  readonly trailing: boolean;
  /** In a comment, where 2.x does not see it, and what it brings would be comment in 3.x. */
  readonly hidden: boolean;
}

class Flattener {
  readonly facts: VersionFact[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly options: IncludeOptions;
  private readonly files: SourceFile[] = [];
  private readonly segments: Segment[] = [];
  private readonly shown: string[] = [];
  private readonly lexed: string[] = [];
  private length = 0;
  private includes = 0;
  /** The files that are open, outermost first. */
  private readonly chain: SourceFile[] = [];

  constructor(options: IncludeOptions) {
    this.options = options;
  }

  result(): Flattened {
    const text = this.shown.join('');
    const source = createSource(text, this.files, this.segments);
    return { source, text: this.lexed.join(''), diagnostics: this.diagnostics, facts: this.facts };
  }

  add(text: string, name: string, parent: IncludeSite | undefined, depth: number): void {
    const file = { name, text };
    const index = this.files.push(file) - 1;
    this.chain.push(file);
    const place = new FilePlace(text, index, parent);
    this.segments.push(place.segment(this.length, 0));
    let done = 0;
    if (includeWords.test(text)) {
      for (const directive of findDirectives(text)) {
        this.put(text.slice(done, directive.start));
        this.directive(directive, place, depth);
        done = directive.end;
        this.segments.push(place.segment(this.length, done));
      }
    }
    this.put(text.slice(done));
    if (depth > 0 && !text.endsWith('\n')) this.put('\n');
    this.chain.pop();
  }

  private put(text: string, lexed = text): void {
    this.shown.push(text);
    this.lexed.push(lexed);
    this.length += text.length;
  }

  private directive(directive: Directive, place: FilePlace, depth: number): void {
    const written = place.text.slice(directive.start, directive.end);
    const span = { start: this.length, end: this.length + written.trimEnd().length };
    if (directive.hidden) {
      this.put(written);
      this.hidden(directive, span);
      return;
    }
    this.put(written, written.replace(/[^\n]/g, ' '));
    if (directive.trailing) this.facts.push(versionFact('text after an include', span));
    if (directive.withinLine) this.facts.push(versionFact('include in the middle of a line', span));
    const from = this.chain.at(-1)?.name ?? '';
    const text = this.options.read?.(directive.path, from);
    if (text === undefined) {
      this.missing(directive, span);
      return;
    }
    if (this.refuses(directive.path, text, span, depth)) return;
    this.includes += 1;
    const site = { file: place.file, line: place.lineOf(directive.start), ...place.parentOfSite() };
    if (!directive.withinLine && !written.endsWith('\n')) this.put('\n');
    this.add(text, directive.path, site, depth + 1);
  }

  /** From 3.0 on OpenSIPS looks for the file even of an include line in a comment. */
  private hidden({ path }: Directive, span: Span): void {
    const text = this.options.read?.(path, this.chain.at(-1)?.name ?? '');
    if (text === undefined) this.facts.push(versionFact('missing include file in a comment', span));
  }

  private missing(directive: Directive, span: Span): void {
    if (directive.keyword === 'include_file') {
      this.diagnostics.push(
        diagnostic('include-not-found', span, `the file ${directive.path} cannot be read`),
      );
      return;
    }
    this.facts.push(versionFact('missing import file', span));
    this.diagnostics.push(
      diagnostic('import-not-found', span, `the file ${directive.path} cannot be read; it is left out`),
    );
  }

  /** Says why a file is not taken in: a circle, or one of the limits. */
  private refuses(path: string, text: string, span: Span, depth: number): boolean {
    const { maxIncludeDepth = 50, maxIncludes = 1000, maxTextLength = 64 * 1024 * 1024 } = this.options;
    const again = this.chain.findIndex((file) => file.text === text && sameFile(file.name, path));
    if (again >= 0) {
      const circle = [...this.chain.slice(again), { name: path }].map(({ name }) => name).join(' → ');
      this.diagnostics.push(diagnostic('include-cycle', span, `${path} is being read already: ${circle}`));
      return true;
    }
    const limit =
      depth + 1 > maxIncludeDepth
        ? `more than ${maxIncludeDepth} levels of included files`
        : this.includes >= maxIncludes
          ? `more than ${maxIncludes} included files`
          : this.length + text.length > maxTextLength
            ? `more than ${maxTextLength} characters with all included files`
            : undefined;
    if (limit === undefined) return false;
    this.diagnostics.push(diagnostic('include-too-deep', span, limit));
    return true;
  }
}

/** A file while it is read: where its offsets lie. Offsets must be asked in ascending order. */
class FilePlace {
  readonly text: string;
  readonly file: number;
  private readonly parent: IncludeSite | undefined;
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(text: string, file: number, parent: IncludeSite | undefined) {
    this.text = text;
    this.file = file;
    this.parent = parent;
  }

  lineOf(offset: number): number {
    for (let end = this.text.indexOf('\n', this.at); end >= 0 && end < offset; ) {
      this.line += 1;
      this.lineStart = end + 1;
      this.at = end + 1;
      end = this.text.indexOf('\n', this.at);
    }
    return this.line;
  }

  segment(flatOffset: number, offset: number): Segment {
    const line = this.lineOf(offset);
    return {
      offset: flatOffset,
      file: this.file,
      line,
      column: offset - this.lineStart + 1,
      ...this.parentOfSite(),
    };
  }

  parentOfSite(): { readonly parent?: IncludeSite } {
    return this.parent === undefined ? {} : { parent: this.parent };
  }
}

function sameFile(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}

/** The include lines of a text that no comment hides, in order. */
function findDirectives(text: string): Directive[] {
  const found: Directive[] = [];
  const hidden = hiddenRanges(text);
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, end);
    if (includeWords.test(line)) found.push(...directivesOfLine(line, start, hidden));
    start = end;
  }
  return found;
}

function directivesOfLine(line: string, start: number, hidden: readonly HiddenRange[]): Directive[] {
  const whole = includeLine.exec(line);
  if (whole !== null) {
    const rest = (whole[4] ?? '').trimEnd();
    const [, keyword = '', , path = ''] = whole;
    const inComment = hiddenBy(hidden, start + line.search(/\S/)) === 'comment';
    const trailing = rest !== '' && !/^\s+#/.test(rest);
    const place = { start, end: start + line.length };
    return [{ keyword, path, ...place, withinLine: false, trailing, hidden: inComment }];
  }
  const found: Directive[] = [];
  for (const { 0: written, 1: keyword = '', 3: path = '', index } of line.matchAll(includeWithin)) {
    const at = start + index;
    if (hiddenBy(hidden, at) !== undefined) continue;
    const place = { start: at, end: at + written.length };
    found.push({ keyword, path, ...place, withinLine: true, trailing: false, hidden: false });
  }
  return found;
}

interface HiddenRange extends Span {
  readonly by: 'comment' | 'string';
}

const hiding = /"(?:[^"\\]|\\[\s\S])*"|'[^']*'|#[^\n]*|\/\*/g;

/** The comments and strings of a text, in order. */
function hiddenRanges(text: string): HiddenRange[] {
  const ranges: HiddenRange[] = [];
  hiding.lastIndex = 0;
  for (let found = hiding.exec(text); found !== null; found = hiding.exec(text)) {
    const block = found[0] === '/*';
    const end = block ? endOfComment(text, found.index) : hiding.lastIndex;
    const by = block || found[0].startsWith('#') ? 'comment' : 'string';
    ranges.push({ start: found.index, end, by });
    hiding.lastIndex = end;
  }
  return ranges;
}

function endOfComment(text: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

function hiddenBy(ranges: readonly HiddenRange[], offset: number): HiddenRange['by'] | undefined {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return undefined;
    if (offset < range.start) high = middle - 1;
    else if (offset >= range.end) low = middle + 1;
    else return range.by;
  }
  return undefined;
}
