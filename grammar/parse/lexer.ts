import type { TokenType } from 'chevrotain';
import type { Span } from '../ast.ts';
import type { DiagnosticCode } from '../findings/diagnostic-codes.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { type SyntaxFeature, type VersionFact, versionFact } from '../versions/syntax-facts.ts';
import {
  addressForms,
  addressStart,
  blank,
  blankForm,
  commentMark,
  curlyString,
  digit,
  endOfStatement,
  endOfVariable,
  endsVariable,
  isWordCharacter,
  kinds,
  letter,
  numberForm,
  oddWordForm,
  oddWordStarts,
  quote,
  symbol,
  symbolsByCode,
  variableName,
  wordForm,
  wordOperator,
} from './lexical-forms.ts';
import { reservedWords } from './reserved-words.ts';
import { scanString } from './string-literal.ts';
import {
  Identifier,
  IpNet,
  keywords,
  LexedToken,
  NumberToken,
  ReservedWord,
  StringToken,
  trueWords,
  VariableToken,
} from './tokens.ts';

/** What came of reading a text into tokens. Nothing in a text stops the lexer. */
export interface Lexed {
  readonly tokens: LexedToken[];
  readonly diagnostics: Diagnostic[];
  readonly facts: VersionFact[];
}

/**
 * Cuts a flattened text into tokens as OpenSIPS's cfg.lex does: longest match, comments that nest, characters that
 * begin no token skipped. It is written by hand because that file works with states and pushes characters back,
 * which regular expressions in modes would only imitate; it reads each character once.
 * @param missing where strings begin that lack a quote
 */
export function lex(text: string, missing: ReadonlyMap<number, MissingQuote> = new Map()): Lexed {
  const lexer = new Lexer(text, missing);
  lexer.run();
  return { tokens: lexer.tokens, diagnostics: lexer.diagnostics, facts: lexer.facts };
}

/** A string that lacks its opening or its closing quote, and where it ends; with the quote where that is there. */
export interface MissingQuote {
  readonly which: 'opening' | 'closing';
  readonly end: number;
}

class Lexer {
  readonly tokens: LexedToken[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly facts: VersionFact[] = [];
  private readonly text: string;
  private at = 0;
  /** Strings that were found unclosed; see `unclosedString`. */
  private readonly cuts = new Map<number, number>();
  private unclosedVariables = 0;
  private readonly missing: ReadonlyMap<number, MissingQuote>;

  constructor(text: string, missing: ReadonlyMap<number, MissingQuote>) {
    this.text = text;
    this.missing = missing;
  }

  run(): void {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (this.missing.size > 0 && this.unopenedString()) continue;
      switch (kinds[code]) {
        case blank:
          this.at = endOf(blankForm, text, this.at);
          break;
        case letter:
          this.word();
          break;
        case digit:
          this.numberOrAddress();
          break;
        case symbol:
          this.symbol(code);
          break;
        case quote:
          this.string();
          break;
        default:
          this.other(code);
      }
    }
  }

  private push(type: TokenType, end: number, payload?: string | number): void {
    this.tokens.push(new LexedToken(type, this.text.slice(this.at, end), this.at, end, payload));
    this.at = end;
  }

  private report(code: DiagnosticCode, span: Span, message: string, help?: string): void {
    this.diagnostics.push(diagnostic(code, span, message, help === undefined ? {} : { help }));
  }

  private note(feature: SyntaxFeature, start: number, end: number): void {
    this.facts.push(versionFact(feature, { start, end }));
  }

  private word(): void {
    const { text } = this;
    const end = endOf(wordForm, text, this.at);
    if (end - this.at <= 4 && text.charCodeAt(end) === 58 && this.address()) return;
    let image = text.slice(this.at, end);
    if (oddWordStarts.has(image)) {
      oddWordForm.lastIndex = this.at;
      const odd = oddWordForm.exec(text)?.[0];
      if (odd !== undefined && odd.length > image.length) image = odd;
    }
    const type = keywords.get(image) ?? (reservedWords.has(image) ? ReservedWord : Identifier);
    this.tokens.push(new LexedToken(type, image, this.at, this.at + image.length));
    this.at += image.length;
  }

