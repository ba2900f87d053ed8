import type { Argument, RouteKeyword, Span } from '../../ast.ts';
import { suggest } from '../../findings/suggest.ts';
import type { CheckContext } from './context.ts';

/** A route where something names it. */
interface CalledRoute {
  readonly keyword: RouteKeyword;
  readonly name: string;
  readonly quoted: boolean;
  readonly nameSpan: Span;
  /** `route`, `async`, `launch`, or the function that is told the name. */
  readonly by: string;
  readonly span: Span;
}

/** A route that is named and not defined. */
export interface MissingRoute extends CalledRoute {
  /** The name that was meant, perhaps. */
  readonly near?: string;
}

interface Setter {
  readonly keyword: RouteKeyword;
  /** The place of the name among the arguments, from 0. */
  readonly index: number;
}

/** The functions that are told which route shall run later. */
const setters: ReadonlyMap<string, Setter> = new Map([
  ['t_on_branch', { keyword: 'branch_route', index: 0 }],
  ['t_on_failure', { keyword: 'failure_route', index: 0 }],
  ['t_on_reply', { keyword: 'onreply_route', index: 0 }],
  ['notify_on_event', { keyword: 'route', index: 2 }],
]);

/** What is named and not defined; what a module that was not found may define has been told of. */
export function missingRoutes(context: CheckContext): readonly MissingRoute[] {
  const { script, modules } = context;
  const defined = new Map<RouteKeyword, Set<string>>();
  for (const { keyword, name } of script.routes) {
    const names = defined.get(keyword) ?? new Set();
    defined.set(keyword, names.add(name?.text ?? '0'));
  }
  return calledRoutes(context).flatMap((called) => {
    const names = defined.get(called.keyword) ?? new Set<string>();
    if (names.has(called.name) || modules.wasReported(called.name)) return [];
    const near = suggest(called.name, names);
    return [{ ...called, ...(near !== undefined && { near }) }];
  });
}

function calledRoutes({ script, calls, environment }: CheckContext): readonly CalledRoute[] {
  const byStatement = script.routeUses.map(({ name, by, span }): CalledRoute => {
    const { text, quoted, span: nameSpan } = name;
    return { keyword: 'route', name: text, quoted, nameSpan, by, span };
  });
  // This host looks these up when it makes the routes ready.
  if (environment.asked !== 'opensips') return byStatement;
  const bySetter = calls.flatMap(({ call }): CalledRoute[] => {
    const setter = setters.get(call.name.text);
    const argument = setter && call.arguments[setter.index];
    const name = plainText(argument);
    if (!setter || !argument || name === undefined || name === '' || name === '0') return [];
    const by = call.name.text;
    return [{ keyword: setter.keyword, name, quoted: true, nameSpan: argument.span, by, span: call.span }];
  });
  return [...byStatement, ...bySetter];
}

/** A text without variables. */
function plainText(argument: Argument | undefined): string | undefined {
  return argument?.kind === 'String' && !argument.value.includes('$') ? argument.value : undefined;
}
