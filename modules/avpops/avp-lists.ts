import type { ScriptRun, ScriptValue } from '../../runtime/module-exports.ts';

/** The values of an AVP, the last one set first; a copy, so that a loop over it may change the list. */
export function valuesOf(run: ScriptRun, name: string): ScriptValue[] {
  return [...(run.avps.get(name) ?? [])];
}

/** Puts a value in front of the others. */
export function addValue(run: ScriptRun, name: string, value: ScriptValue): void {
  const list = run.avps.get(name);
  if (list) list.unshift(value);
  else run.avps.set(name, [value]);
}

/** Takes away the value that was at that place when so many have been put in front of it since. */
export function removeAt(run: ScriptRun, name: string, place: number): void {
  const list = run.avps.get(name);
  list?.splice(place, 1);
  if (list?.length === 0) run.avps.delete(name);
}

/**
 * Goes through the values of one AVP and puts what they become in front of another's, where `change` answers something.
 * How many it were.
 */
export function transfer(
  run: ScriptRun,
  from: string,
  to: string,
  { every, move }: { readonly every: boolean; readonly move: boolean },
  change: (value: ScriptValue) => ScriptValue | undefined,
): number {
  let made = 0;
  let place = 0;
  for (const value of valuesOf(run, from)) {
    const changed = change(value);
    if (changed === undefined) {
      place++;
      continue;
    }
    addValue(run, to, changed);
    if (from === to) place++;
    if (move) removeAt(run, from, place);
    else place++;
    made++;
    if (!every) break;
  }
  return made;
}
