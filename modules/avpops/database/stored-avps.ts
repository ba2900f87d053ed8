import type { PreparedArgument, ScriptRun, ScriptValue } from '../../../runtime/module-exports.ts';
import { avpIn } from '../read-arguments.ts';
import type { DbScheme } from './db-scheme.ts';

/** Which AVPs of which table. */
export interface WantedAvps {
  /** The name of one for each run; undefined: all of them. */
  readonly name: ((run: ScriptRun) => string) | undefined;
  readonly table: string;
  readonly scheme: DbScheme | undefined;
}

/**
 * `$avp(x)`, `$avp(x)/table`, `$avp(x)/$scheme`, `*`, or letters `a`, `s`, `i` for all. Errors: for any other; for a scheme
 * where `schemes` is undefined.
 */
export function wantedAvps(
  argument: PreparedArgument | undefined,
  standardTable: string,
  schemes: ReadonlyMap<string, DbScheme> | undefined,
): WantedAvps {
  const text = String(argument?.constant ?? '');
  const [, avp = '', place] = /^([^/]*)(?:\/(.*))?$/s.exec(text) ?? [];
  if (!avp.startsWith('$') && !/^[*aisAIS]\d*$/.test(avp)) {
    throw new TypeError('bad param - expected : $avp(name), *, s or i value');
  }
  const name = avp.startsWith('$') ? avpIn(argument, avp) : undefined;
  if (place === undefined) return { name, table: standardTable, scheme: undefined };
  if (place === '' || place === '$') throw new TypeError('empty scheme/table name');
  if (!place.startsWith('$')) return { name, table: place, scheme: undefined };
  if (!schemes) throw new TypeError("function doesn't support DB schemes");
  if (!name) throw new TypeError('inconsistent usage of DB scheme without complet specification of AVP name');
  const scheme = schemes.get(place.slice(1).toLowerCase());
  if (!scheme) throw new TypeError(`scheme <${place.slice(1)}> not found`);
  return { name, table: scheme.table, scheme };
}

const key = Symbol('AVPs that are in the database');

/** Values that were read from the database or written to it; they are not written again. */
export function inDatabase({ storage }: ScriptRun): Map<string, ScriptValue[]> {
  // Only this function sets it.
  const known = storage.get(key) as Map<string, ScriptValue[]> | undefined;
  if (known) return known;
  const fresh = new Map<string, ScriptValue[]>();
  storage.set(key, fresh);
  return fresh;
}

export function markInDatabase(run: ScriptRun, name: string, value: ScriptValue): void {
  const marks = inDatabase(run);
  const values = marks.get(name);
  if (values) values.push(value);
  else marks.set(name, [value]);
}

/** The values of an AVP that are not in the database yet. */
export function unstored(run: ScriptRun, name: string): readonly ScriptValue[] {
  const stored = [...(inDatabase(run).get(name) ?? [])];
  return (run.avps.get(name) ?? []).filter((value) => {
    const at = stored.indexOf(value);
    if (at >= 0) stored.splice(at, 1);
    return at < 0;
  });
}
