import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { type Need, needsOf } from './facts/dependencies.ts';
import { howToLoad } from './facts/loading.ts';

/**
 * What a module cannot do without is loaded; what it would do better with is at least missed. Where OpenSIPS is asked,
 * its own modules are judged by declared-dependency-is-loaded.ts.
 */
export const dependencyIsLoaded: Check = (context) => {
  const { asked } = context.environment;
  const needs = needsOf(context.modules.ours, context.params).filter(
    ({ module }) => asked !== 'opensips' || !module.chapter,
  );
  return needs.flatMap((need) => (need.answers.length > 0 ? [] : judge(need, context)));
};

function judge(need: Need, context: CheckContext): readonly Diagnostic[] {
  const { module, dependency, param } = need;
  if (dependency.missing === 'silent') return [];
  const loaded = dependency.module === undefined ? undefined : context.modules.byName.get(dependency.module);
  const wasReported = dependency.module !== undefined && context.modules.wasReported(dependency.module);
  if (loaded?.state === 'missing' || wasReported) return [];
  const wanted = dependency.module ?? `a module of the kind ${dependency.kind}`;
  const because = param ? ` because of ${param.name}` : '';
  const message = loaded
    ? `${module.name} needs ${wanted}${because}, an OpenSIPS module that tsips does not have`
    : `${module.name} needs ${wanted}${because}, which is not loaded`;
  return [
    diagnostic('missing-dependency', param?.span ?? module.statement.path.span, message, {
      severity: dependency.missing === 'abort' ? 'error' : 'warning',
      context: param?.span ?? module.statement.span,
      ...(dependency.missing === 'warn' && { why: 'it starts, but part of its work cannot be done' }),
      ...(!loaded && {
        help: dependency.module
          ? howToLoad([wanted], `take ${module.name} out`, context.environment)
          : `load ${wanted}`,
      }),
      notes: [
        ...(param ? [{ message: `${module.name} is loaded here`, span: module.statement.path.span }] : []),
        ...(loaded ? [{ message: 'loaded here', span: loaded.statement.path.span }] : []),
      ],
    }),
  ];
}
