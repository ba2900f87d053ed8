import type {
  BindSocket,
  Connection,
  Listener,
  ListenSocket,
  Manifest,
  MessageSource,
  ModuleFactory,
  ModuleHost,
  ProtocolBehaviour,
  Timers,
} from '../../runtime/module-exports.ts';
import { createConnectionTable } from '../../runtime/net/connection-table.ts';
import { createStreamTools, type StreamGlobals } from '../../runtime/net/stream-tools.ts';
import { createStatistics } from '../../runtime/statistics.ts';
import { createTimers } from '../../runtime/timers.ts';
import { globPattern } from '../../runtime/variables/glob-pattern.ts';
import { recorder } from '../runtime/loggers.ts';
import { plainSocket } from '../runtime/plain-socket.ts';

/** A module with one protocol on the host's real timers, counters and connection table, and no script above. */
export interface ProtocolHost {
  readonly protocol: ProtocolBehaviour;
  readonly listener: Listener;
  readonly socket: ListenSocket;
  readonly port: number;
  readonly logged: readonly string[];
  readonly connections: ModuleHost['connections'];
  readonly timers: ModuleHost['timers'];
  /** One of the protocol's, or `module:name`. */
  statistic(name: string): number | undefined;
  close(): Promise<void>;
}

export interface ProtocolHostOptions {
  readonly params?: Readonly<Record<string, number | string>>;
  readonly globals?: Readonly<Record<string, number>>;
  readonly address?: string;
  /** Default: real ones. */
  readonly timers?: Timers;
  /** A module that this one binds. */
  readonly below?: ModuleBelow;
  readonly onMessage: (message: string, source: MessageSource) => void;
}

export interface ModuleBelow {
  readonly manifest: Manifest;
  readonly createModule: ModuleFactory;
  readonly params: ModuleHost['params'];
}

/** Opens one socket of the module's protocol on any free port of 127.0.0.1, or of another address. */
export async function openProtocolHost(
  manifest: Manifest,
  createModule: ModuleFactory,
  options: ProtocolHostOptions,
): Promise<ProtocolHost> {
  const [name = ''] = Object.keys(manifest.protocols ?? {});
  const { params = {}, globals = {}, address = '127.0.0.1', below, onMessage } = options;
  const logged: string[] = [];
  const realTimers = createTimers((error) => logged.push(`timer: ${String(error)}`));
  const timers = options.timers ?? realTimers;
  const connections = createConnectionTable();
  const registry = createStatistics();
  const common = {
    version: '3.6',
    log: recorder(logged),
    timers,
    connections,
    streams: createStreamTools({
      globals: streamGlobals(globals),
      timers,
      log: recorder(logged),
    }),
    globals: { serverHeader: undefined, get: (global: string) => globals[global] },
    sockets: [],
    globPattern,
    resolvePath: (path: string) => path,
    onReload: () => undefined,
  } satisfies Partial<ModuleHost>;
  const hostOf = (of: Manifest, group: string, given: ModuleHost['params'], api?: unknown): ModuleHost => {
    const defaults = Object.entries(of.params ?? {}).map(([param, schema]) => [param, schema.default]);
    const own = {
      ...common,
      params: { ...Object.fromEntries(defaults), ...given },
      statistics: registry.group(group, of.statistics ?? {}),
      bind: () => api,
    };
    return own as unknown as ModuleHost;
  };
  const lower = below?.createModule(hostOf(below.manifest, below.manifest.name, below.params));
  await lower?.init?.();
  const behaviour = createModule(hostOf(manifest, name, params, lower?.api));
  const protocol = behaviour.protocols?.[name];
  if (!protocol) throw new Error(`no protocol ${name}`);
  const socket = plainSocket(name, { address });
  const bind: BindSocket = {
    protocol: name,
    address,
    port: 0,
    family: socket.family,
    reusePort: false,
    label: `${name}:${address}:0`,
    socket: () => socket,
  };
  const listener = await protocol.listen(bind, onMessage);
  Object.assign(socket, { port: listener.port });
  return {
    protocol,
    listener,
    socket,
    port: listener.port,
    logged,
    connections,
    timers,
    statistic: (statistic) => registry.get(statistic.includes(':') ? statistic : `${name}:${statistic}`),
    async close() {
      await listener.close();
      await behaviour.destroy?.();
      await lower?.destroy?.();
      realTimers.stop();
    },
  };
}

/** The core's parameters for connections, with OpenSIPS's defaults under what a test gives. */
export function streamGlobals(given: Readonly<Record<string, number>>): StreamGlobals {
  const values: Readonly<Record<string, number>> = {
    tcp_max_connections: 2048,
    tcp_connect_timeout: 100,
    tcp_keepalive: 1,
    ...given,
  };
  return {
    number: (name) => values[name] ?? 0,
    flag: (name) => (values[name] ?? 0) !== 0,
    given: (name) => given[name],
  };
}

/** Sends each message back to where it came from. */
export function echo(message: string, source: MessageSource | Connection): void {
  source.send(message);
}
