import type { FormattedText, Span, TextPart, Transformation, Variable, VariableIndex } from '../ast.ts';

/** What is wrong in a variable, and where. */
export interface VariableProblem {
  readonly span: Span;
  readonly message: string;
  /** It is a `$` that begins no variable. */
  readonly lone?: true;
}

/** Where a character of a text stands in the source: the place of its first, or the place of each. */
type Offsets = number | readonly number[];

/** A variable as far as it could be read. */
interface ReadVariable {
  readonly variable: Variable;
  readonly problems: readonly VariableProblem[];
  /** What stands behind the variable; OpenSIPS ignores it. */
  readonly rest?: Span;
}

/**
 * Reads a variable that begins a text with its `$`: `$name`, `$name(inner)`,
 * `$(name(inner)[index]{transformation,argument})`. A variable that is not written right gives one problem and as
 * much of the variable as could be read. Source: pvar.c, pv_parse_spec.
 */
export function parseVariable(text: string, offsets: Offsets = 0): ReadVariable {
  const reader = new VariableReader(text, offsets);
  const variable = reader.variable(0);
  const { problems } = reader;
  if (problems.length > 0 || reader.at >= text.length) return { variable, problems };
  return { variable, problems, rest: reader.span(reader.at, text.length) };
}

/**
 * Reads a text in which variables stand, such as a log line or a function's argument. `$$` is a `$`; a `$` that
 * begins no variable stays text. Source: pvar.c, pv_parse_format.
 * @param place where the text stands: the span of its string literal or bare words, or the offset of each character
 *   with that of the end (`valueOffsets` gives these for a literal with escapes).
 */
export function parseFormattedText(text: string, place: Span | readonly number[]): FormattedText {
  return readFormattedText(text, place).text;
}

/** As `parseFormattedText`, with what is wrong in the variables. */
export function readFormattedText(
  text: string,
  place: Span | readonly number[],
): { readonly text: FormattedText; readonly problems: readonly VariableProblem[] } {
  const reader = new VariableReader(text, 'start' in place ? offsetsIn(text, place) : place);
  return { text: reader.formatted(0, text.length), problems: reader.problems };
}

/** Exact where the literal holds no escapes; otherwise every character lies at the whole literal. */
function offsetsIn(text: string, span: Span): Offsets {
  const length = span.end - span.start;
  if (length === text.length) return span.start;
  if (length === text.length + 2) return span.start + 1;
  return Array.from({ length: text.length + 1 }, (_, at) => (at === text.length ? span.end : span.start));
}

/** Deeper ones are a slip of a generator; reading them could exhaust the stack. */
const maxNesting = 100;

const nameCharacter = /[a-zA-Z0-9_.]*/y;
/** Neither a plus nor blanks. */
const number = /^-?\d+$/;

class VariableReader {
  readonly problems: VariableProblem[] = [];
  at = 0;
  private depth = 0;
  private gaveUp = false;
  private readonly text: string;
  private readonly offsets: Offsets;

  constructor(text: string, offsets: Offsets) {
    this.text = text;
    this.offsets = offsets;
  }

  problem(start: number, end: number, message: string): void {
    this.problems.push({ span: this.span(start, end), message });
  }

  private loneDollar(start: number): void {
    const span = this.span(start, Math.max(this.at, start + 1));
    this.problems.push({ span, message: 'a `$` without the name of a variable', lone: true });
  }

  private place(at: number): number {
    if (typeof this.offsets === 'number') return this.offsets + at;
    return this.offsets[at] ?? this.offsets.at(-1) ?? 0;
  }

  span(start: number, end: number): Span {
    return { start: this.place(start), end: Math.max(this.place(start), this.place(end)) };
  }

  private is(character: string): boolean {
    return this.text.charAt(this.at) === character;
  }

  /** The text between two places, its variables read. */
  formatted(start: number, end: number): FormattedText {
    const parts: (TextPart | Variable)[] = [];
    let done = start;
    const addText = (to: number) => {
      if (to > done)
        parts.push({ kind: 'TextPart', text: this.text.slice(done, to), span: this.span(done, to) });
    };
    for (let dollar = this.text.indexOf('$', start); dollar >= 0 && dollar < end && !this.gaveUp; ) {
      const problems = this.problems.length;
      const variable = this.variable(dollar);
      const isText = this.problems.length > problems || this.at > end;
      if (isText && this.problems.length === problems)
        this.problem(dollar, end, 'the variable is not closed');
      if (!isText) {
        addText(dollar);
        parts.push(variable);
        done = this.at;
      }
      // Behind what could not be read: reading its inside once more would double the work at each level.
      dollar = this.text.indexOf('$', isText ? Math.max(dollar + 1, this.at) : done);
    }
    addText(end);
    return { kind: 'FormattedText', parts, span: this.span(start, end) };
  }

