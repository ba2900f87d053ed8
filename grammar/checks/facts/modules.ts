import type { Config, LoadModule } from '../../ast.ts';
import type { Chapter } from '../../catalogue.ts';
import type { CheckEnvironment, ModuleLookup } from '../../check-environment.ts';
import type { Manifest } from '../../manifest.ts';

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
  /** A part that could not be read speaks of it; that has been reported. */
  isInBrokenPart(word: string): boolean;
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
  const once = [...byName.values()];
  return {
    lines,
    byName,
    ours: once.filter((module) => module.state === 'ours'),
    inert: once.filter((module) => module.state === 'inert'),
    missing: once.filter((module) => module.state === 'missing'),
    isInBrokenPart: brokenWords(config, text),
  };
}

function follow(statement: LoadModule, environment: CheckEnvironment): LoadedModule {
  const path = statement.path.value;
  const lookup = environment.findModule(path);
  const name = lookup.found ? lookup.manifest.name : baseName(path);
  const chapter = environment.catalogue.module(name);
  if (lookup.found) {
    return { state: 'ours', statement, name, manifest: lookup.manifest, ...(chapter && { chapter }) };
  }
  if (chapter && lookup.problem === undefined) return { state: 'inert', statement, name, chapter };
  return { state: 'missing', statement, name, lookup, ...(chapter && { chapter }) };
}

/** `/usr/lib/opensips/modules/tm.so` is `tm`. */
function baseName(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return file.endsWith('.so') ? file.slice(0, -3) : file;
}

function brokenWords(config: Config, text: string): (word: string) => boolean {
  const parts = config.items.flatMap((item) =>
    item.kind === 'BrokenItem' ? [text.slice(item.span.start, item.span.end)] : [],
  );
  if (parts.length === 0) return () => false;
  const words = new Set(parts.flatMap((part) => part.match(/\w+/g) ?? []));
  return (word) => words.has(word);
}
