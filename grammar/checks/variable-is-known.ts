import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import { notInTsips } from './facts/answers.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { howToLoad } from './facts/loading.ts';
import { onceForEachSlip } from './facts/repeated.ts';
import type { VariableUse } from './facts/script.ts';

/** Every variable exists in tsips. Those of modules that only OpenSIPS has are told of there. */
export const variableIsKnown: Check = (context) =>
  onceForEachSlip(
    context.variables.flatMap((use) =>
      judge(use, context).map((finding) => {
        const slip = slipOf(use, finding, context);
        return { finding, what: `used here: $${use.variable.name}`, ...(slip !== undefined && { slip }) };
      }),
    ),
  );

/** A variable that tsips does not have is missed at many places; so is a module that is not loaded: one advice. */
function slipOf(
  { variable }: VariableUse,
  { help }: Diagnostic,
  { names }: CheckContext,
): string | undefined {
  const answer = names.variable(variable.name);
  if (answer.state === 'not in tsips') return `variable ${variable.name}`;
  return answer.state === 'not loaded' ? help : undefined;
}

function judge({ variable }: VariableUse, context: CheckContext): readonly Diagnostic[] {
  if (variable.name === '') return []; // could not be read, which has been reported
  const { name, nameSpan, span } = variable;
  const answer = context.names.variable(name);
  switch (answer.state) {
    case 'not in tsips':
      return [
        diagnostic('variable-not-in-tsips', nameSpan, notInTsips('variable', `$${name}`, answer.owner), {
          context: span,
          severity: context.absence,
        }),
      ];
    case 'not loaded':
      return [
        diagnostic(
          'unknown-variable',
          nameSpan,
          `$${name} is a variable of module ${answer.owners.join(' or ')}, which is not loaded`,
          { context: span, help: howToLoad(answer.owners, 'take its use out', context.environment) },
        ),
      ];
    case 'unknown':
      return unknown({ name, nameSpan, span }, context);
    case 'ours':
    case 'inert':
    case 'hidden':
      return [];
  }
}

function unknown(
  { name, nameSpan, span }: Pick<VariableUse['variable'], 'name' | 'nameSpan' | 'span'>,
  { names, modules }: CheckContext,
): readonly Diagnostic[] {
  const near = suggest(name, names.variableNames());
  // A module that nobody knows may have any variable; it has been reported.
  if (near === undefined && modules.mayHideNames) return [];
  return [
    diagnostic('unknown-variable', nameSpan, `there is no variable $${name}`, {
      context: span,
      ...(near !== undefined && { help: `did you mean $${near}?`, fix: { span: nameSpan, text: near } }),
    }),
  ];
}
