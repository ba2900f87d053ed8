import type { Argument, Config, Variable } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import type { Check, CheckContext } from './facts/context.ts';

/** Every `$var(name)` that is read is written somewhere: by an assignment, a loop, a function or a parameter. */
export const variableIsWritten: Check = (context) => {
  const first = new Map<string, Variable>();
  for (const { variable, assigned } of context.variables) {
    const name = nameOf(variable);
    if (name !== undefined && !assigned && !first.has(name)) first.set(name, variable);
  }
  if (first.size === 0) return [];
  const written = writtenNames(context);
  return [...first].flatMap(([name, { span, inner }]) => {
    if (written.has(name)) return [];
    const near = suggest(name, [...written].filter(Boolean));
    return [
      diagnostic('variable-never-written', span, `nothing gives $var(${name}) a value`, {
        ...(near !== undefined &&
          inner && { help: `did you mean $var(${near})?`, fix: { span: inner.span, text: near } }),
      }),
    ];
  });
};

/** The name in `$var(name)`, where it is plain. */
function nameOf({ name, inner }: Variable): string | undefined {
  if (name !== 'var' || inner?.parts.length !== 1) return undefined;
  const [part] = inner.parts;
  return part?.kind === 'TextPart' ? part.text : undefined;
}

/** What stands alone as an argument may be where the function puts its answer. */
function writtenNames({ variables, calls, config }: CheckContext): ReadonlySet<string> {
  const names = new Set(namesInParams(config));
  for (const { variable, assigned } of variables) {
    const name = assigned ? nameOf(variable) : undefined;
    if (name !== undefined) names.add(name);
  }
  for (const { call } of calls) {
    if (readers.has(call.name.text)) continue;
    for (const argument of call.arguments) for (const name of namesGiven(argument)) names.add(name);
  }
  return names;
}

/** These only read, whatever stands in their text. */
const readers: ReadonlySet<string> = new Set([
  'xlog',
  'xdbg',
  'log',
  'send_reply',
  'sl_send_reply',
  't_reply',
]);

/** `$var(a)`, `"$var(a)"`, `"$var(a);$avp(b)"`. */
function namesGiven(argument: Argument): readonly string[] {
  if (argument.kind === 'Variable') return [nameOf(argument) ?? ''];
  if (argument.kind !== 'String') return [];
  const rest = argument.value.replace(/\$\(?[\w.]+(?:\([^()]*\)\)?)?/g, '');
  if (/[^\s;,/|]/.test(rest)) return [];
  return Array.from(argument.value.matchAll(/\$\(?var\(([^()]+)\)/g), ([, name = '']) => name);
}

/** `modparam("cfgutils", "varset", "i=i:1")` and `"$var(x)"` as a parameter. */
function namesInParams({ items }: Config): string[] {
  return items.flatMap((item) => {
    if (item.kind !== 'ModParam' || item.value.kind !== 'String') return [];
    const { value } = item.value;
    const set = item.name.value === 'varset' ? [value.split('=')[0] ?? ''] : [];
    return [...set, ...Array.from(value.matchAll(/\$\(?var\(([^()]+)\)/g), ([, name = '']) => name)];
  });
}
