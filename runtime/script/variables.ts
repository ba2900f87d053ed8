import {
  type FormattedText,
  parseFormattedText,
  type Span,
  type Variable,
  type VariableIndex,
} from '../../grammar/index.ts';
import type { ScriptRun, ScriptValue, VariableBehaviour, VariableContext } from '../module-exports.ts';
import { positionVariable } from '../variables/position.ts';
import { printed, textOf } from '../variables/text.ts';
import type { VariableEntry } from './environment.ts';
import { placeOf, report, type Scope } from './scope.ts';
import { compileTransformations } from './transform.ts';

/** One place of the script where a variable stands, bound to its name, index and transformations. */
interface BoundVariable {
  get(run: ScriptRun): ScriptValue;
  /** All values, for `for each`; NULLs are among them. */
  getAll(run: ScriptRun): readonly ScriptValue[];
  /** As text; NULL is empty. */
  text(run: ScriptRun): string;
  /** False where it cannot be set, which the log tells. `replaceAll`: `:=`. */
  set(run: ScriptRun, value: ScriptValue, replaceAll: boolean): boolean;
}

/** A text with variables, ready to be put together. */
interface BoundText {
  /** The whole text, where no variable stands in it. */
  readonly constant: string | undefined;
  evaluate(run: ScriptRun): string;
}

type Get = (run: ScriptRun) => ScriptValue;
type IndexOf = (run: ScriptRun) => number | undefined;

/** Binds a variable. One that nobody has is a problem, and NULL at its place. */
export function compileVariable(scope: Scope, variable: Variable): BoundVariable {
  const { context } = variable;
  if (context !== undefined) {
    const behind = scope.environment.contexts?.get(context);
    return behind ? inContext(behind, scope, variable) : unknownVariable(scope, variable);
  }
  const found = findVariable(scope, variable);
  if (!found) return unknownVariable(scope, variable);
  const { behaviour } = found;
  const inner = compileInner(scope, variable.inner, behaviour.quote);
  const refused = inner.constant === undefined ? undefined : behaviour.refuse?.(inner.constant);
  if (refused !== undefined) report(scope, 'script-unusable', variable.span, refused);
  const read = compileRead(scope, variable, behaviour, inner);
  const change = compileTransformations(scope, variable.transformations);
  const get: Get = change ? (run) => change(run, read(run)) : read;

  return {
    get,
    getAll: (run) => allValues(behaviour, run, inner.evaluate(run)),
    text: (run) => textOf(get(run)),
    set: compileSet(scope, variable, behaviour, inner),
  };
}

/** `$(<reply>…)`: the variable as it is in another run; NULL where there is none. C: pv_get_spec_value. */
function inContext(behind: VariableContext, scope: Scope, variable: Variable): BoundVariable {
  const { context: _, ...plain } = variable;
  const bound = compileVariable(scope, plain);
  return {
    get(run) {
      const other = behind(run);
      return other ? bound.get(other) : null;
    },
    getAll(run) {
      const other = behind(run);
      return other ? bound.getAll(other) : [];
    },
    text(run) {
      const other = behind(run);
      return other ? bound.text(other) : '';
    },
    set(run, value, replaceAll) {
      const other = behind(run);
      return other ? bound.set(other, value, replaceAll) : false;
    },
  };
}

/** What stands in the brackets of a variable. */
export function refer(
  scope: Scope,
  variable: Variable,
): { inner(run: ScriptRun): string; index(run: ScriptRun): number | undefined } {
  const { index } = variable;
  return {
    inner: compileInner(scope, variable.inner, findVariable(scope, variable)?.behaviour.quote).evaluate,
    index: !index || index.kind === 'AllIndex' ? () => undefined : compileIndex(scope, index),
  };
}

function findVariable(scope: Scope, variable: Variable): VariableEntry | undefined {
  return (
    scope.variables.get(variable.name) ??
    positionVariable(variable.name, () => scope.environment.locate?.(variable.span.start))
  );
}

function unknownVariable(scope: Scope, variable: Variable): BoundVariable {
  const name = variable.context === undefined ? variable.name : `<${variable.context}>${variable.name}`;
  const code = variable.context === undefined ? 'script-name-unknown' : 'script-unusable';
  report(scope, code, variable.span, `nothing here has the variable $${name}`);
  const { log } = scope.environment;
  const place = placeOf(scope, variable.span);
  const complain = () => log.error('pv_get_spec_value', `nothing here has the variable $${name} at ${place}`);
  const nothing = (): null => {
    complain();
    return null;
  };
  return {
    get: nothing,
    getAll: () => [nothing()],
    text: () => textOf(nothing()),
    set: () => nothing() !== null,
  };
}

