import type { Span } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import type { Answer } from './facts/answers.ts';
import type { Check, CheckContext } from './facts/context.ts';

/**
 * A module is loaded above the first route that calls its functions or names its variables: OpenSIPS looks both
 * up while it reads. Variables in strings are looked up later. Told once for each module.
 */
export const moduleIsLoadedAboveItsUses: Check = (context) => {
  const firstUses = new Map<string, Use>();
  for (const use of usesOf(context)) {
    const known = firstUses.get(use.module);
    if (!known || use.span.start < known.span.start) firstUses.set(use.module, use);
  }
  return [...firstUses.values()].flatMap(({ module, what, span }) => {
    const loaded = context.modules.byName.get(module)?.statement;
    if (!loaded || loaded.span.start < span.start) return [];
    return [
      diagnostic(
        'module-loaded-too-late',
        span,
        `${what} is used above the line that loads its module ${module}`,
        {
          notes: [{ message: 'loaded here', span: loaded.path.span }],
        },
      ),
    ];
  });
};

interface Use {
  readonly module: string;
  readonly what: string;
  readonly span: Span;
}

function usesOf({ calls, script, names }: CheckContext): readonly Use[] {
  const functions = calls.flatMap(({ call, answer }) => use(answer, `${call.name.text}()`, call.name.span));
  const variables = script.variables.flatMap(({ variable }) =>
    use(names.variable(variable.name), `$${variable.name}`, variable.nameSpan),
  );
  return [...functions, ...variables];
}

function use<Facts, Known>(answer: Answer<Facts, Known>, what: string, span: Span): Use[] {
  if (answer.state === 'ours' && answer.owner !== 'core') return [{ module: answer.owner, what, span }];
  return answer.state === 'inert' ? [{ module: answer.module.name, what, span }] : [];
}
