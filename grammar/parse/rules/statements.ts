import type { IOrAlt, IToken, ParserMethod, TokenType } from 'chevrotain';
import type { Block, Expression, ForEach, If, Statement, SwitchCase } from '../../ast.ts';
import * as t from '../tokens.ts';
import { BlockRules } from './blocks.ts';
import { insert } from './repairs.ts';

type ForHead = Pick<ForEach, 'item' | 'list'>;

/** Statements (cfg.y: action and its twin brk_action). */
export abstract class StatementRules extends BlockRules {
  /** How many switch, while and for are open in this route. */
  private loops = 0;

  protected override begin(tokens: IToken[], text: string): void {
    super.begin(tokens, text);
    this.loops = 0;
  }

  /** cfg.y: action, brk_action. */
  protected readonly statement: ParserMethod<[], Statement> = this.rule('statement', () => {
    this.mendKeyword();
    return this.OR(this.statements);
  });

  private readonly statements: IOrAlt<Statement>[] = [
    { ALT: () => this.SUBRULE(this.ifStatement) },
    { ALT: () => this.SUBRULE(this.whileStatement) },
    { ALT: () => this.SUBRULE(this.forStatement) },
    { ALT: () => this.SUBRULE(this.switchStatement) },
    { ALT: () => this.SUBRULE(this.simpleStatement) },
    { ALT: () => ({ kind: 'EmptyStatement', span: this.spanOf(this.CONSUME(t.Semicolon)) }) },
  ];

  /**
   * `IF (…) {` and `elseif (…) {`: OpenSIPS takes such a word for a function. It is reported, and read as the keyword
   * that is meant, so that what depends on it is read too.
   */
  private mendKeyword(): void {
    if (this.RECORDING_PHASE || !this.next(t.Identifier) || !this.next(t.LeftParenthesis, 2)) return;
    const token = this.LA(1);
    const meant = meantKeywords.get(token.image.toLowerCase());
    if (meant === undefined || this.endsAsCall()) return;
    const span = this.spanOf(token);
    const help = `did you mean \`${meant.text}\`?`;
    const fix = { span, text: meant.text };
    this.report('syntax-error', span, `\`${token.image}\` is no keyword`, { help, fix });
    token.tokenType = meant.type;
    token.tokenTypeIdx = meant.type.tokenTypeIdx ?? token.tokenTypeIdx;
  }

  /** Whether a `;` follows on the brackets that begin behind the next token. */
  protected endsAsCall(): boolean {
    let depth = 0;
    for (let ahead = 2; !Number.isNaN(this.LA(ahead).startOffset); ahead += 1) {
      if (this.next(t.LeftParenthesis, ahead)) depth += 1;
      if (this.next(t.RightParenthesis, ahead)) depth -= 1;
      if (depth === 0) return this.next(t.Semicolon, ahead + 1);
    }
    return true;
  }

  /** A statement that ends with `;`. */
  private readonly simpleStatement: ParserMethod<[], Statement> = this.rule('simpleStatement', () => {
    const statement = this.OR(this.simpleStatements);
    if (this.RECORDING_PHASE || this.next(t.Semicolon) || !this.mayBeginStatement()) {
      this.CONSUME(t.Semicolon);
      return this.RECORDING_PHASE ? statement : { ...statement, span: this.from(statement.span.start) };
    }
    this.reportMissingSemicolon(statement);
    return statement;
  });

  private readonly simpleStatements: IOrAlt<Statement>[] = [
    { ALT: () => this.SUBRULE(this.assignment) },
    { ALT: () => this.SUBRULE(this.breakJump) },
    { ALT: () => this.SUBRULE(this.keywordCommand) },
    { ALT: () => this.SUBRULE(this.call), IGNORE_AMBIGUITIES: true },
  ];

  private reportMissingSemicolon({ span }: Statement): void {
    const end = this.last;
    this.report(
      'missing-semicolon',
      this.spanOf(this.LA(1)),
      'a `;` is missing at the end of the statement before',
      {
        notes: [{ message: 'the statement that wants a `;`', span: { start: span.start, end } }],
        fix: { span: { start: end, end }, text: ';' },
      },
    );
  }

