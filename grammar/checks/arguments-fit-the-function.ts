import type { Argument } from '../ast.ts';
import type { FunctionFacts } from '../catalogue.ts';
import { type Diagnostic, diagnostic, type Fix } from '../findings/diagnostics.ts';
import { inRange } from '../versions/order.ts';
import { type ArgumentFault, faultByCatalogue, faultOf } from './facts/arguments.ts';
import { type ResolvedCall, signaturesOf } from './facts/calls.ts';
import type { Check } from './facts/context.ts';

/**
 * Every call has the arguments that its function takes, in the form of any version: tsips takes the quoted
 * numbers of 2.x where 3.x asks for numbers, and the flags by number or bare name of the old core functions.
 */
export const argumentsFitTheFunction: Check = ({ calls, environment, version }) =>
  calls.flatMap((use) => {
    const fault = environment.asked === 'opensips' ? faultForOpensips(use, version) : faultHere(use);
    return fault ? [describe(use, fault)] : [];
  });

/** What some version takes is no fault here: that others do not is told elsewhere. */
function faultForOpensips(use: ResolvedCall, version: string): ArgumentFault | undefined {
  const { call, answer } = use;
  const known = 'known' in answer ? answer.known : [];
  if (known.length === 0) return faultHere(use);
  const faults = known.map((facts) => faultByCatalogue(call.arguments, facts, 'strict'));
  if (faults.includes(undefined)) return undefined;
  const ofVersion = faults.filter((_fault, index) => inRange(version, known[index] ?? {}));
  return mostTelling(ofVersion.length > 0 ? ofVersion : faults);
}

function faultHere({ call, answer }: ResolvedCall): ArgumentFault | undefined {
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

function describe({ call, answer }: ResolvedCall, fault: ArgumentFault): Diagnostic {
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
  const fix = argument && quoteFix(argument, fault.expected);
  return diagnostic(
    'wrong-argument-kind',
    argument?.span ?? call.span,
    `argument ${fault.index + 1}${label} of ${name} must be ${fault.expected}`,
    { context: call.span, ...(fix && { fix, help: 'put the number between quotes' }) },
  );
}

function nameOf(answer: ResolvedCall['answer'], index: number): string {
  const names = answer.state === 'ours' ? signaturesOf(answer.facts)[0]?.paramNames : undefined;
  return names?.[index] === undefined ? '' : ` (${names[index]})`;
}

function quoteFix(argument: Argument, expected: string): Fix | undefined {
  if (argument.kind !== 'Number' || !expected.startsWith('a string')) return undefined;
  return { span: argument.span, text: `"${argument.word ?? argument.value}"` };
}
