import type { IOrAlt, IToken, ParserMethod } from 'chevrotain';
import type {
  Argument,
  Call,
  EmptyArgument,
  Expression,
  Jump,
  Name,
  NumberLiteral,
  Statement,
  StringLiteral,
  Variable,
} from '../../ast.ts';
import { suggest } from '../../findings/suggest.ts';
import { bareFunctionsOf2, coreFunctionsOf2, flagFunctionsOf2 } from '../core-functions-of-2.ts';
import * as t from '../tokens.ts';
import { ExpressionRules } from './expressions.ts';

/** What does something at once: functions, route calls, jumps (cfg.y: cmd). */
export abstract class CommandRules extends ExpressionRules {
  /** The commands that begin with a keyword in every version. */
  protected readonly keywordCommand: ParserMethod<[], Statement> = this.rule('keywordCommand', () =>
    this.OR(this.keywordCommands),
  );

  private readonly keywordCommands: IOrAlt<Statement>[] = [
    { ALT: () => this.SUBRULE(this.plainJump) },
    { ALT: () => this.SUBRULE(this.returnJump) },
    { ALT: () => this.SUBRULE(this.xlog) },
    { ALT: () => this.SUBRULE(this.routeCall) },
    { ALT: () => this.SUBRULE(this.logCall) },
    { ALT: () => this.SUBRULE(this.errorCall) },
    { ALT: () => this.SUBRULE(this.assertStatement) },
    { ALT: () => this.SUBRULE(this.asyncStatement) },
    { ALT: () => this.SUBRULE(this.launchStatement) },
  ];

  // ---- Functions.

  /** cfg.y: ID LPAREN func_param RPAREN; up to 3.0 some stand without parentheses. */
  protected readonly call: ParserMethod<[], Call> = this.rule('call', () => {
    const token = this.CONSUME(t.Name);
    return this.OPTION(() => this.SUBRULE(this.callRest, { ARGS: [token] })) ?? this.bareCall(token);
  });

  /** A call, or up to 2.3 a bare word as a value. */
  protected readonly callOrWord: ParserMethod<[], Expression> = this.rule('callOrWord', () => {
    const token = this.CONSUME(t.Name);
    const call = this.OPTION(() => this.SUBRULE(this.callRest, { ARGS: [token] }));
    if (call !== undefined) return this.statementTerm(call);
    if (bareFunctionsOf2.has(token.image)) return this.statementTerm(this.bareCall(token));
    const span = this.spanOf(token);
    this.remark('bare word as value', span);
    return { kind: 'Word', text: token.image, span };
  });

  /** An operand of 2.x compared, or a function that is called like one. */
  protected readonly operandOrCall: ParserMethod<[], Expression> = this.rule('operandOrCall', () => {
    const token = this.CONSUME(t.OperandWord);
    return this.OR<Expression>([
      {
        ALT: () => {
          const operand = this.RECORDING_PHASE ? brokenOperand : this.operandOf(token);
          return this.SUBRULE(this.comparison, { ARGS: [operand] });
        },
      },
      { ALT: () => this.statementTerm(this.SUBRULE(this.callRest, { ARGS: [token] })) },
    ]);
  });

  private bareCall(token: IToken): Call {
    if (!this.RECORDING_PHASE && !bareFunctionsOf2.has(token.image)) {
      throw this.noCall(token);
    }
    const span = this.spanOf(token);
    this.remark('function without parentheses', span);
    return { kind: 'Call', name: this.nameOf(token), arguments: [], parentheses: false, span };
  }

  private noCall(token: IToken) {
    const near = this.next(t.Semicolon) ? suggest(token.image, jumpWords) : undefined;
    if (near === undefined) {
      return this.unexpected('`(`', `a function is called with parentheses: ${token.image}()`);
    }
    const span = this.spanOf(token);
    const details = { help: `did you mean \`${near}\`?`, fix: { span, text: near } };
    return this.fail('syntax-error', span, `\`${token.image}\` is no statement`, details);
  }

  private readonly callRest: ParserMethod<[IToken], Call> = this.rule('callRest', (token) => {
    const name = this.RECORDING_PHASE ? unnamed : this.nameOf(token);
    const list = this.SUBRULE(this.callArguments, { ARGS: [name.text] });
    return { kind: 'Call', name, arguments: list, parentheses: true, span: this.from(name.span.start) };
  });

