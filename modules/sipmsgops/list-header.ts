import type { CommandFunction, ScriptRun } from '../../runtime/module-exports.ts';

const key = Symbol('list headers');

/** The values of headers that were changed, by their index; later changes go on from them. */
function changedValues({ storage }: ScriptRun): Map<number, string> {
  const known = storage.get(key);
  // Nobody else can put anything under this symbol.
  if (known !== undefined) return known as Map<number, string>;
  const values = new Map<number, string>();
  storage.set(key, values);
  return values;
}

/** The functions that change headers of several values; questions go on seeing the message as it came. */
export function listHeaderCommands(): Readonly<Record<string, CommandFunction>> {
  return {
    list_hdr_add_option(run, name, option) {
      const index = run.message.findHeader(String(name));
      if (index < 0) return false;
      const value = currentValue(run, index);
      return setValue(run, index, value === '' ? String(option) : `${value},${option}`);
    },
    list_hdr_remove_option(run, name, option) {
      const { message } = run;
      for (let index = message.findHeader(String(name)); index >= 0; ) {
        const rest = without(currentValue(run, index), String(option));
        if (rest !== undefined) return setValue(run, index, rest);
        index = message.findHeader(String(name), index + 1);
      }
      return false;
    },
  };
}

function currentValue(run: ScriptRun, index: number): string {
  return changedValues(run).get(index) ?? run.message.headerValue(index);
}

/** A header without values goes. */
function setValue(run: ScriptRun, index: number, value: string): boolean {
  changedValues(run).set(index, value);
  const { message } = run;
  return message.edits.replace(index, value === '' ? '' : `${message.headerName(index)}: ${value}\r\n`);
}

/** Undefined where the option is not there. The rest stays as it is written. */
function without(value: string, option: string): string | undefined {
  const wanted = option.trim().toLowerCase();
  const options = value.split(',');
  const at = options.findIndex((one) => one.trim().toLowerCase() === wanted);
  if (at < 0) return undefined;
  options.splice(at, 1);
  return options.join(',').trimStart();
}
