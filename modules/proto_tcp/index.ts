import type { ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import { ConnectionSet } from './connection-set.ts';
import type { Counters, EngineContext, Limits } from './context.ts';
import { dial } from './dial.ts';
import { listen } from './listener.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const engine: EngineContext = {
    protocol: 'tcp',
    host,
    limits: limitsOf(host),
    counters: countersOf(host),
  };
  /** What this side has opened belongs to no listener and ends with the module. */
  const dialled = new ConnectionSet();
  host.statistics.gauge('connections', () => connectionsOf(host));
  return {
    protocols: {
      tcp: {
        listen: (socket, receive) => listen(socket, receive, engine),
        connect: (target, receive) => dial(target, receive, engine, dialled),
      },
    },
    init() {
      host.log.info('mod_init', 'initializing TCP-plain protocol');
    },
    destroy: () => dialled.end(),
  };
};

export default createModule;

function limitsOf(host: ModuleHost): Limits {
  const number = (name: keyof (typeof manifest)['params'] & string): number => {
    const value = host.params[name];
    return typeof value === 'number' ? value : Number(manifest.params[name]?.default ?? 0);
  };
  return {
    maxSize: number('tcp_max_msg_size'),
    maxChunks: number('tcp_max_msg_chunks'),
    answerPings: number('tcp_crlf_pingpong') !== 0,
    forgetCrlf: number('tcp_crlf_drop') !== 0,
    maxQueue: number('tcp_max_queue'),
    sendTimeout: number('tcp_send_timeout'),
    closeTimeout: number('tcp_close_timeout'),
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

function connectionsOf(host: ModuleHost): number {
  let count = 0;
  for (const connection of host.connections.all()) if (connection.protocol === 'tcp') count++;
  return count;
}
