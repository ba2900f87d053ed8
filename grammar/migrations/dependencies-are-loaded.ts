import type { DependencyFacts, Lifetime } from '../catalogue.ts';
import { at, inRange } from '../versions/order.ts';
import { done, type MigrationContext, type MigrationRule } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/** What loaded modules cannot start without, always or because of a parameter, with what that needs itself. */
export const dependenciesAreLoaded: MigrationRule = (context) => {
  const present = new Set(context.modules.keys());
  return [...context.modules.values()].flatMap(({ name, statement }) =>
    missingBelow(context, name, present).map((wanted) => {
      const edit = insertLineBefore(context, statement.span, loadModuleLike(context, statement, wanted));
      return done(statement.path.span, `${name} needs ${wanted}`, edit);
    }),
  );
};

/** What a module needs and nobody loads, deepest first. Takes it as present from then on. */
function missingBelow(context: MigrationContext, name: string, present: Set<string>): string[] {
  const { catalogue, to } = context;
  const missing: string[] = [];
  const visit = (module: string) => {
    const chapter = catalogue.module(module);
    for (const wanted of chapter?.names('dep') ?? []) {
      const needed =
        chapter
          ?.find('dep', wanted)
          .some((facts) => inRange(to, facts) && isNeeded(context, module, facts)) ?? false;
      if (!needed || present.has(wanted) || at([catalogue.module(wanted) ?? noVersion], to) === undefined)
        continue;
      present.add(wanted);
      visit(wanted);
      missing.push(wanted);
    }
  };
  visit(name);
  return missing;
}

function isNeeded(
  context: MigrationContext,
  module: string,
  { missing, param, when }: DependencyFacts,
): boolean {
  if (missing !== 'abort') return false;
  if (when?.op === 'script-function-used') {
    return context.script.calls.some(({ call }) => when.values?.includes(call.name.text));
  }
  if (param === undefined) return true;
  return context
    .paramLinesOf(module)
    .some(({ name, value }) => name.value === param && asks(value.value, when));
}

/** The value of a parameter makes the dependency hold, as far as the kind of the condition is known here. */
function asks(value: number | string, when: DependencyFacts['when']): boolean {
  const [limit = 0] = when?.values ?? [];
  switch (when?.op) {
    case 'gt':
      return Number(value) > Number(limit);
    case 'ne':
      return value !== limit;
    case 'nonempty':
      return value !== '';
    default:
      return false;
  }
}

const noVersion: Lifetime = { since: '0.0', until: '0.0' };
