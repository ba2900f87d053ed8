import type { Config, RouteBlock } from '../ast.ts';
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
  if (callsByVariable(config)) return [];
  const called = new Set(script.routeUses.map(({ name }) => name.text));
  const unreached = script.routes.filter(
    (route) => isCalledByName(route) && !called.has(route.name?.text ?? ''),
  );
  if (unreached.length === 0) return [];
  const words = wordsInStrings(config);
  const meant = new Set(missingRoutes(context).map(({ keyword, near }) => `${keyword} ${near}`));
  return unreached
    .filter(({ keyword, name }) => name && !words.has(name.text) && !meant.has(`${keyword} ${name.text}`))
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

function callsByVariable(config: Config): boolean {
  let found = false;
  walk(config, {
    enter: (node) => {
      if (node.kind === 'RouteCall' && node.name.kind === 'Variable') found = true;
    },
  });
  return found;
}

/** Each word of each string: `"relay"`, `"relay;failed"`. */
function wordsInStrings(config: Config): ReadonlySet<string> {
  const words = new Set<string>();
  walk(config, {
    enter: (node) => {
      if (node.kind !== 'String') return;
      for (const word of node.value.split(/[^\w.-]+/)) words.add(word);
      words.add(node.value);
    },
  });
  return words;
}
