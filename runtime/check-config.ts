import {
  type Catalogue,
  type Config,
  check,
  type Diagnostic,
  diagnostic,
  givenVersion,
  guessVersion,
  hasErrors,
  inTextOrder,
  loadCatalogue,
  loadParamValidator,
  type ModuleLookup,
  type ParamValidator,
  type ParseResult,
  paramsGivenTo,
  parse,
  readVersion,
  type VersionGuess,
  versions,
} from '../grammar/index.ts';
import { type GlobalValues, globalSupport, globalValues } from './globals.ts';
import type { CheckSurroundings } from './module-exports.ts';
import { bundledFolder, fileName, findModuleFile, type ModulePlaces, resolveNear } from './module-files.ts';
import { lookUpModules, type ModuleLine } from './module-loader.ts';
import { parseListenArgument } from './net/listen-argument.ts';
import { type ListenOn, watchedListenOn } from './net/listen-on.ts';
import {
  type ResolvedSockets,
  resolveSockets,
  type SocketPlan,
  type SocketProblem,
} from './net/socket-lines.ts';
import { type SystemNetwork, systemNetwork } from './net/system-network.ts';
import { type ConfigPlace, openConfig, preprocessed } from './open-config.ts';
import { raisedEvents } from './raised-events.ts';
import { coreCommands, coreTransformations, coreVariables } from './script/index.ts';
import { tryMaking } from './trial.ts';

export interface CheckOptions extends ConfigPlace {
  /** The OpenSIPS version that the config is for, `3.6`. Default: guessed. */
  readonly version?: string;
  /** Start although routes or sockets use what tsips does not have. Default false. */
  readonly inert?: boolean;
  /** Other addresses for sockets: `{ 'ws:127.0.0.1:8080': '127.0.0.1:0' }`; port 0 is any free one. */
  readonly listenOn?: ListenOn;
  /** Sockets beside those of the config (`-l`). */
  readonly listeners?: readonly string[];
  /** Values of globals over those of the config. */
  readonly globals?: Readonly<Record<string, number | string>>;
  /** The folder of bundled modules. Default: those that come with tsips. */
  readonly bundled?: string;
  /** The user and group that the process becomes once its sockets are open (`-u`, `-g`). Default: it stays who it is. */
  readonly becomes?: (globals: GlobalValues) => CheckSurroundings['becomes'];
  /** Interfaces and names of the machine. Default: the real ones. */
  readonly network?: SystemNetwork;
}

/** A config as it was read and judged: what a start needs, and what keeps it from starting. */
export interface CheckedConfig {
  readonly parsed: ParseResult;
  readonly version: VersionGuess;
  readonly globals: GlobalValues;
  readonly modules: readonly ModuleLine[];
  readonly sockets: ResolvedSockets;
  /** Those of `sockets` that a loaded module serves; the others stay closed. */
  readonly served: readonly SocketPlan[];
  readonly validateParam: ParamValidator;
  /** The path of a file that the config names: a relative one is looked for beside the config first. */
  readonly resolvePath: (path: string) => string;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** There are errors: a host would not start. */
  readonly failed: boolean;
}

/**
 * Answers one question: would a host start with these options? Reads, parses, looks modules up, checks,
 * resolves sockets, and where all that finds no error, makes modules and script for a trial. No socket opens, no
 * phase of a module runs. Errors: CONFIG_UNREADABLE; TypeError for a version that there is not, and for a
 * `listenOn` that is no address or names no socket of a config without errors.
 */
