/** Why a connection to a server could not be opened, by the stable code that stands in the log and in the statistics. */
export const dialFailures = {
  connect: 'the system could not connect',
  'connect-timeout': 'no connection within tcp_connect_timeout',
  connections: 'tcp_max_connections are there',
  secure: 'the TLS handshake failed',
  'request-size': 'our upgrade request is too large',
  'handshake-timeout': 'no answer to the upgrade request in time',
  closed: 'the server closed the connection before its answer was complete',
  'answer-size': 'the answer is too large',
  'answer-syntax': 'the answer is not one of HTTP',
  status: 'the server refused the upgrade',
  upgrade: 'Upgrade is not websocket',
  connection: 'Connection does not name Upgrade',
  accept: 'Sec-WebSocket-Accept does not fit the key',
  extensions: 'the server chose an extension, and none was offered',
  subprotocol: 'the server chose another subprotocol than sip',
  stopping: 'the host is stopping',
} as const;

export type DialFailureCode = keyof typeof dialFailures;

/** A connection that could not be opened. The message tells the reason and, in brackets, the code. */
export class DialFailure extends Error {
  readonly code: DialFailureCode;

  constructor(code: DialFailureCode, detail?: string) {
    super(`${dialFailures[code]}${detail === undefined ? '' : `: ${detail}`} (${code})`);
    this.name = 'DialFailure';
    this.code = code;
  }
}

/** The code of what opening a connection has thrown; what has none of these is a stream that could not connect. */
export function dialFailureCode(error: unknown): DialFailureCode {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return isDialFailureCode(code) ? code : 'connect';
}

function isDialFailureCode(code: string): code is DialFailureCode {
  return Object.hasOwn(dialFailures, code);
}
