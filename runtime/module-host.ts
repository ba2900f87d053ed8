import type { Manifest } from '../grammar/index.ts';
import { databaseFindings, openDatabase } from './find-database.ts';
import { HostError, reasonOf } from './host-error.ts';
import type { Logger, ModuleBehaviour, ModuleFactory, ModuleHost } from './module-exports.ts';
import { behaviourProblems, isBehaviour } from './module-shape.ts';
import type { StatisticsRegistry } from './statistics.ts';
import { substitution } from './substitution-tool.ts';
import { globPattern } from './variables/glob-pattern.ts';
import { compilePattern } from './variables/pattern.ts';

/** A module of one host, with its own state behind its behaviour. */
export interface RunningModule {
  readonly name: string;
  readonly manifest: Manifest;
  readonly behaviour: ModuleBehaviour;
}

/** What all modules of a host share. */
export interface SharedHost
  extends Pick<
    ModuleHost,
    | 'version'
    | 'sip'
    | 'routing'
    | 'timers'
    | 'events'
    | 'globals'
    | 'connections'
    | 'flags'
    | 'script'
    | 'onRequest'
    | 'onRequestDone'
    | 'onReply'
    | 'onRequestWaits'
    | 'onConnectionGone'
    | 'onReload'
    | 'resolvePath'
    | 'sockets'
  > {
  readonly sending: ModuleHost['sending'];
  readonly statistics: StatisticsRegistry;
  readonly streams: ModuleHost['streams'];
  readonly logFor: (module: string) => Logger;
}

/**
 * Calls a module's factory with a host of its own. Errors: MODULE_FAILED where it throws, MODULE_BEHAVIOUR
 * where what it gives does not fit its manifest.
 */
export function makeModule(
  manifest: Manifest,
  factory: ModuleFactory,
  params: ModuleHost['params'],
  shared: SharedHost,
  /** Those that are made already, by name. */
  running: ReadonlyMap<string, RunningModule>,
): RunningModule {
  const behaviour = callFactory(manifest.name, factory, moduleHost(manifest, params, shared, running));
  if (isBehaviour(manifest, behaviour)) return { name: manifest.name, manifest, behaviour };
  const problems = behaviourProblems(manifest, behaviour).join('; ');
  throw new HostError('MODULE_BEHAVIOUR', `module ${manifest.name}: ${problems}`);
}

/** The group of a module's statistics: by default its name without `proto_`, as 4.0 drops it from management names. */
function statisticsGroup({ name, statisticsGroup: group }: Manifest): string {
  return group ?? name.replace(/^proto_/, '');
}

function callFactory(name: string, factory: ModuleFactory, host: ModuleHost): unknown {
  try {
    return factory(host);
  } catch (cause) {
    throw new HostError('MODULE_FAILED', `module ${name}: ${reasonOf(cause)}`, { cause });
  }
}

function moduleHost(
  manifest: Manifest,
  params: ModuleHost['params'],
  shared: SharedHost,
  running: ReadonlyMap<string, RunningModule>,
): ModuleHost {
  const { version, sip, routing, script, timers, events, globals, connections, flags } = shared;
  const { onRequest, onRequestDone, onRequestWaits, onReply } = shared;
  const { onConnectionGone, onReload, resolvePath } = shared;
  return {
    params,
    version,
    log: shared.logFor(manifest.name),
    sip,
    routing,
    script,
    timers,
    events,
    globals,
    connections,
    flags,
    onRequest,
    onRequestDone,
    onRequestWaits,
    onReply,
    onConnectionGone,
    onReload,
    resolvePath,
    sending: shared.sending,
    pattern: functionPattern,
    regularExpression,
    substitution,
    globPattern,
    streams: shared.streams,
    statistics: shared.statistics.group(statisticsGroup(manifest), manifest.statistics ?? {}),
    get sockets() {
      return shared.sockets;
    },
    database: (url) => openDatabase(manifest.name, url, running),
    databaseFindings: (url, param) => databaseFindings(url, running, param),
    bindIfLoaded<T>(name: string): T | undefined {
      return running.has(name) ? apiOf<T>(manifest, name, running.get(name)) : undefined;
    },
    bind<T>(name: string): T {
      return apiOf<T>(manifest, name, running.get(name));
    },
  };
}

/** C: fixup_regex, with REG_EXTENDED, REG_ICASE and REG_NEWLINE. */
export function functionPattern(text: string): (tested: string) => boolean {
  const pattern = compilePattern(text, { ignoreCase: true, byLine: true });
  return (tested) => pattern.test(tested);
}

/** Both flags are off where they are not named. */
export const regularExpression: ModuleHost['regularExpression'] = (text, flags = {}) =>
  compilePattern(text, {
    ignoreCase: flags.ignoreCase ?? false,
    byLine: flags.byLine ?? false,
    places: true,
  });

function apiOf<T>(asking: Manifest, name: string, module: RunningModule | undefined): T {
  const reason = whyNoApi(asking, name, module);
  if (reason === undefined) return module?.behaviour.api as T;
  throw new HostError('MODULE_API_MISSING', `module ${asking.name} asks for the api of ${name}: ${reason}`);
}

function whyNoApi(asking: Manifest, name: string, module: RunningModule | undefined): string | undefined {
  if (!module) return 'it is not loaded, or comes later in the order';
  const { dependencies = [], dependenciesFromParams = {} } = asking;
  const named = [...dependencies, ...Object.values(dependenciesFromParams).flat()].some(
    (dependency) =>
      dependency.module === name ||
      (dependency.kind !== undefined && dependency.kind === module.manifest.kind),
  );
  if (!named) return 'it is not among the dependencies of the manifest';
  return module.behaviour.api === undefined ? 'it offers none' : undefined;
}
