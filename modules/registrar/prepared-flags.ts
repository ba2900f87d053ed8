import type { PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';

/** Distinct texts of flags with variables that are kept. */
const keptForms = 100;

/**
 * Flags of one place of the script: read once where they stand there, else by their text in each run. Errors: what
 * `read` throws, at the start for those that stand in the script.
 */
export function preparedFlags<Flags>(
  argument: PreparedArgument | undefined,
  without: Flags,
  read: (text: string) => Flags,
): (run: ScriptRun) => Flags {
  if (!argument?.given || argument.constant === null) return () => without;
  if (argument.constant !== undefined) {
    const fixed = argument.constant === '' ? without : read(String(argument.constant));
    return () => fixed;
  }
  const known = new Map<string, Flags>();
  return (run) => {
    const text = String(argument.evaluate(run) ?? '');
    if (text === '') return without;
    const flags = known.get(text) ?? read(text);
    if (known.size < keptForms) known.set(text, flags);
    return flags;
  };
}
