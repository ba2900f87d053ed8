import type { StringLiteral } from '../../ast.ts';
import type { Diagnostic } from '../../findings/diagnostics.ts';
import { compareVersions } from '../../versions/order.ts';
import type { ResolvedCall } from './calls.ts';
import type { CheckContext } from './context.ts';

/** What is wrong inside of a string with variables. */
const ofTexts: ReadonlySet<string> = new Set([
  'unknown-variable',
  'unknown-transformation',
  'transformation-wrong-arguments',
  'variable-wrong-form',
  'unknown-variable-word',
  'bad-variable',
  'not-in-version',
]);

/**
 * Whether OpenSIPS would pass over this with -C and refuse it when it starts: it looks for called routes, compiles
 * regular expressions and reads the strings of core functions only then, up to 2.4 the arguments of every function.
 * Measured with 2.4 and 3.6.
 */
export function isRefusedAtStart({ code, span }: Diagnostic, context: CheckContext): boolean {
  if (code === 'unknown-route' || code === 'regular-expression-unusable') return true;
  const isBefore3 = compareVersions(context.version, '3.0') < 0;
  const isInside = (text: StringLiteral) => text.span.start <= span.start && span.end <= text.span.end;
  const isArgument = ({ call }: ResolvedCall) =>
    call.arguments.some((argument) => argument.kind === 'String' && isInside(argument));
  // The arguments of core functions are grammar up to 2.4.
  if (code === 'wrong-argument-kind') {
    return isBefore3 && context.calls.some((use) => !isOfCore(use) && isArgument(use));
  }
  return ofTexts.has(code) && context.calls.some((use) => (isBefore3 || isOfCore(use)) && isArgument(use));
}

function isOfCore({ answer }: ResolvedCall): boolean {
  return (answer.state === 'ours' || answer.state === 'not in tsips') && answer.owner === 'core';
}
