import type {
  Argument,
  Block,
  Call,
  Comparison,
  Config,
  Expression,
  FormattedText,
  IpNetwork,
  Name,
  RouteBlock,
  Span,
  Statement,
  StringLiteral,
  SwitchCase,
  Variable,
} from '../../ast.ts';

/** A function where it is called. */
export interface CallUse {
  readonly call: Call;
  /** `async`: as the first argument of `async()` or `launch()`. */
  readonly as: 'call' | 'async';
  readonly route: RouteBlock;
}

/** A route where it is called by name, or where an asynchronous call goes on in it. */
interface RouteUse {
  readonly name: Name;
  readonly by: 'route' | 'async' | 'launch';
  readonly span: Span;
  readonly route: RouteBlock;
}

export interface VariableUse {
  readonly variable: Variable;
  /** Stands on the left of an assignment, or takes the items of a loop. */
  readonly assigned: boolean;
  readonly route: RouteBlock;
}

/** A string in which the statement around it expands variables, apart from arguments of functions. */
interface TextUse {
  readonly text: StringLiteral;
  readonly route: RouteBlock;
}

/** Everything in the routes that checks ask for, in source order. */
export interface Script {
  readonly routes: readonly RouteBlock[];
  readonly calls: readonly CallUse[];
  readonly routeUses: readonly RouteUse[];
  readonly variables: readonly VariableUse[];
  readonly texts: readonly TextUse[];
  /** The conditions of `if` and `while`. */
  readonly conditions: readonly Expression[];
  /** Every string, whatever it is for. */
  readonly strings: readonly StringLiteral[];
  /** What stands on the right of `=~` and `!~` as a string. */
  readonly patterns: readonly StringLiteral[];
  readonly networks: readonly IpNetwork[];
  /** The variables whose values are names of routes that are called. */
  readonly routesByVariable: readonly Variable[];
}

/** Reads all routes once. */
export function readScript(config: Config): Script {
  const routes = config.items.filter((item) => item.kind === 'RouteBlock');
  const reader = new ScriptReader();
  for (const route of routes) reader.readRoute(route);
  return { routes, ...reader.script };
}

/** Tells the variables of a text with all that stand inside them. */
export function eachVariableOfText(text: FormattedText, tell: (variable: Variable) => void): void {
  for (const part of text.parts) if (part.kind === 'Variable') eachVariable(part, tell);
}

/** Tells a variable and all that stand inside it: in its name, its index and its transformations. */
function eachVariable(variable: Variable, tell: (variable: Variable) => void): void {
  const { inner, index, transformations } = variable;
  tell(variable);
  if (inner) eachVariableOfText(inner, tell);
  if (index?.kind === 'VariableIndex') eachVariable(index.variable, tell);
  for (const one of transformations) for (const text of one.arguments) eachVariableOfText(text, tell);
}

class ScriptReader {
  readonly script: {
    calls: CallUse[];
    routeUses: RouteUse[];
    variables: VariableUse[];
    texts: TextUse[];
    conditions: Expression[];
    strings: StringLiteral[];
    patterns: StringLiteral[];
    networks: IpNetwork[];
    routesByVariable: Variable[];
  } = {
    calls: [],
    routeUses: [],
    variables: [],
    texts: [],
    conditions: [],
    strings: [],
    patterns: [],
    networks: [],
    routesByVariable: [],
  };
  #route: RouteBlock | undefined;

  readRoute(route: RouteBlock): void {
    this.#route = route;
    this.#block(route.body);
  }

  #block(block: Block): void {
    for (const statement of block.statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    switch (statement.kind) {
      case 'Call':
        this.#call(statement, 'call');
        return;
      case 'RouteCall':
        if (statement.name.kind === 'Variable') this.#routeByVariable(statement.name);
        else this.#routeUse(statement.name, 'route', statement.span);
        this.#arguments(statement.arguments);
        return;
      case 'Async':
        this.#call(statement.call, 'async');
        this.#routeUse(statement.resume, 'async', statement.span);
        return;
      case 'Launch':
        this.#call(statement.call, 'async');
        if (statement.report) this.#routeUse(statement.report, 'launch', statement.span);
        if (statement.parameter) this.#text(statement.parameter);
        return;
      case 'Assert':
        this.#expression(statement.test);
        if (statement.text) this.script.strings.push(statement.text);
        return;
      case 'Jump':
        this.#arguments(statement.values);
        return;
      case 'Assignment':
        this.#variable(statement.target, true);
        this.#expression(statement.value);
        return;
      case 'If':
        this.#condition(statement.test);
        this.#block(statement.then);
        if (statement.else) this.#block(statement.else);
        return;
      case 'While':
        this.#condition(statement.test);
        this.#block(statement.body);
        return;
      case 'ForEach':
        this.#variable(statement.item, true);
        this.#variable(statement.list, false);
        this.#block(statement.body);
        return;
      case 'Switch':
        this.#variable(statement.subject, false);
        for (const one of statement.cases) this.#case(one);
        return;
      case 'EmptyStatement':
      case 'BrokenStatement':
        return;
    }
  }

  #case({ label, statements }: SwitchCase): void {
    if (label?.kind === 'String') this.script.strings.push(label);
    for (const statement of statements) this.#statement(statement);
  }

  #condition(test: Expression): void {
    this.script.conditions.push(test);
    this.#expression(test);
  }

  #expression(expression: Expression): void {
    switch (expression.kind) {
      case 'String':
        this.script.strings.push(expression);
        return;
      case 'Variable':
        this.#variable(expression, false);
        return;
      case 'IpNetwork':
        this.script.networks.push(expression);
        return;
      case 'Comparison':
        this.#pattern(expression);
        this.#expression(expression.left);
        this.#expression(expression.right);
        return;
      case 'Logical':
      case 'Arithmetic':
        this.#expression(expression.left);
        this.#expression(expression.right);
        return;
      case 'Not':
      case 'BitNot':
        this.#expression(expression.operand);
        return;
      case 'Evaluation':
      case 'Group':
        this.#expression(expression.value);
        return;
      case 'StatementExpression':
        if (expression.statement.kind === 'Block') this.#block(expression.statement);
        else this.#statement(expression.statement);
        return;
      default:
        return;
    }
  }

  #pattern({ operator, right }: Comparison): void {
    if (right.kind === 'String' && (operator === '=~' || operator === '!~')) this.script.patterns.push(right);
  }

  #call(call: Call, as: CallUse['as']): void {
    if (this.#route) this.script.calls.push({ call, as, route: this.#route });
    this.#arguments(call.arguments);
  }

  /** What strings mean is left to the function's signature; those of `route()` and `return` are plain. */
  #arguments(values: readonly Argument[]): void {
    for (const value of values) {
      if (value.kind === 'Variable') this.#variable(value, false);
      else if (value.kind === 'String') this.script.strings.push(value);
    }
  }

  #routeByVariable(name: Variable): void {
    this.script.routesByVariable.push(name);
    this.#variable(name, false);
  }

  #text(text: StringLiteral): void {
    this.script.strings.push(text);
    if (this.#route) this.script.texts.push({ text, route: this.#route });
  }

  #routeUse(name: Name, by: RouteUse['by'], span: Span): void {
    if (this.#route) this.script.routeUses.push({ name, by, span, route: this.#route });
  }

  #variable(variable: Variable, assigned: boolean): void {
    const route = this.#route;
    if (!route) return;
    eachVariable(variable, (one) => {
      this.script.variables.push({ variable: one, assigned: assigned && one === variable, route });
    });
  }
}
