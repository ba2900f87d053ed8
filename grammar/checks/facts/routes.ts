import type { RouteBlock, RouteKeyword } from '../../ast.ts';
import type { RouteLetter } from '../../manifest.ts';
import type { Script } from './script.ts';

/** OpenSIPS's letter of each kind of route. */
export const letterOf: Readonly<Record<RouteKeyword, RouteLetter>> = {
  route: 'R',
  failure_route: 'F',
  onreply_route: 'O',
  branch_route: 'B',
  error_route: 'E',
  local_route: 'L',
  startup_route: 'S',
  timer_route: 'T',
  event_route: 'V',
};

/** `route[0]` is the main route too. */
export function routeName(route: RouteBlock): string | undefined {
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

/** A kind of route from which a named route is reached, with the calls that lead there. */
export interface Reach {
  readonly letter: RouteLetter;
  /** From the block that starts to the block reached, both included. */
  readonly path: readonly RouteBlock[];
}

/**
 * From which kinds of routes each block can be reached through `route(name)`, the shortest way for each kind;
 * its own kind comes first. A named `route[x]` counts as R even where only others call it, as in OpenSIPS
 * (route.c: check_actions follows such calls with the kind that it began with).
 */
export function reachOf(script: Script): ReadonlyMap<RouteBlock, readonly Reach[]> {
  const calls = callsOf(script);
  const reach = new Map<RouteBlock, Reach[]>(
    script.routes.map((route) => [route, [{ letter: letterOf[route.keyword], path: [route] }]]),
  );
  const queue = script.routes.map((route): Reach => ({ letter: letterOf[route.keyword], path: [route] }));
  for (const { letter, path } of queue) {
    const caller = path.at(-1);
    for (const callee of (caller && calls.get(caller)) ?? []) {
      const known = reach.get(callee) ?? [];
      if (known.some((one) => one.letter === letter)) continue;
      const next = { letter, path: [...path, callee] };
      known.push(next);
      queue.push(next);
    }
  }
  return reach;
}

function callsOf(script: Script): ReadonlyMap<RouteBlock, readonly RouteBlock[]> {
  const byName = new Map<string, RouteBlock>();
  for (const route of script.routes) {
    if (route.keyword === 'route') byName.set(route.name?.text ?? '0', route);
  }
  const calls = new Map<RouteBlock, RouteBlock[]>();
  for (const { by, name, route } of script.routeUses) {
    const callee = by === 'route' ? byName.get(name.text) : undefined;
    if (callee) calls.set(route, [...(calls.get(route) ?? []), callee]);
  }
  return calls;
}
