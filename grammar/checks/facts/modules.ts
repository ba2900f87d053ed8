import type { Config, LoadModule } from '../../ast.ts';
import type { Chapter } from '../../catalogue.ts';
import type { CheckEnvironment, ModuleLookup } from '../../check-environment.ts';
import { suggest } from '../../findings/suggest.ts';
import type { Manifest } from '../../manifest.ts';
import { paramsGivenTo } from '../../modparam-lines.ts';
import { modulesLoadedBy } from '../../module-dependencies.ts';

/** A `loadmodule` line with what it leads to. */
export type LoadedModule = OurModule | InertModule | MissingModule;

interface Loaded {
  readonly statement: LoadModule;
  /** The name that modparam and dependencies mean. */
  readonly name: string;
  /** What OpenSIPS has under that name. */
  readonly chapter?: Chapter;
  /** The earlier line that loads the same module; this line then changes nothing. */
  readonly again?: LoadModule;
}

/** tsips has it, or somebody wrote it for tsips. */
export interface OurModule extends Loaded {
  readonly state: 'ours';
  readonly manifest: Manifest;
}

/** OpenSIPS has it and tsips has not. */
export interface InertModule extends Loaded {
  readonly state: 'inert';
  readonly chapter: Chapter;
}

/** Nobody has it, or its file cannot be used. */
export interface MissingModule extends Loaded {
  readonly state: 'missing';
  readonly lookup: ModuleLookup & { readonly found: false };
  /** The OpenSIPS module whose name is nearest. */
  readonly meant?: string;
}

/** The modules of a config in the order of their lines. */
export interface Modules {
  /** All lines, repeated ones included. */
  readonly lines: readonly LoadedModule[];
  /** Each module once, by name. */
  readonly byName: ReadonlyMap<string, LoadedModule>;
  readonly ours: readonly OurModule[];
  readonly inert: readonly InertModule[];
  readonly missing: readonly MissingModule[];
  /**
   * It has been reported that something is wrong with the loading of a module of that name: it was not found, its
   * name was misspelt, or it stands in a part that could not be read. A route in such a part counts as well.
   */
  wasReported(name: string): boolean;
  /** A module was not found and nobody knows what it exports: any name may come from it. */
  readonly mayHideNames: boolean;
}

/**
 * Follows every `loadmodule` line.
 *
 * @param text The text that the spans of the tree point into.
 */
export function findModules(config: Config, text: string, environment: CheckEnvironment): Modules {
  const lines: LoadedModule[] = [];
  const byName = new Map<string, LoadedModule>();
  for (const item of config.items) {
    if (item.kind !== 'LoadModule') continue;
    const found = follow(item, environment);
    const first = byName.get(found.name);
    lines.push(first ? { ...found, again: first.statement } : found);
    if (!first) byName.set(found.name, found);
  }
  for (const module of [...byName.values()]) {
    if (module.state === 'ours') addLoadedBy(module, config, environment, byName);
  }
  const once = [...byName.values()];
  const missing = once.filter((module) => module.state === 'missing');
  return {
    lines,
    byName,
    ours: once.filter((module) => module.state === 'ours'),
    inert: once.filter((module) => module.state === 'inert'),
    missing,
    wasReported: reportedNames(missing, config, text),
    mayHideNames: missing.some(({ chapter, meant }) => chapter === undefined && meant === undefined),
  };
}

/** Modules that another one brings along stand in its line. */
function addLoadedBy(
  { manifest, name, statement }: OurModule,
  config: Config,
  environment: CheckEnvironment,
  byName: Map<string, LoadedModule>,
): void {
  for (const wanted of modulesLoadedBy(manifest, paramsGivenTo(name, statement, config))) {
    const lookup = environment.findModule(wanted);
    if (!lookup.found || byName.has(wanted)) continue;
    const chapter = environment.catalogue.module(wanted);
    const { manifest: brought } = lookup;
    byName.set(wanted, {
      state: 'ours',
      statement,
      name: wanted,
      manifest: brought,
      ...(chapter && { chapter }),
    });
  }
}

function follow(statement: LoadModule, environment: CheckEnvironment): LoadedModule {
  const path = statement.path.value;
  const lookup = environment.findModule(path);
  const name = lookup.found ? lookup.manifest.name : baseName(path);
  const chapter = environment.catalogue.module(name);
  if (lookup.found) {
    return { state: 'ours', statement, name, manifest: lookup.manifest, ...(chapter && { chapter }) };
  }
  if (chapter && lookup.problem === undefined && !lookup.unknown)
    return { state: 'inert', statement, name, chapter };
  const meant = chapter || lookup.unknown ? undefined : suggest(name, environment.catalogue.moduleNames);
  return {
    state: 'missing',
    statement,
    name,
    lookup,
    ...(chapter && { chapter }),
    ...(meant !== undefined && { meant }),
  };
}

/** `/usr/lib/opensips/modules/tm.so` is `tm`. */
function baseName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.endsWith('.so') ? file.slice(0, -3) : file;
}

function reportedNames(
  missing: readonly MissingModule[],
  config: Config,
  text: string,
): (name: string) => boolean {
  const parts = config.items.flatMap((item) =>
    item.kind === 'BrokenItem' ? [text.slice(item.span.start, item.span.end)] : [],
  );
  const words = new Set(parts.flatMap((part) => part.match(/\w+/g) ?? []));
  for (const { name, meant = name } of missing) words.add(name).add(meant);
  return (name) => words.has(name);
}
