import { diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import { routeLetters } from '../route-letters.ts';
import type { Check } from './facts/context.ts';
import { routeTitle } from './facts/routes.ts';

/** Every `route(name)`, and every route that `async()` and `launch()` go on in, is defined. */
export const calledRouteIsDefined: Check = ({ script, modules }) => {
  const named = script.routes.filter((route) => route.keyword === 'route');
  const names = new Set(named.map((route) => route.name?.text ?? '0'));
  return script.routeUses.flatMap(({ name, by, span }) => {
    if (names.has(name.text) || modules.wasReported(name.text)) return [];
    const near = suggest(name.text, names);
    const otherKind = script.routes.find(
      (route) => routeLetters[route.keyword] !== 'R' && route.name?.text === name.text,
    );
    return [
      diagnostic('unknown-route', name.span, `route[${name.text}] is not defined`, {
        context: span,
        notes: [
          ...(by === 'route' ? [] : [{ message: `${by}() goes on in that route` }]),
          ...(otherKind
            ? [{ message: `${routeTitle(otherKind)} is another kind of route`, span: otherKind.keywordSpan }]
            : []),
        ],
        ...(near !== undefined && {
          help: `did you mean ${near}?`,
          fix: { span: name.span, text: name.quoted ? `"${near}"` : near },
        }),
      }),
    ];
  });
};
