import type { Name } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { howToLoad } from './facts/loading.ts';
import { routeTitle } from './facts/routes.ts';

/**
 * Where OpenSIPS is asked: the event of every event_route is one of the core's, of a loaded module's or of the script's
 * own. Of names that are near to none that is known it is not told: not all that modules raise is known.
 */
export const eventOfARouteIsRaised: Check = (context) => {
  if (context.environment.asked !== 'opensips' || raisesByVariable(context)) return [];
  const own = new Set(raisedByScript(context));
  return context.script.routes.flatMap((route) => {
    if (route.keyword !== 'event_route' || !route.name || own.has(route.name.text)) return [];
    return judge(route.name, routeTitle(route), context);
  });
};

function judge(name: Name, title: string, context: CheckContext): readonly Diagnostic[] {
  const { environment, modules } = context;
  const { catalogue } = environment;
  if (environment.raisedEvents?.has(name.text) || modules.mayHideNames) return [];
  if (modules.ours.some(({ manifest }) => manifest.events?.[name.text])) return [];
  const owners = catalogue.event(name.text).map(({ module }) => module);
  if (owners.length > 0) {
    if (owners.some((owner) => owner === 'core' || modules.byName.has(owner) || modules.wasReported(owner)))
      return [];
    const message = `the event of ${title} is raised by module ${owners.join(' or ')}, which is not loaded`;
    return [diagnostic('unknown-event', name.span, message, { help: howToLoad(owners, '', environment) })];
  }
  const near = suggest(name.text, catalogue.names('event'));
  if (near === undefined) return [];
  return [
    diagnostic('unknown-event', name.span, `nothing raises the event of ${title}`, {
      help: `did you mean ${near}?`,
      fix: { span: name.span, text: name.quoted ? `"${near}"` : near },
    }),
  ];
}

function raisedByScript({ calls }: CheckContext): readonly string[] {
  return calls.flatMap(({ call }) => {
    const [event] = call.arguments;
    return call.name.text === 'raise_event' && event?.kind === 'String' ? [event.value] : [];
  });
}

function raisesByVariable({ calls }: CheckContext): boolean {
  return calls.some(({ call }) => call.name.text === 'raise_event' && call.arguments[0]?.kind === 'Variable');
}
