import {
  type Call,
  type Catalogue,
  type CheckEnvironment,
  type Config,
  check,
  createParser,
  type Diagnostic,
  inRange,
  loadCatalogue,
  loadParamValidator,
  type ModParam,
  type ModuleLookup,
  type ParseResult,
  type Span,
  walk,
} from '../../grammar/index.ts';
import { bundledManifests } from '../../runtime/bundled-manifests.ts';
import { globalSupport } from '../../runtime/globals.ts';
import { raisedEvents } from '../../runtime/raised-events.ts';
import { coreCommands, coreTransformations, coreVariables } from '../../runtime/script/index.ts';
import type { Kind } from './original.ts';
import { moduleOf, type SortedFinding, sortFinding } from './sort-finding.ts';

/** Something that tsips says of a text. */
export interface Told extends SortedFinding {
  readonly line: number;
}

export interface Judged {
  /** It has an error. */
  readonly refused: boolean;
  /** In the order of the text, each place: what tsips says once for several places stands here for each. */
  readonly told: readonly Told[];
  /** The modules of the `loadmodule` lines, in their order. */
  readonly loaded: readonly string[];
  /** The last line that can hold something of the kind. */
  lastLine(kind: Kind): number;
}

/**
 * What `tsips check --opensips VERSION` says of a text, as far as it is compared: what only a start of OpenSIPS would find
 * is not, since the originals were asked with -C.
 *
 * @param unloadable Modules that cannot be loaded, though the version has them.
 */
export type Judge = (text: string, version: string, unloadable: ReadonlySet<string>) => Judged;

/** Makes a judge with all that `tsips check` knows. A text that it has judged before costs little. */
export async function createJudge(): Promise<Judge> {
  const [catalogue, manifests] = await Promise.all([loadCatalogue(), bundledManifests()]);
  const validateParam = await loadParamValidator(manifests);
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const findModule = (name: string, unloadable: ReadonlySet<string>): ModuleLookup => {
    if (unloadable.has(name)) return { found: false, looked: [], problem: 'it cannot be loaded' };
    const manifest = byName.get(name);
    return manifest ? { found: true, manifest, from: name } : { found: false, looked: [] };
  };
  const parse = createParser();
  const read = remember((text: string) => parse(text, { name: 'sample', read: () => undefined }));
  const judged = new Map<string, Judged>();

  return (text, version, unloadable) => {
    const parsed = read(text);
    const loaded = itemsOf(parsed, 'LoadModule').map(({ path }) => moduleOf(path.value));
    const missing = new Set(loaded.filter((name) => unloadable.has(name)));
    const key = [version, ...missing, text].join('\n');
    const known = judged.get(key);
    if (known) return known;
    const environment: CheckEnvironment = {
      catalogue,
      version,
      inert: false,
      asked: 'opensips',
      findModule: (path) => findModule(moduleOf(path), missing),
      globals: globalSupport,
      raisedEvents,
      core: { commands: coreCommands, variables: coreVariables, transformations: coreTransformations },
      validateParam,
    };
    const errors = check(parsed, environment).filter(
      ({ severity, atStart }) => severity === 'error' && atStart === undefined,
    );
    const fresh = {
      refused: errors.length > 0,
      told: tell(errors, parsed, { environment, version, loaded, missing }),
      loaded,
      lastLine: (kind: Kind) => lastLineOf(kind, parsed),
    };
    judged.set(key, fresh);
    return fresh;
  };
}

function remember<T>(ask: (key: string) => T): (key: string) => T {
  const answers = new Map<string, T>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}

interface Asked {
  readonly environment: CheckEnvironment;
  readonly version: string;
  readonly loaded: readonly string[];
  readonly missing: ReadonlySet<string>;
}

