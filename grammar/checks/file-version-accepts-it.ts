import type { Span } from '../ast.ts';
import type { Lifetime } from '../catalogue/facts.ts';
import type { RenameFacts } from '../catalogue.ts';
import { type DiagnosticDetails, diagnostic } from '../findings/diagnostics.ts';
import { collectEvidence, type VersionReason, whatParam } from '../versions/evidence.ts';
import { at, describeLifetime, inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { renameAdvice } from './facts/renames.ts';

/**
 * What stands in the file exists in the OpenSIPS version that the file is for, each thing told once. tsips accepts
 * the union of all versions, so these are warnings.
 */
export const fileVersionAcceptsIt: Check = (context) => {
  const { config, environment, facts, version } = context;
  const evidence = environment.evidence ?? collectEvidence(config, environment.catalogue, facts);
  const missing = evidence.filter(
    // A file that is not there is told by who looks for it.
    ({ versions, what }) => !versions.includes(version) && what !== 'missing import file',
  );
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
      rename ? detailsOf(rename) : otherWord(what, span),
    );
  });
};

/** Forms that say the same in other words in other versions. */
const otherWords: Readonly<Record<string, readonly [word: string, other: string]>> = {
  'listen keyword': ['listen', 'socket'],
  'socket keyword': ['socket', 'listen'],
  'socket option use_children': ['use_children', 'use_workers'],
  'socket option use_workers': ['use_workers', 'use_children'],
};

function otherWord(feature: string, { start }: Span): DiagnosticDetails {
  const [word, other] = otherWords[feature] ?? [];
  if (word === undefined || other === undefined) return {};
  return {
    help: `in this version it is written ${other}`,
    fix: { span: { start, end: start + word.length }, text: other },
  };
}

interface RenamedPlace {
  readonly facts: RenameFacts;
  /** The name itself, where another one in its place would do. */
  readonly name?: Span;
  readonly quoted: boolean;
  /** The version is older than the name: `to` is the one before it. */
  readonly isFormer?: boolean;
}

/** A name that only changed has its fix; one that means something else now, or moved to another module, has advice. */
function detailsOf({ facts, name, quoted, isFormer = false }: RenamedPlace): DiagnosticDetails {
  const { to, toModule, note } = facts;
  const isSame = to !== undefined && toModule === undefined && note === undefined;
  return {
    help: isFormer ? `its name was ${to} then` : renameAdvice(facts),
    notes: note === undefined ? [] : [{ message: note }],
    ...(isSame && name && { fix: { span: name, text: quoted ? `"${to}"` : to } }),
  };
}

/** What got another name, by where it stands. */
function renamesIn(context: CheckContext): ReadonlyMap<number, RenamedPlace> {
  const { config, calls, script, environment, modules, params, version } = context;
  const { catalogue } = environment;
  const { renamed } = catalogue;
  const found = new Map<number, RenamedPlace>();
  const add = (at: Span, facts: RenameFacts | undefined, name: Span | undefined, quoted = false) => {
    if (facts) found.set(at.start, { facts, ...(name && { name }), quoted });
  };
  const addFormer = (name: Span, formers: readonly string[], lives: Lives, quoted = false) => {
    const to = found.has(name.start) ? undefined : formers.find((former) => at(lives(former), version));
    if (to !== undefined) found.set(name.start, { facts: { to }, name, quoted, isFormer: true });
  };
  for (const item of config.items) {
    if (item.kind !== 'GlobalParameter') continue;
    const { text, span } = item.name;
    add(span, renamed('global', text), span);
    addFormer(span, catalogue.formerNames('global', text), catalogue.global);
  }
  for (const { name, statement } of modules.lines)
    add(statement.path.span, renamed('module', name), undefined);
  for (const { given, modules: reached } of params.lines) {
    for (const { name } of reached) {
      add(given.nameSpan, renamed('param', given.name, name), given.nameSpan, true);
      const formers = catalogue.formerNames('param', given.name, name);
      addFormer(given.nameSpan, formers, (former) => catalogue.param(name, former), true);
    }
  }
  for (const { call, answer } of calls) {
    const owner = answer.state === 'inert' ? answer.module.name : 'owner' in answer ? answer.owner : 'core';
    const { text, span } = call.name;
    const ofOwner = owner === 'core' ? undefined : owner;
    add(span, renamed('function', text, ofOwner), span);
    addFormer(span, catalogue.formerNames('function', text, ofOwner), (former) =>
      catalogue.function(former).filter(({ module }) => module === owner),
    );
  }
  for (const { variable } of script.variables)
    add(variable.nameSpan, renamed('variable', variable.name), variable.nameSpan);
  return found;
}

/** Whether a name was there, and when. */
type Lives = (name: string) => readonly Partial<Lifetime>[];

/**
 * Parameters of modules that the version does not have, or that were not found: that has been told of the module. One
 * that went to another module has its advice all the same.
 */
function paramsOfMissingModules(
  { params, version }: CheckContext,
  renamed: ReadonlyMap<number, RenamedPlace>,
): ReadonlySet<string> {
  return new Set(
    params.lines.flatMap(({ given, modules }) =>
      renamed.has(given.nameSpan.start)
        ? []
        : modules
            .filter(({ state, chapter }) => state === 'missing' || (chapter && !inRange(version, chapter)))
            .map(({ name }) => whatParam(given.name, name)),
    ),
  );
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
