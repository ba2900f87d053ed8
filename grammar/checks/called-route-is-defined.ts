import { type Diagnostic, diagnostic, type Note } from '../findings/diagnostics.ts';
import { type MissingRoute, missingRoutes } from './facts/called-routes.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { routeTitle } from './facts/routes.ts';

/**
 * Every `route(name)`, every route that `async()` and `launch()` go on in, and every one that `t_on_failure()` and its
 * like are told by name, is defined.
 */
export const calledRouteIsDefined: Check = (context) =>
  missingRoutes(context).map((missing) => told(missing, context));

function told(missing: MissingRoute, { script }: CheckContext): Diagnostic {
  const { keyword, name, nameSpan, quoted, near, by, span } = missing;
  const otherKind = script.routes.find((route) => route.keyword !== keyword && route.name?.text === name);
  const resumes: readonly Note[] =
    by === 'async' || by === 'launch' ? [{ message: `${by}() goes on in that route` }] : [];
  return diagnostic('unknown-route', nameSpan, `${keyword}[${name}] is not defined`, {
    context: span,
    notes: [
      ...resumes,
      ...(otherKind
        ? [{ message: `${routeTitle(otherKind)} is another kind of route`, span: otherKind.keywordSpan }]
        : []),
    ],
    ...(near !== undefined && {
      help: `did you mean ${near}?`,
      fix: { span: nameSpan, text: quoted ? `"${near}"` : near },
    }),
  });
}
