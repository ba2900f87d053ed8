import type { RefusalCode } from '../../../modules/proto_ws/refusals.ts';
import { goodRequest, requestText, sampleKey } from './wire.ts';

/** One upgrade request, what RFC 6455 and RFC 7118 ask of a server, and what this one answers. */
export interface HandshakeRow {
  readonly id: string;
  readonly name: string;
  readonly wants: 'accept' | 'reject' | 'either';
  /** `open`: 101; a code: refused with it. */
  readonly answer: 'open' | RefusalCode;
  readonly request: string;
  /** Bytes a write, and milliseconds between writes. */
  readonly cut?: { readonly at: readonly number[] | 'each'; readonly wait: number };
  /** The client ends its side right behind the request. */
  readonly endsAtOnce?: boolean;
}

/** The good request with some header lines replaced (by name, any case) or added; null takes one away. */
function withHeaders(changes: Readonly<Record<string, string | readonly string[] | null>>): string {
  const left = new Map(Object.entries(changes));
  const lines = goodRequest.flatMap((line) => {
    const name = line.slice(0, line.indexOf(':'));
    if (!left.has(name)) return [line];
    const change = left.get(name);
    left.delete(name);
    return linesOf(name, change ?? null);
  });
  return requestText([...lines, ...[...left].flatMap(([name, change]) => linesOf(name, change))]);
}

function linesOf(name: string, change: string | readonly string[] | null): string[] {
  if (change === null) return [];
  return [change].flat().map((value) => `${name}: ${value}`);
}

function withRequestLine(line: string): string {
  return requestText([line, ...goodRequest.slice(1)]);
}

const good = requestText(goodRequest);
const upper = requestText(
  goodRequest.map((line, at) => (at === 0 ? line : line.replace(/^[^:]+/, (name) => name.toUpperCase()))),
);
const lower = requestText(
  goodRequest.map((line, at) => (at === 0 ? line : line.replace(/^[^:]+/, (name) => name.toLowerCase()))),
);
const hundredHeaders = Object.fromEntries(
  Array.from({ length: 100 }, (_, at) => [`X-Header-${at}`, `value ${at}`]),
);
const clientHello = `\x16\x03\x01\x00\x2e\x01\x00\x00\x2a\x03\x03${'\x5a'.repeat(32)}\x00\x00\x02\x13\x01\x01\x00`;

