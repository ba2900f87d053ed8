import type {
  ScriptRun,
  ScriptValue,
  TransformationFacts,
  TransformationFunction,
  VariableBehaviour,
  VariableFacts,
} from '../module-exports.ts';

/** A variable: what is known of it, and what it does. */
export interface VariableEntry {
  readonly facts: VariableFacts;
  readonly behaviour: VariableBehaviour;
}

export interface TransformationEntry {
  readonly facts: TransformationFacts;
  readonly apply: TransformationFunction;
  /** Called once where all arguments are constant; what it throws is a problem of the script. */
  readonly prepare?: (args: readonly ScriptValue[]) => (value: ScriptValue) => ScriptValue;
}

/** A variable without inner name and index that only reads. */
export function reading(description: string, get: (run: ScriptRun) => ScriptValue): VariableEntry {
  return { facts: { description }, behaviour: { get: (run) => get(run) } };
}

/** The same entry from one version on, or up to one. */
export function dated(entry: VariableEntry, range: { since?: string; until?: string }): VariableEntry {
  return { facts: { ...entry.facts, ...range }, behaviour: entry.behaviour };
}

/** One of several values by index: negative ones count from the end; NULL beyond. */
export function valueAt(values: readonly ScriptValue[], index: number): ScriptValue {
  return values.at(index) ?? null;
}
