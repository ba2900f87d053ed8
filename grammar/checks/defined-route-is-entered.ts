import type { RouteBlock } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { howToLoad } from './facts/loading.ts';
import { routeTitle } from './facts/routes.ts';

/** Of events that nothing raises it is told once for each that could, at the first. */
export const definedRouteIsEntered: Check = (context) => {
  const byOwners = new Map<string, RouteBlock[]>();
  for (const route of unraised(context)) {
    const owners = ownersOf(route, context).join(' ');
    byOwners.set(owners, [...(byOwners.get(owners) ?? []), route]);
  }
  return [...byOwners.values()].flatMap((routes) => told(routes, context));
};

function told(routes: readonly RouteBlock[], context: CheckContext): readonly Diagnostic[] {
  const [first, ...others] = routes;
  if (!first) return [];
  const owners = ownersOf(first, context);
  const why =
    owners.length === 0
      ? 'OpenSIPS raises this event, and tsips does not have what raises it'
      : `module ${owners.join(' or ')} raises this event`;
  return [
    diagnostic('route-not-entered', first.keywordSpan, `nothing enters ${routeTitle(first)}`, {
      why,
      ...(owners.length > 0 && { help: howToLoad(owners, 'nothing has to be done', context.environment) }),
      notes: others.map((route) => ({ message: `nor ${routeTitle(route)}`, span: route.keywordSpan })),
    }),
  ];
}

/** The modules that raise the event and are not loaded; none where it is of the core, or of a loaded module here. */
function ownersOf({ name }: RouteBlock, { environment, modules }: CheckContext): readonly string[] {
  const owners = environment.catalogue.event(name?.text ?? '').map(({ module }) => module);
  return owners.filter((owner) => owner !== 'core' && !modules.byName.has(owner));
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
