import type { PreparedArgument, ScriptRun, VariableReference } from '../../runtime/module-exports.ts';

/** The text of an argument that must stand in the script, cut at its slashes. Errors: for any other. */
export function partsOf(argument: PreparedArgument | undefined): [first: string, ...others: string[]] {
  const { constant } = argument ?? {};
  if (typeof constant !== 'string' || constant === '')
    throw new TypeError('the argument must stand in the script');
  const [first = '', ...others] = constant.split('/');
  return [first, ...others];
}

/** Errors: for what is no variable. */
export function variableIn(argument: PreparedArgument | undefined, text: string): VariableReference {
  const variable = argument?.variableIn(text);
  if (variable) return variable;
  throw new TypeError(`${text} is no variable`);
}

/** The name of an AVP, by its run. Errors: for what is none. */
export function avpIn(argument: PreparedArgument | undefined, text: string): (run: ScriptRun) => string {
  const variable = variableIn(argument, text);
  if (variable.name !== 'avp') throw new TypeError(`bad attribute name <${text}>`);
  return (run) => variable.inner(run);
}

/** Whether each of the letters is among the flags, in any case. Errors: for any other letter. */
export function flagsOf<Letter extends string>(
  text: string | undefined,
  letters: readonly Letter[],
): Readonly<Record<Letter, boolean>> {
  const written = (text ?? '').toLowerCase();
  const bad = [...written].find((letter) => !letters.some((known) => known === letter));
  if (bad !== undefined) throw new TypeError(`bad flag <${bad}>`);
  const entries = letters.map((letter) => [letter, written.includes(letter)]);
  // Each of the letters has just been given a value.
  return Object.fromEntries(entries) as Record<Letter, boolean>;
}

/** `i:5`, `i:0x1f`, `s:text`, or a text. Errors: for an integer that is none. */
export function fixedValue(text: string): number | string {
  const [, type, rest = text] = /^([isIS]):(.+)$/s.exec(text) ?? [];
  if (type?.toLowerCase() !== 'i') return rest;
  if (!/^(?:0x[0-9a-f]+|[-+]?\d+)$/i.test(rest))
    throw new TypeError(`value is not int as type says <${rest}>`);
  return Number(rest) | 0;
}
