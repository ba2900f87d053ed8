import type { Transformation } from '../../grammar/index.ts';
import type { ScriptRun, ScriptValue, TransformationFacts } from '../module-exports.ts';
import { wholeNumberOf } from '../variables/text.ts';
import type { TransformationEntry } from './environment.ts';
import { compileRunTransformation } from './run-transformations.ts';
import { placeOf, report, type Scope } from './scope.ts';
import { bindText } from './variables.ts';

/** A chain of transformations on the value of a variable. */
type Change = (run: ScriptRun, value: ScriptValue) => ScriptValue;

/** `{class.operation,argument}`, one after the other; undefined where there is none. */
export function compileTransformations(
  scope: Scope,
  transformations: readonly Transformation[],
): Change | undefined {
  if (transformations.length === 0) return undefined;
  const changes = transformations.map((transformation) => compileOne(scope, transformation));
  const [only] = changes;
  if (changes.length === 1) return only;
  return (run, value) => {
    let changed = value;
    for (const change of changes) changed = change(run, changed);
    return changed;
  };
}

/** `1.uri` of `{nameaddr.1.uri}`: an index in front of the operation. */
const indexed = /^(-?\d+)\.(.+)$/;

function compileOne(scope: Scope, transformation: Transformation): Change {
  const [, index, operation = transformation.operation] = indexed.exec(transformation.operation) ?? [];
  const name = operation ? `${transformation.group}.${operation}` : transformation.group;
  const inRun = compileRunTransformation(scope, name.toLowerCase(), transformation);
  if (inRun) return inRun;
  const entry = scope.transformations.get(name.toLowerCase());
  if (!entry) {
    report(
      scope,
      'script-name-unknown',
      transformation.span,
      `nothing here has the transformation {${name}}`,
    );
    return () => null;
  }
  const given = transformation.arguments.map((argument, index) => {
    const text = bindText(scope, argument);
    const kind = entry.facts.args[index];
    return text.constant === undefined
      ? (run: ScriptRun) => argumentValue(text.evaluate(run), kind)
      : argumentValue(text.constant, kind);
  });
  const read = index === undefined ? given : [Number(index), ...given];
  const constants = read.filter((value) => typeof value !== 'function');
  if (constants.length === read.length) return applyConstant(scope, transformation, entry, constants);
  return (run, value) =>
    entry.apply(
      value,
      read.map((argument) => (typeof argument === 'function' ? argument(run) : argument)),
    );
}

function applyConstant(
  scope: Scope,
  transformation: Transformation,
  entry: TransformationEntry,
  values: readonly ScriptValue[],
): Change {
  if (!entry.prepare) return (_run, value) => entry.apply(value, values);
  try {
    const change = entry.prepare(values);
    return (_run, value) => change(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report(
      scope,
      'script-unusable',
      transformation.span,
      `${reason} at ${placeOf(scope, transformation.span)}`,
    );
    return () => null;
  }
}

function argumentValue(text: string, kind: TransformationFacts['args'][number] | undefined): ScriptValue {
  return kind === 'int' ? (wholeNumberOf(text.trim()) ?? null) : text;
}
