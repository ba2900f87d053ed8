/** One answer to an upgrade request that does not get in: HTTP status, and what the peer may read of it. */
interface RefusalFacts {
  readonly status: number;
  /** RFC 9110 §15. */
  readonly phrase: string;
  /** The one line of the answer's body. */
  readonly reason: string;
  /** Header lines that belong to this status. */
  readonly headers?: readonly string[];
}

const asksForUpgrade = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
const badRequest = { status: 400, phrase: 'Bad Request' } as const;
const upgradeRequired = { status: 426, phrase: 'Upgrade Required', headers: asksForUpgrade } as const;

/** Every refusal by its stable code, which stands in the log and in the statistics. */
export const refusals = {
  'request-line': { ...badRequest, reason: 'the request line is not one of HTTP' },
  'http-version': { ...badRequest, reason: 'HTTP/1.1 or newer is needed' },
  'line-end': { ...badRequest, reason: 'a line does not end with CRLF' },
  'header-syntax': { ...badRequest, reason: 'a header line is not well formed' },
  'content-length': { ...badRequest, reason: 'the length of the body is not clear' },
  host: { ...badRequest, reason: 'one Host header is needed' },
  connection: { ...badRequest, reason: 'Connection must name Upgrade' },
  key: { ...badRequest, reason: 'one Sec-WebSocket-Key of 16 bytes in base64 is needed' },
  subprotocol: { ...badRequest, reason: 'Sec-WebSocket-Protocol must offer sip' },
  method: {
    status: 405,
    phrase: 'Method Not Allowed',
    reason: 'only GET can be upgraded',
    headers: ['Allow: GET'],
  },
  origin: { status: 403, phrase: 'Forbidden', reason: 'an Origin header is needed' },
  'foreign-origin': { status: 403, phrase: 'Forbidden', reason: 'this Origin is not allowed' },
  resource: { status: 404, phrase: 'Not Found', reason: 'there is no such resource' },
  timeout: { status: 408, phrase: 'Request Timeout', reason: 'the request did not come in time' },
  'body-size': { status: 413, phrase: 'Content Too Large', reason: 'the body is too large' },
  upgrade: { ...upgradeRequired, reason: 'Upgrade must name websocket' },
  version: { ...upgradeRequired, reason: 'Sec-WebSocket-Version must be 13' },
  'head-size': {
    status: 431,
    phrase: 'Request Header Fields Too Large',
    reason: 'the request is too large',
  },
  connections: {
    status: 503,
    phrase: 'Service Unavailable',
    reason: 'too many connections',
    headers: ['Retry-After: 5'],
  },
  stopping: {
    status: 503,
    phrase: 'Service Unavailable',
    reason: 'the server is stopping',
    headers: ['Retry-After: 5'],
  },
} as const satisfies Record<string, RefusalFacts>;

export type RefusalCode = keyof typeof refusals;

/** A refused upgrade request. The message is OpenSIPS's own log text where it has one. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/**
 * The bytes of a refusal.
 *
 * Deviation: OpenSIPS answers everything with the same 400; here the status tells what to mend.
 */
export function refusalResponse(code: RefusalCode): string {
  const facts: RefusalFacts = refusals[code];
  const body = `${facts.reason}\n`;
  const lines = [
    `HTTP/1.1 ${facts.status} ${facts.phrase}`,
    ...(facts.headers ?? ['Sec-WebSocket-Version: 13']),
    'Content-Type: text/plain',
    `Content-Length: ${body.length}`,
    facts.status === 426 ? 'Connection: Upgrade, close' : 'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
