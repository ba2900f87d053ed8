/** What makes it unknown where the next message of a stream begins; the connection ends. */
type FramingCode = 'no-length' | 'bad-length' | 'two-lengths' | 'size';

/** Bytes that are no SIP messages. The message is OpenSIPS's own log text where it has one. */
export class FramingError extends Error {
  readonly code: FramingCode;

  constructor(code: FramingCode, message: string) {
    super(message);
    this.name = 'FramingError';
    this.code = code;
  }
}
