import type { ModuleHost, ProtocolBehaviour, ReadRule, StreamTools } from '../../runtime/module-exports.ts';
import { ConnectionSet } from './connection-set.ts';
import type { Counters, EngineContext, Limits } from './context.ts';
import { dial } from './dial.ts';
import { defaultOf, type ParamName, type PrefixedParam } from './engine-facts.ts';
import { listen } from './listener.ts';

/** In what a module with this engine differs from another one. */
export interface EngineSettings {
  /** What sockets and connections are called: `tcp`. */
  readonly protocol: string;
  /** What the names of parameters begin with: `tcp`. */
  readonly prefix: string;
  /** Where its streams come from: those of the host, or streams of TLS over them. */
  readonly streams: StreamTools;
  /** How reads are counted for `…_max_msg_chunks`. */
  readonly readRule: ReadRule;
}

/** SIP over byte streams of one kind. */
export interface TcpEngine {
  readonly protocol: ProtocolBehaviour;
  /** Ends what this side has opened; resolves when all are gone. */
  destroy(): Promise<void>;
}

/**
 * Makes the engine of one module: of its manifest it needs `paramSchemas`, with the same prefix, and `statisticFacts`.
 */
export function createTcpProtocol(host: ModuleHost, settings: EngineSettings): TcpEngine {
  const { protocol, prefix, streams, readRule } = settings;
  const { log, timers, connections, statistics } = host;
  const param: ParamName = (name) => `${prefix}_${name}`;
  const engine: EngineContext = {
    protocol,
    host: { log, timers, connections, streams },
    limits: { ...limitsOf(host, param), rule: readRule },
    param,
    counters: countersOf(host),
  };
  /** What this side has opened belongs to no listener and ends with the module. */
  const dialled = new ConnectionSet();
  statistics.gauge('connections', () => countOf(protocol, connections));
  return {
    protocol: {
      listen: (socket, receive) => listen(socket, receive, engine),
      connect: (target, receive) => dial(target, receive, engine, dialled),
    },
    destroy: () => dialled.end(),
  };
}

function limitsOf(host: ModuleHost, name: ParamName): Limits {
  const number = (param: PrefixedParam): number => {
    const value = host.params[name(param)];
    return typeof value === 'number' ? value : defaultOf(param);
  };
  return {
    maxSize: number('max_msg_size'),
    maxReads: number('max_msg_chunks'),
    answerPings: number('crlf_pingpong') !== 0,
    forgetCrlf: number('crlf_drop') !== 0,
    maxQueue: number('max_queue'),
    sendTimeout: number('send_timeout'),
    closeTimeout: number('close_timeout'),
  };
}

function countersOf({ statistics }: ModuleHost): Counters {
  return {
    accepted: statistics.counter('accepted'),
    refused: statistics.counter('refused'),
    messagesReceived: statistics.counter('messages_received'),
    messagesSent: statistics.counter('messages_sent'),
    keepalivesReceived: statistics.counter('keepalives_received'),
    closedByUs: statistics.counter('closed_by_us'),
    closedByPeer: statistics.counter('closed_by_peer'),
  };
}

function countOf(protocol: string, connections: ModuleHost['connections']): number {
  let count = 0;
  for (const connection of connections.all()) if (connection.protocol === protocol) count++;
  return count;
}
