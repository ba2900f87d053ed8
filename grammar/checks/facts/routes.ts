import type { RouteBlock } from '../../ast.ts';
import type { RouteLetter } from '../../manifest.ts';
import { routeLetters } from '../../route-letters.ts';
import type { Script } from './script.ts';

/** `route[0]` is the main route too. */
function routeName(route: RouteBlock): string | undefined {
  return route.keyword === 'route' && route.name?.text === '0' ? undefined : route.name?.text;
}

/** `failure_route[missed]`, as a reader would write it. */
export function routeTitle(route: RouteBlock): string {
  const name = routeName(route);
  return name === undefined ? route.keyword : `${route.keyword}[${name}]`;
}

/** Whether two blocks define the same route. A timer route's name says nothing: OpenSIPS runs them all. */
export function isSameRoute(one: RouteBlock, other: RouteBlock): boolean {
  return (
    one.keyword === other.keyword && routeName(one) === routeName(other) && one.keyword !== 'timer_route'
  );
}

/** A kind of route from which a block is reached, with the call that leads there. */
export interface Reach {
  readonly route: RouteBlock;
  readonly letter: RouteLetter;
  /** The reach of the block that calls it; absent where the block itself is of that kind. */
  readonly from?: Reach;
}

/**
 * From which kinds of routes each block can be reached through `route(name)`, the shortest way for each kind;
 * its own kind comes first. A named `route[x]` counts as R even where only others call it, as in OpenSIPS
 * (route.c: check_actions follows such calls with the kind that it began with).
 */
export function reachOf(script: Script): ReadonlyMap<RouteBlock, readonly Reach[]> {
  const calls = callsOf(script);
  const queue = script.routes.map((route): Reach => ({ route, letter: routeLetters[route.keyword] }));
  const reach = new Map<RouteBlock, Reach[]>(queue.map((own) => [own.route, [own]]));
  for (const from of queue) {
    for (const route of calls.get(from.route) ?? []) {
      const known = reach.get(route) ?? [];
      if (known.some((one) => one.letter === from.letter)) continue;
      const next = { route, letter: from.letter, from };
      known.push(next);
      queue.push(next);
    }
  }
  return reach;
}

/** The blocks from where a reach begins to where it ends. */
export function pathOf(reach: Reach): readonly RouteBlock[] {
  const path: RouteBlock[] = [];
  for (let one: Reach | undefined = reach; one; one = one.from) path.unshift(one.route);
  return path;
}

function callsOf(script: Script): ReadonlyMap<RouteBlock, ReadonlySet<RouteBlock>> {
  const byName = new Map<string, RouteBlock>();
  for (const route of script.routes) {
    if (route.keyword === 'route') byName.set(route.name?.text ?? '0', route);
  }
  const calls = new Map<RouteBlock, Set<RouteBlock>>();
  for (const { by, name, route } of script.routeUses) {
    const callee = by === 'route' ? byName.get(name.text) : undefined;
    if (!callee) continue;
    const known = calls.get(route);
    if (known) known.add(callee);
    else calls.set(route, new Set([callee]));
  }
  return calls;
}