  /** An address or network that starts here, where one does. cfg.lex: IPV6ADDR, IPV4ADDR, IPNET. */
  private address(): boolean {
    for (const [form, type] of addressForms) {
      form.lastIndex = this.at;
      const found = form.exec(this.text);
      if (found !== null) {
        this.push(found[2] === undefined ? type : IpNet, form.lastIndex);
        return true;
      }
    }
    return false;
  }

  private numberOrAddress(): void {
    if (endOf(addressStart, this.text, this.at) > this.at && this.address()) return;
    numberForm.lastIndex = this.at;
    const image = numberForm.exec(this.text)?.[0] ?? '0';
    const value = numberValue(image);
    const span = { start: this.at, end: this.at + image.length };
    if (value > 2147483647) {
      const kept = Number(BigInt.asIntN(32, BigInt(image.replace(/^0(?=[0-7])/, '0o'))));
      this.report('number-too-large', span, `${image} does not fit in 32 bits; OpenSIPS takes it as ${kept}`);
    }
    this.push(NumberToken, span.end, value);
  }

  private symbol(code: number): void {
    const { text } = this;
    const next = text.charCodeAt(this.at + 1);
    if (code === 47 && next === 42) {
      this.comment();
      return;
    }
    if (code === 47 && next === 47) {
      this.slashComment();
      return;
    }
    if (code === 58 && next === 58 && this.address()) return;
    const two = next < 256 ? symbolsByCode.get((code << 8) | next) : undefined;
    const found = two ?? symbolsByCode.get(code);
    if (found === undefined) {
      this.other(code);
      return;
    }
    const end = this.at + found.image.length;
    this.tokens.push(new LexedToken(found.type, found.image, this.at, end));
    this.at = end;
  }

  private other(code: number): void {
    if (code === 36) this.variable();
    else if (code === 35) this.lineComment();
    else if (code === 92 && /\\\r?\n/y.test(this.text.slice(this.at, this.at + 3))) this.at += 1;
    else this.stray();
  }

  private lineComment(): void {
    const end = this.text.indexOf('\n', this.at);
    if (end < 0) this.note('last line a comment without line end', this.at, this.text.length);
    this.at = end < 0 ? this.text.length : end;
  }

  /** Nothing in the language holds two slashes, so this can only be meant as a comment. */
  private slashComment(): void {
    const start = this.at;
    this.at = endOfLine(this.text, start);
    this.diagnostics.push(
      diagnostic('slash-comment', { start, end: start + 2 }, 'a comment cannot start with //', {
        fix: { span: { start, end: start + 2 }, text: '#' },
      }),
    );
  }

  private comment(): void {
    const start = this.at;
    let depth = 0;
    commentMark.lastIndex = start;
    for (;;) {
      const mark = commentMark.exec(this.text);
      if (mark === null) {
        this.report(
          'unterminated-comment',
          { start, end: start + 2 },
          `this comment is still open at the end of the file${depth > 1 ? `, ${depth} levels deep` : ''}`,
        );
        this.at = this.text.length;
        return;
      }
      depth += mark[0] === '/*' ? 1 : -1;
      if (depth === 0) {
        this.at = commentMark.lastIndex;
        return;
      }
    }
  }

  /** cfg.lex: SCRIPTVARS. Brackets balance; without them a variable ends at blanks, `;`, `,` and operators. */
  private variable(): void {
    const { text } = this;
    const start = this.at;
    // A text full of variables that are never closed must not be read to its end for each of them.
    const limit = this.unclosedVariables < 50 ? text.length : endOfLine(text, start);
    let depth = 0;
    let end = endOf(variableName, text, start + 1);
    for (; end < limit; end += 1) {
      const code = text.charCodeAt(end);
      if (code === 40) depth += 1;
      else if (code === 41) {
        if (depth <= 1) {
          if (depth === 1) end += 1;
          depth = 0;
          break;
        }
        depth -= 1;
      } else if (depth === 0 && endsVariable(code, text.charCodeAt(end + 1))) break;
    }
    if (depth > 0) {
      this.push(VariableToken, this.unclosedVariable(start), 'unclosed');
      return;
    }
    this.warnOfWordOperator(start, end);
    this.push(VariableToken, end);
  }

