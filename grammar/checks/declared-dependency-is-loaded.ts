import type { Span } from '../ast.ts';
import type { DependencyFacts } from '../catalogue.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { GivenParam } from '../module-params.ts';
import { at, inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';
import type { LoadedModule } from './facts/modules.ts';
import { type OfSlip, onceForEachSlip } from './facts/repeated.ts';

/**
 * Where OpenSIPS is asked: what its version of each loaded module declares as a dependency is loaded. What modules of
 * tsips ask for is another rule, dependency-is-loaded.ts.
 */
export const declaredDependencyIsLoaded: Check = (context) =>
  context.environment.asked === 'opensips'
    ? onceForEachSlip([...context.modules.byName.values()].flatMap((module) => judge(module, context)))
    : [];

/** Several modules may need the one that is not loaded: that is told once. */
function judge(module: LoadedModule, context: CheckContext): OfSlip[] {
  const { chapter, name } = module;
  if (!chapter || !at([chapter], context.version)) return [];
  return chapter.names('dep').flatMap((wanted) =>
    chapter.find('dep', wanted).flatMap((dependency) => {
      if (!inRange(context.version, dependency) || dependency.missing === 'silent') return [];
      const because = reasonFor(dependency, name, context);
      if (!because || isAnswered(wanted, name, context)) return [];
      const finding = told(module, wanted, dependency.missing, because);
      // A parameter may be a slip of its own.
      return [{ finding, ...(because.span === undefined && { slip: `${wanted} ${finding.severity}` }) }];
    }),
  );
}

/** What makes a dependency hold, with its place; undefined where it does not hold. */
interface Because {
  readonly words: string;
  readonly span?: Span;
}

function reasonFor(
  { param, when }: DependencyFacts,
  module: string,
  { params, calls }: CheckContext,
): Because | undefined {
  if (when?.op === 'script-function-used') {
    const call = calls.find((one) => when.values?.includes(one.call.name.text));
    return call && { words: ` because of ${call.call.name.text}()`, span: call.call.name.span };
  }
  if (param === undefined) return { words: '' };
  const given = params.byModule.get(module) ?? [];
  const asking = given.find((one) => one.name === param && holds(when, one.value));
  return asking && { words: ` because of ${param}`, span: asking.span };
}

type When = NonNullable<DependencyFacts['when']>;

const tests: Readonly<
  Record<string, (value: GivenParam['value'], values: NonNullable<When['values']>) => boolean>
> = {
  nonempty: (value) => value !== '',
  'nonempty-or-func': (value) => value !== '',
  'nonempty-and-not': (value, values) => value !== '' && !values.includes(value),
  gt: (value, [limit = 0]) => Number(value) > Number(limit),
  ne: (value, [other]) => value !== other,
  eq: (value, [other]) => value === other,
  in: (value, values) => values.includes(value),
  contains: (value, values) => values.some((part) => String(value).includes(String(part))),
  'equals-ci': (value, values) =>
    values.some((one) => String(value).toLowerCase() === String(one).toLowerCase()),
  'value-starts-with': (value, values) => values.some((one) => destinationOf(value).startsWith(String(one))),
  'value-not-starts-with': (value, values) =>
    values.every((one) => !destinationOf(value).startsWith(String(one))),
};

/** Where a trace goes: `hep:home` of `[name]uri=hep:home;table=…`, or the value as it is. */
function destinationOf(value: GivenParam['value']): string {
  const text = String(value);
  return (/(?:^|[\];])\s*uri\s*=\s*([^;]*)/.exec(text)?.[1] ?? text).trim();
}

/** What is not known to hold does not. */
function holds(when: When | undefined, value: GivenParam['value']): boolean {
  return when === undefined || (tests[when.op]?.(value, when.values ?? []) ?? false);
}

/** `@sqldb` is any other module of that class. What was not found may be anything, and has been reported. */
function isAnswered(wanted: string, by: string, { modules }: CheckContext): boolean {
  if (!wanted.startsWith('@')) return modules.byName.has(wanted) || modules.wasReported(wanted);
  if (modules.mayHideNames) return true;
  const kind = wanted.slice(1);
  return [...modules.byName.values()].some(
    (module) =>
      module.name !== by &&
      (module.chapter?.type === kind || (module.state === 'ours' && module.manifest.kind === kind)),
  );
}

function told(
  { name, statement }: LoadedModule,
  wanted: string,
  missing: DependencyFacts['missing'],
  { words, span }: Because,
): Diagnostic {
  const what = wanted.startsWith('@') ? `a module of the kind ${wanted.slice(1)}` : wanted;
  return diagnostic(
    'missing-dependency',
    span ?? statement.path.span,
    `${name} needs ${what}${words}, which is not loaded`,
    {
      severity: missing === 'abort' ? 'error' : 'warning',
      context: span ?? statement.span,
      ...(missing === 'warn' && { why: 'it starts, but part of its work cannot be done' }),
      help: wanted.startsWith('@') ? `load ${what}` : `add loadmodule "${wanted}.so"`,
      notes: span ? [{ message: `${name} is loaded here`, span: statement.path.span }] : [],
    },
  );
}