  private readonly assignment: ParserMethod<[], Statement> = this.rule('assignment', () => {
    const target = this.SUBRULE(this.variable);
    return this.SUBRULE(this.assignmentRest, { ARGS: [target] });
  });

  private readonly breakJump: ParserMethod<[], Statement> = this.rule('breakJump', () => {
    const token = this.CONSUME(t.Break);
    const span = this.spanOf(token);
    if (!this.RECORDING_PHASE && this.loops === 0) {
      this.report('break-outside-loop', span, '`break` stands outside of switch, while and for');
    }
    if (token.image === 'esac') this.remark('esac', span);
    else if (!this.closesCase(token)) this.remark('break outside a case', span);
    return { kind: 'Jump', keyword: 'break', parentheses: false, values: [], span };
  });

  /** Up to 3.0 a break could only be the last statement of a case. */
  private closesCase(token: IToken): boolean {
    if (token.startOffset !== this.closingBreak) return false;
    return this.next(t.Case, 2) || this.next(t.Default, 2) || this.next(t.RightBrace, 2);
  }

  // ---- if, while, for.

  /** cfg.y: if_cmd, brk_if_cmd. A chain of `else if` is read in a loop, however long it is. */
  protected readonly ifStatement: ParserMethod<[], Statement> = this.rule('ifStatement', () => {
    const branches: { readonly start: number; readonly test: Expression; readonly body: Block }[] = [];
    const first = this.CONSUME(t.If).startOffset;
    branches.push({ start: first, test: this.test('if'), body: this.SUBRULE(this.body) });
    this.MANY({
      GATE: () => this.next(t.If, 2),
      DEF: () => {
        this.CONSUME(t.Else);
        const start = this.CONSUME2(t.If).startOffset;
        if (branches.length >= this.maxOperators) throw this.tooManyBranches();
        branches.push({ start, test: this.test('if', true), body: this.SUBRULE2(this.body) });
      },
    });
    let otherwise = this.OPTION(() => {
      this.CONSUME2(t.Else);
      return this.SUBRULE3(this.body);
    });
    if (this.RECORDING_PHASE) return nothing;
    const { end } = this.from(first);
    for (const { start, test, body } of branches.reverse()) {
      const span = { start, end };
      // biome-ignore lint/suspicious/noThenProperty: the tree's name for what an if does
      const node: If = { kind: 'If', test, then: body, ...(otherwise && { else: otherwise }), span };
      if (start === first) return node;
      otherwise = { kind: 'Block', braced: false, statements: [node], span };
    }
    return nothing;
  });

  private tooManyBranches() {
    const message = `more than ${this.maxOperators} branches in one chain of else if`;
    return this.fail('too-deeply-nested', this.spanOf(this.LA(0)), message);
  }

  private readonly whileStatement: ParserMethod<[], Statement> = this.rule('whileStatement', () => {
    const start = this.CONSUME(t.While).startOffset;
    const test = this.test('while');
    const body = this.inLoop(() => this.SUBRULE(this.body));
    return { kind: 'While', test, body, span: this.from(start) };
  });

  /** cfg.y: foreach_cmd. */
  private readonly forStatement: ParserMethod<[], Statement> = this.rule('forStatement', () => {
    const start = this.CONSUME(t.For).startOffset;
    const head = this.forHeadOrUndefined();
    const body = this.inLoop(() => this.SUBRULE(this.body));
    const span = this.from(start);
    return head === undefined ? { kind: 'BrokenStatement', span } : { kind: 'ForEach', ...head, body, span };
  });

  private readonly forHead: ParserMethod<[], ForHead> = this.rule('forHead', () => {
    this.CONSUME(t.LeftParenthesis);
    const item = this.SUBRULE(this.variable);
    if (!this.RECORDING_PHASE && this.next(t.Assign)) {
      throw this.unexpected('`in`', 'OpenSIPS has for ($var(x) in $(avp(list)[*])) and while');
    }
    this.CONSUME(t.In);
    const list = this.SUBRULE2(this.variable);
    this.CONSUME(t.RightParenthesis);
    return { item, list };
  });