  private unclosedVariable(start: number): number {
    this.unclosedVariables += 1;
    const lineEnd = endOfLine(this.text, start);
    const rest = endOfVariable.exec(this.text.slice(start, lineEnd));
    const end = rest === null ? lineEnd : start + rest.index;
    this.report('unterminated-variable', { start, end }, 'the `(` of this variable has no `)`');
    return end;
  }

  /**
   * Deviation: OpenSIPS ends a variable in front of and, or, not even inside a word, and stops with a syntax error;
   * here the word goes on, because nothing else can be meant.
   */
  private warnOfWordOperator(start: number, end: number): void {
    const bracket = this.text.indexOf('(', start);
    const nameEnd = bracket >= 0 && bracket < end ? bracket : end;
    const name = this.text.slice(start, nameEnd);
    if (!wordOperator.test(name)) return;
    const rest = this.text.slice(start + 1, end);
    this.diagnostics.push(
      diagnostic(
        'word-operator-in-variable',
        { start, end },
        `OpenSIPS reads ${name} as a shorter variable and the operator in its name`,
        { fix: { span: { start, end }, text: `$(${rest})` } },
      ),
    );
  }

  private string(): void {
    const start = this.at;
    const known = this.missing.get(start);
    const cut = this.cuts.get(start) ?? (known && this.cutShort(start, known.end));
    if (cut !== undefined) {
      this.push(StringToken, cut, this.text.slice(start + 1, cut));
      return;
    }
    const scanned = scanString(this.text, start);
    if (scanned === undefined) {
      this.unclosedString(start);
      return;
    }
    if (scanned.holdsNul) {
      this.report(
        'nul-in-string',
        { start, end: scanned.end },
        'OpenSIPS ends this string at its character 0',
      );
    }
    this.push(StringToken, scanned.end, scanned.value);
  }

  /**
   * The end of the file came inside a string. The quote that is missing is most likely that of the first string
   * that seems unclosed; reading starts anew from there, with that string cut short, so that the slip gives one
   * finding and what follows is still read.
   */
  private unclosedString(start: number): void {
    const culprit = this.cuts.size < 8 ? this.findCulprit() : undefined;
    const opening = culprit?.startOffset ?? start;
    this.cutShort(opening, likelyEnds(this.text, opening)[0] ?? endOfLine(this.text, opening));
    this.at = opening;
    while ((this.tokens.at(-1)?.startOffset ?? -1) >= opening) this.tokens.pop();
    dropFrom(this.diagnostics, opening);
    dropFrom(this.facts, opening);
  }

  private findCulprit(): LexedToken | undefined {
    return this.tokens.find((token) => !this.cuts.has(token.startOffset) && seemsUnclosed(token, this.text));
  }

  /** A string without opening quote, where one is known, is reported and read. */
  private unopenedString(): boolean {
    const known = this.missing.get(this.at);
    if (known?.which !== 'opening') return false;
    const { at: start } = this;
    const span = { start, end: known.end };
    this.diagnostics.push(
      diagnostic('syntax-error', span, 'the string that ends here has no opening "', {
        help: 'put the opening quote where the string begins',
        fix: { span: { start, end: start }, text: '"' },
      }),
    );
    this.push(StringToken, known.end, this.text.slice(start, known.end - 1));
    return true;
  }

  /** Reports a string without closing quote, and ends it. */
  private cutShort(start: number, end: number): number {
    const mark = this.text.charAt(start);
    this.report('unterminated-string', { start, end }, `the string that starts here has no closing ${mark}`);
    this.cuts.set(start, end);
    return end;
  }

  private stray(): void {
    const { text } = this;
    const start = this.at;
    if (text.startsWith('\xef\xbb\xbf', start)) {
      this.at += 3;
      this.report('byte-order-mark', { start, end: this.at }, 'a byte order mark, which OpenSIPS skips');
      return;
    }
    if (text.startsWith('\xc2\xa0', start) || text.charCodeAt(start) === 0xa0) {
      this.at += text.charCodeAt(start) === 0xa0 ? 1 : 2;
      this.report('no-break-space', { start, end: this.at }, 'a no-break space, which OpenSIPS skips');
      return;
    }
    if (this.curlyString()) return;
    while (this.at < text.length && this.isStray(this.at)) this.at += 1;
    if (this.at === start) this.at += 1;
    const shown = printable(text.slice(start, this.at));
    this.report(
      'stray-character',
      { start, end: this.at },
      `OpenSIPS skips ${shown} as if it were not there`,
    );
  }

