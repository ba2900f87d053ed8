import type { Argument, Call, Span, StringLiteral, Variable } from '../../grammar/index.ts';
import { parseFormattedText } from '../../grammar/index.ts';
import type {
  ArgumentKind,
  CommandSignature,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
} from '../module-exports.ts';
import { compilePattern } from '../variables/pattern.ts';
import { toInteger, wholeNumberOf } from '../variables/text.ts';
import { report, type Scope } from './scope.ts';
import { compileText, compileVariable } from './variables.ts';

/** An argument of a function at one place of the script. */
export interface BoundArgument extends PreparedArgument {
  /** May be left out. */
  readonly optional: boolean;
}

const readOnly = () => {
  throw new Error('this argument is no variable');
};

function constantArgument(value: ScriptValue, optional: boolean): BoundArgument {
  return { constant: value, given: true, optional, evaluate: () => value, assign: readOnly };
}

function missingArgument(optional: boolean): BoundArgument {
  return { constant: null, given: false, optional, evaluate: () => null, assign: readOnly };
}

function dynamicArgument(evaluate: (run: ScriptRun) => ScriptValue, optional: boolean): BoundArgument {
  return { constant: undefined, given: true, optional, evaluate, assign: readOnly };
}

/** The arguments of a call, as many as its signature has. */
export function compileArguments(scope: Scope, call: Call, signature: CommandSignature): BoundArgument[] {
  return signature.params.map((kind, index) => {
    const argument = call.arguments[index];
    const optional = kind.endsWith('?');
    if (!argument || argument.kind === 'EmptyArgument' || argument.kind === 'Null') {
      return missingArgument(optional);
    }
    return compileArgument(scope, argument, kind, optional);
  });
}

function compileArgument(
  scope: Scope,
  argument: Argument,
  kind: ArgumentKind,
  optional: boolean,
): BoundArgument {
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

function textArgument(scope: Scope, argument: Argument, optional: boolean, expanded: boolean): BoundArgument {
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
function integerArgument(scope: Scope, argument: Argument, optional: boolean): BoundArgument {
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
function variableArgument(scope: Scope, argument: Argument, optional: boolean): BoundArgument {
  const variable = argument.kind === 'String' ? onlyVariable(argument) : argument;
  if (variable?.kind !== 'Variable') return unusable(scope, argument.span, 'a variable', optional);
  const bound = compileVariable(scope, variable);
  return {
    constant: undefined,
    given: true,
    optional,
    evaluate: bound.get,
    evaluateAll: bound.getAll,
    assign(run, value) {
      bound.set(run, value, false);
    },
  };
}

function onlyVariable(argument: StringLiteral): Variable | undefined {
  const { parts } = parseFormattedText(argument.value, argument.span);
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'Variable' ? only : undefined;
}

/** The text of a regular expression; a constant one is tried at the start. */
function patternArgument(scope: Scope, argument: Argument, optional: boolean): BoundArgument {
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

function unusable(scope: Scope, span: Span, wanted: string, optional: boolean): BoundArgument {
  report(scope, 'script-unusable', span, `${wanted} is expected here`);
  return missingArgument(optional);
}
