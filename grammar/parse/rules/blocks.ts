import type { IToken, ParserMethod } from 'chevrotain';
import type { Block, Statement } from '../../ast.ts';
import type { DiagnosticDetails } from '../../findings/diagnostics.ts';
import * as t from '../tokens.ts';
import { CommandRules } from './commands.ts';
import { insert } from './repairs.ts';

/** Blocks and lists of statements (cfg.y: stm, actions and their brk_ twins), and going on after a broken one. */
export abstract class BlockRules extends CommandRules {
  protected abstract readonly statement: ParserMethod<[], Statement>;
  /** Offset of the last break that stood right in a case. */
  protected closingBreak = -1;
  /** Offset of a `{` right behind another one, reported: it may be a slip, and then one `}` less is wanted. */
  private doubledBrace = -1;
  /** By the layout of the route, a `{` that is not closed where it should be, and what wants one behind it. */
  private unclosed: IToken | undefined;
  private unopened: IToken | undefined;

  protected override begin(tokens: IToken[], text: string): void {
    super.begin(tokens, text);
    this.closingBreak = -1;
    this.doubledBrace = -1;
    this.beginLayout();
  }

  /** A route's layout says nothing of the next one. */
  protected beginLayout(): void {
    this.unclosed = undefined;
    this.unopened = undefined;
  }

  /** What the layout of the last route says of a `}` that closed it too early. */
  protected missingOpening(): Pick<DiagnosticDetails, 'help' | 'notes' | 'fix'> | undefined {
    if (this.unopened === undefined) return undefined;
    const { fix } = insert(' {', this.unopened);
    const note = { message: 'by its layout a `{` is missing behind this', span: this.spanOf(this.unopened) };
    return { help: 'put the missing `{`', notes: [note], fix };
  }

  /** cfg.y: stm, brk_stm. */
  protected readonly body: ParserMethod<[], Block> = this.rule('body', () =>
    this.nested(() =>
      this.OR<Block>([
        { ALT: () => this.SUBRULE(this.bracedBlock) },
        {
          ALT: () => {
            const before = this.LA(0);
            const statement = this.SUBRULE(this.statement);
            if (!this.RECORDING_PHASE) this.noteUnopened(before, statement);
            const span = this.RECORDING_PHASE ? nothing.span : statement.span;
            return { kind: 'Block', braced: false, statements: [statement], span };
          },
        },
      ]),
    ),
  );

  /** What follows on a statement without braces stands as deep as it does: both were meant to be in a block. */
  private noteUnopened(before: IToken, { span }: Statement): void {
    if (this.unopened !== undefined || !this.startsLine()) return;
    if (this.next(t.RightBrace) || this.next(t.Else) || this.atEnd()) return;
    const depth = this.indentOf(span.start);
    const isDeeper = depth.length > this.indentOf(before.startOffset).length;
    if (isDeeper && depth === this.indentOf(this.here)) this.unopened = before;
  }

  protected readonly bracedBlock: ParserMethod<[], Block> = this.rule('bracedBlock', () => {
    const open = this.CONSUME(t.LeftBrace);
    const statements = this.statementList(false, open);
    this.closeBrace(open);
    return { kind: 'Block', braced: true, statements, span: this.from(open.startOffset) };
  });

  /** Reads a `}`; where it is missing, says which `{` wants it, once for all blocks that end there. */
  protected closeBrace(open: IToken): void {
    if (this.RECORDING_PHASE || this.next(t.RightBrace)) {
      if (!this.RECORDING_PHASE) this.noteUnclosed(open);
      this.CONSUME(t.RightBrace);
      return;
    }
    if (this.elseEnds(open)) {
      this.report('missing-brace', this.spanOf(this.LA(1)), 'a `}` is missing before this', {
        notes: [{ message: 'the `{` that is not closed', span: this.spanOf(open) }],
        fix: { span: { start: this.here, end: this.here }, text: '} ' },
      });
      return;
    }
    if (this.doubledBrace > open.startOffset) {
      this.doubledBrace = -1;
      return;
    }
    this.report('missing-brace', this.spanOf(this.LA(1)), 'a `}` is missing before this', {
      notes: [
        this.unclosed
          ? { message: 'by its layout this `{` is not closed', span: this.spanOf(this.unclosed) }
          : { message: 'the `{` that is not closed', span: this.spanOf(open) },
      ],
    });
  }

  /** A `}` that stands less deep than the line of its `{` was meant for another one. */
  private noteUnclosed(open: IToken): void {
    if (this.unclosed !== undefined || !this.startsLine()) return;
    if (this.indentOf(this.here).length < this.indentOf(open.startOffset).length) this.unclosed = open;
  }

  /** An else as deep as the line of a `{` ends that block, whose `}` is missing. */
  private elseEnds(open: IToken | undefined): boolean {
    if (open === undefined || !this.next(t.Else) || !this.startsLine()) return false;
    const indent = this.indentOf(open.startOffset);
    // Where the `}` was taken out, the blank behind it may be there still.
    return this.indentOf(this.here) === indent || this.indentOf(this.here) === `${indent} `;
  }

