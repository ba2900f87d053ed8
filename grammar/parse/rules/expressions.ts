import type { IOrAlt, IToken, ParserMethod } from 'chevrotain';
import type {
  Arithmetic,
  Assignment,
  Block,
  Comparison,
  Expression,
  Logical,
  Operand,
  Statement,
} from '../../ast.ts';
import * as t from '../tokens.ts';
import { ValueRules } from './values.ts';

/**
 * Conditions (cfg.y: exp, exp_elem, exp_cond) and values (assignexp). `and` and `or` bind alike and from the left,
 * `not` binds tighter; the bit operators bind alike, all others of arithmetic alike and tighter: `1 + 2 * 3` is 9.
 */
export abstract class ExpressionRules extends ValueRules {
  protected abstract readonly keywordCommand: ParserMethod<[], Statement>;
  protected abstract readonly call: ParserMethod<[], Statement>;
  protected abstract readonly ifStatement: ParserMethod<[], Statement>;
  protected abstract readonly bracedBlock: ParserMethod<[], Block>;
  protected abstract readonly callOrWord: ParserMethod<[], Expression>;
  protected abstract readonly operandOrCall: ParserMethod<[], Expression>;
  protected readonly maxOperators: number;

  constructor(maxNesting: number, maxOperators: number, skipValidations: boolean) {
    super(maxNesting, skipValidations);
    this.maxOperators = maxOperators;
  }

  /** cfg.y: exp. */
  protected readonly condition: ParserMethod<[], Expression> = this.rule('condition', () => {
    let left = this.SUBRULE(this.term);
    let count = 0;
    this.MANY(() => {
      const operator = this.CONSUME(t.AndOr);
      const right = this.SUBRULE2(this.term);
      left = this.logical(left, operator, right);
      count = this.countOperator(count);
    });
    return left;
  });

  private readonly terms: IOrAlt<Expression>[] = [
    { ALT: () => this.SUBRULE(this.variableTerm) },
    { ALT: () => this.SUBRULE(this.negation) },
    { ALT: () => this.SUBRULE(this.conditionGroup) },
    { ALT: () => this.SUBRULE(this.evaluation) },
    { ALT: () => this.SUBRULE(this.signedNumber) },
    { ALT: () => this.statementTerm(this.SUBRULE(this.ifStatement)) },
    { ALT: () => this.statementTerm(this.nested(() => this.SUBRULE(this.bracedBlock))) },
    { ALT: () => this.SUBRULE(this.operandOrCall) },
    { ALT: () => this.SUBRULE(this.myselfComparison) },
    { ALT: () => this.statementTerm(this.SUBRULE(this.keywordCommand)) },
    { ALT: () => this.statementTerm(this.SUBRULE(this.call)), IGNORE_AMBIGUITIES: true },
  ];

  private readonly term: ParserMethod<[], Expression> = this.rule('term', () => this.OR(this.terms));

  private readonly negation: ParserMethod<[], Expression> = this.rule('negation', () => {
    const sign = this.CONSUME(t.NotToken);
    const operand = this.nested(() => this.SUBRULE(this.term));
    return { kind: 'Not', operand, span: this.from(sign.startOffset) };
  });

  private readonly conditionGroup: ParserMethod<[], Expression> = this.rule('conditionGroup', () => {
    const open = this.CONSUME(t.LeftParenthesis);
    const value = this.nested(() => this.SUBRULE(this.condition));
    this.CONSUME(t.RightParenthesis);
    return { kind: 'Group', value, span: this.from(open.startOffset) };
  });

  private readonly evaluation: ParserMethod<[], Expression> = this.rule('evaluation', () => {
    const open = this.CONSUME(t.LeftBracket);
    const value = this.nested(() => this.SUBRULE(this.value));
    this.CONSUME(t.RightBracket);
    return { kind: 'Evaluation', value, span: this.from(open.startOffset) };
  });

  /** A variable alone, compared, or assigned to. */
  private readonly variableTerm: ParserMethod<[], Expression> = this.rule('variableTerm', () => {
    const variable = this.SUBRULE(this.variable);
    return (
      this.OPTION(() =>
        this.OR<Expression>([
          { ALT: () => this.SUBRULE(this.comparison, { ARGS: [variable] }) },
          {
            ALT: () =>
              this.statementTerm(this.nested(() => this.SUBRULE(this.assignmentRest, { ARGS: [variable] }))),
          },
        ]),
      ) ?? variable
    );
  });

