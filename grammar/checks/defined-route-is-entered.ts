import type { RouteBlock } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { routeTitle } from './facts/routes.ts';

/** Of events that nothing raises it is told once, at the first. */
export const definedRouteIsEntered: Check = (context) =>
  told(unraised(context), 'OpenSIPS raises this event, and tsips does not have what raises it');

function told(routes: readonly RouteBlock[], why: string): readonly Diagnostic[] {
  const [first, ...others] = routes;
  if (!first) return [];
  return [
    diagnostic('route-not-entered', first.keywordSpan, `nothing enters ${routeTitle(first)} yet`, {
      why,
      notes: others.map((route) => ({ message: `nor ${routeTitle(route)}`, span: route.keywordSpan })),
    }),
  ];
}

/** Events of OpenSIPS's own that neither host nor modules raise; a script with raise_event() may raise any. */
function unraised({ script, calls, environment, modules }: CheckContext): readonly RouteBlock[] {
  const { raisedEvents, catalogue } = environment;
  if (!raisedEvents || calls.some(({ call }) => call.name.text === 'raise_event')) return [];
  return script.routes.filter(({ keyword, name }) => {
    const event = keyword === 'event_route' ? name?.text : undefined;
    if (event === undefined || raisedEvents.has(event)) return false;
    if (modules.ours.some(({ manifest }) => manifest.events?.[event])) return false;
    // The catalogue lacks some events of the core; nobody else's names begin so.
    return event.startsWith('E_CORE_') || catalogue.event(event).length > 0;
  });
}