  /** The head, or nothing where it is broken and its body follows. */
  private forHeadOrUndefined(): ForHead | undefined {
    if (this.RECORDING_PHASE) return this.SUBRULE(this.forHead);
    const start = this.here;
    try {
      return this.SUBRULE(this.forHead);
    } catch (thrown) {
      this.reportFailure(thrown);
      this.skipPastParenthesis(start, t.Semicolon);
      if (this.next(t.RightBrace) || this.atEnd() || this.startsItem()) throw thrown;
      return undefined;
    }
  }

  private inLoop<Result>(read: () => Result): Result {
    this.loops += 1;
    try {
      return read();
    } finally {
      this.loops -= 1;
    }
  }

  /** `second` tells the two places of one rule apart. */
  private test(keyword: 'if' | 'while', second = false): Expression {
    if (this.RECORDING_PHASE) return second ? this.SUBRULE2(this.condition) : this.SUBRULE(this.condition);
    const start = this.here;
    try {
      const test = this.withoutParentheses(this.SUBRULE(this.condition), keyword);
      this.passThen();
      return test;
    } catch (thrown) {
      return this.brokenTest(thrown, start);
    }
  }

  /** `if (…) then {` is reported, and the word passed over. */
  private passThen(): void {
    const token = this.LA(1);
    if (token.image !== 'then' || this.next(t.LeftParenthesis, 2)) return;
    const fix = { span: { start: this.last, end: this.spanOf(token).end }, text: '' };
    const help = 'take it out: a statement or a block follows right on the condition';
    this.report('syntax-error', this.spanOf(token), '`then` is no keyword', { help, fix });
    this.SKIP_TOKEN();
  }

  /** The parentheses around a whole condition belong to the statement; up to 3.0 they were not needed. */
  private withoutParentheses(test: Expression, keyword: 'if' | 'while'): Expression {
    if (test.kind === 'Group') return test.value;
    if (this.next(t.RightParenthesis)) {
      const place = { start: test.span.start, end: test.span.start };
      const details = { help: 'put `(` in front of the condition', fix: { span: place, text: '(' } };
      this.report('syntax-error', this.spanOf(this.LA(1)), '`)` closes nothing', details);
      this.SKIP_TOKEN();
      return test;
    }
    this.remark(keyword === 'if' ? 'if without parentheses' : 'while without parentheses', test.span);
    return test;
  }

  /** Goes on behind the `)` of a condition that failed, so that what depends on it is still read. */
  private brokenTest(thrown: unknown, start: number): Expression {
    this.reportFailure(thrown);
    this.skipPastParenthesis(start);
    if (this.next(t.RightBrace) || this.atEnd() || this.startsItem()) throw thrown;
    return { kind: 'BrokenExpression', span: this.from(start) };
  }

  /** To behind the `)` of what began at an offset, or in front of a brace; over semicolons where they are `inside`. */
  private skipPastParenthesis(start: number, inside?: TokenType): void {
    let depth = this.openParentheses(start);
    while (!this.atEnd() && !this.startsItem()) {
      if (this.next(t.LeftBrace) || this.next(t.RightBrace)) break;
      if (this.next(t.Semicolon) && inside !== t.Semicolon) break;
      const closes = this.next(t.RightParenthesis);
      if (closes) depth -= 1;
      else if (this.next(t.LeftParenthesis)) depth += 1;
      this.SKIP_TOKEN();
      if (closes && depth <= 0 && !this.next(t.RightParenthesis)) break;
    }
  }

  /** The parentheses opened and not closed since an offset. */
  private openParentheses(start: number): number {
    let depth = 0;
    for (let back = 0; this.LA(back).startOffset >= start; back -= 1) {
      if (this.next(t.LeftParenthesis, back)) depth += 1;
      if (this.next(t.RightParenthesis, back)) depth -= 1;
    }
    return depth;
  }

  // ---- switch.

  /** cfg.y: switch_cmd. */
  private readonly switchStatement: ParserMethod<[], Statement> = this.rule('switchStatement', () => {
    const start = this.CONSUME(t.Switch).startOffset;
    this.CONSUME(t.LeftParenthesis);
    const subject = this.SUBRULE(this.variable);
    this.CONSUME(t.RightParenthesis);
    const open = this.openSwitch();
    const cases = this.inLoop(() => this.nested(() => this.SUBRULE(this.switchCases)));
    this.closeBrace(open);
    return { kind: 'Switch', subject, cases, span: this.from(start) };
  });