export const handshakeRows: readonly HandshakeRow[] = [
  { id: 'H01', name: 'plain good request, no Origin', wants: 'accept', answer: 'open', request: good },
  {
    id: 'H02',
    name: 'with Origin',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Origin: 'https://a.example' }),
  },
  { id: 'H03', name: 'all header names lower case', wants: 'accept', answer: 'open', request: lower },
  { id: 'H04', name: 'all header names upper case', wants: 'accept', answer: 'open', request: upper },
  {
    id: 'H05',
    name: 'Upgrade: WebSocket, Connection: upgrade',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Upgrade: 'WebSocket', Connection: 'upgrade' }),
  },
  {
    id: 'H06',
    name: 'Connection: keep-alive, Upgrade',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Connection: 'keep-alive, Upgrade' }),
  },
  {
    id: 'H07',
    name: 'two Connection headers',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Connection: ['keep-alive', 'Upgrade'] }),
  },
  {
    id: 'H08',
    name: 'Upgrade: h2c, websocket',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Upgrade: 'h2c, websocket' }),
  },
  {
    id: 'H09',
    name: 'subprotocols chat, sip, xmpp',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Protocol': 'chat, sip, xmpp' }),
  },
  {
    id: 'H10',
    name: 'subprotocols in two headers',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Protocol': ['chat', 'sip'] }),
  },
  {
    id: 'H11',
    name: 'subprotocol SIP',
    wants: 'either',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Protocol': 'SIP' }),
  },
  {
    id: 'H12',
    name: 'no Sec-WebSocket-Protocol',
    wants: 'either',
    answer: 'subprotocol',
    request: withHeaders({ 'Sec-WebSocket-Protocol': null }),
  },
  {
    id: 'H13',
    name: 'subprotocol chat only',
    wants: 'either',
    answer: 'subprotocol',
    request: withHeaders({ 'Sec-WebSocket-Protocol': 'chat' }),
  },
  {
    id: 'H14',
    name: 'subprotocol sipx',
    wants: 'either',
    answer: 'subprotocol',
    request: withHeaders({ 'Sec-WebSocket-Protocol': 'sipx' }),
  },
  {
    id: 'H15',
    name: 'empty subprotocol',
    wants: 'either',
    answer: 'subprotocol',
    request: withHeaders({ 'Sec-WebSocket-Protocol': '' }),
  },
  { id: 'H16', name: 'no Host', wants: 'reject', answer: 'host', request: withHeaders({ Host: null }) },
  {
    id: 'H17',
    name: 'two Host headers',
    wants: 'reject',
    answer: 'host',
    request: withHeaders({ Host: ['a.example', 'b.example'] }),
  },
  {
    id: 'H18',
    name: 'no Upgrade',
    wants: 'reject',
    answer: 'upgrade',
    request: withHeaders({ Upgrade: null }),
  },
  {
    id: 'H19',
    name: 'Upgrade: foo',
    wants: 'reject',
    answer: 'upgrade',
    request: withHeaders({ Upgrade: 'foo' }),
  },
  {
    id: 'H20',
    name: 'no Connection',
    wants: 'reject',
    answer: 'connection',
    request: withHeaders({ Connection: null }),
  },
  {
    id: 'H21',
    name: 'Connection: close',
    wants: 'reject',
    answer: 'connection',
    request: withHeaders({ Connection: 'close' }),
  },
  {
    id: 'H22',
    name: 'no key',
    wants: 'reject',
    answer: 'key',
    request: withHeaders({ 'Sec-WebSocket-Key': null }),
  },
  {
    id: 'H23',
    name: 'two different keys',
    wants: 'reject',
    answer: 'key',
    request: withHeaders({ 'Sec-WebSocket-Key': [sampleKey, 'AQIDBAUGBwgJCgsMDQ4PEA=='] }),
  },
  {
    id: 'H24',
    name: 'key not base64',
    wants: 'reject',
    answer: 'key',
    request: withHeaders({ 'Sec-WebSocket-Key': '!!!!!!!!!!!!!!!!!!!!!!!!' }),
  },
  {
    id: 'H25',
    name: 'key of 8 bytes',
    wants: 'reject',
    answer: 'key',
    request: withHeaders({ 'Sec-WebSocket-Key': 'AQIDBAUGBwg=' }),
  },
  {
    id: 'H26',
    name: 'empty key',
    wants: 'reject',
    answer: 'key',
    request: withHeaders({ 'Sec-WebSocket-Key': '' }),
  },
  {
    id: 'H27',
    name: 'key within blanks and tab',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Key': ` \t${sampleKey} \t ` }),
  },
  {
    id: 'H28',
    name: 'no version',
    wants: 'reject',
    answer: 'version',
    request: withHeaders({ 'Sec-WebSocket-Version': null }),
  },
  {
    id: 'H29',
    name: 'version 8',
    wants: 'reject',
    answer: 'version',
    request: withHeaders({ 'Sec-WebSocket-Version': '8' }),
  },
  {
    id: 'H30',
    name: 'version 99',
    wants: 'reject',
    answer: 'version',
    request: withHeaders({ 'Sec-WebSocket-Version': '99' }),
  },
  {
    id: 'H31',
    name: 'version 013',
    wants: 'reject',
    answer: 'version',
    request: withHeaders({ 'Sec-WebSocket-Version': '013' }),
  },
  {
    id: 'H32',
    name: 'version 13, 8',
    wants: 'reject',
    answer: 'version',
    request: withHeaders({ 'Sec-WebSocket-Version': '13, 8' }),
  },
  {
    id: 'H33',
    name: 'version 130',
    wants: 'reject',
    answer: 'version',
    request: withHeaders({ 'Sec-WebSocket-Version': '130' }),
  },
  {
    id: 'H34',
    name: 'HTTP/1.0',
    wants: 'reject',
    answer: 'http-version',
    request: withRequestLine('GET / HTTP/1.0'),
  },
  {
    id: 'H35',
    name: 'HTTP/2.0 in the request line',
    wants: 'either',
    answer: 'open',
    request: withRequestLine('GET / HTTP/2.0'),
  },
  {
    id: 'H36',
    name: 'http/1.1',
    wants: 'reject',
    answer: 'request-line',
    request: withRequestLine('GET / http/1.1'),
  },
  { id: 'H37', name: 'POST', wants: 'reject', answer: 'method', request: withRequestLine('POST / HTTP/1.1') },
  { id: 'H38', name: 'get', wants: 'reject', answer: 'method', request: withRequestLine('get / HTTP/1.1') },
  {
    id: 'H39',
    name: 'absolute-form URI',
    wants: 'accept',
    answer: 'open',
    request: withRequestLine('GET http://127.0.0.1/ HTTP/1.1'),
  },
  {
    id: 'H40',
    name: 'path and query',
    wants: 'accept',
    answer: 'open',
    request: withRequestLine('GET /sip?x=1 HTTP/1.1'),
  },
  {
    id: 'H41',
    name: 'path of 2,000 bytes',
    wants: 'accept',
    answer: 'open',
    request: withRequestLine(`GET /${'p'.repeat(1999)} HTTP/1.1`),
  },
  {
    id: 'H42',
    name: 'request line without version',
    wants: 'reject',
    answer: 'request-line',
    request: withRequestLine('GET /'),
  },
  {
    id: 'H43',
    name: 'double blanks in the request line',
    wants: 'either',
    answer: 'open',
    request: withRequestLine('GET  /  HTTP/1.1'),
  },
  {
    id: 'H44',
    name: 'HTTP Via header',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Via: '1.1 proxy.example' }),
  },
  {
    id: 'H45',
    name: 'SIP-like headers',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Call-ID': 'x', From: '<bad', CSeq: 'y' }),
  },
  {
    id: 'H46',
    name: 'Content-Length: 0',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Content-Length': '0' }),
  },
  {
    id: 'H47',
    name: 'Content-Length: 5 with a body',
    wants: 'either',
    answer: 'open',
    request: `${withHeaders({ 'Content-Length': '5' })}hello`,
  },
  {
    id: 'H48',
    name: 'one header of 8 kB',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'X-Long': 'x'.repeat(8192) }),
  },
  {
    id: 'H49',
    name: 'one header of 20 kB',
    wants: 'either',
    answer: 'open',
    request: withHeaders({ 'X-Long': 'x'.repeat(20480) }),
  },
  {
    id: 'H50',
    name: 'one header of 80 kB',
    wants: 'either',
    answer: 'head-size',
    request: withHeaders({ 'X-Long': 'x'.repeat(81920) }),
  },
  {
    id: 'H51',
    name: '100 more headers',
    wants: 'accept',
    answer: 'open',
    request: withHeaders(hundredHeaders),
  },
  // H52 and H53, frames right behind the request, stand in frames.test.ts.
  {
    id: 'H54',
    name: 'byte by byte',
    wants: 'accept',
    answer: 'open',
    request: good,
    cut: { at: 'each', wait: 0 },
  },
  {
    id: 'H55',
    name: 'in 2 segments, 150 ms apart',
    wants: 'accept',
    answer: 'open',
    request: good,
    cut: { at: [60], wait: 150 },
  },
  {
    id: 'H56',
    name: 'cut inside the final CRLFCRLF',
    wants: 'accept',
    answer: 'open',
    request: good,
    cut: { at: [good.length - 2], wait: 30 },
  },
  {
    id: 'H57',
    name: 'LF-only line ends',
    wants: 'either',
    answer: 'line-end',
    request: good.replaceAll('\r\n', '\n'),
  },
  {
    id: 'H58',
    name: 'obs-fold continuation line',
    wants: 'either',
    answer: 'open',
    request: withHeaders({ 'X-Folded': 'one\r\n two' }),
  },
  {
    id: 'H59',
    name: 'no blank after the colons',
    wants: 'accept',
    answer: 'open',
    request: good.replaceAll(': ', ':'),
  },
  {
    id: 'H60',
    name: 'blank before a colon',
    wants: 'reject',
    answer: 'header-syntax',
    request: good.replace('Host:', 'Host :'),
  },
  {
    id: 'H61',
    name: 'blank line before the request line',
    wants: 'accept',
    answer: 'open',
    request: `\r\n${good}`,
  },
  {
    id: 'H62',
    name: 'permessage-deflate offered',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' }),
  },
  {
    id: 'H63',
    name: 'unknown extension offered',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Extensions': 'x-unknown; a=1' }),
  },
  {
    id: 'H64',
    name: 'malformed extensions',
    wants: 'either',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Extensions': ';;,=,"' }),
  },
  {
    id: 'H65',
    name: 'Origin: null',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ Origin: 'null' }),
  },
  {
    id: 'H66',
    name: 'foreign Origin',
    wants: 'either',
    answer: 'open',
    request: withHeaders({ Origin: 'https://evil.example' }),
  },
  {
    id: 'H67',
    name: 'half the request, then silence',
    wants: 'either',
    answer: 'timeout',
    request: good.slice(0, 80),
  },
  {
    id: 'H68',
    name: 'SIP instead of HTTP',
    wants: 'reject',
    answer: 'request-line',
    request: 'OPTIONS sip:a@b.example SIP/2.0\r\nVia: SIP/2.0/TCP c.example\r\n\r\n',
  },
  { id: 'H69', name: 'TLS ClientHello', wants: 'reject', answer: 'request-line', request: clientHello },
  {
    id: 'H70',
    name: 'plain GET, no upgrade headers',
    wants: 'reject',
    answer: 'upgrade',
    request: 'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n',
  },
  {
    id: 'H71',
    name: 'NUL in a header value',
    wants: 'reject',
    answer: 'header-syntax',
    request: withHeaders({ 'X-Null': 'a\0b' }),
  },
  {
    id: 'H72',
    name: 'bare CR in a header value',
    wants: 'either',
    answer: 'header-syntax',
    request: withHeaders({ 'X-Return': 'a\rb' }),
  },
  {
    id: 'H73',
    name: 'a second request behind the first',
    wants: 'either',
    answer: 'open',
    request: good + good,
  },
  {
    id: 'H74',
    name: 'header without a colon',
    wants: 'reject',
    answer: 'header-syntax',
    request: requestText([...goodRequest, 'NoColonHere']),
  },
  { id: 'H75', name: 'client FIN at once', wants: 'either', answer: 'open', request: good, endsAtOnce: true },
  // Not in the table of measured rows, but seen with real peers.
  {
    id: 'K01',
    name: '24 random base64 characters as key, as OpenSIPS 2.x sends',
    wants: 'accept',
    answer: 'open',
    request: withHeaders({ 'Sec-WebSocket-Key': 'AQIDBAUGBwgJCgsMDQ4PEBES' }),
  },
  {
    id: 'K02',
    name: 'Transfer-Encoding',
    wants: 'either',
    answer: 'content-length',
    request: withHeaders({ 'Transfer-Encoding': 'chunked' }),
  },
  {
    id: 'K03',
    name: 'two lengths',
    wants: 'reject',
    answer: 'content-length',
    request: withHeaders({ 'Content-Length': ['5', '6'] }),
  },
  {
    id: 'K04',
    name: 'a body beyond the limit',
    wants: 'either',
    answer: 'body-size',
    request: withHeaders({ 'Content-Length': '100000' }),
  },
  {
    id: 'K05',
    name: 'nothing but empty lines',
    wants: 'either',
    answer: 'head-size',
    request: '\r\n'.repeat(40000),
  },
];