  /** The statements up to `}`, in a case up to the next one; broken ones are reported and passed over. */
  protected statementList(inCase: boolean, open?: IToken): Statement[] {
    const list: Statement[] = [];
    if (this.RECORDING_PHASE) {
      this.MANY(() => list.push(this.SUBRULE(this.statement)));
      return list;
    }
    while (!this.endsList(inCase) && !this.elseEnds(open)) {
      const start = this.here;
      if (inCase && this.next(t.Break)) this.closingBreak = start;
      try {
        list.push(this.next(t.LeftBrace) ? this.bareBlock() : this.SUBRULE(this.statement));
      } catch (thrown) {
        this.recover(thrown, start);
        list.push({ kind: 'BrokenStatement', span: this.from(start) });
      }
    }
    return list;
  }

  private endsList(inCase: boolean): boolean {
    if (this.next(t.RightBrace) || this.atEnd() || this.startsItem()) return true;
    if (inCase) this.mendDefault();
    return inCase && (this.next(t.Case) || this.next(t.Default));
  }

  /** `else:` in a switch is reported, and read as the `default:` that is meant. */
  private mendDefault(): void {
    if (!this.next(t.Else) || !this.next(t.Colon, 2)) return;
    const token = this.LA(1);
    const fix = { span: this.spanOf(token), text: 'default' };
    this.report('syntax-error', fix.span, '`else` is no label of a switch', {
      help: 'did you mean `default`?',
      fix,
    });
    token.tokenType = t.Default;
    token.tokenTypeIdx = t.Default.tokenTypeIdx ?? token.tokenTypeIdx;
  }

  /** A block belongs to if, while or for; a bare one is reported, and what it holds is read. */
  private bareBlock(): Statement {
    const start = this.here;
    if (this.next(t.LeftBrace, 0)) this.doubledBrace = start;
    this.report('syntax-error', this.spanOf(this.LA(1)), '`{` stands where a statement should', {
      help: 'take the braces out: a block stands only behind if, else, while, for and switch',
    });
    this.nested(() => this.SUBRULE(this.bracedBlock));
    return { kind: 'BrokenStatement', span: this.from(start) };
  }

  /** Reports what ended a statement, and goes to where the next one may begin. */
  protected recover(thrown: unknown, start: number): void {
    this.reportFailure(thrown);
    this.skipStatement(start);
    while (this.elseOfBroken()) this.skipElse();
  }

  /** Whether an else stands where the statement before it ended. */
  private elseOfBroken(): boolean {
    if (!this.next(t.Else)) return false;
    return this.startsLine() || this.next(t.RightBrace, 0) || this.next(t.Semicolon, 0);
  }

  /** An else behind a broken statement has lost its if; what it holds is read. */
  private skipElse(): void {
    this.SKIP_TOKEN();
    if (!this.next(t.LeftBrace)) return;
    try {
      this.nested(() => this.SUBRULE(this.bracedBlock));
    } catch (thrown) {
      const start = this.here;
      this.reportFailure(thrown);
      this.skipStatement(start);
    }
  }

  /**
   * To behind the next `;`, or in front of a `}`, of a line that begins a statement, or of something of the top
   * level; at least over one token since `start`, where that is given.
   */
  protected skipStatement(start = this.here): void {
    let depth = 0;
    while (!this.atEnd() && !this.startsItem()) {
      if (depth === 0 && (this.next(t.RightBrace) || this.elseOfBroken())) return;
      if (depth === 0 && this.here > start && this.startsLine() && this.mayBeginStatement()) return;
      const { tokenType } = this.LA(1);
      this.SKIP_TOKEN();
      if (tokenType === t.LeftBrace) depth += 1;
      else if (tokenType === t.RightBrace) {
        depth -= 1;
        if (depth === 0) return;
      } else if (tokenType === t.Semicolon && depth === 0) return;
    }
  }

  /** Whether the next token may well be the beginning or the end of something, so that only a `;` is missing. */
  protected mayBeginStatement(): boolean {
    if (this.atEnd() || this.startsItem()) return true;
    const { tokenType } = this.LA(1);
    if (commandStarts.has(tokenType)) return this.next(t.LeftParenthesis, 2);
    if (statementStarts.has(tokenType)) return true;
    if (tokenType === t.VariableToken) return this.next(t.Assign, 2);
    return this.next(t.Name) && this.next(t.LeftParenthesis, 2);
  }
}

const nothing: Statement = { kind: 'BrokenStatement', span: { start: 0, end: 0 } };

const statementStarts: ReadonlySet<IToken['tokenType']> = new Set([
  ...[t.Break, t.Return, t.Exit, t.Drop, t.Semicolon, t.RightBrace, t.Case, t.Default],
]);

/** Words that brackets follow where they begin a statement; up to 3.0 `if` and `while` could do without. */
const commandStarts: ReadonlySet<IToken['tokenType']> = new Set([
  ...[t.If, t.While, t.For, t.Switch, t.AssertWord, t.AsyncWord, t.LaunchWord, t.LogWord, t.ErrorWord],
  ...[t.XlogWord, t.RouteWord],
]);
