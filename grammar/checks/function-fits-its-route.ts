import type { RouteBlock } from '../ast.ts';
import type { FunctionFacts } from '../catalogue.ts';
import { type Diagnostic, diagnostic, type Note } from '../findings/diagnostics.ts';
import type { RouteLetter } from '../manifest.ts';
import { routeLetters } from '../route-letters.ts';
import { inRange } from '../versions/order.ts';
import { type ResolvedCall, signaturesOf } from './facts/calls.ts';
import type { Check } from './facts/context.ts';
import type { FunctionAnswer } from './facts/names.ts';
import { onceForEachSlip } from './facts/repeated.ts';
import { pathOf, type Reach, reachOf, routeTitle } from './facts/routes.ts';

/** Every function is allowed in each kind of route from which its place is reached. */
export const functionFitsItsRoute: Check = ({ calls, script, environment, version }) => {
  const lettersOf =
    environment.asked === 'opensips' ? (use: ResolvedCall) => lettersIn(version, use) : lettersHere;
  const reach = reachOf(script);
  const allowedBy = new Map<FunctionAnswer, readonly RouteLetter[] | '*'>();
  const found = calls.flatMap((use) => {
    const allowed = allowedBy.get(use.answer) ?? lettersOf(use);
    allowedBy.set(use.answer, allowed);
    if (allowed === '*') return [];
    const wrong = (reach.get(use.route) ?? []).find(({ letter }) => !allowed.includes(letter));
    if (!wrong) return [];
    const finding = describe(use, wrong, allowed);
    // One call leads to all that is not allowed behind it.
    const slip = wrong.from && pathOf(wrong).map(routeTitle).join(' ');
    return [{ finding, what: `nor ${use.call.name.text}`, ...(slip !== undefined && { slip }) }];
  });
  return onceForEachSlip(found);
};

/** Where OpenSIPS is asked its version decides. A function that it does not have has been told. */
function lettersIn(version: string, use: ResolvedCall): readonly RouteLetter[] | '*' {
  const { answer, as } = use;
  const known = 'known' in answer ? answer.known : [];
  if (as === 'async' || known.length === 0) return lettersHere(use);
  return lettersOfKnown(known.filter((facts) => inRange(version, facts)));
}

function lettersOfKnown(known: readonly FunctionFacts[]): readonly RouteLetter[] | '*' {
  const letters = known.map(({ routes }) => routes ?? '*').join('') || '*';
  return letters.includes('*') ? '*' : Object.values(routeLetters).filter((one) => letters.includes(one));
}

function lettersHere({ answer, as }: ResolvedCall): readonly RouteLetter[] | '*' {
  if (as === 'async') return '*';
  switch (answer.state) {
    case 'ours': {
      const each = signaturesOf(answer.facts).map(({ routes }) => routes);
      return each.includes('*') ? '*' : each.flatMap((routes) => (routes === '*' ? [] : routes));
    }
    case 'inert':
      return lettersOfKnown(answer.known);
    default:
      return '*';
  }
}

function describe({ call, route }: ResolvedCall, wrong: Reach, allowed: readonly RouteLetter[]): Diagnostic {
  const name = call.name.text;
  const path = pathOf(wrong);
  const [start] = path;
  const kind = start?.keyword ?? route.keyword;
  const where =
    start === undefined || start === route
      ? `${name} cannot be used in ${article(kind)} ${kind}`
      : `${name} cannot be used in ${routeTitle(route)}, because ${routeTitle(start)} leads there`;
  return diagnostic('function-not-allowed-here', call.name.span, where, {
    context: call.span,
    help: `use it in ${allowed.map((letter) => keywordOf(letter)).join(', ')}`,
    notes: wayThere(path),
  });
}

const keywordOf = (letter: RouteLetter) =>
  Object.entries(routeLetters).find(([, one]) => one === letter)?.[0] ?? letter;
const article = (word: string) => (/^[aeio]/.test(word) ? 'an' : 'a');

function wayThere(path: readonly RouteBlock[]): readonly Note[] {
  if (path.length < 2) return [];
  return [
    { message: `the way there: ${path.map(routeTitle).join(' → ')}` },
    ...path.slice(0, 1).map((route) => ({ message: 'it begins here', span: route.keywordSpan })),
  ];
}
