import type { Argument } from '../ast.ts';
import type { FunctionFacts } from '../catalogue.ts';
import { type Diagnostic, diagnostic, type Fix } from '../findings/diagnostics.ts';
import { compareVersions, inRange } from '../versions/order.ts';
import { type ArgumentFault, faultByCatalogue, faultOf } from './facts/arguments.ts';
import { type ResolvedCall, signaturesOf } from './facts/calls.ts';
import type { Check } from './facts/context.ts';

/**
 * Every call has the arguments that its function takes. Where OpenSIPS is asked, in its version; else in the form of any
 * version: tsips takes the quoted numbers of 2.x where 3.x asks for numbers, and the flags by number or bare name of the
 * old core functions.
 */
export const argumentsFitTheFunction: Check = ({ calls, version, environment: { asked } }) =>
  calls.flatMap((use) => {
    const fault = asked === 'opensips' ? faultInVersion(use, version) : faultInAny(use);
    return fault ? [describe(use, fault, version)] : [];
  });

/** What that version does not have is told elsewhere; what no version of OpenSIPS has is judged by what tsips takes. */
function faultInVersion(use: ResolvedCall, version: string): ArgumentFault | undefined {
  const { call, answer } = use;
  if (!('known' in answer) || answer.known.length === 0) return faultInAny(use);
  const known = answer.known.filter((facts) => inRange(version, facts));
  const faults = known.map((facts) => faultByCatalogue(call.arguments, facts, 'strict'));
  return faults.includes(undefined) ? undefined : mostTelling(faults);
}

function faultInAny({ call, answer }: ResolvedCall): ArgumentFault | undefined {
  const given = call.arguments;
  switch (answer.state) {
    case 'ours': {
      const faults = signaturesOf(answer.facts).map(({ params }) => faultOf(given, params, 'lenient'));
      const oldForms = answer.known.filter(({ forms }) => forms !== undefined);
      if (faults.includes(undefined)) return undefined;
      if (oldForms.some((facts) => !faultByCatalogue(given, facts, 'strict'))) return undefined;
      const fault = mostTelling(faults);
      return fault && isNumberOfSomeVersion(given, fault, answer.known) ? undefined : fault;
    }
    case 'inert': {
      const faults = answer.known.map((facts) => faultByCatalogue(given, facts, 'strict'));
      return faults.includes(undefined) ? undefined : mostTelling(faults);
    }
    default:
      return undefined;
  }
}

/** A number that some version asks for where this one takes a text: flags of 3.0 to 3.3, by name since. */
function isNumberOfSomeVersion(
  given: readonly Argument[],
  fault: ArgumentFault,
  known: readonly FunctionFacts[],
): boolean {
  if (fault.kind !== 'argument' || given[fault.index]?.kind !== 'Number') return false;
  return known.some(({ params }) => params?.[fault.index]?.startsWith('i'));
}

/** A signature whose number of arguments fits tells more than one that takes another number. */
function mostTelling(faults: readonly (ArgumentFault | undefined)[]): ArgumentFault | undefined {
  return faults.findLast((fault) => fault?.kind === 'argument') ?? faults.at(-1);
}

function describe({ call, answer }: ResolvedCall, fault: ArgumentFault, version: string): Diagnostic {
  const name = call.name.text;
  if (fault.kind === 'count') {
    return diagnostic(
      'wrong-argument-count',
      call.span,
      `${name} takes ${fault.counts}, not ${fault.given === 0 ? 'none' : fault.given}`,
    );
  }
  const argument = call.arguments[fault.index];
  const label = nameOf(answer, fault.index);
  if (fault.kind === 'omitted') {
    return diagnostic(
      'wrong-argument-count',
      argument?.span ?? call.span,
      `argument ${fault.index + 1}${label} of ${name} cannot be left out`,
      { context: call.span },
    );
  }
  const known = 'known' in answer ? answer.known : [];
  const older = known.filter(({ until }) => until !== undefined && compareVersions(until, version) < 0);
  // Flags by number have names since: quotes would not make them of it.
  const isFlags = isNumberOfSomeVersion(call.arguments, fault, older);
  const repair = argument && !isFlags ? otherQuotes(argument, fault.expected) : undefined;
  return diagnostic(
    'wrong-argument-kind',
    argument?.span ?? call.span,
    `argument ${fault.index + 1}${label} of ${name} must be ${fault.expected}`,
    { context: call.span, ...repair },
  );
}

function nameOf(answer: ResolvedCall['answer'], index: number): string {
  const names = answer.state === 'ours' ? signaturesOf(answer.facts)[0]?.paramNames : undefined;
  return names?.[index] === undefined ? '' : ` (${names[index]})`;
}

/** The same argument with quotes, or without, where it would do so. */
function otherQuotes(argument: Argument, expected: string): { fix: Fix; help: string } | undefined {
  const { span } = argument;
  const wantsText = expected.startsWith('a string');
  if (argument.kind === 'Number' && wantsText) {
    const text = `"${argument.word ?? argument.value}"`;
    return { fix: { span, text }, help: 'put the number between quotes' };
  }
  if (argument.kind === 'Word' && wantsText) {
    return { fix: { span, text: `"${argument.text}"` }, help: 'put the word between quotes' };
  }
  if (argument.kind !== 'String') return undefined;
  const isFitting = expected.includes('integer') || expected.includes('number') ? isNumber : isVariable;
  const isWanted = isFitting(argument.value) || (/variable/.test(expected) && isVariable(argument.value));
  return isWanted ? { fix: { span, text: argument.value }, help: 'take the quotes off' } : undefined;
}

const isNumber = (text: string) => /^-?\d+$/.test(text);
const isVariable = (text: string) =>
  /^\$(?:\w+(?:\.\w+)*(?:\([^()]*\))?|\([^()]*(?:\([^()]*\)[^()]*)*\))$/.test(text);
