import assert from 'node:assert/strict';
import type { Connection } from '../../../runtime/module-exports.ts';
import type { TcpClient } from './tcp-client.ts';

/** A request with this line for its length, and a body. */
export function request(length: string, body = '', user = 'alice'): string {
  return [
    `OPTIONS sip:${user}@example.com SIP/2.0`,
    'Via: SIP/2.0/TCP 127.0.0.1:17622;branch=z9hG4bK1',
    'From: <sip:bob@example.com>;tag=1',
    'To: <sip:alice@example.com>;tag=2',
    'Call-ID: c',
    'CSeq: 1 OPTIONS',
    ...(length === '' ? [] : [length]),
    '',
    body,
  ].join('\r\n');
}

export const usual = request('Content-Length: 0');

/** Cuts a text behind each of these places. */
export function cut(text: string, ...places: readonly number[]): string[] {
  return [...places, text.length].map((place, at) => text.slice(places[at - 1] ?? 0, place));
}

/** What goes back: `2` for a reply 200, `4` for a 400, `.` for CRLF; `x` where the connection ends. */
export function short(text: string, ended: boolean): string {
  const replies = text.replaceAll(/SIP\/2\.0 (\d)(?:[^\r]+\r\n)+\r\n/g, '$1').replaceAll('\r\n', '.');
  return replies + (ended ? 'x' : '');
}

/** What is written, piece by piece; what goes back; what OpenSIPS 3.6 answers where that is something else. */
type StreamRow = readonly [what: string, pieces: readonly string[], back: string, original?: string];

export const streamRows: readonly StreamRow[] = [
  ['one request', [usual], '2'],
  ['two at once', [usual + usual], '22'],
  ['one and a half, then the rest', [usual + usual.slice(0, 50), usual.slice(50)], '22'],
  ['in three pieces', cut(usual, 80, 160), '2'],
  ['in four pieces', cut(usual, 50, 100, 150), '2'],
  ['in five pieces (tcp_max_msg_chunks)', cut(usual, 50, 100, 150, 160), 'x'],
  ['the count begins anew with each message', [...cut(usual, 9, 99, 150), ...cut(usual, 9, 99, 150)], '22'],
  ['a body', [request('Content-Length: 5', 'hello') + usual], '22'],
  ['a body with 8-bit bytes and empty lines', [request('l: 8', '\xff\0\r\n\r\n\r\n') + usual], '22'],
  ['compact Content-Length', [request('l: 0')], '2'],
  ['white space in front of the colon', [request('Content-Length : 5', 'hello')], '2'],
  ['folded Content-Length', [request('Content-Length:\r\n 5', 'hello')], '2', 'x'],
  ['no Content-Length', [request('')], 'x'],
  ['a word for a Content-Length', [request('Content-Length: x')], 'x'],
  ['a negative Content-Length', [request('Content-Length: -1')], 'x'],
  ['digits and more', [request('Content-Length: 5x', 'hello')], 'x'],
  ['two that say the same', [request('Content-Length: 0\r\nContent-Length: 0')], '4', '2'],
  ['two that differ', [request('Content-Length: 5\r\nl: 0', 'hello')], 'x', '2'],
  ['more than 65535 bytes announced', [request('Content-Length: 70000')], 'x'],
  ['a message of 65 kB', [request('Content-Length: 65000', 'x'.repeat(65_000))], '2'],
  ['a head of 70 kB', [request(`X: ${'a'.repeat(70_000)}`)], 'x'],
  ['CRLFCRLF', ['\r\n\r\n'], '.'],
  ['CRLF, then CRLF', ['\r\n', '\r\n'], '.'],
  ['CRLFCRLF and a request', [`\r\n\r\n${usual}`], '.2'],
  ['CRLF and a request', [`\r\n${usual}`], '2'],
  ['CRLF, then a request', ['\r\n', usual], '2'],
  ['three CRLF', ['\r\n\r\n\r\n'], '.'],
  ['LF LF and a request', [`\n\n${usual}`], '2'],
  ['blanks and a request', [`  \t${usual}`], '2'],
  ['line ends without CR', [usual.replaceAll('\r\n', '\n')], '2'],
  ['no SIP', ['hello world\r\n\r\n'], 'x'],
  ['HTTP', ['GET / HTTP/1.1\r\nHost: x\r\n\r\n'], 'x'],
];

export function titleOf([what, , back, original]: StreamRow): string {
  return `${what} → ${back}${original === undefined ? '' : ` (OpenSIPS: ${original})`}`;
}

/** Writes a row to a fresh stream of a host that answers 200, and holds what goes back against it. */
export async function exchangeBytes(
  client: TcpClient,
  [, pieces, back]: StreamRow,
  host: { readonly connections: readonly Connection[] },
): Promise<void> {
  await client.writeApart(pieces, () =>
    host.connections.find(({ remotePort }) => remotePort === client.port),
  );
  await client.until((text) => short(text, false).length >= back.length);
  // A connection that goes on answers one request more.
  if (!client.ended) {
    client.write(usual);
    await client.until((text) => short(text, false).length > back.length);
    assert.equal(short(client.text, client.ended), `${back}2`);
  } else assert.equal(short(client.text, true), back);
  client.close();
}
