import type { Dated, ParamFacts } from '../catalogue.ts';
import type { CheckEnvironment } from '../check-environment.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import { checkParams, type GivenParam, wrongType } from '../module-params.ts';
import { inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';
import type { InertModule, LoadedModule, OurModule } from './facts/modules.ts';
import type { ParamLine } from './facts/params.ts';

/**
 * Every parameter exists in each module that its line reaches, and its value fits: by the module's schemas,
 * or by the catalogue where only OpenSIPS has the module.
 */
export const modparamFitsItsModule: Check = (context) =>
  context.params.lines.flatMap((line) => {
    const findings = line.modules.flatMap((module) => judge(line, module, context));
    return findings.map((finding) => ({ ...finding, context: line.statement.span }));
  });

function judge(line: ParamLine, module: LoadedModule, context: CheckContext): readonly Diagnostic[] {
  if (isOfOtherVersions(module, context)) return [];
  const macro = macroFor(line.given, module, context.environment);
  if (macro !== undefined) {
    const message = `${module.name} has ${line.given.name} only where it was built with ${macro}`;
    return [diagnostic('unknown-parameter', line.given.nameSpan, message)];
  }
  switch (module.state) {
    case 'ours':
      return judgeOurs(line.given, module, context);
    case 'inert':
      return judgeByCatalogue(line.given, module, context);
    case 'missing':
      return [];
  }
}

/** OpenSIPS is asked, and the version does not have the module: that has been told, and nothing can be set in it. */
function isOfOtherVersions({ chapter }: LoadedModule, { environment, version }: CheckContext): boolean {
  return environment.asked === 'opensips' && chapter !== undefined && !inRange(version, chapter);
}

/** OpenSIPS is asked, and only builds with this macro have the parameter; those that are given out have not. */
function macroFor(
  { name }: GivenParam,
  { chapter }: LoadedModule,
  { asked }: CheckEnvironment,
): string | undefined {
  const known = chapter?.find('param', name) ?? [];
  return asked === 'opensips' ? known.find(({ build }) => build !== undefined)?.build : undefined;
}

function judgeOurs(
  given: GivenParam,
  module: OurModule,
  { environment }: CheckContext,
): readonly Diagnostic[] {
  const known = module.chapter?.find('param', given.name) ?? [];
  if (known.length > 0 && !Object.hasOwn(module.manifest.params ?? {}, given.name)) {
    return [
      typeFault(given, module.name, known) ??
        diagnostic(
          'parameter-not-in-tsips',
          given.nameSpan,
          `${given.name} is a parameter of OpenSIPS's module ${module.name} that the one of tsips does not have`,
        ),
    ];
  }
  const { diagnostics } = checkParams(module.manifest, [given], environment.validateParam);
  return environment.asked === 'opensips' && !environment.hostToo
    ? diagnostics.map((finding) => asOpensipsSeesIt(finding, known))
    : diagnostics;
}

/** OpenSIPS judges a value only where the module reads the line itself; into a plain variable it takes any. */
function asOpensipsSeesIt(finding: Diagnostic, known: readonly Dated<ParamFacts>[]): Diagnostic {
  if (finding.code !== 'parameter-out-of-range' || known.length === 0 || known.some(({ setter }) => setter)) {
    return finding;
  }
  return { ...finding, severity: 'warning', why: 'OpenSIPS takes the value as it is, and misbehaves' };
}

function judgeByCatalogue(
  given: GivenParam,
  { name, chapter }: InertModule,
  { environment }: CheckContext,
): readonly Diagnostic[] {
  const known = chapter.find('param', given.name);
  if (known.length === 0) {
    // Some manuals have slips of their own.
    const meant = environment.catalogue.renamed('param', given.name, name)?.to;
    const near = meant ?? suggest(given.name, chapter.names('param'));
    return [
      diagnostic('unknown-parameter', given.nameSpan, `${name} has no parameter ${given.name}`, {
        ...(near !== undefined && {
          help: `did you mean ${near}?`,
          fix: { span: given.nameSpan, text: `"${near}"` },
        }),
      }),
    ];
  }
  const fault = typeFault(given, name, known);
  return fault ? [fault] : [];
}

/** What any version takes is taken. */
function typeFault(
  given: GivenParam,
  module: string,
  known: readonly Dated<ParamFacts>[],
): Diagnostic | undefined {
  const types = known.flatMap(({ type }) => (type === 'int|string' ? ['int', 'string'] : [type]));
  if (types.includes(typeof given.value === 'number' ? 'int' : 'string')) return undefined;
  return wrongType(module, given, [types.includes('int') ? 'integer' : 'string']);
}