function tell(errors: readonly Diagnostic[], parsed: ParseResult, asked: Asked): readonly Told[] {
  const { source } = parsed;
  const lineOf = ({ start }: Span) => source.locate(start).line;
  const { catalogue } = asked.environment;
  const sorted = errors.flatMap((error): readonly Told[] => {
    const finding = sortFinding(error, source.text, asked.version, catalogue);
    return finding ? [{ ...finding, line: lineOf(error.span) }] : [];
  });
  const calls = callsIn(parsed.config);
  const unknown = new Set([
    ...sorted.flatMap(({ kind, name, ofForm }) => (kind === 'function' && name && !ofForm ? [name] : [])),
    ...errors.flatMap(functionsInNotes),
    ...hiddenFunctions(calls, asked),
  ]);
  const refused = new Set(sorted.flatMap(({ kind, name }) => (kind === 'parameter' && name ? [name] : [])));
  const everywhere: readonly Told[] = [
    ...sorted.filter(({ kind, ofForm }) => (kind !== 'function' || ofForm) && kind !== 'parameter'),
    ...calls
      .filter(({ name }) => unknown.has(name.text))
      .map(({ name }): Told => ({ kind: 'function', name: name.text, line: lineOf(name.span) })),
    ...itemsOf(parsed, 'ModParam').flatMap((item): readonly Told[] => {
      const name = [...refused].find((one) => setsIt(item, one));
      return name === undefined ? [] : [{ kind: 'parameter', name, line: lineOf(item.span) }];
    }),
  ];
  return [...everywhere].sort((one, other) => one.line - other.line);
}

/** Functions of one module that is not loaded are told of once; the others stand in notes. */
function functionsInNotes({ code, notes }: Diagnostic): readonly string[] {
  if (code !== 'unknown-function') return [];
  return notes.flatMap(({ message }) => /^used here: (\S+)\(\)$/.exec(message)?.[1] ?? []);
}

/**
 * Functions whose module the version does not have, or cannot be loaded. tsips is quiet about them, because it has told
 * of the module; the original tells of each.
 */
function hiddenFunctions(
  calls: readonly Call[],
  { environment: { catalogue }, version, loaded, missing }: Asked,
): readonly string[] {
  const working = new Set(['core', ...loaded.filter((name) => !missing.has(name))]);
  const names = [...new Set(calls.map(({ name }) => name.text))];
  return names.filter((name) => {
    const owners = [...catalogue.function(name), ...catalogue.asyncFunction(name)];
    return (
      owners.some(({ module }) => missing.has(module) || isAbsent(module, version, catalogue)) &&
      !owners.some((owner) => working.has(owner.module) && inRange(version, owner))
    );
  });
}

function isAbsent(module: string, version: string, catalogue: Catalogue): boolean {
  const chapter = catalogue.module(module);
  return chapter !== undefined && !inRange(version, chapter);
}

/** @param param As `db_flag of acc`. */
function setsIt({ module, name }: ModParam, param: string): boolean {
  const [wanted, owner = ''] = param.split(' of ');
  return name.value === wanted && new RegExp(`^(?:${module.value})$`, 'i').test(owner);
}

/** Functions and bad grammar can stand up to the end. */
function lastLineOf(kind: Kind, parsed: ParseResult): number {
  const items = itemsFor(kind, parsed);
  if (items === undefined) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, ...items.map(({ span }) => parsed.source.locate(span.start).line));
}

function itemsFor(kind: Kind, parsed: ParseResult): readonly Item[] | undefined {
  switch (kind) {
    case 'module':
      return itemsOf(parsed, 'LoadModule');
    case 'parameter':
      return itemsOf(parsed, 'ModParam');
    case 'global':
      return [...itemsOf(parsed, 'GlobalParameter'), ...itemsOf(parsed, 'SocketDefinition')];
    case 'syntax':
    case 'function':
      return undefined;
  }
}

type Item = Config['items'][number];

function itemsOf<K extends Item['kind']>(
  { config }: ParseResult,
  kind: K,
): readonly Extract<Item, { kind: K }>[] {
  const isOfKind = (item: Item): item is Extract<Item, { kind: K }> => item.kind === kind;
  return config.items.filter(isOfKind);
}

function callsIn(config: Config): readonly Call[] {
  const calls: Call[] = [];
  walk(config, {
    enter: (node) => {
      if (node.kind === 'Call') calls.push(node);
    },
  });
  return calls;
}
