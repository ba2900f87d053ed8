/** SIP messages of a chosen size; what changes from one to the next stands between `head` and `tail`. */
export interface MessageParts {
  readonly head: string;
  readonly tail: string;
}

export interface WantedMessage {
  readonly method: string;
  /** Who sends it: the user part of its addresses, and of the host that it says to be at (RFC 7118 §5). */
  readonly user: string;
  /** Host of the Request-URI, with what follows it. Default: a name. */
  readonly host?: string;
  readonly protocol: 'ws' | 'wss';
  /** Bytes of the whole message with a number of six digits between its parts. */
  readonly bytes: number;
}

/** RFC 7118 §8: what a browser would send, filled up by one header. */
export function messageParts({
  method,
  user,
  host = 'bench.example.com',
  protocol,
  bytes,
}: WantedMessage): MessageParts {
  const head =
    `${method} sip:bench@${host} SIP/2.0\r\n` +
    `Via: SIP/2.0/${protocol.toUpperCase()} ${user}x7jal23ls0d.invalid;branch=z9hG4bK${user}`;
  const tail = (fill: string) =>
    `;rport\r\nMax-Forwards: 70\r\n` +
    `From: <sip:${user}@bench.example.com>;tag=${user}tag\r\n` +
    `To: <sip:bench@bench.example.com>\r\n` +
    `Call-ID: ${user}f81d4fae7dec11d0\r\n` +
    `CSeq: 4711 ${method}\r\n` +
    `Contact: <sip:${user}@${user}x7jal23ls0d.invalid;transport=ws>\r\n` +
    `User-Agent: ${fill}\r\n` +
    `Content-Length: 0\r\n\r\n`;
  const missing = bytes - head.length - 6 - tail('').length;
  if (missing < 0) throw new RangeError(`a ${method} has at least ${bytes - missing} bytes`);
  return { head, tail: tail('x'.repeat(missing)) };
}

/** The number between the parts. */
export function numbered({ head, tail }: MessageParts, number: number): string {
  return head + digits(number) + tail;
}

/** Always six. */
export function digits(number: number): string {
  return String(100_000 + (number % 900_000));
}
