/**
 * What OpenSIPS 2.1 to 4.0 knows, by name and version: core globals, functions, variables, modules with all that
 * they export. The data is text of one fact a line (catalogue/README.md); a module's lines are decoded when that
 * module is asked for, so that a config that uses five modules pays for five.
 */

import { type Chapter, readChapter } from './catalogue/chapter.ts';
import type {
  ChangeFacts,
  Dated,
  FactKind,
  FactsByKind,
  FunctionFacts,
  GlobalFacts,
  ManagementFacts,
  Nothing,
  Owned,
  ParamFacts,
  ProtocolFacts,
  RenameFacts,
  StatisticFacts,
  TransformationFacts,
  VariableFacts,
} from './catalogue/facts.ts';

/** What routes name without saying of which module it is. */
type ExportedKind = 'function' | 'async' | 'variable' | 'transformation' | 'event';

/** What has an owner in front of it wherever a config or an operator names it. */
type OwnedKind = 'param' | 'mi' | 'stat';

/** What a rename is about. */
type RenameKind = 'global' | 'module' | 'function' | 'variable' | 'param';

export interface Catalogue {
  /** The core's chapter: everything of it by kind and name. */
  readonly core: Chapter;
  /** The names of all modules of all versions. */
  readonly moduleNames: readonly string[];
  /** The names of all core globals, other spellings included. */
  readonly globalNames: readonly string[];
  /** A core global by name or other spelling (`memlog`); empty where no version has it. */
  global(name: string): readonly Dated<GlobalFacts>[];
  /** The name that the catalogue lists a core global under: `mem_log` for `memlog`; undefined: unknown. */
  globalName(name: string): string | undefined;
  /** A module's chapter by the name of its folder; undefined where no version has it. */
  module(name: string): Chapter | undefined;
  param(module: string, name: string): readonly Dated<ParamFacts>[];
  /** A function by name, each with the module that exports it; `core` comes first. */
  function(name: string): readonly Owned<FunctionFacts>[];
  /** A function that can stand in `async()` and `launch()`. */
  asyncFunction(name: string): readonly Owned<FunctionFacts>[];
  /** A variable by its name without `$`. */
  variable(name: string): readonly Owned<VariableFacts>[];
  /** A transformation by `class.operation`. */
  transformation(name: string): readonly Owned<TransformationFacts>[];
  /** An event of `event_route[E_…]`. */
  event(name: string): readonly Owned<Nothing>[];
  /** A protocol of socket lines, in any case. */
  protocol(name: string): readonly Dated<ProtocolFacts>[];
  /** A parameter of that name, each with its module. */
  paramOfAny(name: string): readonly Owned<ParamFacts>[];
  /** A management command; nothing where only `loadCatalogue()` was asked. */
  managementCommand(name: string): readonly Owned<ManagementFacts>[];
  /** A statistic of the tables that modules export; nothing where only `loadCatalogue()` was asked. */
  statistic(name: string): readonly Owned<StatisticFacts>[];
  /** What a branch changed of a thing behind its first release; `owner` is `core` or a module. */
  changes(owner: string, kind: FactKind, name: string): readonly Dated<ChangeFacts>[];
  /** All names of that kind of core and modules; for suggestions. */
  names(kind: ExportedKind | OwnedKind): readonly string[];
  /** The name that took the place of this one. `module` where the old name belonged to a module. */
  renamed(kind: RenameKind, name: string, module?: string): RenameFacts | undefined;
  /** The names that this one took the place of and that mean the same, in the same module. */
  formerNames(kind: RenameKind, name: string, module?: string): readonly string[];
}

/** Loads the catalogue's texts. They stand in files of their own, so that a start that needs none reads none. */
export async function loadCatalogue(): Promise<Catalogue> {
  const [{ coreData }, { moduleData }] = await Promise.all([
    import('./catalogue/core-data.ts'),
    import('./catalogue/module-data.ts'),
  ]);
  return createCatalogue(coreData, moduleData);
}

/** The same with what only operators ask for: management commands, statistics, changes within a branch. */
export async function loadWholeCatalogue(): Promise<Catalogue> {
  const [{ coreData }, { moduleData }, { operationData }] = await Promise.all([
    import('./catalogue/core-data.ts'),
    import('./catalogue/module-data.ts'),
    import('./catalogue/operation-data.ts'),
  ]);
  return createCatalogue(coreData, moduleData, operationData);
}