  /** The `{` of a switch; where a case stands in its place, it is told, and the cases are read. */
  private openSwitch(): IToken {
    if (this.RECORDING_PHASE || !this.next(t.Case)) return this.CONSUME(t.LeftBrace);
    const before = this.LA(0);
    this.report(
      'syntax-error',
      this.spanOf(this.LA(1)),
      '`case` stands where `{` should',
      insert(' {', before),
    );
    return before;
  }

  private readonly switchCases: ParserMethod<[], SwitchCase[]> = this.rule('switchCases', () => {
    const cases: SwitchCase[] = [];
    if (this.RECORDING_PHASE) {
      this.AT_LEAST_ONE(() => cases.push(this.SUBRULE(this.switchCase)));
      return cases;
    }
    let broken = false;
    while (!this.next(t.RightBrace) && !this.atEnd() && !this.startsItem()) {
      const start = this.here;
      try {
        if (cases.at(-1)?.label === undefined && cases.length > 0) this.reportAfterDefault();
        cases.push(this.SUBRULE(this.switchCase));
      } catch (thrown) {
        broken = true;
        this.recover(thrown, start);
        while (this.skipsToCase()) this.skipStatement();
      }
    }
    if (!broken && cases.every(({ label }) => label === undefined)) this.reportWithoutCase(cases[0]);
    return cases;
  });

  private reportWithoutCase(first: SwitchCase | undefined): void {
    const help = 'a switch wants at least one case';
    if (first === undefined) {
      this.report('syntax-error', this.spanOf(this.LA(1)), 'the switch ends before its first case', { help });
      return;
    }
    const span = { start: first.span.start, end: first.span.start + 'default'.length };
    this.report('syntax-error', span, '`default` stands where `case` should', { help });
  }

  private skipsToCase(): boolean {
    const stops = this.next(t.Case) || this.next(t.Default) || this.next(t.RightBrace);
    return !stops && !this.atEnd() && !this.startsItem();
  }

  private reportAfterDefault(): void {
    if (!this.next(t.Case) && !this.next(t.Default)) return;
    const token = this.LA(1);
    const message = `\`${token.image}\` stands after \`default\`, which must come last`;
    this.report('syntax-error', this.spanOf(token), message, {
      help: 'move `default` to the end of the switch',
    });
  }

  /** cfg.y: case_stm, default_stm. */
  private readonly switchCase: ParserMethod<[], SwitchCase> = this.rule('switchCase', () => {
    const start = this.here;
    const label = this.OR<SwitchCase['label']>([
      {
        ALT: () => {
          this.CONSUME(t.Case);
          return this.SUBRULE(this.caseLabel);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Default);
          return undefined;
        },
      },
    ]);
    this.CONSUME(t.Colon);
    const statements = this.statementList(true);
    return { kind: 'SwitchCase', ...(label && { label }), statements, span: this.from(start) };
  });

  private readonly caseLabel: ParserMethod<[], NonNullable<SwitchCase['label']>> = this.rule(
    'caseLabel',
    () =>
      this.OR<NonNullable<SwitchCase['label']>>([
        { ALT: () => this.SUBRULE(this.signedNumber) },
        { ALT: () => this.stringOf(this.CONSUME(t.StringToken)) },
      ]),
  );
}

const nothing: Statement = { kind: 'BrokenStatement', span: { start: 0, end: 0 } };

/** What other languages, and capital letters, make of the keywords. */
const meantKeywords: ReadonlyMap<string, { readonly text: string; readonly type: TokenType }> = new Map([
  ['if', { text: 'if', type: t.If }],
  ['while', { text: 'while', type: t.While }],
  ['for', { text: 'for', type: t.For }],
  ['foreach', { text: 'for', type: t.For }],
  ['switch', { text: 'switch', type: t.Switch }],
  ...['elseif', 'elsif', 'elif'].map((word) => [word, { text: 'else if', type: t.If }] as const),
]);
