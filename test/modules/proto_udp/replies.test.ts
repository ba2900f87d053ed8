import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { UdpClient } from './udp-client.ts';

const config = `
loadmodule "proto_udp.so"
loadmodule "sl.so"
socket=udp:127.0.0.1:5060
socket=udp:127.0.0.1:5062
route {
    if ($rU == "forced") force_rport();
    sl_send_reply(200, "OK from $socket_in(port)");
}
`;

function request(via: string, user = 'alice', more = '', body = ''): string {
  return [
    `OPTIONS sip:${user}@example.com SIP/2.0`,
    `Via: SIP/2.0/UDP ${via}`,
    'From: <sip:bob@example.com>;tag=1',
    'To: <sip:alice@example.com>;tag=2',
    'Call-ID: c',
    'CSeq: 1 OPTIONS',
    `${more}Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

async function started(): Promise<Host> {
  const host = await hostOf(config);
  await host.start();
  return host;
}

const viaOf = (reply: string) => /^Via: SIP\/2\.0\/UDP (.*)\r$/m.exec(reply)?.[1];

/**
 * What OpenSIPS 3.6 answers to the same requests: `source` is the port that the request came from, `via` another one.
 * RFC 3261 §18.2.1, §18.2.2; RFC 3581 §4.
 */
const rows: readonly {
  readonly what: string;
  readonly sentBy: string;
  readonly user?: string;
  readonly to: 'source' | 'via';
  readonly answered: string;
}[] = [
  {
    what: 'rport: to the source port',
    sentBy: '127.0.0.1:VIA;rport;branch=z9hG4bK1',
    to: 'source',
    answered: '127.0.0.1:VIA;received=127.0.0.1;rport=SOURCE;branch=z9hG4bK1',
  },
  {
    what: 'no rport: to the port of the Via',
    sentBy: '127.0.0.1:VIA;branch=z9hG4bK1',
    to: 'via',
    answered: '127.0.0.1:VIA;branch=z9hG4bK1',
  },
  {
    what: 'a name in the Via: to the source address',
    sentBy: 'client.invalid:VIA;branch=z9hG4bK1',
    to: 'via',
    answered: 'client.invalid:VIA;received=127.0.0.1;branch=z9hG4bK1',
  },
  {
    what: 'an rport with a value counts as asked for',
    sentBy: 'client.invalid;rport=5;branch=z9hG4bK1',
    to: 'source',
    answered: 'client.invalid;received=127.0.0.1;rport=SOURCE;branch=z9hG4bK1',
  },
  {
    what: 'force_rport()',
    sentBy: '127.0.0.1:VIA;branch=z9hG4bK1',
    user: 'forced',
    to: 'source',
    answered: '127.0.0.1:VIA;received=127.0.0.1;rport=SOURCE;branch=z9hG4bK1',
  },
  {
    what: 'the port of the Via is the source port',
    sentBy: '127.0.0.1:SOURCE;branch=z9hG4bK1',
    to: 'source',
    answered: '127.0.0.1:SOURCE;branch=z9hG4bK1',
  },
];

for (const { what, sentBy, user, to, answered } of rows) {
  test(`a reply goes where its request says: ${what}`, async () => {
    const host = await started();
    const [source, via] = [await UdpClient.open(), await UdpClient.open()];
    const filled = (text: string) =>
      text.replace('SOURCE', String(source.port)).replace('VIA', String(via.port));
    await source.send(request(filled(sentBy), user), host.listeners[0]?.port ?? 0);
    const reply = await (to === 'source' ? source : via).receive();
    assert.equal(viaOf(reply), filled(answered));
    assert.equal(source.waiting + via.waiting, 0);
    source.close();
    via.close();
    await host.stop();
  });
}

test('a reply leaves by the socket that its request came by', async () => {
  const host = await started();
  const client = await UdpClient.open();
  for (const { port } of host.listeners) {
    await client.send(request('client.invalid;rport;branch=z9hG4bK1'), port);
    assert.match(await client.receive(), new RegExp(`^SIP/2.0 200 OK from ${port}\r\n`));
  }
  client.close();
  await host.stop();
});

test('the whole reply has the bytes of OpenSIPS, but for its Server line', async () => {
  const host = await started();
  const client = await UdpClient.open();
  const port = host.listeners[0]?.port ?? 0;
  await client.send(request('client.invalid:5060;rport;branch=z9hG4bK1'), port);
  const reply = await client.receive();
  assert.equal(
    reply.replace(/^Server: .*\r\n/m, ''),
    [
      `SIP/2.0 200 OK from ${port}`,
      `Via: SIP/2.0/UDP client.invalid:5060;received=127.0.0.1;rport=${client.port};branch=z9hG4bK1`,
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

test('RFC 3261 §18.3: bytes behind the body are left out, a body that is too short is answered 400', async () => {
  const host = await started();
  const client = await UdpClient.open();
  const port = host.listeners[0]?.port ?? 0;
  const text = request('client.invalid;rport;branch=z9hG4bK1', 'alice', '', 'hello');
  await client.send(`${text} and more`, port);
  assert.match(await client.receive(), /^SIP\/2\.0 200 /);
  await client.send(text.slice(0, -1), port);
  assert.match(await client.receive(), /^SIP\/2\.0 400 /);
  client.close();
  await host.stop();
});

test('10,000 requests from one client are all answered', async () => {
  const host = await hostOf(config, { log: collectLog(-1).log });
  await host.start();
  const client = await UdpClient.open();
  const port = host.listeners[0]?.port ?? 0;
  for (let round = 0; round < 200; round++) {
    for (let at = 0; at < 50; at++) {
      await client.send(request('client.invalid;rport;branch=z9hG4bK1', `u${round * 50 + at}`), port);
    }
    for (let at = 0; at < 50; at++) assert.match(await client.receive(), /^SIP\/2\.0 200 /);
  }
  assert.equal(host.statistics.get('udp:messages_received'), 10_000);
  assert.equal(host.statistics.get('udp:messages_sent'), 10_000);
  client.close();
  await host.stop();
});
