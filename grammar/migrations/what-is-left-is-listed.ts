import type { Item } from '../ast.ts';
import { collectEvidence } from '../versions/evidence.ts';
import { at, describeLifetime } from '../versions/order.ts';
import { left, type MigrationContext, type MigrationRule, moduleExists, type Step } from './tools/context.ts';

/**
 * What the new version does not have and no rule could bring into its form: globals, modules, parameters and functions
 * at each place, and forms of the language, variables and transformations where they stand first.
 */
export const whatIsLeftIsListed: MigrationRule = (context) => {
  const found = [
    ...context.config.items.flatMap((item) => ofItem(context, item)),
    ...[...context.modules.keys()].flatMap((module) => ofParams(context, module)),
    ...ofCalls(context),
  ];
  return [...found, ...ofEvidence(context, found)];
};

function ofItem(context: MigrationContext, item: Item): readonly Step[] {
  const { catalogue, to } = context;
  if (item.kind === 'GlobalParameter') {
    const name = item.name.text;
    const facts = at(catalogue.global(name), to);
    if (facts && !facts.refused) return [];
    const rename = catalogue.renamed('global', name);
    return [left(item.span, `OpenSIPS ${to} has no ${name}`, rename?.note ?? successorText(rename?.to))];
  }
  if (item.kind !== 'LoadModule') return [];
  const loaded = context.lines.find(({ statement }) => statement === item);
  if (!loaded) return [];
  if (!loaded.chapter) {
    return [
      left(
        item.span,
        `no OpenSIPS has a module ${loaded.name}`,
        `see whether there is one for OpenSIPS ${to}`,
      ),
    ];
  }
  if (moduleExists(context, loaded.name)) return [];
  const rename = catalogue.renamed('module', loaded.name);
  return [
    left(item.span, `OpenSIPS ${to} has no module ${loaded.name}`, rename?.note ?? successorText(rename?.to)),
  ];
}

const successorText = (to: string | undefined) => (to === undefined ? 'take it out' : `use ${to}`);

function ofParams(context: MigrationContext, module: string): readonly Step[] {
  const { catalogue, to } = context;
  if (catalogue.module(module) === undefined) return [];
  return context.paramLinesOf(module).flatMap(({ name, span }) => {
    if (at(catalogue.param(module, name.value), to)) return [];
    const rename = catalogue.renamed('param', name.value, module);
    return [
      left(
        span,
        `${module} of OpenSIPS ${to} has no parameter ${name.value}`,
        rename?.note ?? successorText(rename?.to),
      ),
    ];
  });
}

function ofCalls(context: MigrationContext): readonly Step[] {
  const { catalogue, to } = context;
  const mayHide = [...context.modules.values()].some(({ chapter }) => chapter === undefined);
  return context.script.calls.flatMap(({ call, as }) => {
    const kind = as === 'async' ? 'async' : 'function';
    const name = call.name.text;
    if (context.signaturesOf(name, kind).length > 0 || at(catalogue.core.find('statement', name), to)) {
      return [];
    }
    const statements = catalogue.core.find('statement', name).map((facts) => ({ ...facts, module: 'core' }));
    const known =
      kind === 'async' ? catalogue.asyncFunction(name) : [...catalogue.function(name), ...statements];
    if (known.length === 0 && mayHide) return [];
    const homes = known.filter((facts) => at([facts], to)).map(({ module }) => module);
    const reason = `OpenSIPS ${to} has no function ${name} here`;
    if (homes.length > 0) return [left(call.span, reason, `load ${[...new Set(homes)].join(' or ')}`)];
    const lifetime = known.length > 0 ? `it existed ${describeLifetime(known)}` : 'no version has it';
    const owner = known.at(-1)?.module;
    const rename = catalogue.renamed('function', name, owner === 'core' ? undefined : owner);
    const advice =
      rename?.note ??
      (rename?.to === undefined ? 'take it out' : `use ${rename.to}${homeText(rename.toModule)}`);
    return [left(call.span, `${reason}, ${lifetime}`, advice)];
  });
}

const homeText = (module: string | undefined) => (module === undefined ? '' : ` of ${module}`);

/** What check tells of as well, apart from what has been told of here. */
function ofEvidence(
  { config, catalogue, parsed, to }: MigrationContext,
  told: readonly Step[],
): readonly Step[] {
  return collectEvidence(config, catalogue, parsed.facts)
    .filter(({ versions }) => !versions.includes(to))
    .filter(({ span }) => !told.some((one) => one.span.start <= span.start && span.end <= one.span.end))
    .map(({ what, span, versions }) => {
      const lifetime = describeLifetime(versions.map((one) => ({ since: one, until: one })));
      return left(span, `${what} exists ${lifetime}`, `write it in the form of OpenSIPS ${to}`);
    });
}
