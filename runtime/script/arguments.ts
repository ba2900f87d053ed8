import type { Argument, Call, FormattedText, Span, Variable } from '../../grammar/index.ts';
import { parseFormattedText } from '../../grammar/index.ts';
import type {
  ArgumentKind,
  CommandSignature,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
  VariableReference,
} from '../module-exports.ts';
import { compilePattern } from '../variables/pattern.ts';
import { toInteger, wholeNumberOf } from '../variables/text.ts';
import { report, type Scope } from './scope.ts';
import { compileText, compileVariable, refer } from './variables.ts';

/** An argument of a function at one place of the script. */
export interface BoundArgument extends PreparedArgument {
  /** May be left out. */
  readonly optional: boolean;
}

const readOnly = () => {
  throw new Error('this argument is no variable');
};

/** What an argument is apart from what its parts may be. */
type BareArgument = Omit<BoundArgument, 'text' | 'variableIn'>;

function constantArgument(value: ScriptValue, optional: boolean): BareArgument {
  return { ...missingArgument(optional), constant: value, given: true, evaluate: () => value };
}

function missingArgument(optional: boolean): BareArgument {
  return {
    constant: null,
    given: false,
    optional,
    evaluate: () => null,
    assign: readOnly,
    variable: undefined,
  };
}

function dynamicArgument(evaluate: (run: ScriptRun) => ScriptValue, optional: boolean): BareArgument {
  return { ...missingArgument(optional), constant: undefined, given: true, evaluate };
}

/** The arguments of a call, as many as its signature has. */
export function compileArguments(scope: Scope, call: Call, signature: CommandSignature): BoundArgument[] {
  return signature.params.map((kind, index) => {
    const argument = call.arguments[index];
    const optional = kind.endsWith('?');
    const bare =
      !argument || argument.kind === 'EmptyArgument' || argument.kind === 'Null'
        ? missingArgument(optional)
        : compileArgument(scope, argument, kind, optional);
    return { ...bare, ...partsOf(scope, argument?.span ?? call.span) };
  });
}

/** What modules find inside of an argument's text is compiled at the argument's place. */
function partsOf(scope: Scope, span: Span): Pick<BoundArgument, 'text' | 'variableIn'> {
  return {
    text: (part) => compileText(scope, part, span).evaluate,
    variableIn: (part) => variableOf(scope, part, span),
  };
}

/** The variable that a text is, all of it; undefined where it is anything else. */
export function variableOf(scope: Scope, text: string, span: Span): VariableReference | undefined {
  const variable = onlyVariable(parseFormattedText(text, span));
  return variable && referenceTo(scope, variable);
}

function referenceTo(scope: Scope, variable: Variable): VariableReference {
  const { inner, index } = refer(scope, variable);
  const { get, getAll, set } = compileVariable(scope, variable);
  return {
    name: variable.name,
    inner,
    index,
    all: variable.index?.kind === 'AllIndex',
    get,
    getAll,
    set: (run, value) => set(run, value, false),
  };
}

function compileArgument(
  scope: Scope,
  argument: Argument,
  kind: ArgumentKind,
  optional: boolean,
): BareArgument {
  switch (kind[0]) {
    case 'i':
      return integerArgument(scope, argument, optional);
    case 'v':
      return variableArgument(scope, argument, optional);
    case 'r':
      return patternArgument(scope, argument, optional);
    default:
      return textArgument(scope, argument, optional, !kind.includes('!'));
  }
}

/** The text that a word, number or address stands for; undefined for what may hold variables. */
function plainText(argument: Argument): string | undefined {
  switch (argument.kind) {
    case 'Number':
      return argument.word ?? String(argument.value);
    case 'Word':
    case 'Host':
      return argument.text;
    case 'IpNetwork':
      return argument.mask === undefined ? argument.address : `${argument.address}/${argument.mask}`;
    case 'SocketName': {
      const port = argument.port ? `:${argument.port.value}` : '';
      return `${argument.protocol.text}:${argument.host.text}${port}`;
    }
    default:
      return undefined;
  }
}

function textArgument(scope: Scope, argument: Argument, optional: boolean, expanded: boolean): BareArgument {
  if (argument.kind === 'Variable') {
    const { get } = compileVariable(scope, argument);
    return dynamicArgument((run) => asText(get(run)), optional);
  }
  if (argument.kind === 'String') {
    if (!expanded) return constantArgument(argument.value, optional);
    const text = compileText(scope, argument.value, argument.span);
    return text.constant === undefined
      ? dynamicArgument(text.evaluate, optional)
      : constantArgument(text.constant, optional);
  }
  const text = plainText(argument);
  return text === undefined ? missingArgument(optional) : constantArgument(text, optional);
}

function asText(value: ScriptValue): string | null {
  return value === null ? null : String(value);
}

/** A number, a quoted number (2.x), or a variable that holds one. Anything else is NULL. */
function integerArgument(scope: Scope, argument: Argument, optional: boolean): BareArgument {
  if (argument.kind === 'Number') return constantArgument(toInteger(argument.value), optional);
  if (argument.kind === 'Variable') {
    const { get } = compileVariable(scope, argument);
    return dynamicArgument((run) => asInteger(get(run)), optional);
  }
  if (argument.kind !== 'String') return unusable(scope, argument.span, 'an integer', optional);
  const text = compileText(scope, argument.value, argument.span);
  if (text.constant === undefined) return dynamicArgument((run) => asInteger(text.evaluate(run)), optional);
  const value = wholeNumberOf(text.constant);
  return value === undefined
    ? unusable(scope, argument.span, 'an integer', optional)
    : constantArgument(value, optional);
}

function asInteger(value: ScriptValue): number | null {
  return typeof value === 'string' ? (wholeNumberOf(value) ?? null) : value;
}

/** A variable, or one between quotes as 2.x writes it. */
function variableArgument(scope: Scope, argument: Argument, optional: boolean): BareArgument {
  const variable =
    argument.kind === 'String'
      ? onlyVariable(parseFormattedText(argument.value, argument.span))
      : argument.kind === 'Variable'
        ? argument
        : undefined;
  if (!variable) return unusable(scope, argument.span, 'a variable', optional);
  const reference = referenceTo(scope, variable);
  return {
    constant: undefined,
    given: true,
    optional,
    evaluate: reference.get,
    assign(run, value) {
      reference.set(run, value);
    },
    variable: reference,
  };
}

function onlyVariable({ parts }: FormattedText): Variable | undefined {
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'Variable' ? only : undefined;
}

/** The text of a regular expression; a constant one is tried at the start. */
function patternArgument(scope: Scope, argument: Argument, optional: boolean): BareArgument {
  const bound = textArgument(scope, argument, optional, false);
  if (typeof bound.constant !== 'string') return bound;
  try {
    compilePattern(bound.constant, { ignoreCase: false });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report(scope, 'regular-expression-unusable', argument.span, `bad re "${bound.constant}": ${reason}`);
  }
  return bound;
}

function unusable(scope: Scope, span: Span, wanted: string, optional: boolean): BareArgument {
  report(scope, 'script-unusable', span, `${wanted} is expected here`);
  return missingArgument(optional);
}
