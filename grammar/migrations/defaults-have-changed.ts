import type { ParamFacts } from '../catalogue.ts';
import { at } from '../versions/order.ts';
import {
  callsOf,
  type MigrationContext,
  type MigrationRule,
  nodesOf,
  noted,
  type Step,
} from './tools/context.ts';

/** Globals whose first value changed, with what in a file hangs on it. */
const globals: Readonly<Record<string, (context: MigrationContext) => boolean>> = {
  auto_aliases: (context) => ['is_myself', 'loose_route'].some((name) => callsOf(context, name).length > 0),
  max_while_loops: ({ config }) => nodesOf(config, 'While').length > 0,
  xlog_print_level: (context) => callsOf(context, 'xlog').some(({ call }) => call.arguments.length === 1),
};

/** Where no line gives a value, the new version may take another one than the old: told, nothing is edited. */
export const defaultsHaveChanged: MigrationRule = (context) => [
  ...Object.entries(globals).flatMap(([name, matters]) => ofGlobal(context, name, matters)),
  ...[...context.modules.keys()].flatMap((module) => ofModule(context, module)),
];

function ofGlobal(
  context: MigrationContext,
  name: string,
  matters: (context: MigrationContext) => boolean,
): readonly Step[] {
  const { catalogue, config, from, to } = context;
  const given = config.items.some((item) => item.kind === 'GlobalParameter' && item.name.text === name);
  const before = at(catalogue.global(name), from)?.init;
  const now = at(catalogue.global(name), to)?.init;
  const [first] = config.items;
  if (given || !first || before === undefined || now === undefined || before === now) return [];
  if (!isCrossed(context, catalogue.global(name)) || !matters(context)) return [];
  return [noted(first.span, `${name} is ${now} where no line sets it, before it was ${before}`)];
}

function ofModule(context: MigrationContext, module: string): readonly Step[] {
  const { catalogue, from, to } = context;
  const loaded = context.modules.get(module);
  if (!loaded?.chapter) return [];
  const given = new Set(context.paramLinesOf(module).map(({ name }) => name.value));
  return loaded.chapter.names('param').flatMap((name) => {
    const before = at(catalogue.param(module, name), from);
    const now = at(catalogue.param(module, name), to);
    if (given.has(name) || name === 'db_url' || !before || !now || isSame(before, now)) return [];
    if (!isCrossed(context, catalogue.param(module, name))) return [];
    const message = `${name} of ${module} is ${valueOfParam(now)} where no line sets it, before it was ${valueOfParam(before)}`;
    return [noted(loaded.statement.path.span, message)];
  });
}

/** One of the versions in which the facts changed lies between the file's and the new one. */
function isCrossed(context: MigrationContext, facts: readonly { readonly since: string }[]): boolean {
  return facts.some(({ since }) => context.crosses(since));
}

function isSame(before: ParamFacts, now: ParamFacts): boolean {
  const one = before.init ?? before.default;
  const other = now.init ?? now.default;
  if (before.type !== now.type || one === undefined || other === undefined) return true;
  return one === other || (isNone(one) && isNone(other));
}

/** Off, or anything: how that is written differs among versions. */
const isNone = (value: string) => ['NULL', '-1', '0', '*'].includes(value);

function valueOfParam({ init, default: documented }: ParamFacts): string {
  const value = init ?? documented ?? '';
  if (value === '') return 'empty';
  return value === 'NULL' ? 'none' : value;
}
