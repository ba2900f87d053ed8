import { HostError, reasonOf } from './host-error.ts';
import type { BindSocket, Listener, ListenSocket, ProtocolBehaviour, Receive } from './module-exports.ts';
import { whyNotListening } from './net/listen-failure.ts';
import type { SocketPlan } from './net/socket-lines.ts';

/** One socket of a host from its plan to its end. */
export interface HostSocket {
  readonly plan: SocketPlan;
  /** The same object for the life of the socket; its port is the real one once the socket is open. */
  readonly socket: ListenSocket;
  /** Undefined until it is open. */
  readonly listener: Listener | undefined;
  readonly open: (behaviour: ProtocolBehaviour, receive: Receive) => Promise<void>;
  readonly stopAccepting: () => void;
  /** Ends its connections in order and resolves when all are gone. */
  readonly close: () => Promise<void>;
}

/** What is said of a socket that cannot be opened. */
interface SocketFacts {
  readonly transport: 'stream' | 'datagram';
  /** Its line: `opensips.cfg:12`; undefined for one of `-l`. */
  readonly place: string | undefined;
}

/**
 * A socket that is not open yet. Errors of `open`: SOCKET_FAILED with the system's words, the line of the config, and
 * what is known of the cause.
 */
export function createHostSocket(plan: SocketPlan, facts: SocketFacts): HostSocket {
  const socket = { ...plan.listen };
  let listener: Listener | undefined;
  const bind: BindSocket = { ...plan.bind, socket: () => socket };
  return {
    plan,
    socket,
    get listener() {
      return listener;
    },
    async open(behaviour, receive) {
      try {
        listener = await behaviour.listen(bind, receive);
      } catch (cause) {
        throw new HostError('SOCKET_FAILED', failureText(plan, facts, cause), { cause });
      }
      socket.address = listener.address;
      socket.port = listener.port;
    },
    stopAccepting: () => listener?.stopAccepting(),
    close: async () => listener?.close(),
  };
}

function failureText({ bind }: SocketPlan, { transport, place }: SocketFacts, cause: unknown): string {
  const where = place === undefined ? '' : ` (${place})`;
  const why = whyNotListening(cause, { transport, address: bind.address, port: bind.port });
  return `cannot listen on ${bind.label}: ${reasonOf(cause)}${where}${why === '' ? '' : `; ${why}`}`;
}

/** First nothing new comes in anywhere, then all connections end, side by side. Errors of one do not keep others. */
export async function closeSockets(sockets: readonly HostSocket[]): Promise<void> {
  for (const socket of sockets) socket.stopAccepting();
  const results = await Promise.allSettled(sockets.map((socket) => socket.close()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
