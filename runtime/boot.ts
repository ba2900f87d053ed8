import { type Boot, made } from './boot-state.ts';
import { createFlagTools } from './flag-tools.ts';
import { HostError, reasonOf } from './host-error.ts';
import { createHostGlobals } from './host-globals.ts';
import { raiseLogEvents } from './log-event.ts';
import type { RunningModule } from './module-host.ts';
import { orderModules } from './module-order.ts';
import { loadModules, makeModules } from './module-set.ts';
import { createConnectionSweep } from './net/connection-sweep.ts';
import type { SocketPlan } from './net/socket-lines.ts';
import { createStreamTools } from './net/stream-tools.ts';
import { createOutgoing, defaultPortOf, namesOf } from './outgoing.ts';
import { createOwnRuns } from './own-runs.ts';
import { createReceiver } from './receive.ts';
import { createRoutingTools } from './routing-tools.ts';
import { compileRoutes, createBlacklists } from './script/index.ts';
import { scriptEnvironment, timerRoutesOf } from './script-environment.ts';
import { scriptRoutes } from './script-routes.ts';
import { laterSending } from './sending.ts';
import { createSipTools } from './sip-tools.ts';
import { closeSockets, createHostSocket } from './sockets.ts';
import { coreStatistics } from './statistics.ts';
import type { Step } from './steps.ts';
import { within } from './within.ts';

/** The start of a host, in order; a stop undoes it backwards. */
export const bootSteps: readonly Step<Boot>[] = [
  { name: 'globals', run: takeGlobals, undo: (boot) => boot.timers.stop() },
  { name: 'load modules', run: load },
  { name: 'order', run: putInOrder },
  { name: 'make modules', run: make, undo: (boot) => boot.streams?.stop() },
  { name: 'protocols and sockets', run: planSockets },
  { name: 'preInit', run: (boot) => runPhase(boot, 'preInit'), undo: destroyModules },
  { name: 'init', run: (boot) => runPhase(boot, 'init') },
  { name: 'compile routes', run: compile },
  { name: 'events of the log', run: watchLog, undo: (boot) => boot.stopLogEvents?.() },
  { name: 'startup_route', run: runStartupRoute },
  { name: 'listen', run: listen, undo: (boot) => closeSockets(boot.sockets) },
  { name: 'times of connections', run: watchConnections },
  { name: 'childInit', run: (boot) => runPhase(boot, 'childInit') },
  { name: 'open', run: open },
  { name: 'timers', run: startTimers, undo: (boot) => boot.ownRuns?.stopTimers() },
];

function open(boot: Boot): void {
  boot.receiver?.open();
  boot.isOpen = true;
  boot.events.raise('E_CORE_SR_STATUS_CHANGED', [
    { name: 'group', value: 'core' },
    { name: 'identifier', value: 'main' },
    { name: 'status', value: 1 },
    { name: 'details', value: 'running' },
    { name: 'old_status', value: -1 },
  ]);
}

function takeGlobals(boot: Boot): void {
  const { checked } = boot.settings;
  boot.globals = createHostGlobals(checked.globals);
  boot.sip = createSipTools(boot.globals);
  const core = boot.statistics.group('core', coreStatistics);
  boot.coreStatistics = core;
  const started = boot.timers.now();
  core.gauge('timestamp', () => Math.floor((boot.timers.now() - started) / 1000));
}

async function load(boot: Boot): Promise<void> {
  const { modules, parsed, validateParam } = boot.settings.checked;
  boot.loaded = await loadModules(modules, parsed.config, validateParam, boot.log);
}

function putInOrder(boot: Boot): void {
  const { modules, missing, circles } = orderModules(boot.loaded);
  const [circle] = circles;
  if (circle) throw new HostError('MODULE_ORDER', `dependencies in a circle: ${circle.join(' → ')}`);
  for (const { from, dependency } of missing) {
    const what = dependency.module ?? `a module of kind ${dependency.kind}`;
    if (dependency.missing === 'abort') throw new HostError('MODULE_ORDER', `${from} needs ${what}`);
    if (dependency.missing === 'warn') boot.log.warning('init_modules', `${from} would like ${what}`);
  }
  boot.loaded = modules;
}

