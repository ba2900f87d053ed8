import type { Call } from '../ast.ts';
import { done, type MigrationContext, type MigrationRule, own, type Step } from './tools/context.ts';

/** What each function of a script flag is of a message flag. */
const functions: Readonly<Record<string, string>> = {
  setsflag: 'setflag',
  resetsflag: 'resetflag',
  issflagset: 'isflagset',
  setscriptflag: 'setflag',
  resetscriptflag: 'resetflag',
  isscriptflagset: 'isflagset',
};

/**
 * Script flags went with 2.2: each becomes a message flag with a name of its own, SFLAG_1 for 1, so that it is none of
 * those that are there already.
 */
export const scriptFlagsAreMessageFlags: MigrationRule = (context) => {
  if (!context.reaches('2.2')) return [];
  return context.script.calls.flatMap(({ call }) => {
    const name = own(functions, call.name.text);
    return name === undefined ? [] : (replace(context, call, name) ?? []);
  });
};

function replace({ reaches, written }: MigrationContext, call: Call, name: string): Step | undefined {
  const [flag] = call.arguments;
  if (!flag || call.arguments.length > 1 || flag.kind === 'EmptyArgument') return undefined;
  const word = `SFLAG_${flag.kind === 'String' ? flag.value : written(flag.span)}`;
  if (!/^\w+$/.test(word)) return undefined;
  const edits = [
    { span: call.name.span, text: name },
    { span: flag.span, text: reaches('3.1') ? `"${word}"` : word },
  ];
  return done(call.span, `${call.name.text} is ${name} with a flag of its own, ${word}`, ...edits);
}
