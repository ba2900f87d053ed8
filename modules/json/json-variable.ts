import type { ModuleHost, ScriptRun, VariableBehaviour } from '../../runtime/module-exports.ts';
import { type JsonPath, quote, readPath } from './json-path.ts';
import { type JsonStore, readAt, writeAt } from './json-store.ts';
import { nodeOf, scriptValueOf, valuesOf } from './json-values.ts';
import { parseJson } from './parse-json.ts';
import type { Style } from './print-json.ts';

const key = Symbol('json');

/**
 * Deviation: in OpenSIPS JSON values belong to the process and stay from message to message; here they belong to the
 * run, as `$var` does, because runs that wait share the one process.
 */
export function storeOf({ storage }: ScriptRun): JsonStore {
  const known = storage.get(key);
  // Nobody else can put anything under this symbol.
  if (known !== undefined) return known as JsonStore;
  const store: JsonStore = new Map();
  storage.set(key, store);
  return store;
}

/** Up to 2.4 a dot is a character like others. */
export function pathReader({ version }: Pick<ModuleHost, 'version'>): (text: string) => JsonPath {
  const hasSuffix = Number.parseInt(version, 10) >= 3;
  return (text) => readPath(text, hasSuffix);
}

/** `$json(path)` and its like, which print objects and arrays in different styles. */
export function jsonVariable(host: ModuleHost, style: Style): VariableBehaviour {
  const pathOf = pathReader(host);
  const quoteLong = host.params.enable_long_quoting !== 0 && host.params.enable_long_quoting !== undefined;

  return {
    quote,
    get(run, inner, index) {
      try {
        const path = pathOf(inner);
        const node = readAt(storeOf(run), path);
        if (index !== undefined) return valuesOf(node, path, style, quoteLong).at(index) ?? null;
        return node === undefined || node === null ? null : scriptValueOf(node, style, quoteLong);
      } catch (error) {
        host.log.error('pv_get_json', error instanceof Error ? error.message : String(error));
        return null;
      }
    },
    getAll(run, inner) {
      const path = pathOf(inner);
      return valuesOf(readAt(storeOf(run), path), path, style, quoteLong);
    },
    set(run, inner, value, _index, parse) {
      const path = pathOf(inner);
      if (value === null) writeAt(storeOf(run), path, undefined);
      else if (parse) setParsed(storeOf(run), path, String(value));
      else writeAt(storeOf(run), path, nodeOf(value));
    },
  };
}

/** What cannot be read takes away what was there, and is an error. */
function setParsed(store: JsonStore, path: JsonPath, text: string): void {
  try {
    writeAt(store, path, parseJson(text));
  } catch (error) {
    writeAt(store, path, undefined);
    throw error;
  }
}
