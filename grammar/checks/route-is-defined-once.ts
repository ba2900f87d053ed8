import type { RouteBlock } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';
import { isSameRoute, routeTitle } from './facts/routes.ts';

/** No route is defined twice; timer routes of one name are, and all of them run. */
export const routeIsDefinedOnce: Check = ({ script }) => {
  const first = new Map<string, RouteBlock>();
  return script.routes.flatMap((route) => {
    const title = routeTitle(route);
    const before = first.get(title);
    if (!before || !isSameRoute(before, route)) {
      first.set(title, route);
      return [];
    }
    return [
      diagnostic('duplicate-route', route.name?.span ?? route.keywordSpan, `${title} is defined twice`, {
        context: route.keywordSpan,
        notes: [{ message: 'defined here first', span: before.name?.span ?? before.keywordSpan }],
      }),
    ];
  });
};
