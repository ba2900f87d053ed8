/** A connection that could not be secured. `code` is OpenSSL's or Node's. */
export class TlsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'TlsError';
    this.code = code;
  }
}

/** The code of an error of Node's; `UNKNOWN` where it has none. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
