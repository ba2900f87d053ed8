import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../diagnostics.ts';
import type { Check } from './facts/context.ts';
import type { VariableAnswer } from './facts/names.ts';
import type { VariableUse } from './facts/script.ts';

/** A variable has a name in brackets and an index only where it takes them, and is assigned only where it can be. */
export const variableFitsItsUse: Check = ({ variables, names }) =>
  variables.flatMap((use) => {
    const answer = names.variable(use.variable.name);
    return answer.state === 'ours' ? judge(use, answer) : [];
  });

function judge(
  { variable, assigned }: VariableUse,
  { facts, known }: VariableAnswer & { readonly state: 'ours' },
): readonly Diagnostic[] {
  const { name, span } = variable;
  const wrong = (message: string, details: DiagnosticDetails = {}) => [
    diagnostic('variable-wrong-form', span, message, details),
  ];
  if (facts.inner === 'required' && variable.inner === undefined) {
    return wrong(`$${name} needs a name in round brackets`, { help: `write $${name}(name)` });
  }
  if (facts.inner === 'none' && variable.inner !== undefined) {
    return wrong(`$${name} takes no name in round brackets`);
  }
  if (facts.index === false && variable.index !== undefined) return wrong(`$${name} takes no index`);
  if (!assigned) return [];
  const [first] = variable.transformations;
  if (first) {
    return [
      diagnostic('variable-not-writable', first.span, 'nothing can be assigned to a transformed value', {
        context: span,
        help: 'take the transformation out',
      }),
    ];
  }
  if (facts.writable === true) return [];
  const elsewhere = known.some(({ forms }) => forms.includes('w'));
  return [
    diagnostic(
      'variable-not-writable',
      span,
      elsewhere ? `tsips cannot assign to $${name} yet` : `$${name} can only be read`,
    ),
  ];
}
