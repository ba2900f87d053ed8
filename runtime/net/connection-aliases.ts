import type { ConnectionTable, Logger, MessageSource, SipMessage } from '../module-exports.ts';

/** Values of tcp_accept_aliases; 1: only where the first Via has the parameter alias. */
const modes = { never: 0, always: 2 } as const;

/** Connections that are used again for requests to the port at which their peer listens (RFC 5923). */
export interface ConnectionAliases {
  /** Told each request before the script; tcp_accept_aliases says whether the port of its Via becomes an alias. */
  onRequest(message: SipMessage, source: MessageSource): void;
  /**
   * Makes a port, else that of the Via, an alias of the connection that the message came by; a message that came by
   * none is left alone. False where the port leads elsewhere or is one too many; the log has the reason.
   */
  add(message: SipMessage, source: MessageSource, port?: number): boolean;
}

interface AliasEnvironment {
  readonly connections: Pick<ConnectionTable, 'get' | 'addAlias'>;
  /** tcp_accept_aliases. */
  readonly mode: number;
  readonly defaultPort: (protocol: string) => number;
  readonly log: Pick<Logger, 'warning'>;
}

const reasons = {
  taken: 'possible port hijack attempt: the port is that of another connection',
  full: 'too many aliases for the connection',
  gone: 'the connection is gone',
} as const;

/** C: tcpconn_add_alias. */
export function createConnectionAliases(environment: AliasEnvironment): ConnectionAliases {
  const { connections, mode, defaultPort, log } = environment;

  const add = ({ topVia }: SipMessage, { connectionId, remoteAddress }: MessageSource, asked = 0) => {
    if (connectionId === 0) return true;
    const connection = connections.get(connectionId);
    const port = asked || topVia?.port || defaultPort(connection?.protocol ?? '');
    const outcome = connection ? connections.addAlias(connection, port) : 'gone';
    if (outcome === 'added') return true;
    log.warning(
      'tcpconn_add_alias',
      `tcp alias failed: ${reasons[outcome]} (${remoteAddress}, port ${port})`,
    );
    return false;
  };

  return {
    add,
    onRequest(message, source) {
      if (mode === modes.never || source.connectionId === 0) return;
      if (mode === modes.always || message.topVia?.params.has('alias')) add(message, source);
    },
  };
}