  /** cfg.y: assign_cmd, after its variable. */
  protected readonly assignmentRest: ParserMethod<[Assignment['target']], Assignment> = this.rule(
    'assignmentRest',
    (target) => {
      const operator = this.CONSUME(t.Assign);
      const value = this.OR<Expression>([
        { ALT: () => this.nullValue(operator) },
        { ALT: () => this.SUBRULE(this.value) },
      ]);
      const start = this.RECORDING_PHASE ? 0 : target.span.start;
      const written = operator.image as Assignment['operator'];
      return { kind: 'Assignment', target, operator: written, value, span: this.from(start) };
    },
  );

  private nullValue(operator: IToken): Expression {
    if (!this.RECORDING_PHASE && operator.tokenType === t.OperatorEqual) {
      throw this.unexpected('a value', '`NULL` can only be assigned with `=` or `:=`');
    }
    return { kind: 'Null', span: this.spanOf(this.CONSUME(t.Null)) };
  }

  /** cfg.y: assignexp. */
  protected readonly value: ParserMethod<[], Expression> = this.rule('value', () => {
    let left = this.SUBRULE(this.sum);
    let count = 0;
    this.MANY(() => {
      const operator = this.CONSUME(t.BitOperator);
      left = this.arithmetic(left, operator, this.SUBRULE2(this.sum));
      count = this.countOperator(count);
    });
    return left;
  });

  private readonly sum: ParserMethod<[], Expression> = this.rule('sum', () => {
    let left = this.SUBRULE(this.valuePart);
    let count = 0;
    this.MANY(() => {
      const operator = this.CONSUME(t.ArithmeticOperator);
      left = this.arithmetic(left, operator, this.SUBRULE2(this.valuePart));
      count = this.countOperator(count);
    });
    return left;
  });

  private readonly valueParts: IOrAlt<Expression>[] = [
    { ALT: () => this.SUBRULE(this.signedNumber) },
    { ALT: () => this.stringOf(this.CONSUME(t.StringToken)) },
    { ALT: () => this.SUBRULE(this.variableValue) },
    { ALT: () => this.SUBRULE(this.bitNot) },
    { ALT: () => this.SUBRULE(this.valueGroup) },
    { ALT: () => this.SUBRULE(this.operandOrCall) },
    { ALT: () => this.SUBRULE(this.myselfComparison) },
    { ALT: () => this.statementTerm(this.SUBRULE(this.keywordCommand)) },
    { ALT: () => this.SUBRULE(this.callOrWord), IGNORE_AMBIGUITIES: true },
  ];

  private readonly valuePart: ParserMethod<[], Expression> = this.rule('valuePart', () =>
    this.OR(this.valueParts),
  );

  private readonly variableValue: ParserMethod<[], Expression> = this.rule('variableValue', () => {
    const variable = this.SUBRULE(this.variable);
    return this.OPTION(() => this.SUBRULE(this.comparison, { ARGS: [variable] })) ?? variable;
  });

  private readonly bitNot: ParserMethod<[], Expression> = this.rule('bitNot', () => {
    const sign = this.CONSUME(t.Tilde);
    const operand = this.nested(() => this.SUBRULE(this.valuePart));
    return { kind: 'BitNot', operand, span: this.from(sign.startOffset) };
  });

  private readonly valueGroup: ParserMethod<[], Expression> = this.rule('valueGroup', () => {
    const open = this.CONSUME(t.LeftParenthesis);
    const value = this.nested(() => this.SUBRULE(this.value));
    this.CONSUME(t.RightParenthesis);
    return { kind: 'Group', value, span: this.from(open.startOffset) };
  });

  /** cfg.y: exp_cond, after its left side. */
  protected readonly comparison: ParserMethod<[Expression], Comparison> = this.rule('comparison', (left) => {
    const operator = this.CONSUME(t.Comparison);
    const right = this.SUBRULE(this.comparand, { ARGS: [left, operator] });
    const start = this.RECORDING_PHASE ? 0 : left.span.start;
    const written = operator.image as Comparison['operator'];
    return { kind: 'Comparison', operator: written, left, right, span: this.from(start) };
  });

