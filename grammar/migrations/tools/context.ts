import type { Config, LoadModule, ModParam, Node, Span } from '../../ast.ts';
import type { Catalogue, Chapter, FunctionFacts } from '../../catalogue.ts';
import { type CallUse, readScript, type Script } from '../../checks/facts/script.ts';
import { modulePattern } from '../../modparam-lines.ts';
import type { ParseResult } from '../../parse/parse.ts';
import { at, compareVersions, inRange } from '../../versions/order.ts';
import { walk } from '../../walk.ts';

/** A text that takes the place of another; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Something that was brought into the form of the new version. */
export interface Done {
  readonly kind: 'done';
  readonly span: Span;
  /** `listen is socket since 3.1`. ASCII, as all texts of steps: some stand in the file as a comment. */
  readonly message: string;
  readonly edits: readonly Edit[];
}

/** Something that the new version does not take and that stays as it is. */
export interface Left {
  readonly kind: 'left';
  readonly span: Span;
  readonly reason: string;
  readonly advice: string;
}

/** Something whose words the new version takes and that means something else there. It gets no mark in the file. */
export interface Noted {
  readonly kind: 'noted';
  readonly span: Span;
  readonly message: string;
}

export type Step = Done | Left | Noted;

export const done = (span: Span, message: string, ...edits: readonly Edit[]): Step => ({
  kind: 'done',
  span,
  message,
  edits,
});

export const left = (span: Span, reason: string, advice: string): Step => ({
  kind: 'left',
  span,
  reason,
  advice,
});

export const noted = (span: Span, message: string): Step => ({ kind: 'noted', span, message });

/** A module of the file, by the name that modparam means. */
interface LoadedModule {
  readonly name: string;
  readonly statement: LoadModule;
  /** Absent where no OpenSIPS has it. */
  readonly chapter?: Chapter;
}

/** What a rule looks at: the text as the rules before it left it. */
export interface MigrationContext {
  readonly parsed: ParseResult;
  readonly config: Config;
  /** The flattened text, which all spans point into. */
  readonly text: string;
  readonly catalogue: Catalogue;
  readonly from: string;
  readonly to: string;
  readonly script: Script;
  /** The modules that are loaded, each once, in the order of their lines. */
  readonly modules: ReadonlyMap<string, LoadedModule>;
  /** Every `loadmodule` line, a repeated one included. */
  readonly lines: readonly LoadedModule[];
  /** The modparam lines that reach a module. */
  paramLinesOf(module: string): readonly ModParam[];
  /** What the core and the loaded modules of the new version have under that name. */
  signaturesOf(name: string, kind: 'function' | 'async'): readonly FunctionFacts[];
  /** The new version is this one or newer. */
  reaches(version: string): boolean;
  /** The file is for an older version than this, as far as can be seen too, and the new one is not. */
  crosses(version: string): boolean;
  /** What is written at a span. */
  written(span: Span): string;
}

/**
 * One construct that changed between versions. It finds what the new version wants otherwise, whatever version the
 * file is of, so that a file of two minds becomes one, and a second run finds nothing.
 */
export type MigrationRule = (context: MigrationContext) => readonly Step[];

/** @param oldest the oldest version that fits what stands in the file */
export function createContext(
  parsed: ParseResult,
  {
    catalogue,
    from,
    to,
    oldest,
  }: Pick<MigrationContext, 'catalogue' | 'from' | 'to'> & { readonly oldest: string },
): MigrationContext {
  const { config, source } = parsed;
  const lines = config.items.flatMap((item) => (item.kind === 'LoadModule' ? [follow(item, catalogue)] : []));
  const modules = new Map<string, LoadedModule>();
  for (const line of lines) if (!modules.has(line.name)) modules.set(line.name, line);
  const reaches = (version: string) => compareVersions(to, version) >= 0;
  return {
    parsed,
    config,
    text: source.text,
    catalogue,
    from,
    to,
    script: readScript(config),
    modules,
    lines,
    paramLinesOf: paramFinder(config),
    signaturesOf: signatureFinder(
      [catalogue.core, ...[...modules.values()].flatMap(({ chapter }) => chapter ?? [])],
      to,
    ),
    reaches,
    crosses: (version) =>
      reaches(version) && compareVersions(from, version) < 0 && compareVersions(oldest, version) < 0,
    written: ({ start, end }) => source.text.slice(start, end),
  };
}

/** A pattern is compiled once, and asked once of each module. */
function paramFinder(config: Config): MigrationContext['paramLinesOf'] {
  const lines = config.items.filter((item) => item.kind === 'ModParam');
  const patterns = lines.map((line) => modulePattern(line));
  return remember((module) => lines.filter((_line, at) => patterns[at]?.test(module) === true));
}

function signatureFinder(chapters: readonly Chapter[], to: string): MigrationContext['signaturesOf'] {
  const find = (name: string, kind: 'function' | 'async') =>
    chapters.flatMap((chapter) =>
      chapter.find(kind, name).filter((facts) => inRange(to, facts) && !facts.binding),
    );
  const functions = remember((name) => find(name, 'function'));
  const asyncFunctions = remember((name) => find(name, 'async'));
  return (name, kind) => (kind === 'async' ? asyncFunctions : functions)(name);
}

function remember<T>(find: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}

function follow(statement: LoadModule, catalogue: Catalogue): LoadedModule {
  const name = moduleNameOf(statement.path.value);
  const chapter = catalogue.module(name);
  return { name, statement, ...(chapter && { chapter }) };
}

/** `/usr/lib/opensips/modules/tm.so` is `tm`. */
export function moduleNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, '');
}

/** Whether the new version has a module; true for what no OpenSIPS has, of which nothing is known. */
export function moduleExists({ catalogue, to }: MigrationContext, name: string): boolean {
  const chapter = catalogue.module(name);
  return chapter === undefined || at([chapter], to) !== undefined;
}

/** The calls of these functions; those in `async()` and `launch()` too. */
export function callsOf({ script }: MigrationContext, name: string): readonly CallUse[] {
  return script.calls.filter(({ call }) => call.name.text === name);
}

/** All nodes of a kind, in the order of the text. */
export function nodesOf<K extends Node['kind']>(root: Node, kind: K): Extract<Node, { kind: K }>[] {
  const found: Extract<Node, { kind: K }>[] = [];
  const isIt = (node: Node): node is Extract<Node, { kind: K }> => node.kind === kind;
  walk(root, {
    enter: (node) => {
      if (isIt(node)) found.push(node);
    },
  });
  return found;
}

/** An entry of a table, whose keys may be any words of a config. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The items of each key, both in the order of the items. */
export function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
