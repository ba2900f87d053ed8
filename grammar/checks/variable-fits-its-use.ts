import type { VariableFacts as KnownVariable } from '../catalogue.ts';
import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../findings/diagnostics.ts';
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
  const takesInner = facts.inner === undefined ? hasForm(known, 'n') : facts.inner !== 'none';
  const takesIndex = facts.index ?? hasForm(known, 'i');
  if (facts.inner === 'required' && variable.inner === undefined) {
    return wrong(`$${name} needs a name in round brackets`, { help: `write $${name}(name)` });
  }
  if (variable.inner !== undefined && !takesInner) return wrong(`$${name} takes no name in round brackets`);
  if (variable.index !== undefined && !takesIndex) return wrong(`$${name} takes no index`);
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
  return [
    diagnostic(
      'variable-not-writable',
      span,
      hasForm(known, 'w') ? `tsips cannot assign to $${name} yet` : `$${name} can only be read`,
    ),
  ];
}

/** Whether OpenSIPS, in some version, lets it take a name (n) or an index (i), or be assigned (w). */
function hasForm(known: readonly Pick<KnownVariable, 'forms'>[], letter: 'n' | 'i' | 'w'): boolean {
  return known.some(({ forms }) => forms.includes(letter));
}
