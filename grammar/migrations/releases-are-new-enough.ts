import type { FactKind } from '../catalogue.ts';
import { inRange } from '../versions/order.ts';
import { type MigrationContext, type MigrationRule, noted, type Step } from './tools/context.ts';

/**
 * What came to or went from the new version behind its first release: the file asks for that release. Where the
 * catalogue was loaded without changes within branches, nothing is known of them.
 */
export const releasesAreNewEnough: MigrationRule = (context) => [
  ...[...context.modules.keys()].flatMap((module) =>
    context.paramLinesOf(module).flatMap(({ name }) => tell(context, module, 'param', name)),
  ),
  ...context.script.variables.flatMap(({ variable }) =>
    tell(context, 'core', 'variable', { value: variable.name, span: variable.span }),
  ),
  ...context.script.calls.flatMap(({ call }) =>
    ['core', ...context.modules.keys()].flatMap((owner) =>
      tell(context, owner, 'function', { value: call.name.text, span: call.name.span }),
    ),
  ),
];

function tell(
  context: MigrationContext,
  owner: string,
  kind: FactKind,
  {
    value,
    span,
  }: { readonly value: string; readonly span: { readonly start: number; readonly end: number } },
): readonly Step[] {
  const { catalogue, to, from } = context;
  if (from === to) return [];
  return catalogue
    .changes(owner, kind, value)
    .filter((facts) => inRange(to, facts))
    .flatMap(({ change, release }) => {
      if (release === undefined || (change !== 'added' && change !== 'removed')) return [];
      const what = kind === 'variable' ? `$${value}` : owner === 'core' ? value : `${value} of ${owner}`;
      const since = release.startsWith('after') ? `is newer than ${release.slice(6)}` : `is of ${release}`;
      return [
        noted(
          span,
          change === 'added'
            ? `${what} is not in every release of ${to}: it ${since}`
            : `${what} went within ${to}: what took it out ${since}`,
        ),
      ];
    });
}
