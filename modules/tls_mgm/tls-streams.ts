import { Socket } from 'node:net';
import type {
  BindSocket,
  ByteStream,
  ConnectTarget,
  StreamServer,
  StreamTaker,
} from '../../runtime/module-exports.ts';
import { type AcceptContext, ServerHandshake, type ServerHandshakes } from './accept.ts';
import type { TlsProfile, TlsStreams } from './api.ts';
import type { ClientDomainChoice } from './client-domain.ts';
import { secureAsClient } from './connect.ts';
import type { TlsContext } from './tls-context.ts';

interface StreamsContext extends TlsContext {
  readonly handshakes: ServerHandshakes;
  readonly chooseClient: (target: ConnectTarget) => ClientDomainChoice;
}

/** The host's stream tools with TLS on each stream, as one protocol wants it. */
export function createTlsStreams(profile: TlsProfile, context: StreamsContext): TlsStreams {
  const { streams } = context.host;
  return {
    listen: (bind, taker) => listen(bind, taker, profile, context),
    connect: (target) => connect(target, profile, context),
    // A stream without a place was ended before its handshake.
    admit: () => true,
    output: (stream, limits, watcher) => streams.output(stream, limits, watcher),
    countReads: (limits, exceeded) => streams.countReads(limits, exceeded),
  };
}

async function listen(
  bind: BindSocket,
  taker: StreamTaker,
  { plainAnswer }: TlsProfile,
  context: StreamsContext,
): Promise<StreamServer> {
  const accepting: AcceptContext = { ...context, taker, label: bind.label, plainAnswer };
  const pending = new Set<ServerHandshake>();
  let stopping = false;
  const server = await context.host.streams.listen(bind, {
    take(stream) {
      if (!context.host.streams.admit(stream)) {
        stream.destroy();
        return;
      }
      const handshake = new ServerHandshake(socketOf(stream), accepting, () => pending.delete(handshake));
      pending.add(handshake);
      if (stopping) handshake.stop();
    },
  });
  return {
    address: server.address,
    port: server.port,
    closed: server.closed,
    stopAccepting() {
      stopping = true;
      server.stopAccepting();
      for (const handshake of pending) handshake.stop();
    },
  };
}

async function connect(
  target: ConnectTarget,
  profile: TlsProfile,
  context: StreamsContext,
): Promise<ByteStream> {
  const choice = context.chooseClient(target);
  const stream = socketOf(await context.host.streams.connect(target));
  const { address, port } = target;
  const timeout = profile.handshakeTimeout ?? {
    milliseconds: context.limits.handshakeTimeout,
    param: 'tls_handshake_timeout',
  };
  return secureAsClient(stream, { address, port, timeout, ...choice }, context);
}

/** The streams of the host are sockets; node:tls works with nothing else. */
function socketOf(stream: ByteStream): Socket {
  if (stream instanceof Socket) return stream;
  throw new TypeError('a stream that is no socket cannot be secured');
}
