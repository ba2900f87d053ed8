import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { cut, exchangeBytes, request, short, streamRows, titleOf, usual } from './stream-rows.ts';
import { TcpClient } from './tcp-client.ts';

const config = `
loadmodule "proto_tcp.so"
loadmodule "sl.so"
socket=tcp:127.0.0.1:5060
route { sl_send_reply(200, "OK"); }
`;

async function started(): Promise<{ host: Host; port: number }> {
  const host = await hostOf(config, { log: collectLog(-1).log });
  await host.start();
  return { host, port: host.listeners[0]?.port ?? 0 };
}

test('raw bytes: rows with what goes back', async (t) => {
  const { host, port } = await started();
  for (const row of streamRows) {
    await t.test(titleOf(row), async () => exchangeBytes(await TcpClient.open(port), row, host));
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
