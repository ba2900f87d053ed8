import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { TcpClient } from './tcp-client.ts';

const config = `
loadmodule "proto_tcp.so"
loadmodule "sl.so"
socket=tcp:127.0.0.1:5060
route { sl_send_reply(200, "OK"); }
`;

function request(length: string, body = '', user = 'alice'): string {
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

const usual = request('Content-Length: 0');

/** Cuts a text behind each of these places. */
function cut(text: string, ...places: readonly number[]): string[] {
  return [...places, text.length].map((place, at) => text.slice(places[at - 1] ?? 0, place));
}

/** What goes back: `2` for a reply 200, `4` for a 400, `.` for CRLF; `x` where the connection ends. */
function short(text: string, ended: boolean): string {
  const replies = text.replaceAll(/SIP\/2\.0 (\d)(?:[^\r]+\r\n)+\r\n/g, '$1').replaceAll('\r\n', '.');
  return replies + (ended ? 'x' : '');
}

/** What is written, piece by piece; what goes back; what OpenSIPS 3.6 answers where that is something else. */
const rows: readonly (readonly [what: string, pieces: readonly string[], back: string, original?: string])[] =
  [
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

async function started(): Promise<{ host: Host; port: number }> {
  const host = await hostOf(config, { log: collectLog(-1).log });
  await host.start();
  return { host, port: host.listeners[0]?.port ?? 0 };
}

test('raw bytes: rows with what goes back', async (t) => {
  const { host, port } = await started();
  for (const [what, pieces, back, original] of rows) {
    await t.test(`${what} → ${back}${original === undefined ? '' : ` (OpenSIPS: ${original})`}`, async () => {
      const client = await TcpClient.open(port);
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
    });
  }
  await host.stop();
});

test('a request that is cut at any one place is answered', async () => {
  const { host, port } = await started();
  const client = await TcpClient.open(port);
  const text = request('l: 7', 'a\r\n\r\nb\xff');
  const connection = () => host.connections[0];
  for (let at = 1; at < text.length; at++) await client.writeApart(cut(text, at), connection);
  const replies = await client.until((back) => short(back, false).length >= text.length - 1);
  assert.equal(short(replies, client.ended), '2'.repeat(text.length - 1));
  client.close();
  await host.stop();
});

test('the reply has the bytes of OpenSIPS, but for its Server line', async () => {
  const { host, port } = await started();
  const client = await TcpClient.open(port);
  client.write(usual);
  const reply = await client.until((text) => text.endsWith('\r\n\r\n'));
  assert.equal(
    reply.replace(/^Server: .*\r\n/m, ''),
    [
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/TCP 127.0.0.1:17622;branch=z9hG4bK1',
      'To: <sip:alice@example.com>;tag=2',
      'From: <sip:bob@example.com>;tag=1',
      'Call-ID: c',
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
  client.close();
  await host.stop();
});

test('10,000 pipelined requests are answered in their order', async () => {
  const { host, port } = await started();
  const client = await TcpClient.open(port);
  const count = 10_000;
  for (let at = 0; at < count; at += 100) {
    client.write(
      Array.from({ length: 100 }, (_, more) => usual.replace('Call-ID: c', `Call-ID: c${at + more}`)).join(
        '',
      ),
    );
    await client.until((text) => text.includes(`Call-ID: c${at + 99}\r\n`));
  }
  const answered = [...client.text.matchAll(/^Call-ID: c(\d+)\r$/gm)].map(([, number]) => Number(number));
  assert.deepEqual(
    answered,
    Array.from({ length: count }, (_, at) => at),
  );
  client.close();
  await host.stop();
});