/** A catalogue over given texts. */
export function createCatalogue(coreData: string, moduleData: string, operationData = ''): Catalogue {
  const core = lazy(() => readChapter(`${coreData.trim()}\n${linesOf(operationData, 'core')}`));
  const moduleNames = lazy(() => Array.from(moduleData.matchAll(/^module (\S+)/gm), ([, name = '']) => name));
  const aliases = lazy(() => globalAliases(core()));
  const owners = lazy(() => findOwners(moduleData, 'function|async|variable|transformation|event'));
  const ownersOfOwned = lazy(() => findOwners(`${moduleData}${operationData}`, 'param|mi|stat'));
  const chapters = new Map<string, Chapter | undefined>();

  const module = (name: string): Chapter | undefined => {
    if (!chapters.has(name)) chapters.set(name, readModule(moduleData, operationData, name));
    return chapters.get(name);
  };
  const ownersOf = (kind: ExportedKind | OwnedKind) => (isOwnedKind(kind) ? ownersOfOwned() : owners());
  const exported = <K extends ExportedKind | OwnedKind>(
    kind: K,
    name: string,
  ): readonly Owned<FactsByKind[K]>[] => {
    const modules = (ownersOf(kind).get(`${kind} ${name}`) ?? []).flatMap((owner) => module(owner) ?? []);
    return [core(), ...modules].flatMap((chapter) =>
      chapter.find(kind, name).map((facts) => ({ ...facts, module: chapter.name })),
    );
  };
  const globalName = (name: string): string | undefined =>
    core().find('global', name).length > 0 ? name : aliases().get(name);

  return {
    get core() {
      return core();
    },
    get moduleNames() {
      return moduleNames();
    },
    get globalNames() {
      return [...core().names('global'), ...aliases().keys()];
    },
    globalName,
    global: (name) => core().find('global', globalName(name) ?? name),
    module,
    param: (owner, name) => module(owner)?.find('param', name) ?? [],
    function: (name) => exported('function', name),
    asyncFunction: (name) => exported('async', name),
    variable: (name) => exported('variable', name),
    transformation: (name) => exported('transformation', name),
    event: (name) => exported('event', name),
    paramOfAny: (name) => exported('param', name),
    managementCommand: (name) => exported('mi', name),
    statistic: (name) => exported('stat', name),
    changes: (owner, kind, name) =>
      (owner === 'core' ? core() : module(owner))?.find('change', `${kind}:${name}`) ?? [],
    protocol: (name) => core().find('protocol', name.toLowerCase()),
    names: (kind) => {
      const start = `${kind} `;
      const keys = [...ownersOf(kind).keys()].filter((key) => key.startsWith(start));
      return [...new Set([...core().names(kind), ...keys.map((key) => key.slice(start.length))])];
    },
    renamed: (kind, name, owner) => {
      const [exact] = core().find('rename', owner ? `${kind}:${owner}:${name}` : `${kind}:${name}`);
      return exact;
    },
    formerNames: (kind, name, owner) => {
      const start = owner ? `${kind}:${owner}:` : `${kind}:`;
      return core()
        .names('rename')
        .filter((key) => key.startsWith(start) && !key.slice(start.length).includes(':'))
        .filter((key) =>
          core()
            .find('rename', key)
            .some((facts) => isSame(facts) && facts.to === name),
        )
        .map((key) => key.slice(start.length));
    },
  };
}

/** Only the name is another one. */
function isSame({ to, toModule, note, documented }: RenameFacts): boolean {
  return to !== undefined && toModule === undefined && note === undefined && !documented;
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function isOwnedKind(kind: ExportedKind | OwnedKind): kind is OwnedKind {
  return kind === 'param' || kind === 'mi' || kind === 'stat';
}

/** Names with blanks or line ends find nothing: a module's name is a file's name. */
function readModule(data: string, more: string, name: string): Chapter | undefined {
  const [start, end] = chapterAt(data, name);
  return start < end ? readChapter(`${data.slice(start, end)}\n${linesOf(more, name)}`) : undefined;
}

/** The lines below a chapter's first; none where it is not there. */
function linesOf(data: string, name: string): string {
  const [start, end] = chapterAt(data, name);
  return data.slice(start, end).replace(/^.*\n?/, '');
}

/** Where the chapter of a name begins and ends; both 0 where there is none. */
function chapterAt(data: string, name: string): readonly [number, number] {
  const before = /\s/.test(name) ? -1 : data.indexOf(`\nmodule ${name} `);
  if (before < 0) return [0, 0];
  const end = data.indexOf('\nmodule ', before + 1);
  return [before + 1, end < 0 ? data.length : end];
}

function globalAliases(core: Chapter): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const name of core.names('global')) {
    for (const { aliases: others = [] } of core.find('global', name)) {
      for (const other of others) aliases.set(other, name);
    }
  }
  return aliases;
}

/** Which modules have something, by `kind name`. Reads every line once without decoding any. */
function findOwners(data: string, kinds: string): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  let module = '';
  for (const [, kind = '', name = ''] of data.matchAll(new RegExp(`^(module|${kinds}) (\\S+)`, 'gm'))) {
    if (kind === 'module') {
      module = name;
      continue;
    }
    const key = `${kind} ${name}`;
    const known = owners.get(key) ?? [];
    if (module !== 'core' && !known.includes(module)) known.push(module);
    owners.set(key, known);
  }
  return owners;
}

export type { Chapter } from './catalogue/chapter.ts';
export type * from './catalogue/facts.ts';
export type { FactKind };