  /** A string between the quotes of a word processor is reported, and read as the string that is meant. */
  private curlyString(): boolean {
    curlyString.lastIndex = this.at;
    const [image, opening = '', inside] = curlyString.exec(this.text) ?? [];
    if (image === undefined || inside === undefined) return false;
    const whole = { start: this.at, end: this.at + image.length };
    // OpenSIPS skips the quotes and stumbles over what stands between them.
    const start = this.at + opening.length;
    const span = { start, end: start + inside.length };
    this.diagnostics.push(
      diagnostic('syntax-error', span, 'a text stands between the quotes of a word processor', {
        context: whole,
        help: 'write them as `"`',
        fix: { span: whole, text: `"${inside}"` },
      }),
    );
    this.tokens.push(new LexedToken(StringToken, inside, span.start, span.end, inside));
    this.at = whole.end;
    return true;
  }

  private isStray(at: number): boolean {
    const code = this.text.charCodeAt(at);
    if (code === 36 || code === 35 || kinds[code] !== 0) return false;
    return !this.text.startsWith('\xc2\xa0', at) && code !== 0xa0 && code !== 92;
  }
}

/**
 * Where a string without closing quote may end, on its line: in front of what looks like the end of its statement, of
 * the next argument, of the `)` at the end.
 */
export function likelyEnds(text: string, start: number): readonly number[] {
  const line = text.slice(start, endOfLine(text, start)).trimEnd();
  const statement = endOfStatement.exec(line)?.index ?? line.length;
  const [, brackets = '', rest = ''] = /(\)*)(\s*[;{:]?)$/.exec(line) ?? [];
  const last = line.length - rest.length;
  // Some of the `)` at the end may be inside, as in "$avp(x)".
  const splits = Array.from({ length: Math.min(brackets.length, 4) + 1 }, (_, inside) => last - inside);
  const ends = [statement, line.search(/\s*,/), ...splits];
  return [...new Set(ends)].filter((end) => end > 0).map((end) => start + end);
}

/**
 * Whether a string goes over a line end right after what looks like the end of a statement, or ends right in front of
 * a word, as strings do when inside and outside have changed places.
 */
export function seemsUnclosed(
  { tokenType, image, startOffset, endOffset }: LexedToken,
  text: string,
): boolean {
  if (tokenType !== StringToken) return false;
  const lineEnd = image.indexOf('\n');
  if (lineEnd < 0) return false;
  if (endOfStatement.test(image.slice(0, lineEnd))) return true;
  return isWordCharacter(text.charCodeAt((endOffset ?? startOffset) + 1));
}

/** cfg.lex: NUMBER, HEXNUMBER, OCTNUMBER. Longer than a number can be exact: the largest exact one. */
function numberValue(image: string): number {
  const value = /^0[0-7]/.test(image) ? Number.parseInt(image, 8) : Number(image);
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}

/** Where a sticky pattern that stands at a place ends. */
function endOf(form: RegExp, text: string, start: number): number {
  form.lastIndex = start;
  return form.test(text) ? form.lastIndex : start;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function dropFrom(list: { readonly span: Span }[], offset: number): void {
  for (let at = list.length - 1; at >= 0; at -= 1) {
    if ((list[at]?.span.start ?? 0) > offset) list.splice(at, 1);
  }
}

function printable(characters: string): string {
  if (/^[!-~]+$/.test(characters)) return `\`${characters}\``;
  const bytes = Array.from(characters.slice(0, 8), (one) => one.charCodeAt(0).toString(16).padStart(2, '0'));
  return `the byte${characters.length > 1 ? 's' : ''} ${bytes.join(' ')}${characters.length > 8 ? ' …' : ''}`;
}

/** The value of a boolean word. cfg.lex: YES, NO. */
export function booleanValue(word: string): number {
  return trueWords.has(word) ? 1 : 0;
}
