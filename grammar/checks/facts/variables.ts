import type { RouteBlock, StringLiteral } from '../../ast.ts';
import { readFormattedText, type VariableProblem } from '../../parse/script-variable.ts';
import { valueOffsets } from '../../parse/string-literal.ts';
import { kindsOf, type ResolvedCall } from './calls.ts';
import { eachVariableOfText, type Script, type VariableUse } from './script.ts';

/** Every variable of the routes in source order, and what is not written right in strings with variables. */
interface Variables {
  readonly uses: readonly VariableUse[];
  readonly problems: readonly VariableProblem[];
}

/** Finds the variables of the routes, those in strings that functions expand included. */
export function findVariables(script: Script, calls: readonly ResolvedCall[], source: string): Variables {
  const uses = [...script.variables];
  const problems: VariableProblem[] = [];
  const read = (literal: StringLiteral, route: RouteBlock): void => {
    if (!literal.value.includes('$')) return;
    const parsed = readFormattedText(literal.value, placeOf(literal, source));
    problems.push(...parsed.problems);
    eachVariableOfText(parsed.text, (variable) => uses.push({ variable, assigned: false, route }));
  };
  for (const { call, answer, route } of calls) {
    const kinds = kindsOf(answer, call.arguments.length) ?? [];
    for (const [index, argument] of call.arguments.entries()) {
      if (argument.kind === 'String' && isExpanded(kinds[index])) read(argument, route);
    }
  }
  for (const { text, route } of script.texts) read(text, route);
  return {
    uses: uses
      .filter(({ variable }) => variable.name !== dollarSign)
      .sort((one, other) => one.variable.span.start - other.variable.span.start),
    problems,
  };
}

/** `$$` reads as a variable of this name, and stands for a `$`. */
const dollarSign = '$';

/** Strings of kind `r` and `!` stay as they are; those of `i` and `v` are 2.x forms of variables. */
function isExpanded(kind: string | undefined): boolean {
  return kind !== undefined && kind[0] !== 'r' && !kind.includes('!');
}

/**
 * Where each character of a value was written; strings that were joined have only their place as a whole, and those
 * without escapes need no more.
 */
function placeOf({ value, span, parts }: StringLiteral, source: string) {
  const isPlain = span.end - span.start === value.length + 2;
  return parts !== undefined || isPlain ? span : valueOffsets(source, span.start);
}