  /** cfg.y: func_param. Places between commas may be empty. */
  private readonly callArguments: ParserMethod<[string], Argument[]> = this.rule('callArguments', (name) => {
    const list: Argument[] = [];
    let commas = 0;
    this.CONSUME(t.LeftParenthesis);
    let given = this.OPTION(() => this.SUBRULE(this.argument, { ARGS: [name] }));
    let place = this.here;
    this.MANY(() => {
      list.push(given ?? emptyAt(place));
      this.CONSUME(t.Comma);
      commas += 1;
      place = this.last;
      given = this.OPTION2(() => this.SUBRULE2(this.argument, { ARGS: [name] }));
    });
    if (given !== undefined || commas > 0) list.push(given ?? emptyAt(place));
    this.CONSUME(t.RightParenthesis);
    return list;
  });

  private readonly argument: ParserMethod<[string], Argument> = this.rule('argument', (name) =>
    this.OR<Argument>([
      { ALT: () => this.stringArgument(name) },
      { ALT: () => this.numberArgument(name) },
      { ALT: () => this.variableArgument(name) },
      { ALT: () => this.SUBRULE(this.argumentOf2, { ARGS: [name] }), IGNORE_AMBIGUITIES: true },
    ]),
  );

  private stringArgument(name: string): StringLiteral {
    const string = this.stringOf(this.CONSUME(t.StringToken));
    if (flagFunctionsOf2.has(name)) this.remark('flag name in quotes', string.span);
    return string;
  }

  private numberArgument(name: string): NumberLiteral {
    const number = this.SUBRULE(this.signedNumber);
    if (!coreFunctionsOf2.has(name)) this.remark('number as function argument', number.span);
    return number;
  }

  private variableArgument(name: string): Variable {
    const variable = this.SUBRULE(this.variable);
    if (!coreFunctionsOf2.has(name)) this.remark('variable as function argument', variable.span);
    return variable;
  }

  /** Forms that only some keywords of 2.x take: a flag's name, a socket, an address. */
  private readonly argumentOf2: ParserMethod<[string], Argument> = this.rule('argumentOf2', (name) => {
    const form = flagFunctionsOf2.has(name) ? 'flag' : addressFunctionsOf2.get(name);
    if (!this.RECORDING_PHASE && form === undefined) throw this.bareWordArgument();
    const argument = this.OR<Argument>([
      { GATE: () => form === 'flag', ALT: () => this.flagName(this.CONSUME(t.Name)) },
      { GATE: () => form === 'socket', ALT: () => this.SUBRULE(this.socketName), IGNORE_AMBIGUITIES: true },
      { GATE: () => form === 'address', ALT: () => this.SUBRULE(this.host), IGNORE_AMBIGUITIES: true },
    ]);
    this.remark(form === 'flag' ? 'flag name without quotes' : 'address as function argument', argument.span);
    return argument;
  });

  private flagName(token: IToken): Argument {
    return { kind: 'Word', text: token.image, span: this.spanOf(token) };
  }

  private bareWordArgument() {
    return this.unexpected('an argument', 'put words in quotes; numbers and variables stand without');
  }

  // ---- Commands with forms of their own.

  /** cfg.y: XLOG, XDBG: one string, or a level and a string; a string may be given in pieces. */
  private readonly xlog: ParserMethod<[], Call> = this.rule('xlog', () => {
    const token = this.CONSUME(t.XlogWord);
    const list: Argument[] = [];
    this.CONSUME(t.LeftParenthesis);
    const text = this.SUBRULE(this.foldedString);
    list.push(text);
    // The level in front of a text is one string.
    this.OPTION({
      GATE: () => text.parts === undefined,
      DEF: () => {
        this.CONSUME(t.Comma);
        list.push(this.SUBRULE2(this.foldedString));
      },
    });
    this.CONSUME(t.RightParenthesis);
    return this.callOf(token, list);
  });

  /** cfg.y: folded_string. */
  protected readonly foldedString: ParserMethod<[], StringLiteral> = this.rule('foldedString', () => {
    const tokens: IToken[] = [];
    this.AT_LEAST_ONE(() => {
      tokens.push(this.CONSUME(t.StringToken));
    });
    return this.foldedOf(tokens);
  });

  /** cfg.y: LOG_TOK. */
  private readonly logCall: ParserMethod<[], Call> = this.rule('logCall', () => {
    const token = this.CONSUME(t.LogWord);
    const list: Argument[] = [];
    this.CONSUME(t.LeftParenthesis);
    this.OPTION(() => {
      list.push(this.SUBRULE(this.signedNumber));
      this.CONSUME(t.Comma);
    });
    list.push(this.stringOf(this.CONSUME(t.StringToken)));
    this.CONSUME(t.RightParenthesis);
    return this.callOf(token, list);
  });

