import type { ScriptValue, VariableBehaviour } from '../../runtime/module-exports.ts';

/** `name=i:5` or `name=s:text`, as the schema of shvset has it. */
function readSetting(text: string): [name: string, value: number | string] {
  const [, name = '', type = '', value = ''] = /^([^=]+)=(.):(.*)$/s.exec(text) ?? [];
  return [name, type.toLowerCase() === 'i' ? Number.parseInt(value, 10) | 0 : value];
}

/** `$shv(name)`: one that was never set is 0. */
export function sharedVariables(settings: readonly string[]): VariableBehaviour {
  const values = new Map<string, number | string>(settings.map(readSetting));
  return {
    get: (_run, name) => values.get(name) ?? 0,
    set(_run, name, value: ScriptValue) {
      values.set(name, value ?? 0);
    },
  };
}