function make(boot: Boot): void {
  const { log } = boot.settings;
  boot.routing = createRoutingTools(
    namesOf(boot),
    made(boot.globals, 'globals'),
    (protocol) => defaultPortOf(boot, protocol),
    (isName) => void boot.ownNames.push(isName),
  );
  const streams = createStreamTools({
    globals: boot.settings.checked.globals,
    timers: boot.timers,
    log: boot.log,
  });
  boot.streams = streams;
  const { version, resolvePath } = boot.settings.checked;
  makeModules(boot.loaded, boot.running, {
    version: version.version,
    resolvePath,
    sip: made(boot.sip, 'sip'),
    routing: boot.routing,
    timers: boot.timers,
    events: boot.events,
    globals: made(boot.globals, 'globals'),
    statistics: boot.statistics,
    connections: boot.connections,
    flags: createFlagTools(boot.marks),
    get sockets() {
      return boot.listenSockets;
    },
    sending: laterSending(() => made(boot.outgoing, 'outgoing').sending),
    script: scriptRoutes(boot.settings.checked.parsed.config, () => boot.routes),
    onRequest: (hook) => void boot.requestHooks.push(hook),
    onRequestDone: (hook) => void boot.requestDoneHooks.push(hook),
    onReply: (hook) => void boot.replyHooks.push(hook),
    onRequestWaits: (hook) => void boot.requestWaitHooks.push(hook),
    onConnectionGone: (hook) => void boot.connectionHooks.push(hook),
    onReload: (call) => void boot.reloads.push(call),
    streams,
    logFor: (module) => log.for(module),
  });
  for (const { behaviour } of boot.running.values()) {
    for (const [name, protocol] of Object.entries(behaviour.protocols ?? {}))
      boot.protocols.set(name, protocol);
  }
}

function planSockets(boot: Boot): void {
  const usable = boot.settings.checked.sockets.sockets.filter(({ bind }) => {
    if (boot.protocols.has(bind.protocol)) return true;
    boot.log.warning('init_sockets', `${bind.label} stays closed: no module for ${bind.protocol}`);
    return false;
  });
  boot.sockets = usable.map((plan) =>
    createHostSocket(plan, { transport: transportOf(boot, plan), place: placeOf(boot, plan) }),
  );
  boot.listenSockets = boot.sockets.map(({ socket }) => socket);
}

function transportOf(boot: Boot, { bind }: SocketPlan): 'stream' | 'datagram' {
  const facts = boot.loaded.map(({ manifest }) => manifest.protocols?.[bind.protocol]).find(Boolean);
  return facts?.transport ?? 'stream';
}

/** `opensips.cfg:12`. */
function placeOf(boot: Boot, { span }: SocketPlan): string | undefined {
  if (!span) return undefined;
  const { file, line } = boot.settings.checked.parsed.source.locate(span.start);
  return `${file}:${line}`;
}

async function runPhase(boot: Boot, phase: 'preInit' | 'init' | 'childInit'): Promise<void> {
  const { phaseTimeout, signal } = boot.settings;
  for (const module of boot.running.values()) {
    signal.throwIfAborted();
    boot.begun.add(module);
    try {
      await inTime(phaseTimeout, () => module.behaviour[phase]?.(), signal);
    } catch (cause) {
      if (cause instanceof HostError && signal.aborted) throw cause;
      throw new HostError('MODULE_FAILED', `${phase} of module ${module.name}: ${reasonOf(cause)}`, {
        cause,
      });
    }
  }
}

/** Errors: those of `work`; that it took too long. */
async function inTime(milliseconds: number, work: () => unknown, signal?: AbortSignal): Promise<void> {
  if (await within(milliseconds, work, signal)) return;
  throw new Error(notDone(milliseconds));
}

const notDone = (milliseconds: number) => `not done within ${milliseconds / 1000} seconds`;

