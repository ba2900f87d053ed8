import type { Command, ModuleFactory, ModuleHost, ScriptRun } from '../../runtime/module-exports.ts';
import { type LooseRouteSettings, looseRoute } from './loose-route.ts';
import { manifest } from './manifest.ts';
import {
  type AddedParam,
  addParam,
  type RecordRouteSettings,
  recordRoute,
  recordRoutePreset,
} from './record-route.ts';
import { routedParams } from './routed-params.ts';

export { manifest };

/** What other modules get by `host.bind<RecordRouting>('rr')`. */
interface RecordRouting {
  /** The parameter ftag is there, so that directions are known. */
  readonly appendsFromTag: boolean;
  /** A parameter for the Record-Route of this host; `text` may be changed until the message goes on. */
  addParam(run: ScriptRun, text: string): AddedParam;
  /** A parameter of the Route that loose_route took; undefined where there is none. */
  routeParam(run: ScriptRun, name: string): string | undefined;
  /** The request goes from who was called to the caller. */
  isUpstream(run: ScriptRun): boolean;
  /** Hears of each request whose Route was this host, when loose_route has taken it. */
  onRouted(hear: (run: ScriptRun) => void): void;
  /** Hears of the parameters of each Route of this host that it takes, also of the second of a pair. */
  onOwnRoute(hear: OwnRouteListener): void;
}

type OwnRouteListener = (run: ScriptRun, params: ReadonlyMap<string, string>) => void;

const createModule: ModuleFactory = (host) => {
  const { log, params, routing: tools } = host;
  const listeners: OwnRouteListener[] = [];
  const appendFromTag = params.append_fromtag !== 0;
  const doubleRecordRoute = params.enable_double_rr !== 0;
  const loose: LooseRouteSettings = {
    tools,
    log,
    doubleRecordRoute,
    warnOfSockets: params.enable_socket_mismatch_warning !== 0,
    taken: (run, own) => {
      for (const hear of listeners) hear(run, own);
    },
  };
  const record: RecordRouteSettings = {
    tools,
    log,
    appendFromTag,
    doubleRecordRoute,
    addUser: params.add_username === 1,
  };
  const hearers: ((run: ScriptRun) => void)[] = [];
  return {
    commands: {
      loose_route(run) {
        const before = routedParams.of(run);
        const followed = looseRoute(run, loose);
        if (routedParams.of(run) !== before) for (const hear of hearers) hear(run);
        return followed;
      },
      record_route: (run, more) => recordRoute(run, record, String(more ?? '')),
      record_route_preset: (run, ...addresses) => recordRoutePreset(run, record, addresses.map(String)),
      add_rr_param: (run, param) => void addParam(run, String(param)),
      check_route_param: checkRouteParam(host.pattern),
      is_direction: isDirection(appendFromTag),
    },
    variables: {
      rr_params: { get: (run) => routedParams.of(run)?.text || null },
    },
    api: {
      appendsFromTag: appendFromTag,
      addParam,
      routeParam: (run, name) => routedParams.of(run)?.params.get(name.toLowerCase()),
      isUpstream,
      onRouted: (hear) => void hearers.push(hear),
      onOwnRoute: (hear) => void listeners.push(hear),
    } satisfies RecordRouting,
    init() {
      log.info('mod_init', 'rr - initializing');
    },
  };
};

export default createModule;

/** A pattern that stands in the script is compiled at the start. */
function checkRouteParam(pattern: ModuleHost['pattern']): Command {
  return {
    prepare([expression]) {
      const { constant } = expression ?? {};
      const fixed = typeof constant === 'string' ? pattern(constant) : undefined;
      return (run) => {
        const taken = routedParams.of(run)?.text;
        if (!taken) return false;
        const matches = fixed ?? pattern(String(expression?.evaluate(run) ?? ''));
        return matches(`;${taken}`);
      };
    },
  };
}

/** Errors at the start: neither of the two words; append_fromtag is off. */
function isDirection(appendFromTag: boolean): Command {
  return {
    prepare([direction]) {
      if (!appendFromTag) throw new Error('is_direction() needs the parameter append_fromtag');
      const { constant } = direction ?? {};
      const fixed = typeof constant === 'string' ? isUpstreamWord(constant) : undefined;
      return (run) => {
        const upstream = fixed ?? isUpstreamWord(String(direction?.evaluate(run) ?? ''));
        return isUpstream(run) === upstream;
      };
    },
  };
}

function isUpstreamWord(word: string): boolean {
  const lower = word.toLowerCase();
  if (lower.startsWith('upstream')) return true;
  if (lower.startsWith('downstream')) return false;
  throw new TypeError(`unknown direction '${word}'`);
}

/** The caller's tag is in the Route; where another one stands in From, the request comes from who was called. */
function isUpstream(run: ScriptRun): boolean {
  const callersTag = routedParams.of(run)?.params.get('ftag');
  const tag = run.message.from?.tag;
  return Boolean(callersTag) && tag !== undefined && tag !== callersTag;
}