  /** cfg.y: ERROR. */
  private readonly errorCall: ParserMethod<[], Call> = this.rule('errorCall', () => {
    const token = this.CONSUME(t.ErrorWord);
    this.CONSUME(t.LeftParenthesis);
    const code = this.stringOf(this.CONSUME(t.StringToken));
    this.CONSUME(t.Comma);
    const text = this.stringOf(this.CONSUME2(t.StringToken));
    this.CONSUME(t.RightParenthesis);
    return this.callOf(token, [code, text]);
  });

  private callOf(token: IToken, list: Argument[]): Call {
    const span = this.from(token.startOffset);
    return { kind: 'Call', name: this.nameOf(token), arguments: list, parentheses: true, span };
  }

  /** cfg.y: ROUTE LPAREN route_name_var route_param RPAREN. */
  private readonly routeCall: ParserMethod<[], Statement> = this.rule('routeCall', () => {
    const token = this.CONSUME(t.RouteWord);
    const list: Argument[] = [];
    if (!this.RECORDING_PHASE && this.next(t.LeftBracket)) return this.bracketedRouteCall(token);
    this.CONSUME(t.LeftParenthesis);
    const name = this.OR<Name | Variable>([
      { ALT: () => this.routeNameFromVariable() },
      { ALT: () => this.SUBRULE(this.routeName) },
    ]);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      list.push(this.SUBRULE(this.routeArgument));
    });
    this.CONSUME(t.RightParenthesis);
    return { kind: 'RouteCall', name, arguments: list, span: this.from(token.startOffset) };
  });

  /** `route[name];` is reported, and read as the call that is meant. */
  private bracketedRouteCall(token: IToken): Statement {
    const help = 'a route is called with round brackets: route(name)';
    const open = this.LA(1);
    if (!this.next(t.Name, 2) || !this.next(t.RightBracket, 3)) throw this.unexpected('`(`', help);
    const name = this.nameOf(this.LA(2));
    for (let skipped = 0; skipped < 3; skipped += 1) this.SKIP_TOKEN();
    const span = this.from(open.startOffset);
    this.report('syntax-error', this.spanOf(open), '`[` stands where `(` should', {
      help,
      fix: { span, text: `(${name.text})` },
    });
    return { kind: 'RouteCall', name, arguments: [], span: this.from(token.startOffset) };
  }

  private routeNameFromVariable(): Variable {
    const variable = this.SUBRULE(this.variable);
    this.remark('route name from a variable', variable.span);
    return variable;
  }

  /** cfg.y: route_param. */
  private readonly routeArgument: ParserMethod<[], Argument> = this.rule('routeArgument', () =>
    this.OR<Argument>([
      { ALT: () => this.stringOf(this.CONSUME(t.StringToken)) },
      { ALT: () => this.routeNumber() },
      { ALT: () => this.SUBRULE(this.variable) },
      { ALT: () => ({ kind: 'Null', span: this.spanOf(this.CONSUME(t.Null)) }) },
    ]),
  );

  private routeNumber(): NumberLiteral {
    const signed = this.next(t.Sign);
    const number = this.SUBRULE(this.signedNumber);
    if (signed) this.remark('negative route argument', number.span);
    return number;
  }

  // ---- Jumps.

  /** cfg.y: EXIT, DROP. */
  private readonly plainJump: ParserMethod<[], Jump> = this.rule('plainJump', () => {
    const token = this.OR([{ ALT: () => this.CONSUME(t.Exit) }, { ALT: () => this.CONSUME(t.Drop) }]);
    const parentheses = this.OPTION(() => {
      this.CONSUME(t.LeftParenthesis);
      this.CONSUME(t.RightParenthesis);
      return true;
    });
    const keyword = token.tokenType === t.Exit ? 'exit' : 'drop';
    const span = this.from(token.startOffset);
    return { kind: 'Jump', keyword, parentheses: parentheses ?? false, values: [], span };
  });

  /** cfg.y: RETURN. The first value is the code; more of them, and values without parentheses, came later. */
  private readonly returnJump: ParserMethod<[], Jump> = this.rule('returnJump', () => {
    const token = this.CONSUME(t.Return);
    const list: Argument[] = [];
    const parentheses =
      this.OPTION(() =>
        this.OR([
          {
            ALT: () => {
              this.SUBRULE(this.returnValues, { ARGS: [list] });
              return true;
            },
          },
          {
            ALT: () => {
              list.push(this.SUBRULE(this.returnCode));
              return false;
            },
          },
        ]),
      ) ?? false;
    const span = this.from(token.startOffset);
    if (list.length > 1) this.remark('return with several values', span);
    if (list.length > 0 && !parentheses) this.remark('return value without parentheses', span);
    return { kind: 'Jump', keyword: 'return', parentheses, values: list, span };
  });

  private readonly returnValues: ParserMethod<[Argument[]], void> = this.rule('returnValues', (list) => {
    this.CONSUME(t.LeftParenthesis);
    const code = this.OPTION(() => this.SUBRULE(this.returnCode));
    const place = this.here;
    if (code !== undefined && !this.RECORDING_PHASE) list.push(code);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      const value = this.SUBRULE(this.routeArgument);
      if (this.RECORDING_PHASE) return;
      if (list.length === 0) list.push(emptyAt(place));
      list.push(value);
    });
    this.CONSUME(t.RightParenthesis);
  });

  private readonly returnCode: ParserMethod<[], Argument> = this.rule('returnCode', () =>
    this.OR<Argument>([
      { ALT: () => this.SUBRULE(this.signedNumber) },
      { ALT: () => this.SUBRULE(this.variable) },
    ]),
  );

  // ---- assert, async, launch.

  /** cfg.y: ASSERT. */
  private readonly assertStatement: ParserMethod<[], Statement> = this.rule('assertStatement', () => {
    const token = this.CONSUME(t.AssertWord);
    this.CONSUME(t.LeftParenthesis);
    const test = this.nested(() => this.SUBRULE(this.condition));
    const text = this.OPTION(() => {
      this.CONSUME(t.Comma);
      return this.stringOf(this.CONSUME(t.StringToken));
    });
    this.CONSUME(t.RightParenthesis);
    const span = this.from(token.startOffset);
    if (text === undefined) this.remark('assert without text', span);
    return { kind: 'Assert', test, ...(text && { text }), span };
  });

  /** cfg.y: async_func. */
  private readonly asyncCall: ParserMethod<[], Call> = this.rule('asyncCall', () => {
    const token = this.CONSUME(t.Name);
    return this.SUBRULE(this.callRest, { ARGS: [token] });
  });

  /** cfg.y: ASYNC_TOKEN. */
  private readonly asyncStatement: ParserMethod<[], Statement> = this.rule('asyncStatement', () => {
    const token = this.CONSUME(t.AsyncWord);
    this.CONSUME(t.LeftParenthesis);
    const call = this.SUBRULE(this.asyncCall);
    this.CONSUME(t.Comma);
    const resume = this.SUBRULE(this.routeName);
    const timeout = this.OPTION(() => {
      this.CONSUME2(t.Comma);
      return this.SUBRULE(this.plainNumber);
    });
    this.CONSUME(t.RightParenthesis);
    if (timeout !== undefined) this.remark('async timeout', timeout.span);
    const span = this.from(token.startOffset);
    return { kind: 'Async', call, resume, ...(timeout && { timeout }), span };
  });

  /** cfg.y: LAUNCH_TOKEN. */
  private readonly launchStatement: ParserMethod<[], Statement> = this.rule('launchStatement', () => {
    const token = this.CONSUME(t.LaunchWord);
    this.CONSUME(t.LeftParenthesis);
    const call = this.SUBRULE(this.asyncCall);
    const rest = this.OPTION(() => {
      this.CONSUME(t.Comma);
      const report = this.SUBRULE(this.routeName);
      const parameter = this.OPTION2(() => {
        this.CONSUME2(t.Comma);
        return this.stringOf(this.CONSUME(t.StringToken));
      });
      if (parameter !== undefined) this.remark('launch parameter', parameter.span);
      return { report, ...(parameter && { parameter }) };
    });
    this.CONSUME(t.RightParenthesis);
    const span = this.from(token.startOffset);
    this.remark('launch', span);
    return { kind: 'Launch', call, ...rest, span };
  });
}

const addressFunctionsOf2: ReadonlyMap<string, 'address' | 'socket'> = new Map([
  ['set_advertised_address', 'address'],
  ['force_send_socket', 'socket'],
]);

const unnamed: Name = { kind: 'Name', text: '', quoted: false, span: { start: 0, end: 0 } };
const brokenOperand: Expression = { kind: 'BrokenExpression', span: { start: 0, end: 0 } };

function emptyAt(offset: number): EmptyArgument {
  return { kind: 'EmptyArgument', span: { start: offset, end: offset } };
}

const jumpWords = ['exit', 'drop', 'return', 'break'];