/** The last one begun goes first; one that fails does not keep the others. */
async function destroyModules(boot: Boot): Promise<void> {
  for (const module of [...boot.begun].toReversed()) {
    boot.begun.delete(module);
    await destroyModule(boot, module);
  }
}

async function destroyModule(boot: Boot, module: RunningModule): Promise<void> {
  try {
    await inTime(boot.settings.destroyTimeout, () => module.behaviour.destroy?.());
  } catch (error) {
    boot.log.error('destroy_modules', `destroy of module ${module.name}: ${reasonOf(error)}`);
  }
}

function compile(boot: Boot): void {
  const { checked, log, argv } = boot.settings;
  const { config, source } = checked.parsed;
  boot.blacklists = createBlacklists(config, boot.timers, !checked.globals.flag('disable_dns_blacklist'));
  boot.outgoing = createOutgoing(boot);
  const routes = compileRoutes(
    config,
    scriptEnvironment({
      modules: [...boot.running.values()],
      source,
      log,
      globals: made(boot.globals, 'globals'),
      marks: boot.marks,
      timers: boot.timers,
      ...namesOf(boot),
      forwarding: boot.outgoing.forwarding,
      connectionAliases: boot.outgoing.aliases,
      blacklists: boot.blacklists,
      events: boot.events,
      isRunning: () => boot.isOpen,
      traceAll: boot.settings.traceAll,
      lookup: (host) => boot.settings.network.lookup(host),
      argv,
    }),
  );
  boot.routes = routes;
  boot.receiver = createReceiver({
    routes,
    sip: made(boot.sip, 'sip'),
    hooks: boot.requestHooks,
    doneHooks: boot.requestDoneHooks,
    replyHooks: boot.replyHooks,
    waitHooks: boot.requestWaitHooks,
    aliases: boot.outgoing.aliases,
    names: boot.outgoing.names,
    statistics: made(boot.coreStatistics, 'core statistics'),
    log: boot.log,
    forwarding: boot.outgoing.forwarding,
    maxWaitingRuns: boot.settings.maxWaitingRuns,
  });
  boot.ownRuns = createOwnRuns(routes, boot.timers, boot.log, {
    mayOverlap: checked.globals.flag('timer_route_overlap'),
  });
}

function watchLog(boot: Boot): void {
  const { checked, log } = boot.settings;
  if (!checked.globals.flag('log_event_enabled')) return;
  const levelLimit = Number(checked.globals.get('log_event_level_filter')) || undefined;
  boot.stopLogEvents = raiseLogEvents(log, boot.events, levelLimit);
}

/** As in OpenSIPS, a startup_route that answers less than 0 ends the start. */
async function runStartupRoute(boot: Boot): Promise<void> {
  const { phaseTimeout, signal } = boot.settings;
  let answer = 1;
  const run = async () => {
    answer = (await boot.ownRuns?.startup()) ?? 1;
  };
  if (!(await within(phaseTimeout, run, signal))) {
    throw new HostError('STARTUP_ROUTE_FAILED', `startup_route is ${notDone(phaseTimeout)}`);
  }
  if (answer < 0) {
    throw new HostError('STARTUP_ROUTE_FAILED', `startup_route answered ${answer}`);
  }
}

async function listen(boot: Boot): Promise<void> {
  for (const socket of boot.sockets) {
    const behaviour = made(boot.protocols.get(socket.plan.bind.protocol), socket.plan.bind.label);
    await socket.open(behaviour, boot.receive);
  }
  await boot.settings.onListening();
}

function watchConnections(boot: Boot): void {
  const { checked } = boot.settings;
  const sweep = createConnectionSweep(boot.connections, {
    lifetime: checked.globals.number('tcp_connection_lifetime') * 1000,
    messageTime: checked.globals.number('tcp_max_msg_time') * 1000,
  });
  boot.timers.every(1000, () => sweep(boot.timers.now()));
}

function startTimers(boot: Boot): void {
  boot.ownRuns?.startTimers(timerRoutesOf(boot.settings.checked.parsed.config));
}
