import type { DialFailureCode } from '../../../modules/proto_ws/dial-failures.ts';
import { goodAnswer, requestText } from './wire.ts';

/** One answer to an upgrade request of ours, and what becomes of the connection. */
export interface AnswerRow {
  readonly name: string;
  /** `open`, or the code of the failure. */
  readonly outcome: 'open' | DialFailureCode;
  /** What the failure tells behind its reason. */
  readonly detail?: string;
  /** The bytes of the answer, of the request that came. */
  readonly answer: (request: string) => string;
  /** Bytes a write; by default all in one. */
  readonly pieces?: number;
  /** The server ends the stream behind them. */
  readonly ends?: boolean;
  readonly params?: Readonly<Record<string, number>>;
}

/** The good answer with some header lines replaced (by name) or added; null takes one away. */
function withHeaders(changes: Readonly<Record<string, string | readonly string[] | null>>) {
  return (request: string): string => {
    const left = new Map(Object.entries(changes));
    const lines = goodAnswer(request).flatMap((line) => {
      const name = line.slice(0, line.indexOf(':'));
      const change = left.get(name);
      if (change === undefined) return [line];
      left.delete(name);
      return linesOf(name, change);
    });
    return requestText([...lines, ...[...left].flatMap(([name, change]) => linesOf(name, change))]);
  };
}

function linesOf(name: string, change: string | readonly string[] | null): string[] {
  return change === null ? [] : [change].flat().map((value) => `${name}: ${value}`);
}

function withStatusLine(line: string) {
  return (request: string): string => requestText([line, ...goodAnswer(request).slice(1)]);
}

const good = (request: string) => requestText(goodAnswer(request));
const keyOf = (request: string) => /^Sec-WebSocket-Key: (.*)$/m.exec(request)?.[1] ?? '';
const acceptOf = (request: string) =>
  goodAnswer(request).at(-1)?.slice('Sec-WebSocket-Accept: '.length) ?? '';
const refusal = (line: string) => () => `${line}\r\nContent-Length: 4\r\n\r\nno\r\n`;