const noInner: BoundText = { constant: '', evaluate: () => '' };

/** What stands in the round brackets; a name that is a variable alone and NULL is the empty name. */
function compileInner(
  scope: Scope,
  inner: FormattedText | undefined,
  quote: VariableBehaviour['quote'],
): BoundText {
  if (!inner) return noInner;
  const [only] = inner.parts;
  if (inner.parts.length === 1 && only?.kind === 'Variable') {
    return { constant: undefined, evaluate: compileVariable(scope, only).text };
  }
  return bindText(scope, inner, quote && ((value) => quote(printed(value))));
}

function compileRead(
  scope: Scope,
  variable: Variable,
  behaviour: VariableBehaviour,
  { constant, evaluate: inner }: BoundText,
): Get {
  const { index } = variable;
  if (!index) {
    if (constant !== undefined) return (run) => behaviour.get(run, constant);
    return (run) => behaviour.get(run, inner(run));
  }
  if (index.kind === 'AllIndex') {
    return (run) => {
      const values = allValues(behaviour, run, inner(run));
      return values.length > 0 ? values.map(textOf).join(', ') : null;
    };
  }
  const at = compileIndex(scope, index);
  return (run) => {
    const number = at(run);
    return number === undefined ? null : behaviour.get(run, inner(run), number);
  };
}

function allValues(behaviour: VariableBehaviour, run: ScriptRun, inner: string): readonly ScriptValue[] {
  if (behaviour.getAll) return behaviour.getAll(run, inner);
  const value = behaviour.get(run, inner);
  return value === null ? [] : [value];
}

/** Indexes that are words say where a value is put. */
const indexWords: Readonly<Record<string, number>> = {
  append: Number.POSITIVE_INFINITY,
  insertafter: Number.POSITIVE_INFINITY,
  insert: Number.NEGATIVE_INFINITY,
};

function compileIndex(scope: Scope, index: Exclude<VariableIndex, { kind: 'AllIndex' }>): IndexOf {
  if (index.kind === 'NumberIndex') {
    const { value } = index;
    return () => value;
  }
  if (index.kind === 'NameIndex') {
    const at = indexWords[index.text.toLowerCase()];
    return () => at;
  }
  const { get } = compileVariable(scope, index.variable);
  const { log } = scope.environment;
  const place = placeOf(scope, index.span);
  return (run) => {
    const value = get(run);
    if (typeof value === 'number') return value;
    log.error('pv_get_spec_index', `invalid index value at ${place}`);
    return undefined;
  };
}

function compileSet(
  scope: Scope,
  variable: Variable,
  behaviour: VariableBehaviour,
  { evaluate: inner }: BoundText,
): BoundVariable['set'] {
  const { log } = scope.environment;
  const place = placeOf(scope, variable.span);
  const index = variable.index;
  const everywhere = index?.kind === 'AllIndex';
  const at: IndexOf = !index || index.kind === 'AllIndex' ? () => undefined : compileIndex(scope, index);
  return (run, value, replaceAll) => {
    if (!behaviour.set) {
      log.error('do_assign', `read only PV in left expression: $${variable.name} at ${place}`);
      return false;
    }
    try {
      behaviour.set(run, inner(run), value, at(run), replaceAll || everywhere);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('do_assign', `setting PV failed: ${reason} at ${place}`);
      return false;
    }
  };
}

/** A string of the config as text with variables. */
export function compileText(scope: Scope, text: string, span: Span): BoundText {
  if (!text.includes('$')) return { constant: text, evaluate: () => text };
  return bindText(scope, parseFormattedText(text, span));
}

/** NULL shows as `<null>` in a text, as in OpenSIPS. */
export function bindText(scope: Scope, text: FormattedText, show = printed): BoundText {
  const pieces = text.parts.map((part) =>
    part.kind === 'TextPart' ? part.text : compileVariable(scope, part).get,
  );
  if (pieces.every((piece) => typeof piece === 'string')) {
    const constant = pieces.join('');
    return { constant, evaluate: () => constant };
  }
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === 'function') {
    return { constant: undefined, evaluate: (run) => show(first(run)) };
  }
  return {
    constant: undefined,
    evaluate(run) {
      let answer = '';
      for (const piece of pieces) answer += typeof piece === 'string' ? piece : show(piece(run));
      return answer;
    },
  };
}
