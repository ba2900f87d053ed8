import type { FormattedText, Transformation } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import type { TransformationFacts } from '../manifest.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { howToLoad } from './facts/loading.ts';
import { onceForEachSlip } from './facts/repeated.ts';

/** Every transformation exists in tsips and has the arguments that it takes. */
export const transformationIsKnown: Check = (context) =>
  onceForEachSlip(
    context.variables.flatMap(({ variable }) =>
      variable.transformations.flatMap((one) =>
        judge(one, context).map((finding) => {
          const what = `used here: {${one.group}.${one.operation}}`;
          return { finding, what, ...(finding.code === 'transformation-not-in-tsips' && { slip: what }) };
        }),
      ),
    ),
  );

function judge(one: Transformation, context: CheckContext): readonly Diagnostic[] {
  const name = one.operation === '' ? one.group : `${one.group}.${one.operation}`;
  const answer = context.names.transformation(name);
  switch (answer.state) {
    case 'ours':
      return judgeArguments(name, one, answer.facts);
    case 'not in tsips':
      return [
        diagnostic(
          'transformation-not-in-tsips',
          one.span,
          `{${name}} is a transformation of OpenSIPS that tsips does not have`,
          { severity: context.absence },
        ),
      ];
    case 'not loaded':
      return [
        diagnostic(
          'unknown-transformation',
          one.span,
          `{${name}} is a transformation of module ${answer.owners.join(' or ')}, which is not loaded`,
          { help: howToLoad(answer.owners, 'take it out', context.environment) },
        ),
      ];
    case 'unknown': {
      const near = suggest(name, context.names.transformationNames());
      if (near === undefined && context.modules.mayHideNames) return [];
      const at = context.text.indexOf(name, one.span.start);
      const span = { start: at, end: at + name.length };
      const isPlain = at >= 0 && span.end <= one.span.end;
      return [
        diagnostic('unknown-transformation', one.span, `there is no transformation {${name}}`, {
          ...(near !== undefined && { help: `did you mean {${near}}?` }),
          ...(near !== undefined && isPlain && { fix: { span, text: near } }),
        }),
      ];
    }
    case 'inert':
    case 'hidden':
      return [];
  }
}

function judgeArguments(
  name: string,
  one: Transformation,
  facts: TransformationFacts,
): readonly Diagnostic[] {
  const most = facts.args.length;
  const least = facts.min ?? most;
  const given = endsInComma(one, facts) ? most : one.arguments.length;
  if (given < least || given > most) {
    const wanted = most === 0 ? 'no' : least === most ? `${most}` : `${least} to ${most}`;
    return [
      diagnostic(
        'transformation-wrong-arguments',
        one.span,
        `{${name}} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${given}`,
        given > most ? { severity: 'warning', why: 'OpenSIPS ignores what is too much' } : {},
      ),
    ];
  }
  return one.arguments.flatMap((argument, index) =>
    facts.args[index] === 'int' && !isInteger(argument)
      ? [
          diagnostic(
            'transformation-wrong-arguments',
            argument.span,
            `argument ${index + 1} of {${name}} must be a number`,
            { context: one.span },
          ),
        ]
      : [],
  );
}

/** Two empty arguments are a comma where one character is taken. */
function endsInComma({ arguments: given }: Transformation, { args }: TransformationFacts): boolean {
  return (
    args.at(-1) === 'char' &&
    given.length === args.length + 1 &&
    given.slice(-2).every(({ parts }) => parts.length === 0)
  );
}

/** A number, or something that becomes one only when it runs. */
function isInteger(argument: FormattedText): boolean {
  return argument.parts.some((part) => part.kind === 'Variable')
    ? true
    : /^\s*[-+]?\d+\s*$/.test(argument.parts.map((part) => ('text' in part ? part.text : '')).join(''));
}
