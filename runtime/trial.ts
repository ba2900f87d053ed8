import {
  type Diagnostic,
  diagnostic,
  hasErrors,
  type ParamValidator,
  type ParseResult,
} from '../grammar/index.ts';
import { createFlagTools } from './flag-tools.ts';
import { judgeForwarding } from './forwarding.ts';
import type { GlobalValues } from './globals.ts';
import { reasonOf } from './host-error.ts';
import { createHostGlobals } from './host-globals.ts';
import type { CheckSurroundings, Logger } from './module-exports.ts';
import { moduleFindings } from './module-findings.ts';
import type { RunningModule } from './module-host.ts';
import type { ModuleLine } from './module-loader.ts';
import { orderModules } from './module-order.ts';
import { loadModules, makeModules } from './module-set.ts';
import { createConnectionTable } from './net/connection-table.ts';
import { createStreamTools } from './net/stream-tools.ts';
import { createRoutingTools } from './routing-tools.ts';
import {
  compileRoutes,
  createBlacklists,
  createEvents,
  type Forwarding,
  type Routes,
} from './script/index.ts';
import { scriptEnvironment } from './script-environment.ts';
import { scriptRoutes } from './script-routes.ts';
import { noSending } from './sending.ts';
import { createSipTools } from './sip-tools.ts';
import { createStatistics } from './statistics.ts';
import { createTimers } from './timers.ts';
import { createScriptMarks } from './variables/marks.ts';

const silent = () => undefined;
const silentLogger: Logger = {
  debugOn: false,
  infoOn: false,
  alert: silent,
  critical: silent,
  error: silent,
  warning: silent,
  notice: silent,
  info: silent,
  debug: silent,
  plain: silent,
};

/** What a trial needs of a config that has been checked. */
export interface TriedConfig {
  readonly parsed: ParseResult;
  readonly version: string;
  readonly modules: readonly ModuleLine[];
  readonly globals: GlobalValues;
  readonly validateParam: ParamValidator;
  /** The path of a file that the config names. */
  readonly resolvePath: (path: string) => string;
}

/** Sockets open behind the trial. */
const nameless = { sockets: () => [], aliases: [] };

/** Nothing is sent in a trial; what the config forbids is told. */
function triedForwarding(forbidden: boolean): Forwarding {
  return { willForward: () => judgeForwarding(forbidden), forward: () => -1, send: () => -1 };
}

/**
 * Makes the modules and the script of a config as a start would, and throws them away: what their making
 * refuses (a reply code, a pattern, a module that does not fit its manifest) keeps a host from starting too.
 * Where nothing does, the modules are asked to look at what their parameters name.
 * By the contract the making opens and starts nothing; no phase of a module runs.
 */
export async function tryMaking(
  checked: TriedConfig,
  around: CheckSurroundings,
): Promise<readonly Diagnostic[]> {
  const running = new Map<string, RunningModule>();
  let routes: Routes | undefined;
  try {
    await makeForTrial(checked, running, () => routes);
  } catch (error) {
    const [first] = checked.modules;
    return [diagnostic('module-unusable', first?.item.span ?? checked.parsed.config.span, reasonOf(error))];
  }
  routes = tryScript(checked, running);
  const { problems } = routes;
  if (hasErrors(problems)) return problems;
  const { modules, parsed } = checked;
  return [...problems, ...(await moduleFindings(running.values(), modules, parsed.config, around))];
}

/**
 * Fills `running` with modules that are made as for a start, without a log, and never started. Errors: MODULE_BROKEN,
 * MODULE_FAILED, MODULE_BEHAVIOUR.
 */
export async function makeForTrial(
  checked: TriedConfig,
  running: Map<string, RunningModule>,
  routes: () => Routes | undefined = () => undefined,
): Promise<void> {
  const { parsed, modules, validateParam, version, resolvePath } = checked;
  const globals = createHostGlobals(checked.globals);
  const timers = createTimers(silent);
  timers.stop();
  const connections = createConnectionTable();
  const loaded = await loadModules(modules, parsed.config, validateParam, silentLogger);
  makeModules(orderModules(loaded).modules, running, {
    version,
    sip: createSipTools(globals),
    routing: createRoutingTools(nameless, globals, () => 5060, silent),
    timers,
    globals,
    statistics: createStatistics(),
    events: { isHeard: () => false, raise: silent },
    connections,
    flags: createFlagTools(createScriptMarks()),
    sockets: [],
    sending: noSending,
    script: scriptRoutes(parsed.config, routes),
    onRequest: silent,
    onRequestDone: silent,
    onReply: silent,
    onRequestWaits: silent,
    onConnectionGone: silent,
    onReload: silent,
    resolvePath,
    streams: createStreamTools({ globals: checked.globals, timers, log: silentLogger }),
    logFor: () => silentLogger,
  });
}

function tryScript(checked: TriedConfig, running: ReadonlyMap<string, RunningModule>): Routes {
  const { config, source } = checked.parsed;
  const timers = createTimers(silent);
  timers.stop();
  return compileRoutes(
    config,
    scriptEnvironment({
      modules: [...running.values()],
      source,
      log: {
        for: () => silentLogger,
        xlogOn: () => false,
        xlog: silent,
        bare: silent,
        levels: { level: undefined, xlogLevel: undefined },
      },
      globals: createHostGlobals(checked.globals),
      timers,
      ...nameless,
      blacklists: createBlacklists(config, timers, !checked.globals.flag('disable_dns_blacklist')),
      events: createEvents(timers, silent),
      forwarding: triedForwarding(checked.globals.flag('disable_stateless_fwd')),
      argv: new Map(),
    }),
  );
}
