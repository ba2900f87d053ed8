import type { ScriptValue, TransformationFacts } from '../../module-exports.ts';
import type { TransformationEntry } from '../entries.ts';

type Change = (text: string, args: readonly ScriptValue[], value: string | number) => ScriptValue;

/** A transformation of a text (a number counts as its digits); NULL stays NULL. */
export function ofText(
  description: string,
  change: Change,
  facts: Partial<TransformationFacts> = {},
): TransformationEntry {
  return {
    facts: { args: [], ...facts, description },
    apply: (value, args) => (value === null ? null : change(String(value), args, value)),
  };
}

/** One that gives NULL for the empty text, as those do that take something apart. */
export function ofFilledText(
  description: string,
  change: Change,
  facts: Partial<TransformationFacts> = {},
): TransformationEntry {
  return ofText(description, (text, args, value) => (text === '' ? null : change(text, args, value)), facts);
}

/** An argument as text; undefined where it is missing or NULL. */
export function textArgument(args: readonly ScriptValue[], index: number): string | undefined {
  const value = args[index];
  return value === undefined || value === null ? undefined : String(value);
}

/** An argument as integer; undefined where it is none. */
export function integerArgument(args: readonly ScriptValue[], index: number): number | undefined {
  const value = args[index];
  return typeof value === 'number' ? value : undefined;
}
