import type { Catalogue, Chapter } from '../catalogue.ts';
import type { GlobalSupport } from '../global-support.ts';
import type {
  CommandSignature,
  EventFacts,
  Manifest,
  MiFacts,
  ParamSchema,
  StatisticFacts,
  TransformationFacts,
  VariableFacts,
} from '../manifest.ts';
import type { Knowledge } from './knowledge.ts';

/** The kinds of things that have an entry. */
export const entryKinds = [
  'global',
  'module',
  'param',
  'function',
  'async',
  'variable',
  'transformation',
  'event',
  'stat',
  'mi',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What each is called. */
export const kindTitles: Readonly<Record<EntryKind, string>> = {
  global: 'global parameter',
  module: 'module',
  param: 'parameter',
  function: 'function',
  async: 'asynchronous function',
  variable: 'variable',
  transformation: 'transformation',
  event: 'event',
  stat: 'statistic',
  mi: 'management command',
};

/** What this host has under a name, by the kind of thing. */
export type Ours =
  | { readonly kind: 'global'; readonly facts: GlobalSupport }
  | { readonly kind: 'module'; readonly facts: Manifest }
  | { readonly kind: 'param'; readonly facts: ParamSchema }
  | { readonly kind: 'function'; readonly facts: readonly CommandSignature[] }
  | { readonly kind: 'async'; readonly facts: readonly CommandSignature[] }
  | { readonly kind: 'variable'; readonly facts: VariableFacts }
  | { readonly kind: 'transformation'; readonly facts: TransformationFacts }
  | { readonly kind: 'event'; readonly facts: EventFacts }
  | { readonly kind: 'stat'; readonly facts: StatisticFacts }
  | { readonly kind: 'mi'; readonly facts: MiFacts };

/** A thing of OpenSIPS with its owner: the facts of one range of versions. */
export interface Known {
  readonly owner: string;
  readonly since: string;
  readonly until: string;
  readonly facts: object;
}

/** All that the catalogue has of a name of that kind. */
export function knownOf(kind: EntryKind, name: string, catalogue: Catalogue): readonly Known[] {
  switch (kind) {
    case 'global':
      return catalogue.global(name).map((dated) => known('core', dated));
    case 'module': {
      const chapter = catalogue.module(name);
      if (!chapter) return [];
      const { since, until, type, builtIn, skippedSince } = chapter;
      const dated = { since, until, type, builtIn, skippedSince, dependencies: dependenciesOf(chapter) };
      return [known(name, dated)];
    }
    case 'param':
      return ownedBy(catalogue.paramOfAny(name));
    case 'function':
      return [
        ...ownedBy(catalogue.function(name)),
        ...catalogue.core.find('statement', name).map((dated) => known('core', dated)),
      ];
    case 'async':
      return ownedBy(catalogue.asyncFunction(name));
    case 'variable':
      return ownedBy(catalogue.variable(name));
    case 'transformation':
      return ownedBy(catalogue.transformation(name));
    case 'event':
      return ownedBy(catalogue.event(name));
    case 'stat':
      return ownedBy(catalogue.statistic(name.replaceAll(' ', '_')));
    case 'mi':
      return ownedBy(catalogue.managementCommand(name));
  }
}

function ownedBy(
  owned: readonly { readonly module: string; readonly since: string; readonly until: string }[],
): Known[] {
  return owned.map(({ module, ...dated }) => known(module, dated));
}

function known(owner: string, dated: { readonly since: string; readonly until: string }): Known {
  const { since, until, ...facts } = dated;
  const told = Object.entries(facts).filter(([, value]) => value !== undefined);
  return { owner, since, until, facts: Object.fromEntries(told) };
}

/** `tm`, `@sqldb (warn, because of db_url)`; each once. */
function dependenciesOf(chapter: Chapter): readonly string[] {
  const told = chapter.names('dep').flatMap((name) =>
    chapter.find('dep', name).map(({ missing, param }) => {
      const why = [...(missing === 'abort' ? [] : [missing]), ...(param ? [`because of ${param}`] : [])];
      return why.length === 0 ? name : `${name} (${why.join(', ')})`;
    }),
  );
  return [...new Set(told)];
}

/** The owners here that have a name of that kind: `core`, and modules. */
export function ownersHere(kind: EntryKind, name: string, knowledge: Knowledge): string[] {
  const { manifests } = knowledge;
  return ['core', ...manifests.map((manifest) => manifest.name)].filter(
    (owner) => oursOf(kind, name, owner, knowledge) !== undefined,
  );
}

/** What this host has under a name of an owner. */
export function oursOf(kind: EntryKind, name: string, owner: string, knowledge: Knowledge): Ours | undefined {
  if (owner === 'core') return ofCore(kind, name, knowledge);
  const manifest = knowledge.manifests.find((one) => one.name === owner);
  return manifest && ofModule(kind, name, manifest);
}

function ofCore(kind: EntryKind, name: string, knowledge: Knowledge): Ours | undefined {
  const { core, globals, catalogue, statistics, raisedEvents } = knowledge;
  switch (kind) {
    case 'global': {
      const facts = globals.get(name) ?? globals.get(catalogue.globalName(name) ?? name);
      return facts && { kind, facts };
    }
    case 'function':
    case 'async': {
      const facts = own(kind === 'async' ? core.asyncCommands : core.commands, name);
      return facts && { kind, facts: 'params' in facts ? [facts] : facts };
    }
    case 'variable': {
      const facts = own(core.variables, name);
      return facts && { kind, facts };
    }
    case 'transformation': {
      const facts = own(core.transformations, name);
      return facts && { kind, facts };
    }
    case 'stat': {
      const facts = own(statistics, name);
      return facts && { kind, facts };
    }
    case 'event':
      return raisedEvents.has(name) ? { kind, facts: { description: '' } } : undefined;
    case 'module':
    case 'param':
    case 'mi':
      return undefined;
  }
}

function ofModule(kind: EntryKind, name: string, manifest: Manifest): Ours | undefined {
  switch (kind) {
    case 'module':
      return manifest.name === name ? { kind, facts: manifest } : undefined;
    case 'param': {
      const facts = own(manifest.params, name);
      return facts && { kind, facts };
    }
    case 'function': {
      const facts = own(manifest.commands, name);
      return facts && { kind, facts: [facts] };
    }
    case 'async': {
      const facts = own(manifest.asyncCommands, name);
      return facts && { kind, facts: [facts] };
    }
    case 'variable': {
      const facts = own(manifest.variables, name);
      return facts && { kind, facts };
    }
    case 'transformation': {
      const facts = own(manifest.transformations, name);
      return facts && { kind, facts };
    }
    case 'event': {
      const facts = own(manifest.events, name);
      return facts && { kind, facts };
    }
    case 'stat': {
      const facts = own(manifest.statistics, name) ?? ofFamily(manifest.statistics, name);
      return facts && { kind, facts };
    }
    case 'mi': {
      const facts = own(manifest.mi, name);
      return facts && { kind, facts };
    }
    case 'global':
      return undefined;
  }
}

function own<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `handshakes_*` stands for names that come while the host runs. */
function ofFamily(table: Manifest['statistics'], name: string): StatisticFacts | undefined {
  const family = Object.keys(table ?? {}).find(
    (one) => /^.+\*$/.test(one) && name.startsWith(one.slice(0, -1)),
  );
  return family === undefined ? undefined : table?.[family];
}

/** All names of that kind, OpenSIPS's and ours; for suggestions. */
export function namesOf(kind: EntryKind, { catalogue, manifests, core, globals }: Knowledge): string[] {
  const keys = (table: object | undefined) => Object.keys(table ?? {});
  const ours = (of: (manifest: Manifest) => object | undefined) =>
    manifests.flatMap((manifest) => keys(of(manifest)));
  switch (kind) {
    case 'global':
      return [...catalogue.globalNames, ...globals.keys()];
    case 'module':
      return [...catalogue.moduleNames, ...manifests.map(({ name }) => name)];
    case 'param':
      return [...catalogue.names(kind), ...ours(({ params }) => params)];
    case 'function':
      return [
        ...catalogue.names(kind),
        ...catalogue.core.names('statement'),
        ...keys(core.commands),
        ...ours(({ commands }) => commands),
      ];
    case 'async':
      return [...catalogue.names(kind), ...ours(({ asyncCommands }) => asyncCommands)];
    case 'variable':
      return [...catalogue.names(kind), ...keys(core.variables), ...ours(({ variables }) => variables)];
    case 'transformation':
      return [...catalogue.names(kind), ...ours(({ transformations }) => transformations)];
    case 'event':
      return [...catalogue.names(kind), ...ours(({ events }) => events)];
    case 'stat':
      return [...catalogue.names(kind), ...ours(({ statistics }) => statistics)];
    case 'mi':
      return [...catalogue.names(kind), ...ours(({ mi }) => mi)];
  }
}
