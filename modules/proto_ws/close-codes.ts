import type { ParamName } from './parameter-table.ts';

/** A close that this side starts: RFC 6455 §7.4.1, and a short reason for the peer's log. */
export interface CloseFacts {
  readonly code: number;
  readonly reason: string;
}

/** The host ends. */
export const stopping: CloseFacts = { code: 1001, reason: 'the host is stopping' };

/** By the code of the error that `ws` gives for a frame. */
const ofReceiver: Readonly<Record<string, CloseFacts>> = {
  WS_ERR_UNEXPECTED_RSV_1: { code: 1002, reason: 'RSV1 must be clear' },
  WS_ERR_UNEXPECTED_RSV_2_3: { code: 1002, reason: 'RSV2 and RSV3 must be clear' },
  WS_ERR_INVALID_OPCODE: { code: 1002, reason: 'invalid opcode' },
  WS_ERR_EXPECTED_FIN: { code: 1002, reason: 'a control frame cannot be fragmented' },
  WS_ERR_EXPECTED_MASK: { code: 1002, reason: 'frames of a client must be masked' },
  WS_ERR_UNEXPECTED_MASK: { code: 1002, reason: 'frames of a server must not be masked' },
  WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH: { code: 1002, reason: 'control frame too long' },
  WS_ERR_INVALID_CLOSE_CODE: { code: 1002, reason: 'invalid close code' },
  WS_ERR_INVALID_UTF8: { code: 1007, reason: 'invalid UTF-8' },
};

/** The closes of one engine: the reason for a limit is the name of its parameter. */
export interface Closes {
  readonly lengthTopBit: CloseFacts;
  readonly reads: CloseFacts;
  readonly noPong: CloseFacts;
  readonly idle: CloseFacts;
  readonly time: CloseFacts;
  /** For an error of the receiver; 1002 for one without a row. */
  of(error: Error & { readonly code?: string }): CloseFacts;
}

export function createCloses(param: ParamName): Closes {
  const byError: Readonly<Record<string, CloseFacts>> = {
    ...ofReceiver,
    WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: { code: 1009, reason: param('max_msg_size') },
    WS_ERR_TOO_MANY_BUFFERED_PARTS: { code: 1008, reason: param('max_fragments') },
  };
  return {
    lengthTopBit: { code: 1002, reason: 'invalid payload length' },
    reads: { code: 1008, reason: param('max_msg_chunks') },
    noPong: { code: 1011, reason: param('pong_timeout') },
    idle: { code: 1001, reason: 'tcp_connection_lifetime' },
    time: { code: 1008, reason: 'tcp_max_msg_time' },
    of: ({ code = '' }) => byError[code] ?? { code: 1002, reason: 'protocol error' },
  };
}
