import type { Config, Source } from '../grammar/index.ts';
import type { Log } from './log/log.ts';
import type {
  CacheEngine,
  HostGlobals,
  ListenSocket,
  ScriptValue,
  Timers,
  VariableContext,
} from './module-exports.ts';
import type { RunningModule } from './module-host.ts';
import type { TimerRoute } from './own-runs.ts';
import type {
  CommandEntry,
  Forwarding,
  HostAlias,
  ScriptEnvironment,
  TransformationEntry,
  VariableEntry,
} from './script/index.ts';

/** What the script of a host is compiled with. */
interface ScriptParts {
  readonly modules: readonly RunningModule[];
  readonly source: Source;
  readonly log: Pick<Log, 'for' | 'xlogOn' | 'xlog' | 'bare' | 'levels'>;
  readonly globals: HostGlobals;
  readonly marks?: ScriptEnvironment['marks'];
  readonly timers: Timers;
  readonly sockets: () => readonly ListenSocket[];
  readonly aliases?: readonly HostAlias[] | undefined;
  readonly isOwnName?: ScriptEnvironment['isOwnName'];
  readonly forwarding: Forwarding;
  readonly events?: ScriptEnvironment['events'];
  readonly traceAll?: boolean | undefined;
  readonly isRunning?: () => boolean;
  readonly lookup?: ScriptEnvironment['lookup'];
  readonly blacklists?: ScriptEnvironment['blacklists'];
  readonly connectionAliases?: ScriptEnvironment['connectionAliases'];
  readonly argv: ReadonlyMap<string, string>;
}

/** Gathers what the modules of a host export to its script. */
export function scriptEnvironment(parts: ScriptParts): ScriptEnvironment {
  const {
    source,
    log,
    globals,
    marks,
    timers,
    sockets,
    aliases,
    isOwnName,
    forwarding,
    connectionAliases,
    blacklists,
    lookup,
    events,
    isRunning,
    traceAll = false,
    argv,
  } = parts;
  const commands = new Map<string, CommandEntry[]>();
  const asyncCommands = new Map<string, CommandEntry[]>();
  const variables = new Map<string, VariableEntry>();
  const transformations = new Map<string, TransformationEntry>();
  for (const module of parts.modules) {
    addCommands(commands, module, 'commands');
    addCommands(asyncCommands, module, 'asyncCommands');
    addTables(module, variables, transformations);
  }
  return {
    commands,
    asyncCommands,
    variables,
    transformations,
    log: log.for('core'),
    xlog: {
      isOn: (level) => log.xlogOn(level),
      write: (level, text) => log.xlog(level, text),
      bare: (level, text) => log.bare(level, text),
    },
    globals,
    ...(marks && { marks }),
    timers,
    sockets,
    ...(aliases && { aliases }),
    ...(isOwnName && { isOwnName }),
    forwarding,
    ...(connectionAliases && { connectionAliases }),
    ...(lookup && { lookup }),
    ...(events && { events }),
    ...(isRunning && { isRunning }),
    traceAll,
    mayTrace: source.text.includes('script_trace'),
    caches: cachesOf(parts.modules),
    contexts: contextsOf(parts.modules),
    firstValues: firstValuesOf(parts.modules),
    logLevels: log.levels,
    ...(blacklists && { blacklists }),
    argv,
    locate: (offset) => source.locate(offset),
    startTime: Math.floor(Date.now() / 1000),
  };
}

/** The timer routes of a config, with their intervals; one of 0 runs at each tick of OpenSIPS's timer, a second. */
export function timerRoutesOf(config: Config): readonly TimerRoute[] {
  return config.items.flatMap((item) =>
    item.kind === 'RouteBlock' && item.keyword === 'timer_route' && item.interval
      ? [{ name: item.name?.text ?? '0', seconds: Math.max(1, item.interval.value) }]
      : [],
  );
}

function cachesOf(modules: readonly RunningModule[]): ReadonlyMap<string, CacheEngine> {
  const caches = new Map<string, CacheEngine>();
  for (const { behaviour } of modules) {
    for (const [name, engine] of Object.entries(behaviour.caches ?? {})) caches.set(name, engine);
  }
  return caches;
}

function contextsOf(modules: readonly RunningModule[]): ReadonlyMap<string, VariableContext> {
  return new Map(modules.flatMap(({ behaviour }) => Object.entries(behaviour.contexts ?? {})));
}

function firstValuesOf(modules: readonly RunningModule[]): ReadonlyMap<string, ScriptValue> {
  return new Map(modules.flatMap(({ behaviour }) => [...(behaviour.firstValues ?? [])]));
}

function addCommands(
  table: Map<string, CommandEntry[]>,
  { name: module, manifest, behaviour }: RunningModule,
  kind: 'commands' | 'asyncCommands',
): void {
  for (const [name, command] of Object.entries(behaviour[kind] ?? {})) {
    const signature = manifest[kind]?.[name];
    if (signature) table.set(name, [...(table.get(name) ?? []), { module, signature, command }]);
  }
}

function addTables(
  { manifest, behaviour }: RunningModule,
  variables: Map<string, VariableEntry>,
  transformations: Map<string, TransformationEntry>,
): void {
  for (const [name, variable] of Object.entries(behaviour.variables ?? {})) {
    const facts = manifest.variables?.[name];
    if (facts) variables.set(name, { facts, behaviour: variable });
  }
  for (const [name, apply] of Object.entries(behaviour.transformations ?? {})) {
    const facts = manifest.transformations?.[name];
    if (facts) transformations.set(name, { facts, apply });
  }
}
