import type { DependencyFacts, Lifetime } from '../catalogue.ts';
import { at, inRange } from '../versions/order.ts';
import { done, type MigrationContext, type MigrationRule } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/** What loaded modules cannot start without, with what that needs itself. */
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
function missingBelow({ catalogue, to }: MigrationContext, name: string, present: Set<string>): string[] {
  const missing: string[] = [];
  const visit = (module: string) => {
    const chapter = catalogue.module(module);
    for (const wanted of chapter?.names('dep') ?? []) {
      const needed =
        chapter?.find('dep', wanted).some((facts) => isNeeded(facts) && inRange(to, facts)) ?? false;
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

const isNeeded = ({ missing, param }: DependencyFacts) => missing === 'abort' && param === undefined;
const noVersion: Lifetime = { since: '0.0', until: '0.0' };
