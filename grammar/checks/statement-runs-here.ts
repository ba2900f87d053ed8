import type { Node, Span } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { statementsOf } from './facts/statements.ts';

/**
 * Every statement of the routes runs here: what tsips lacks is told for each statement, at its place, with what to put
 * instead where there is something (`tsips check --for tsips`).
 */
export const statementRunsHere: Check = (context) => {
  const missing = [...functions(context), ...variables(context)];
  if (missing.length === 0) return [];
  const statements = statementsOf(context.config);
  const byStatement = new Map<Node | undefined, Missing[]>();
  for (const one of missing.sort((a, b) => a.span.start - b.span.start)) {
    const statement = innermost(statements, one.span);
    byStatement.set(statement, [...(byStatement.get(statement) ?? []), one]);
  }
  return [...byStatement.values()].flatMap(told);
};

/** A use of something that tsips does not have. */
interface Missing {
  readonly span: Span;
  readonly what: string;
  readonly owner: string;
  /** What tsips has instead. */
  readonly instead?: string;
}

function told([first, ...others]: readonly Missing[]): readonly Diagnostic[] {
  if (!first) return [];
  const of = first.owner === 'core' ? "of OpenSIPS's core" : `of the module ${first.owner}`;
  return [
    diagnostic('statement-not-here', first.span, `tsips does not have ${first.what} ${of}`, {
      ...(first.instead !== undefined && { help: first.instead }),
      notes: others.map(({ what, span }) => ({ message: `nor ${what}`, span })),
    }),
  ];
}

function functions({ calls, names, environment }: CheckContext): Missing[] {
  return calls.flatMap(({ call, answer }) => {
    const owner = ownerOf(answer);
    if (owner === undefined) return [];
    const name = call.name.text;
    const renamed = environment.catalogue.renamed('function', name, owner === 'core' ? undefined : owner);
    const isHere = renamed?.to !== undefined && names.function(renamed.to, 'call').state === 'ours';
    const instead = isHere ? { instead: `write ${renamed.to}(): it took the place of ${name}()` } : {};
    return [{ span: call.name.span, what: `${name}()`, owner, ...instead }];
  });
}

function variables({ variables: uses, names }: CheckContext): Missing[] {
  return uses.flatMap(({ variable }) => {
    const owner = ownerOf(names.variable(variable.name));
    const self = owner === undefined ? [] : [{ span: variable.span, what: `$${variable.name}`, owner }];
    const changes = variable.transformations.flatMap(({ group, operation, span }) => {
      const of = ownerOf(names.transformation(`${group}.${operation}`));
      return of === undefined ? [] : [{ span, what: `{${group}.${operation}}`, owner: of }];
    });
    return [...self, ...changes];
  });
}

interface Answered {
  readonly state: string;
  readonly owner?: string;
  readonly module?: { readonly name: string };
}

/** Whose it is, where OpenSIPS has it and tsips has not. */
function ownerOf({ state, owner, module }: Answered): string | undefined {
  if (state === 'not in tsips') return owner;
  return state === 'inert' && typeof module === 'object' ? module.name : undefined;
}

/** The last statement that begins in front of a place and ends behind it. */
function innermost(statements: readonly Node[], { start, end }: Span): Node | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.span.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; at -= 1) {
    const statement = statements[at];
    if (statement && statement.span.end >= end) return statement;
  }
  return undefined;
}