export async function checkConfig(options: CheckOptions): Promise<CheckedConfig> {
  const { name, text, read, bases } = openConfig(options);
  const parsed = parse(preprocessed(text, name, read, options.preprocess), { name, read });
  const { config } = parsed;
  const catalogue = await loadCatalogue();
  const version = versionOf(options, parsed, catalogue);
  const globals = globalValues(config, {
    version: version.version,
    overrides: options.globals ?? {},
  });
  const places = { bases, bundled: options.bundled ?? bundledFolder() };
  const modules = await lookUpModules(config, places);
  const validateParam = await validatorFor(modules);
  const found = check(parsed, {
    catalogue,
    version: version.version,
    ...(version.evidence && { evidence: version.evidence }),
    inert: options.inert ?? false,
    findModule: (path) => lookupOf(path, modules, places),
    globals: globalSupport,
    raisedEvents,
    core: { commands: coreCommands, variables: coreVariables, transformations: coreTransformations },
    validateParam,
    extraListeners: extraProtocols(options.listeners ?? []),
  });
  const { listenOn, refuseUnused } = watchedListenOn(options.listenOn);
  const sockets = await resolveSockets(config, {
    defaultPort: (protocol) => defaultPortOf(protocol, modules, config),
    network: options.network ?? systemNetwork,
    listenOn,
    extra: options.listeners ?? [],
    autoAliases: globals.flag('auto_aliases'),
  });
  const diagnostics = [...found, ...sockets.problems.map(socketFinding)];
  if (!hasErrors(diagnostics)) refuseUnused();
  const resolvePath = (path: string) => resolveNear(fileName(path), bases);
  const made = hasErrors(diagnostics)
    ? []
    : await tryMaking(
        { parsed, modules, globals, validateParam, resolvePath, version: version.version },
        { sockets: sockets.sockets.map(({ listen }) => listen), becomes: options.becomes?.(globals) },
      );
  diagnostics.push(...notYetFound(made, diagnostics, options.inert ?? false));
  return {
    parsed,
    version,
    globals,
    modules,
    sockets,
    served: sockets.sockets.filter(({ bind }) => isServed(bind.protocol, modules)),
    validateParam,
    resolvePath,
    diagnostics: inTextOrder(diagnostics),
    failed: hasErrors(diagnostics),
  };
}

/**
 * With `inert`, what cannot be made fails at its place when it is reached. Of names that nothing here has the checks
 * have told already, all places of a module in one finding.
 */
function notYetFound(
  made: readonly Diagnostic[],
  found: readonly Diagnostic[],
  inert: boolean,
): readonly Diagnostic[] {
  const fresh = made.filter(({ span }) => !found.some((known) => known.span.start === span.start));
  if (!inert) return fresh;
  return fresh
    .filter(({ code }) => code !== 'script-name-unknown')
    .map((finding) => ({ ...finding, severity: 'warning' as const }));
}

export function validatorFor(modules: readonly ModuleLine[]): Promise<ParamValidator> {
  return loadParamValidator(modules.flatMap(({ answer }) => (answer.found ? [answer.manifest] : [])));
}

export function versionOf(
  options: Pick<CheckOptions, 'version'>,
  parsed: ParseResult,
  catalogue: Catalogue,
): VersionGuess {
  if (options.version === undefined) return guessVersion(parsed.config, catalogue, parsed.facts);
  const version = readVersion(options.version);
  if (version !== undefined) return givenVersion(version);
  throw new TypeError(`version: "${options.version}" is none of ${versions.join(', ')}`);
}

/** Checks also ask for modules that no line loads, to say whether loading them would help. */
export function lookupOf(
  path: string,
  modules: readonly ModuleLine[],
  places: Omit<ModulePlaces, 'mpaths'>,
): ModuleLookup {
  const line = modules.find(({ item, brought }) => (brought ?? item.path.value) === path);
  if (line) return line.answer;
  const file = findModuleFile(path, { ...places, mpaths: [] });
  if ('looked' in file) return { found: false, looked: file.looked };
  return { found: true, manifest: { name: file.name }, from: file.file };
}

function isServed(protocol: string, modules: readonly ModuleLine[]): boolean {
  return modules.some(({ answer }) => answer.found && answer.manifest.protocols?.[protocol] !== undefined);
}

/** What the module that serves a protocol says: its parameter for the port, else the manifest's number. */
function defaultPortOf(protocol: string, modules: readonly ModuleLine[], config: Config): number | undefined {
  for (const { item, answer } of modules) {
    const facts = answer.found ? answer.manifest.protocols?.[protocol] : undefined;
    if (!answer.found || !facts) continue;
    const given = paramsGivenTo(answer.manifest.name, item, config).filter(
      ({ name }) => name === facts.portParam,
    );
    const value = given.at(-1)?.value;
    return typeof value === 'number' ? value : facts.defaultPort;
  }
  return undefined;
}

const socketCodes = {
  'listen-argument': 'listen-argument',
  'unknown-host': 'socket-host-unknown',
  'foreign-address': 'socket-address-foreign',
  'no-reverse-name': 'socket-without-name',
} as const;

/** What `-l` asks for has no place in the text: it stands at its beginning. */
function socketFinding({ code, message, severity, span }: SocketProblem): Diagnostic {
  return diagnostic(socketCodes[code], span ?? { start: 0, end: 0 }, message, { severity });
}

function extraProtocols(listeners: readonly string[]): string[] {
  return listeners.flatMap((text) => parseListenArgument(text)?.protocol ?? []);
}
