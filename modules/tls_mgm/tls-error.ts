/** A connection that could not be secured. */
export class TlsError extends Error {
  /** As all failures to open a stream have one. */
  readonly code = 'secure';
  /** OpenSSL's code, Node's or ours: `CERT_HAS_EXPIRED`. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = 'TlsError';
    this.reason = reason;
  }
}

/** The code of what went wrong; `UNKNOWN` where it has none. */
export function reasonCodeOf(error: unknown): string {
  if (error instanceof TlsError) return error.reason;
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (typeof code !== 'string') return 'UNKNOWN';
  return code === 'EPROTO' && error instanceof Error ? openSslCode(error.message) : code;
}

/** An error that meets a write has its code in its text alone: `write EPROTO …:error:…:SSL routines:…:REASON:…`. */
function openSslCode(message: string): string {
  const [, reason] = /:error:[^:]*:[^:]*:[^:]*:([^:]+):/.exec(message) ?? [];
  return reason === undefined ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}
