import type { Argument, Call, ModParam } from '../ast.ts';
import { flagFunctionsOf2 } from '../parse/core-functions-of-2.ts';
import { at } from '../versions/order.ts';
import {
  done,
  type Edit,
  left,
  type MigrationContext,
  type MigrationRule,
  nodesOf,
  type Step,
} from './tools/context.ts';
import { removeStatement } from './tools/lines.ts';

/**
 * Flags are names: since 3.0 in parameters, since 3.1 in quotes in functions, where the index of a branch stands
 * second. Flag 1 becomes FLAG_1, in all places alike.
 */
export const flagsHaveNames: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  return [
    ...context.script.calls.flatMap(({ call }) =>
      flagFunctionsOf2.has(call.name.text) ? inCall(context, call) : [],
    ),
    ...[...context.modules.keys()].flatMap((module) =>
      context.paramLinesOf(module).flatMap((line) => inParam(context, line, module)),
    ),
    ...masks(context),
    ...inGlobals(context),
  ];
};

const flagName = (number: number) => `FLAG_${number}`;

function inCall(context: MigrationContext, call: Call): readonly Step[] {
  const [one, other] = call.arguments;
  if (!one) return [];
  const message = `${call.name.text}: flags have names`;
  if (!other) {
    const text = nameOf(context, one);
    return text === undefined ? [] : [done(call.span, message, { span: one.span, text })];
  }
  // Up to 3.0 the branch stands first.
  const text = one.kind === 'Number' ? nameOf(context, other) : undefined;
  if (text === undefined) return [];
  const branch = context.written(one.span);
  const edits: Edit[] = context.reaches('3.1')
    ? [
        { span: one.span, text },
        { span: other.span, text: branch },
      ]
    : [{ span: other.span, text }];
  return [done(call.span, message, ...edits)];
}

/** Undefined where it is written as it should be. */
function nameOf({ reaches }: MigrationContext, argument: Argument): string | undefined {
  const name =
    argument.kind === 'Number'
      ? flagName(argument.value)
      : argument.kind === 'Word' || argument.kind === 'Host'
        ? argument.text
        : undefined;
  if (name === undefined) return undefined;
  if (reaches('3.1')) return `"${name}"`;
  return argument.kind === 'Number' ? name : undefined;
}

function inParam(context: MigrationContext, line: ModParam, module: string): readonly Step[] {
  const { name, value } = line;
  if (value.kind !== 'Number' || !/_[bs]?flag$/.test(name.value)) return [];
  if (at(context.catalogue.param(module, name.value), context.to)?.type !== 'string') return [];
  if (value.value < 0) {
    return [done(line.span, `no ${name.value} is the default`, removeStatement(context, line.span))];
  }
  const text = `"${flagName(value.value)}"`;
  return [done(value.span, `${name.value}: flags have names`, { span: value.span, text })];
}

/** `tcp_no_new_conn_bflag=3` is a name since 3.1. */
function inGlobals({ config, reaches }: MigrationContext): readonly Step[] {
  if (!reaches('3.1')) return [];
  return config.items.flatMap((item) => {
    if (item.kind !== 'GlobalParameter' || !/_b?flag$/.test(item.name.text)) return [];
    const { span, kind } = item.value;
    if (kind !== 'Number') return [];
    return [done(span, `${item.name.text}: flags have names`, { span, text: flagName(item.value.value) })];
  });
}

/** `$mf` and `$bf` are the names of the flags that are set, no longer a number. */
function masks(context: MigrationContext): readonly Step[] {
  const isMask = (node: { readonly kind: string; readonly name?: unknown }) =>
    node.kind === 'Variable' && (node.name === 'mf' || node.name === 'bf');
  const reason = '$mf and $bf are the names of the flags that are set, no number';
  const advice = 'ask isflagset("NAME") or isbflagset("NAME")';
  return [
    ...nodesOf(context.config, 'Comparison')
      .filter((one) => isMask(one.left) && one.right.kind === 'Number')
      .map(({ span }) => left(span, reason, advice)),
    ...nodesOf(context.config, 'Assignment')
      .filter(({ target, value }) => isMask(target) && value.kind === 'Number')
      .map(({ span }) => left(span, reason, 'set them with setflag("NAME") or setbflag("NAME")')),
  ];
}