  /** The variable whose `$` stands at a place; `at` is behind it afterwards. */
  variable(start: number): Variable {
    this.depth += 1;
    try {
      return this.depth > maxNesting ? this.tooDeep(start) : this.readVariable(start);
    } finally {
      this.depth -= 1;
    }
  }

  /** Ends the reading of the whole text: every level above would try again behind its own `$`. */
  private tooDeep(start: number): Variable {
    this.gaveUp = true;
    this.at = start + 1;
    const span = this.span(start, this.at);
    this.problem(start, this.at, `variables stand in each other more than ${maxNesting} levels deep`);
    return { kind: 'Variable', name: '', nameSpan: span, transformations: [], delimited: false, span };
  }

  private readVariable(start: number): Variable {
    this.at = start + 1;
    const sound = this.problems.length;
    const delimited = this.is('(');
    if (delimited) this.at += 1;
    if (this.is('$')) return this.marker(start, delimited);
    const context = this.context();
    const nameStart = this.at;
    nameCharacter.lastIndex = nameStart;
    const name = nameCharacter.exec(this.text)?.[0] ?? '';
    this.at += name.length;
    if (name === '' && this.problems.length === sound) this.loneDollar(start);
    const nameSpan = this.span(nameStart, this.at);
    const inner = this.inner();
    const index = delimited ? this.index() : undefined;
    const transformations = delimited ? this.transformations() : [];
    if (delimited) this.close(start, sound);
    return {
      kind: 'Variable',
      name,
      nameSpan,
      ...(context !== undefined && { context }),
      ...(inner && { inner }),
      ...(index && { index }),
      transformations,
      delimited,
      span: this.span(start, this.at),
    };
  }

  /** `$$` stands for a `$`. */
  private marker(start: number, delimited: boolean): Variable {
    const nameSpan = this.span(this.at, this.at + 1);
    this.at += 1;
    if (delimited) this.close(start, this.problems.length);
    const span = this.span(start, this.at);
    return { kind: 'Variable', name: '$', nameSpan, transformations: [], delimited, span };
  }

  /** `sound`: how many problems there were in front of the variable, which tells of one only. */
  private close(start: number, sound: number): void {
    if (this.is(')')) this.at += 1;
    else if (this.problems.length === sound) {
      const found = this.at < this.text.length ? `\`${this.text.charAt(this.at)}\` stands` : 'the text ends';
      this.problem(
        this.at,
        this.at + 1,
        `${found} where \`)\` should, in ${this.text.slice(start, this.at)}`,
      );
    }
  }

  /** `<request>` or `<reply>`. */
  private context(): string | undefined {
    if (!this.is('<')) return undefined;
    const end = this.text.indexOf('>', this.at);
    if (end < 0) {
      this.problem(this.at, this.text.length, 'the `<` of a context has no `>`');
      return undefined;
    }
    const context = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return context;
  }

  private inner(): FormattedText | undefined {
    if (!this.is('(')) return undefined;
    const start = this.at + 1;
    const end = this.closing('(', ')');
    if (end < 0) return undefined;
    if (end === start)
      this.problem(start - 1, end + 1, 'nothing stands between the brackets of the variable');
    return this.within(start, end);
  }

  /** What stands between brackets, as text with variables; a `$` behind other text may be only a `$`. */
  private within(start: number, end: number): FormattedText {
    const sound = this.problems.length;
    const text = this.formatted(start, end);
    if (this.text.charAt(start) !== '$') this.problems.length = sound;
    this.at = end + 1;
    return text;
  }

