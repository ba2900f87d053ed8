import type { ScriptValue, VariableBehaviour } from '../../runtime/module-exports.ts';

/** The lines `name=i:5` and `name=s:text` of a parameter, as its schema has them. */
export function readSettings(lines: unknown): ReadonlyMap<string, number | string> {
  return new Map(Array.isArray(lines) ? lines.map((line) => readSetting(String(line))) : []);
}

function readSetting(text: string): [name: string, value: number | string] {
  const [, name = '', type = '', value = ''] = /^([^=]+)=(.):(.*)$/s.exec(text) ?? [];
  return [name, type.toLowerCase() === 'i' ? Number.parseInt(value, 10) | 0 : value];
}

/** `$shv(name)`: one that was never set is 0. */
export function sharedVariables(settings: ReadonlyMap<string, number | string>): VariableBehaviour {
  const values = new Map(settings);
  return {
    get: (_run, name) => values.get(name) ?? 0,
    set(_run, name, value: ScriptValue) {
      values.set(name, value ?? 0);
    },
  };
}
