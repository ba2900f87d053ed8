import type { Counter, ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import type { Counters, EngineContext, Limits } from './context.ts';
import { listen } from './listener.ts';
import { manifest } from './manifest.ts';
import { type RefusalCode, refusals } from './refusals.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const engine: EngineContext = {
    protocol: 'ws',
    host,
    limits: limitsOf(host),
    counters: countersOf(host),
  };
  host.statistics.gauge('connections', () => connectionsOf(host));
  return {
    protocols: { ws: { listen: (socket, receive) => listen(socket, receive, engine) } },
    init() {
      host.log.info('mod_init', 'initializing WebSocket protocol');
    },
  };
};

export default createModule;

function limitsOf(host: ModuleHost): Limits {
  const number = (name: keyof (typeof manifest)['params'] & string): number => {
    const value = host.params[name];
    return typeof value === 'number' ? value : Number(manifest.params[name]?.default ?? 0);
  };
  return {
    maxChunks: number('ws_max_msg_chunks'),
    maxMessageSize: number('ws_max_msg_size'),
    maxFragments: number('ws_max_fragments'),
    maxQueue: number('ws_max_queue'),
    maxRequestSize: number('ws_max_request_size'),
    requestTimeout: number('ws_request_timeout'),
    sendTimeout: number('ws_send_timeout'),
    closeTimeout: number('ws_close_timeout'),
    checkUtf8: number('ws_utf8_check') === 1,
    requireOrigin: number('require_origin') === 1,
    maxConnections: Number(host.globals.get('tcp_max_connections') ?? 2048),
  };
}

function countersOf({ statistics }: ModuleHost): Counters {
  const refusedFor = Object.fromEntries(
    Object.keys(refusals).map((code) => [code, statistics.counter(`refused_${code}`)]),
  );
  return {
    accepted: statistics.counter('accepted'),
    messagesReceived: statistics.counter('messages_received'),
    messagesSent: statistics.counter('messages_sent'),
    pingsReceived: statistics.counter('pings_received'),
    keepalivesReceived: statistics.counter('keepalives_received'),
    closedByUs: statistics.counter('closed_by_us'),
    closedByPeer: statistics.counter('closed_by_peer'),
    refused: statistics.counter('refused'),
    refusedFor: refusedFor as Record<RefusalCode, Counter>,
  };
}

function connectionsOf(host: ModuleHost): number {
  let count = 0;
  for (const connection of host.connections.all()) if (connection.protocol === 'ws') count++;
  return count;
}
