import type { ListenSocket, MessageSource, RouteLetter, SipMessage } from '../module-exports.ts';
import { parseMessage } from '../sip/message.ts';
import { createRun, type Run } from './run.ts';

/** A run with no message behind it, for routes that the host begins itself. */
export function createOwnRun(letter: RouteLetter): Run {
  return createRun(ownMessage(), ownSource, letter);
}

/** OpenSIPS hands such routes a made-up request too, so that message variables have something to read. */
function ownMessage(): SipMessage {
  return parseMessage(
    [
      'OPTIONS sip:you@localhost SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK0',
      'From: <sip:you@localhost>;tag=0',
      'To: <sip:you@localhost>',
      'Call-ID: 0',
      'CSeq: 1 OPTIONS',
      'Max-Forwards: 70',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
}

const ownSocket: ListenSocket = {
  protocol: 'udp',
  host: '127.0.0.1',
  address: '127.0.0.1',
  port: 0,
  family: 4,
  advertisedHost: undefined,
  advertisedPort: undefined,
  tag: undefined,
};

const ownSource: MessageSource = {
  protocol: 'udp',
  socket: ownSocket,
  remoteAddress: '127.0.0.1',
  remotePort: 0,
  connectionId: 0,
  send: () => false,
};
