import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';
import createModule, { manifest } from '../../../modules/proto_ws/index.ts';
import type {
  BindSocket,
  Connection,
  Listener,
  ListenSocket,
  MessageSource,
  ModuleHost,
  Timers,
} from '../../../runtime/module-exports.ts';
import { createConnectionTable } from '../../../runtime/net/connection-table.ts';
import { createStreamTools } from '../../../runtime/net/stream-tools.ts';
import { createStatistics, type StatisticsRegistry } from '../../../runtime/statistics.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { recorder } from '../../runtime/loggers.ts';
import { plainSocket } from '../../runtime/plain-socket.ts';
import { streamGlobals } from '../protocol-host.ts';

export { echo } from '../protocol-host.ts';

/** The module proto_ws with the host's real timers, counters and connection table, and no script above. */
export interface WebSocketHost {
  readonly port: number;
  readonly logged: readonly string[];
  readonly listener: Listener;
  readonly connections: ModuleHost['connections'];
  statistic(name: string): number | undefined;
  /** A TCP connection to the listener. */
  dial(): Promise<Socket>;
  /** Opens a connection from the listener's address to a server. */
  connect(port: number, address?: string): Promise<Connection>;
  close(): Promise<void>;
}

export interface HostSettings {
  readonly address?: string;
  /** Default: real ones. */
  readonly timers?: Timers;
}

export type OnMessage = (message: string, source: MessageSource) => void;

const patience = 20_000;

/** Opens `ws:127.0.0.1:0`, or another address, with these parameters. */
export async function openWebSocketHost(
  params: Readonly<Record<string, number | string>>,
  onMessage: OnMessage,
  globals: Readonly<Record<string, number>> = {},
  settings: HostSettings = {},
): Promise<WebSocketHost> {
  const { address = '127.0.0.1' } = settings;
  const realTimers = createTimers((error) => logged.push(`timer: ${String(error)}`));
  const timers = settings.timers ?? realTimers;
  const connections = createConnectionTable();
  const registry: StatisticsRegistry = createStatistics();
  const logged: string[] = [];
  const host = {
    params: { ws_handshake_timeout: patience, ...params },
    log: recorder(logged),
    timers,
    statistics: registry.group('proto_ws', manifest.statistics),
    connections,
    streams: createStreamTools({
      // A busy machine needs more time than the default of 100 ms.
      globals: streamGlobals({ tcp_connect_timeout: patience, ...globals }),
      timers,
      log: recorder(logged),
    }),
    globals: { serverHeader: undefined, get: (name: string) => globals[name] },
    sockets: [],
  } satisfies Partial<ModuleHost>;
  const behaviour = createModule(host as unknown as ModuleHost);
  const { ws } = behaviour.protocols ?? {};
  let listenSocket: ListenSocket | undefined;
  const bind: BindSocket = {
    protocol: 'ws',
    address,
    port: 0,
    family: isIPv6(address) ? 6 : 4,
    reusePort: false,
    label: 'ws:127.0.0.1:0',
    socket: () => listenSocket as ListenSocket,
  };
  const listener = (await ws?.listen(bind, onMessage)) as Listener;
  listenSocket = plainSocket('ws', { host: '127.0.0.1', address: listener.address, port: listener.port });
  return {
    port: listener.port,
    logged,
    listener,
    connections,
    statistic: (name) => registry.get(`proto_ws:${name}`),
    async dial() {
      const socket = connect(listener.port, address);
      await once(socket, 'connect');
      return socket;
    },
    connect: (port, to = address) =>
      ws?.connect?.({ protocol: 'ws', address: to, port, socket: listenSocket as ListenSocket }, onMessage) ??
      Promise.reject(new Error('the module does not connect')),
    async close() {
      await Promise.all([listener.close(), behaviour.destroy?.()]);
      realTimers.stop();
    },
  };
}
