import type { StreamFailureCode } from '../module-exports.ts';

const reasons: Readonly<Record<StreamFailureCode, string>> = {
  connect: 'the system could not connect',
  'connect-timeout': 'no connection within tcp_connect_timeout',
  connections: 'maximum number of connections exceeded',
  secure: 'the TLS handshake failed',
  stopping: 'the host is stopping',
};

/** A stream that could not be opened. The message tells the reason and, in brackets, the code. */
export class OpenFailure extends Error {
  readonly code: StreamFailureCode;

  constructor(code: StreamFailureCode, detail?: string) {
    super(`${reasons[code]}${detail === undefined ? '' : `: ${detail}`} (${code})`);
    this.name = 'OpenFailure';
    this.code = code;
  }
}