  /** The place of the bracket that closes the one here; -1, with a problem, where there is none. */
  private closing(open: string, close: string): number {
    let depth = 0;
    for (let at = this.at; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === open) depth += 1;
      if (character === close) depth -= 1;
      if (depth === 0) return at;
    }
    this.problem(this.at, this.at + 1, `\`${open}\` has no \`${close}\``);
    this.at = this.text.length;
    return -1;
  }

  private index(): VariableIndex | undefined {
    if (!this.is('[')) return undefined;
    const start = this.at + 1;
    const end = this.closing('[', ']');
    if (end < 0) return undefined;
    const text = this.text.slice(start, end);
    const written = text.trim();
    const span = this.span(start - 1, end + 1);
    this.at = end + 1;
    if (written === '*') return { kind: 'AllIndex', span };
    if (number.test(text)) return { kind: 'NumberIndex', value: Number(text), span };
    if (written.startsWith('$')) return this.variableIndex(start + text.indexOf('$'), end);
    if (written === '') this.problem(start - 1, end + 1, 'nothing stands between the brackets of the index');
    return { kind: 'NameIndex', text, span };
  }

  private variableIndex(start: number, end: number): VariableIndex {
    const variable = this.variable(start);
    if (this.at > end || this.text.slice(this.at, end).trim() !== '') {
      this.problem(start, end, `an index is a number, \`*\` or one variable`);
    }
    this.at = end + 1;
    return { kind: 'VariableIndex', variable, span: this.span(start - 1, end + 1) };
  }

  /** transformations.c, parse_transformation: one after the other, blanks between them. */
  private transformations(): Transformation[] {
    const list: Transformation[] = [];
    for (;;) {
      const after = this.at;
      while (this.is(' ') || this.is('\t')) this.at += 1;
      if (!this.is('{')) {
        this.at = after;
        return list;
      }
      const transformation = this.transformation();
      if (transformation === undefined) return list;
      list.push(transformation);
    }
  }

  private transformation(): Transformation | undefined {
    const start = this.at + 1;
    const end = this.closing('{', '}');
    if (end < 0) return undefined;
    const dot = this.text.indexOf('.', start);
    if (dot <= start || dot >= end) {
      this.problem(start - 1, end + 1, 'a transformation is written {class.operation,arguments}');
      this.at = end + 1;
      return undefined;
    }
    const group = this.text.slice(start, dot);
    const operationEnd = this.argumentEnd(dot + 1, end);
    const operation = this.text.slice(dot + 1, operationEnd).trim();
    const list = this.arguments(operationEnd, end, wholeArgument.has(group.toLowerCase()));
    this.at = end + 1;
    return { kind: 'Transformation', group, operation, arguments: list, span: this.span(start - 1, end + 1) };
  }

  /** transformations.c, tr_parse_sparam: each is one variable, or text as it stands. */
  private arguments(start: number, end: number, whole: boolean): FormattedText[] {
    const list: FormattedText[] = [];
    for (let from = start; from < end; ) {
      from = this.skipBlanks(from + 1, end);
      const isVariable = this.text.charAt(from) === '$' && from < end;
      const to = isVariable
        ? this.variableArgument(from, end, list)
        : whole
          ? end
          : this.argumentEnd(from, end);
      if (!isVariable) list.push(this.plainText(from, to));
      from = to;
    }
    return list;
  }

  private variableArgument(start: number, end: number, list: FormattedText[]): number {
    const variable = this.variable(start);
    list.push({ kind: 'FormattedText', parts: [variable], span: variable.span });
    const after = this.skipBlanks(this.at, end);
    const to = this.argumentEnd(after, end);
    if (to > after)
      this.problem(after, to, `\`${this.text.slice(after, to)}\` does not belong to a variable`);
    return to;
  }

  private plainText(start: number, end: number): FormattedText {
    const span = this.span(start, end);
    const parts: TextPart[] =
      end > start ? [{ kind: 'TextPart', text: this.text.slice(start, end), span }] : [];
    return { kind: 'FormattedText', parts, span };
  }

  private skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && /[ \t\r\n]/.test(this.text.charAt(at))) at += 1;
    return at;
  }

  /** The next comma without a backslash in front, or the end. */
  private argumentEnd(from: number, end: number): number {
    for (let at = from; at < end; at += 1) {
      if (this.text.charAt(at) === ',' && (at === from || this.text.charAt(at - 1) !== '\\')) return at;
    }
    return end;
  }
}

/** Classes whose operations take all that follows as one argument. */
const wholeArgument: ReadonlySet<string> = new Set(['re']);