/** RFC 6455 §4.1: what a client must check, in its order; RFC 9112 for the form. */
export const answerRows: readonly AnswerRow[] = [
  { name: 'the good answer', outcome: 'open', answer: good },
  { name: 'byte by byte', outcome: 'open', answer: good, pieces: 1 },
  { name: 'in pieces of 50 bytes', outcome: 'open', answer: good, pieces: 50 },
  {
    name: 'other words behind the 101',
    outcome: 'open',
    answer: withStatusLine('HTTP/1.1 101 Web Socket Protocol Handshake'),
  },
  { name: 'no words behind the 101', outcome: 'open', answer: withStatusLine('HTTP/1.1 101 ') },
  { name: 'neither words nor a blank', outcome: 'open', answer: withStatusLine('HTTP/1.1 101') },
  { name: 'Upgrade in other case', outcome: 'open', answer: withHeaders({ Upgrade: 'WebSocket' }) },
  {
    name: 'Connection with more tokens',
    outcome: 'open',
    answer: withHeaders({ Connection: 'keep-alive, UPGRADE' }),
  },
  {
    name: 'Connection over two lines',
    outcome: 'open',
    answer: withHeaders({ Connection: ['keep-alive', 'Upgrade'] }),
  },
  {
    name: 'blanks around the accept key',
    outcome: 'open',
    answer: (request) => withHeaders({ 'Sec-WebSocket-Accept': `  ${acceptOf(request)} \t` })(request),
  },
  {
    name: 'the subprotocol echoed as SIP',
    outcome: 'open',
    answer: withHeaders({ 'Sec-WebSocket-Protocol': 'SIP' }),
  },
  { name: 'no subprotocol', outcome: 'open', answer: withHeaders({ 'Sec-WebSocket-Protocol': null }) },
  {
    name: 'headers that nobody asked for',
    outcome: 'open',
    answer: withHeaders({ Server: 'x', Date: 'y', Via: '1.1 z' }),
  },
  {
    name: 'header names in lower case',
    outcome: 'open',
    answer: (request) =>
      requestText(
        goodAnswer(request).map((line, at) =>
          at === 0 ? line : line.replace(/^[^:]+/, (name) => name.toLowerCase()),
        ),
      ),
  },
  { name: '200', outcome: 'status', detail: '200 OK', answer: refusal('HTTP/1.1 200 OK') },
  { name: '301', outcome: 'status', detail: '301 Moved', answer: refusal('HTTP/1.1 301 Moved') },
  {
    name: '400, the stream ends',
    outcome: 'status',
    detail: '400 Bad Request',
    answer: refusal('HTTP/1.1 400 Bad Request'),
    ends: true,
  },
  {
    name: "OpenSIPS's refusal",
    outcome: 'status',
    detail: '400 Bad Request',
    answer: () => 'HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: 13\r\n\r\n',
    ends: true,
  },
  { name: '403', outcome: 'status', detail: '403 Forbidden', answer: refusal('HTTP/1.1 403 Forbidden') },
  { name: '503 without words', outcome: 'status', detail: '503', answer: refusal('HTTP/1.1 503') },
  { name: '100', outcome: 'status', detail: '100 Continue', answer: withStatusLine('HTTP/1.1 100 Continue') },
  { name: 'no Upgrade', outcome: 'upgrade', detail: '<>', answer: withHeaders({ Upgrade: null }) },
  { name: 'Upgrade: h2c', outcome: 'upgrade', detail: '<h2c>', answer: withHeaders({ Upgrade: 'h2c' }) },
  {
    name: 'Upgrade with two protocols',
    outcome: 'upgrade',
    detail: '<websocket, h2c>',
    answer: withHeaders({ Upgrade: 'websocket, h2c' }),
  },
  { name: 'no Connection', outcome: 'connection', detail: '<>', answer: withHeaders({ Connection: null }) },
  {
    name: 'Connection: close',
    outcome: 'connection',
    detail: '<close>',
    answer: withHeaders({ Connection: 'close' }),
  },
  {
    name: 'no accept key',
    outcome: 'accept',
    detail: '<>',
    answer: withHeaders({ 'Sec-WebSocket-Accept': null }),
  },
  {
    name: 'the accept key of another key',
    outcome: 'accept',
    detail: '<s3pPLMBiTxaQ9kYGzzhZRbK+xOo=>',
    answer: withHeaders({ 'Sec-WebSocket-Accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' }),
  },
  {
    name: 'our key as accept key',
    outcome: 'accept',
    answer: (request) => withHeaders({ 'Sec-WebSocket-Accept': keyOf(request) })(request),
  },
  {
    name: 'the accept key in other case',
    outcome: 'accept',
    answer: (request) => withHeaders({ 'Sec-WebSocket-Accept': acceptOf(request).toLowerCase() })(request),
  },
  {
    name: 'the accept key twice',
    outcome: 'accept',
    answer: (request) =>
      withHeaders({ 'Sec-WebSocket-Accept': [acceptOf(request), acceptOf(request)] })(request),
  },
  {
    name: 'an extension',
    outcome: 'extensions',
    detail: '<permessage-deflate>',
    answer: withHeaders({ 'Sec-WebSocket-Extensions': 'permessage-deflate' }),
  },
  {
    name: 'an empty list of extensions',
    outcome: 'open',
    answer: withHeaders({ 'Sec-WebSocket-Extensions': '' }),
  },
  {
    name: 'another subprotocol',
    outcome: 'subprotocol',
    detail: '<msrp>',
    answer: withHeaders({ 'Sec-WebSocket-Protocol': 'msrp' }),
  },
  {
    name: 'sip among others',
    outcome: 'subprotocol',
    answer: withHeaders({ 'Sec-WebSocket-Protocol': 'sip, msrp' }),
  },
  {
    name: 'sip twice',
    outcome: 'subprotocol',
    answer: withHeaders({ 'Sec-WebSocket-Protocol': ['sip', 'sip'] }),
  },
  {
    name: 'not HTTP',
    outcome: 'answer-syntax',
    answer: () => 'SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n',
  },
  {
    name: 'a status of two digits',
    outcome: 'answer-syntax',
    answer: withStatusLine('HTTP/1.1 10 Switching Protocols'),
  },
  { name: 'a request', outcome: 'answer-syntax', answer: (request) => request },
  {
    name: 'a header without a colon',
    outcome: 'answer-syntax',
    answer: (request) => requestText([...goodAnswer(request), 'nonsense']),
  },
  {
    name: 'a blank before a colon',
    outcome: 'answer-syntax',
    answer: (request) => requestText([...goodAnswer(request), 'X : y']),
  },
  { name: 'NUL in a header', outcome: 'answer-syntax', answer: withHeaders({ X: 'a\0b' }) },
  {
    name: 'line ends without CR',
    outcome: 'answer-syntax',
    answer: (request) => good(request).replaceAll('\r\n', '\n'),
  },
  {
    name: 'longer than ws_max_request_size',
    outcome: 'answer-size',
    answer: withHeaders({ X: 'y'.repeat(70_000) }),
  },
  {
    name: 'a head without end',
    outcome: 'answer-size',
    answer: () => `HTTP/1.1 101 ${'y'.repeat(300)}`,
    params: { ws_max_request_size: 256 },
  },
  { name: 'nothing, the stream ends', outcome: 'closed', answer: () => '', ends: true },
  {
    name: 'half an answer, the stream ends',
    outcome: 'closed',
    answer: (request) => good(request).slice(0, 60),
    ends: true,
  },
  {
    name: 'nothing at all',
    outcome: 'handshake-timeout',
    detail: '60 ms',
    answer: () => '',
    params: { ws_handshake_timeout: 60 },
  },
  {
    name: 'half an answer',
    outcome: 'handshake-timeout',
    detail: '60 ms',
    answer: (request) => good(request).slice(0, 60),
    params: { ws_handshake_timeout: 60 },
  },
];