  /** What may stand on the right of a comparison depends on the operator. cfg.y: strop, intop, equalop. */
  private readonly comparand: ParserMethod<[Expression, IToken], Expression> = this.rule(
    'comparand',
    (left, operator) => {
      if (!this.RECORDING_PHASE) this.checkComparand(operator);
      return this.OR<Expression>([
        { ALT: () => this.SUBRULE(this.variable) },
        { ALT: () => this.stringOf(this.CONSUME(t.StringToken)) },
        { ALT: () => this.SUBRULE(this.signedNumber) },
        { ALT: () => ({ kind: 'Null', span: this.spanOf(this.CONSUME(t.Null)) }) },
        { ALT: () => this.comparedNetwork(left) },
        { ALT: () => this.operandOf(this.CONSUME(t.Myself)) },
        { ALT: () => this.operandOf(this.CONSUME(t.MaxLength)) },
        { ALT: () => this.SUBRULE(this.comparedWord, { ARGS: [left] }), IGNORE_AMBIGUITIES: true },
      ]);
    },
  );

  private checkComparand(operator: IToken): void {
    const { tokenType } = this.LA(1);
    const fits =
      operator.tokenType === t.Equality ||
      tokenType === t.VariableToken ||
      tokenType === t.StringToken ||
      this.next(t.Name) ||
      (operator.tokenType === t.Ordering && numeric.has(tokenType));
    if (fits || this.atEnd()) return;
    const wanted =
      operator.tokenType === t.Matching ? 'a regular expression in quotes' : 'a value to compare with';
    throw this.unexpected(wanted);
  }

  private comparedNetwork(left: Expression): Expression {
    const network = this.SUBRULE(this.network);
    if (!this.RECORDING_PHASE && left.kind === 'Variable') {
      this.remark('comparison with an address', network.span);
    }
    return network;
  }

  /** A bare word, or after an operand of 2.x a host. */
  private readonly comparedWord: ParserMethod<[Expression], Expression> = this.rule(
    'comparedWord',
    (left) => {
      const isKeyword = !this.next(t.Name) && !this.next(t.Dot, 2) && !this.next(t.Minus, 2);
      if (!this.RECORDING_PHASE && isKeyword) throw this.unexpected('a value to compare with');
      const host = this.SUBRULE(this.hostName);
      if (this.RECORDING_PHASE) return host;
      this.remark('bare word as value', host.span);
      const isWord = /^[a-zA-Z][a-zA-Z0-9_]*$/.test(host.text);
      if (isWord) return { kind: 'Word', text: host.text, span: host.span };
      if (left.kind === 'Operand') return host;
      throw this.fail('syntax-error', host.span, `${host.text} stands where a string in quotes should`);
    },
  );

  /** cfg.y: MYSELF equalop uri_type. */
  private readonly myselfComparison: ParserMethod<[], Expression> = this.rule('myselfComparison', () => {
    const left = this.operandOf(this.CONSUME(t.Myself));
    const operator = this.CONSUME(t.Equality);
    const right = this.operandOf(this.CONSUME(t.OperandWord));
    const written = operator.image as Comparison['operator'];
    return { kind: 'Comparison', operator: written, left, right, span: this.from(left.span.start) };
  });

  protected operandOf(token: IToken): Operand {
    const span = this.spanOf(token);
    this.remark('bare operand', span);
    return { kind: 'Operand', name: token.image, span };
  }

  protected statementTerm(statement: Statement | Block): Expression {
    if (this.RECORDING_PHASE) return { kind: 'BrokenExpression', span: { start: 0, end: 0 } };
    return { kind: 'StatementExpression', statement, span: statement.span };
  }

  private logical(left: Expression, operator: IToken, right: Expression): Logical {
    const isAnd = operator.tokenType === t.AndWord || operator.tokenType === t.AndSymbol;
    const start = this.RECORDING_PHASE ? 0 : left.span.start;
    return { kind: 'Logical', operator: isAnd ? 'and' : 'or', left, right, span: this.from(start) };
  }

  private arithmetic(left: Expression, operator: IToken, right: Expression): Arithmetic {
    const start = this.RECORDING_PHASE ? 0 : left.span.start;
    const written = operator.image as Arithmetic['operator'];
    return { kind: 'Arithmetic', operator: written, left, right, span: this.from(start) };
  }

  /** A chain of operators is a tree as deep as it is long. */
  private countOperator(count: number): number {
    if (count < this.maxOperators) return count + 1;
    const span = this.spanOf(this.LA(0));
    throw this.fail('too-deeply-nested', span, `more than ${this.maxOperators} operators in one expression`);
  }
}

const numeric: ReadonlySet<IToken['tokenType']> = new Set([
  t.NumberToken,
  t.BooleanWord,
  t.Plus,
  t.Minus,
  t.MaxLength,
]);
