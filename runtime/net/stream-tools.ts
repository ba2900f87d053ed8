import { connect, createServer, type Server, type Socket } from 'node:net';
import type {
  BindSocket,
  Logger,
  MessageSource,
  StreamServer,
  StreamTools,
  Timers,
} from '../module-exports.ts';
import { ProxiedStreams } from './proxied-stream.ts';
import { proxyHeader } from './proxy-header.ts';
import { createReadCount } from './read-count.ts';
import { OpenFailure } from './stream-failure.ts';
import { createStreamOutput, TurnEnd } from './stream-output.ts';
import { StreamPlaces } from './stream-places.ts';

/** The core's parameters for connections, as its globals give them. */
export interface StreamGlobals {
  number(name: string): number;
  flag(name: string): boolean;
  given(name: string): number | string | undefined;
}

/** The tools of one host, with what belongs to its end. */
export interface HostStreams extends StreamTools {
  /** Gives up the connections that are being opened. */
  stop(): void;
}

interface StreamEnvironment {
  readonly globals: StreamGlobals;
  readonly timers: Timers;
  readonly log: Logger;
}

/** What modules with protocols over TCP are handed. */
export function createStreamTools({ globals, timers, log }: StreamEnvironment): HostStreams {
  const options = streamOptions(globals);
  const backlog = backlogOf(globals);
  const connectTimeout = globals.number('tcp_connect_timeout');
  // The clock for this time ticks once a second.
  const headerTime = Math.max(globals.number('tcp_max_msg_time'), 1) * 1000;
  const attempts = new Set<Socket>();
  const turn = new TurnEnd();
  const places = new StreamPlaces({
    limit: globals.number('tcp_max_connections'),
    now: () => timers.now(),
    log,
  });
  return {
    async listen(bind, taker) {
      const proxied = bind.proxyProtocol
        ? new ProxiedStreams(bind, { timers, log, headerTime }, (stream) => taker.take(stream))
        : undefined;
      const server = createServer(options, (stream) => {
        places.give(stream);
        // One without a place is refused before anything is read of it.
        if (proxied && places.has(stream)) proxied.take(stream);
        else taker.take(stream);
      });
      const opened = await listening(server, bind, backlog, log);
      if (!proxied) return opened;
      const stopAccepting = () => {
        opened.stopAccepting();
        proxied.stop();
      };
      return { ...opened, stopAccepting };
    },
    async connect({ address, port, socket, source }) {
      if (places.areFull) throw new OpenFailure('connections', String(places.limit));
      const stream = connect({ ...options, host: address, port, localAddress: socket.address });
      places.give(stream);
      attempts.add(stream);
      await connected(stream, connectTimeout, timers).finally(() => attempts.delete(stream));
      if (socket.sendProxyProtocol) stream.write(headerFor(stream, source), 'latin1');
      return stream;
    },
    admit: (stream) => places.has(stream),
    countReads: createReadCount,
    output: (stream, limits, watcher) => createStreamOutput(stream, limits, watcher, timers, turn),
    stop() {
      for (const stream of attempts) stream.destroy(new OpenFailure('stopping'));
    },
  };
}

/** tcp_keepalive and tcp_keepidle; Node sets no other of these. Small writes leave at once, as in OpenSIPS. */
function streamOptions(globals: StreamGlobals) {
  return {
    noDelay: true,
    keepAlive: globals.flag('tcp_keepalive'),
    keepAliveInitialDelay: globals.number('tcp_keepidle') * 1000,
  };
}

/** Deviation: where the config says nothing, Node's own 511 and not 10, with which a burst of clients waits a second. */
function backlogOf(globals: StreamGlobals): number | undefined {
  const given = globals.given('tcp_socket_backlog');
  return typeof given === 'number' ? given : undefined;
}

async function listening(
  server: Server,
  { address, port, family, reusePort, label }: BindSocket,
  backlog: number | undefined,
  log: Logger,
): Promise<StreamServer> {
  const closed = new Promise<void>((resolve) => {
    server.once('close', resolve);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(
      // `reusePort` has effect from Node 22.12 on; `ipv6Only` as OpenSIPS binds.
      {
        host: address,
        port,
        ipv6Only: family === 6,
        ...(backlog !== undefined && { backlog }),
        ...(reusePort && { reusePort: true }),
      },
      () => {
        server.off('error', reject);
        resolve();
      },
    );
  });
  server.on('error', (error) => log.error('handle_new_connect', `${error.message} (${label})`));
  const bound = server.address();
  if (!bound || typeof bound === 'string') throw new Error(`no address of ${label}`);
  return { address: bound.address, port: bound.port, stopAccepting: () => void server.close(), closed };
}

/** Errors: OpenFailure. */
function connected(stream: Socket, timeout: number, timers: Timers): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = timers.deadline(timeout, () =>
      stream.destroy(new OpenFailure('connect-timeout', `${timeout} ms`)),
    );
    const fail = (error: Error) => {
      timer.cancel();
      reject(error instanceof OpenFailure ? error : new OpenFailure('connect', error.message));
    };
    stream.once('error', fail).once('connect', () => {
      timer.cancel();
      stream.off('error', fail);
      resolve(stream);
    });
  });
}

/**
 * C: build_outbound_proxy_protocol_v1_hdr: of the message that the stream is opened for, else of the stream itself.
 */
function headerFor(stream: Socket, source: MessageSource | undefined): string {
  if (!source) {
    const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = stream;
    return proxyHeader(
      { address: localAddress, port: localPort },
      { address: remoteAddress, port: remotePort },
    );
  }
  const { remoteAddress, remotePort, socket } = source;
  const address = source.stream?.localAddress ?? socket.address;
  return proxyHeader({ address: remoteAddress, port: remotePort }, { address, port: socket.port });
}
