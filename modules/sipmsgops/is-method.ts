import type { Command, ScriptRun } from '../../runtime/module-exports.ts';

/** The methods that a list may name. OpenSIPS: parse_methods. */
const known: ReadonlySet<string> = new Set(
  (
    'INVITE CANCEL ACK BYE INFO REGISTER SUBSCRIBE NOTIFY MESSAGE OPTIONS PRACK UPDATE REFER PUBLISH' as const
  ).split(' '),
);

/**
 * is_method("INVITE|ACK"): methods are compared without case, as OpenSIPS does. Errors at the start: an empty
 * text, an unknown method in a list.
 */
export const isMethod: Command = {
  prepare([argument]) {
    const { constant } = argument ?? {};
    if (typeof constant === 'string') {
      const methods = parseMethods(constant);
      return ({ message: { method } }) =>
        methods.includes(method) || (!known.has(method) && methods.includes(method.toUpperCase()));
    }
    return (run) => parseMethods(String(argument?.evaluate(run) ?? '')).includes(methodOf(run));
  },
};

function methodOf({ message }: ScriptRun): string {
  return message.method.toUpperCase();
}

/** A list: it is short, and a set would hash the method of each message. */
function parseMethods(text: string): readonly string[] {
  const names = text.split(/[|,]/).map((name) => name.trim().toUpperCase());
  if (names.some((name) => name === '')) throw new TypeError(`bad method names <${text}>`);
  const unknown = names.length > 1 ? names.find((name) => !known.has(name)) : undefined;
  if (unknown === undefined) return names;
  throw new TypeError(`unknown method in list [${text}] - must be only defined methods: ${unknown}`);
}
