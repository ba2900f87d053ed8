import type { ScriptRun, ScriptValue, VariableBehaviour } from '../module-exports.ts';
import { type VariableEntry, valueAt } from './entries.ts';

const nothing: readonly ScriptValue[] = [];

function listOf(run: ScriptRun, inner: string): readonly ScriptValue[] {
  return run.avps.get(inner) ?? nothing;
}

/**
 * `$avp(name)`: a stack of values; the last one set comes first (C: pv_get_avp, pv_set_avp). `[append]`, which
 * arrives as an infinite index, puts one behind the last.
 */
const behaviour: VariableBehaviour = {
  get: (run, inner, index = 0) => valueAt(listOf(run, inner), index),
  getAll: listOf,
  set(run, inner, value, index, replaceAll) {
    const list = replaceAll ? [] : (run.avps.get(inner) ?? []);
    if (value === null) removeAt(list, replaceAll ? undefined : (index ?? 0));
    else if (index === undefined || replaceAll) list.unshift(value);
    else if (index === Number.POSITIVE_INFINITY) list.push(value);
    else replaceAt(list, index, value);
    if (list.length > 0) run.avps.set(inner, list);
    else run.avps.delete(inner);
  },
};

function removeAt(list: ScriptValue[], index: number | undefined): void {
  if (index === undefined) return;
  const at = index < 0 ? list.length + index : index;
  if (at >= 0 && at < list.length) list.splice(at, 1);
}

/** Errors: there is no value at that index. */
function replaceAt(list: ScriptValue[], index: number, value: ScriptValue): void {
  const at = index < 0 ? list.length + index : index;
  if (at < 0 || at >= list.length) throw new Error('Failed to replace avp');
  list[at] = value;
}

export const avpVariables: Readonly<Record<string, VariableEntry>> = {
  avp: {
    facts: {
      description: 'values of the message, many under one name',
      inner: 'required',
      index: true,
      writable: true,
    },
    behaviour,
  },
};
