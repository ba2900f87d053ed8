import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';
import { routeTitle } from './facts/routes.ts';

/** Of kinds of routes that the host never enters it is told once for each kind, at the first. */
export const definedRouteIsEntered: Check = ({ script, environment }) =>
  Object.entries(environment.idleRoutes ?? {}).flatMap(([kind, why]) => {
    const [first, ...others] = script.routes.filter(({ keyword }) => keyword === kind);
    if (!first) return [];
    return [
      diagnostic('route-not-entered', first.keywordSpan, `nothing enters ${routeTitle(first)} yet`, {
        why,
        notes: others.map((route) => ({ message: `nor ${routeTitle(route)}`, span: route.keywordSpan })),
      }),
    ];
  });
