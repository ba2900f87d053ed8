import type { Item, RouteBlock, StringLiteral } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { walk } from '../walk.ts';
import { missingRoutes } from './facts/called-routes.ts';
import type { Check } from './facts/context.ts';
import { routeTitle } from './facts/routes.ts';

/**
 * Every route with a name is called, or set by a function, from somewhere. Quiet where a script calls routes by names
 * that it makes while it runs, of names that stand in any string, as a function or a parameter may lead there, and of
 * what was meant by a name that is misspelt.
 */
export const routeIsReached: Check = (context) => {
  const { config, script } = context;
  if (script.routesByVariable.length > 0) return [];
  const called = new Set(script.routeUses.map(({ name }) => name.text));
  const unreached = script.routes.filter(
    (route) => isCalledByName(route) && !called.has(route.name?.text ?? ''),
  );
  if (unreached.length === 0) return [];
  const names = new Set(unreached.map(({ name }) => name?.text ?? ''));
  for (const { value } of [...script.strings, ...config.items.flatMap(stringsOf)]) dropNamed(names, value);
  const meant = new Set(missingRoutes(context).map(({ keyword, near }) => `${keyword} ${near}`));
  return unreached
    .filter(({ keyword, name }) => name && names.has(name.text) && !meant.has(`${keyword} ${name.text}`))
    .map(told);
};

/** Named routes of these kinds run only where something names them. */
const kindsCalledByName: ReadonlySet<RouteBlock['keyword']> = new Set([
  'route',
  'failure_route',
  'onreply_route',
  'branch_route',
]);

function isCalledByName({ keyword, name }: RouteBlock): boolean {
  return kindsCalledByName.has(keyword) && name !== undefined && name.text !== '0';
}

function told(route: RouteBlock): Diagnostic {
  return diagnostic(
    'route-never-called',
    route.name?.span ?? route.keywordSpan,
    `nothing calls ${routeTitle(route)}`,
    {
      context: route.keywordSpan,
    },
  );
}

/** Of what stands outside of the routes. */
function stringsOf(item: Item): StringLiteral[] {
  const strings: StringLiteral[] = [];
  if (item.kind === 'RouteBlock') return strings;
  walk(item, {
    enter: (node) => {
      if (node.kind === 'String') strings.push(node);
    },
  });
  return strings;
}

/** Takes out each name that a string holds as a word: `"relay"`, `"relay;failed"`. */
function dropNamed(names: Set<string>, value: string): void {
  if (names.delete(value) || !/[^\w.-]/.test(value)) return;
  for (const word of value.split(/[^\w.-]+/)) names.delete(word);
}
