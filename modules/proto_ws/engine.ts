import type {
  ModuleHost,
  ProtocolBehaviour,
  ReadRule,
  StreamTools,
  VariableBehaviour,
} from '../../runtime/module-exports.ts';
import { createCloses } from './close-codes.ts';
import type { EngineContext } from './context.ts';
import { Dialler } from './dialler.ts';
import type { ParamName } from './parameter-table.ts';
import { limitsOf, resourceOf } from './parameters.ts';
import { createRequestVariables, type RequestVariable } from './request-variables.ts';
import { EngineStatistics } from './statistics.ts';
import { WholeFrame } from './whole-frame.ts';

/** In what a module with this engine differs from another one. */
export interface EngineSettings {
  /** What sockets and connections are called: `ws`. */
  readonly protocol: string;
  /** What the names of parameters begin with: `ws`. */
  readonly prefix: string;
  /** Where its streams come from: those of the host, or streams of TLS over them. */
  readonly streams: StreamTools;
  /** How reads are counted for `…_max_msg_chunks`. */
  readonly readRule: ReadRule;
}

/** SIP over WebSocket on streams of one kind. */
export interface WebSocketEngine {
  readonly protocol: ProtocolBehaviour;
  /** Behind `requestVariables`. */
  readonly variables: Readonly<Record<RequestVariable, VariableBehaviour>>;
  /** Ends what this side has opened; resolves when all are gone. */
  destroy(): Promise<void>;
}

/**
 * Makes the engine of one module: of its manifest it needs `paramSchemas`, with the same prefix, and `statisticFacts`.
 * Errors: a parameter that does not hold.
 */
export function createWebSocketProtocol(host: ModuleHost, settings: EngineSettings): WebSocketEngine {
  const { protocol, prefix, streams, readRule } = settings;
  const { log, timers, connections } = host;
  const param: ParamName = (name) => `${prefix}_${name}`;
  const limits = { ...limitsOf(host, param), rule: readRule };
  const engine: EngineContext = {
    protocol,
    host: { log, timers, connections, streams },
    limits,
    param,
    closes: createCloses(param),
    statistics: new EngineStatistics(host.statistics),
    wholeFrames: {
      ofClients: new WholeFrame({ ...limits, masked: true }),
      ofServers: new WholeFrame({ ...limits, masked: false }),
    },
  };
  const dialler = new Dialler(engine, resourceOf(host, param));
  return {
    protocol: {
      async listen(socket, receive) {
        const { listen } = await import('./both-sides.ts');
        return listen(socket, receive, engine);
      },
      connect: (target, receive) => dialler.connect(target, receive),
    },
    variables: createRequestVariables(),
    destroy: () => dialler.end(),
  };
}
