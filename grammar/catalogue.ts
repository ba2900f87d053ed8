/**
 * What OpenSIPS 2.1 to 4.0 knows, by name and version: core globals, functions, variables, modules with all that
 * they export. The data is text of one fact a line (catalogue/README.md); a module's lines are decoded when that
 * module is asked for, so that a config that uses five modules pays for five.
 */

import { type Chapter, readChapter } from './catalogue/chapter.ts';
import type {
  Dated,
  FactKind,
  FactsByKind,
  FunctionFacts,
  GlobalFacts,
  Nothing,
  Owned,
  ParamFacts,
  ProtocolFacts,
  RenameFacts,
  TransformationFacts,
  VariableFacts,
} from './catalogue/facts.ts';

/** Where something can be exported by a module. */
type ExportedKind = 'function' | 'async' | 'variable' | 'transformation' | 'event';

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
  /** All names of that kind of core and modules; for suggestions. */
  names(kind: ExportedKind): readonly string[];
  /** The name that took the place of this one. `module` where the old name belonged to a module. */
  renamed(kind: RenameKind, name: string, module?: string): RenameFacts | undefined;
}

/** Loads the catalogue's texts. They stand in files of their own, so that a start that needs none reads none. */
export async function loadCatalogue(): Promise<Catalogue> {
  const [{ coreData }, { moduleData }] = await Promise.all([
    import('./catalogue/core-data.ts'),
    import('./catalogue/module-data.ts'),
  ]);
  return createCatalogue(coreData, moduleData);
}

/** A catalogue over given texts. */
export function createCatalogue(coreData: string, moduleData: string): Catalogue {
  const core = lazy(() => readChapter(coreData.trim()));
  const moduleNames = lazy(() => Array.from(moduleData.matchAll(/^module (\S+)/gm), ([, name = '']) => name));
  const aliases = lazy(() => globalAliases(core()));
  const owners = lazy(() => findOwners(moduleData));
  const chapters = new Map<string, Chapter | undefined>();

  const module = (name: string): Chapter | undefined => {
    if (!chapters.has(name)) chapters.set(name, readModule(moduleData, name));
    return chapters.get(name);
  };
  const exported = <K extends ExportedKind>(kind: K, name: string): readonly Owned<FactsByKind[K]>[] => {
    const modules = (owners().get(`${kind} ${name}`) ?? []).flatMap((owner) => module(owner) ?? []);
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
    protocol: (name) => core().find('protocol', name.toLowerCase()),
    names: (kind) => {
      const start = `${kind} `;
      const keys = [...owners().keys()].filter((key) => key.startsWith(start));
      return [...new Set([...core().names(kind), ...keys.map((key) => key.slice(start.length))])];
    },
    renamed: (kind, name, owner) => {
      const [exact] = core().find('rename', owner ? `${kind}:${owner}:${name}` : `${kind}:${name}`);
      return exact;
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Names with blanks or line ends find nothing: a module's name is a file's name. */
function readModule(data: string, name: string): Chapter | undefined {
  const before = /\s/.test(name) ? -1 : data.indexOf(`\nmodule ${name} `);
  if (before < 0) return undefined;
  const end = data.indexOf('\nmodule ', before + 1);
  return readChapter(data.slice(before + 1, end < 0 ? undefined : end));
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

/** Which modules export something, by `kind name`. Reads every line once without decoding any. */
function findOwners(data: string): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  let module = '';
  for (const [, kind = '', name = ''] of data.matchAll(
    /^(module|function|async|variable|transformation|event) (\S+)/gm,
  )) {
    if (kind === 'module') {
      module = name;
      continue;
    }
    const key = `${kind} ${name}`;
    const known = owners.get(key) ?? [];
    if (!known.includes(module)) known.push(module);
    owners.set(key, known);
  }
  return owners;
}

export type { Chapter } from './catalogue/chapter.ts';
export type * from './catalogue/facts.ts';
export type { FactKind };
