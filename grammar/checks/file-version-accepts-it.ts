import type { Span } from '../ast.ts';
import type { RenameFacts } from '../catalogue.ts';
import { type DiagnosticDetails, diagnostic } from '../findings/diagnostics.ts';
import { collectEvidence, type VersionReason, whatParam } from '../versions/evidence.ts';
import { describeLifetime, inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';

/**
 * What stands in the file exists in the OpenSIPS version that the file is for, each thing told once. tsips accepts
 * the union of all versions, so these are warnings.
 */
export const fileVersionAcceptsIt: Check = (context) => {
  const { config, environment, facts, version } = context;
  const evidence = environment.evidence ?? collectEvidence(config, environment.catalogue, facts);
  const missing = evidence.filter(({ versions }) => !versions.includes(version));
  if (missing.length === 0) return [];
  const renamed = renamesIn(context);
  const followUps = paramsOfMissingModules(context, renamed);
  const told = missing.filter(({ what }) => !followUps.has(what));
  return withoutWholes(told, context).map(({ what, span, versions }) => {
    const lifetime = describeLifetime(versions.map((one) => ({ since: one, until: one })));
    const rename = renamed.get(span.start);
    return diagnostic(
      'not-in-version',
      span,
      `OpenSIPS ${version} would refuse this: ${what} exists ${lifetime}`,
      rename ? detailsOf(rename) : {},
    );
  });
};

interface RenamedPlace {
  readonly facts: RenameFacts;
  /** The name itself, where another one in its place would do. */
  readonly name?: Span;
  readonly quoted: boolean;
}

/** A name that only changed has its fix; one that means something else now, or moved to another module, has advice. */
function detailsOf({ facts, name, quoted }: RenamedPlace): DiagnosticDetails {
  const { to, toModule, note } = facts;
  const isSame = to !== undefined && toModule === undefined && note === undefined;
  return {
    help: advice(facts),
    notes: note === undefined ? [] : [{ message: note }],
    ...(isSame && name && { fix: { span: name, text: quoted ? `"${to}"` : to } }),
  };
}

/** What got another name, by where it stands. */
function renamesIn(context: CheckContext): ReadonlyMap<number, RenamedPlace> {
  const { config, calls, script, environment, modules, params } = context;
  const { renamed } = environment.catalogue;
  const found = new Map<number, RenamedPlace>();
  const add = (at: Span, facts: RenameFacts | undefined, name: Span | undefined, quoted = false) => {
    if (facts) found.set(at.start, { facts, ...(name && { name }), quoted });
  };
  for (const item of config.items) {
    if (item.kind === 'GlobalParameter')
      add(item.name.span, renamed('global', item.name.text), item.name.span);
  }
  for (const { name, statement } of modules.lines)
    add(statement.path.span, renamed('module', name), undefined);
  for (const { statement, given, modules: reached } of params.lines) {
    for (const { name } of reached)
      add(statement.span, renamed('param', given.name, name), given.nameSpan, true);
  }
  for (const { call, answer } of calls) {
    const owner = answer.state === 'inert' ? answer.module.name : 'owner' in answer ? answer.owner : 'core';
    const name = call.name.text;
    const facts = owner === 'core' ? renamed('function', name) : renamed('function', name, owner);
    add(call.name.span, facts, call.name.span);
  }
  for (const { variable } of script.variables)
    add(variable.nameSpan, renamed('variable', variable.name), variable.nameSpan);
  return found;
}

/**
 * Parameters of modules that the version does not have, or that were not found: that has been told of the module. One
 * that went to another module has its advice all the same.
 */
function paramsOfMissingModules(
  { params, version }: CheckContext,
  renamed: ReadonlyMap<number, RenamedPlace>,
): ReadonlySet<string> {
  return new Set(
    params.lines.flatMap(({ statement, given, modules }) =>
      renamed.has(statement.span.start)
        ? []
        : modules
            .filter(({ state, chapter }) => state === 'missing' || (chapter && !inRange(version, chapter)))
            .map(({ name }) => whatParam(given.name, name)),
    ),
  );
}

function advice({ to, toModule }: RenameFacts): string {
  if (to === undefined) return 'it is gone without a successor';
  return `its name is now ${to}${toModule === undefined ? '' : `, in module ${toModule}`}`;
}

/** Where a part of a call is told of, as `number as function argument`, the call as a whole is not. */
function withoutWholes(missing: readonly VersionReason[], { calls }: CheckContext): readonly VersionReason[] {
  const callAt = new Map(calls.map(({ call }) => [call.span.start, call]));
  return missing.filter(({ span }, at) => {
    const call = callAt.get(span.start);
    const next = missing[at + 1];
    return !call || !next || next.span.start >= call.span.end;
  });
}
