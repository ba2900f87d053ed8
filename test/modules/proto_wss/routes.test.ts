import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import type { WebSocket } from 'ws';
import { WebSocket as Client } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import { hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { okTo, placeOf } from '../asking-client.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';

const files = await makeTlsFiles();

const config = `
  socket=wss:127.0.0.1:8443
  socket=udp:127.0.0.1:5060
  loadmodule "proto_wss.so"
  loadmodule "proto_udp.so"
  loadmodule "rr.so"
  ${domainLines(files)}
  route {
    if (!loose_route()) {
      record_route();
      $du = "sip:127.0.0.1:" + $hdr(X-Port);
      if ($socket_in(proto) == "udp") $du = $du + ";transport=" + $hdr(X-Transport);
    }
    forward();
  }`;

const linesOf = (message: string, name: string) =>
  message.split('\r\n').filter((line) => line.startsWith(`${name}: `));

describe('Record-Route and Via between wss and udp', () => {
  const phone = createSocket('udp4');
  let host: Host;
  let browser: WebSocket;
  before(async () => {
    host = await hostOf(config);
    await host.start();
    phone.bind(0, '127.0.0.1');
    await once(phone, 'listening');
    browser = new Client(`wss://${placeOf(host, 'wss')}/`, 'sip', { ca: files.root.certificate });
    await once(browser, 'open');
  });
  after(async () => {
    browser.terminate();
    phone.close();
    await host.stop();
  });
  const ports = () => ({
    wss: placeOf(host, 'wss').split(':')[1],
    udp: placeOf(host, 'udp').split(':')[1],
    phone: phone.address().port,
    browser: host.connections[0]?.remotePort,
  });
  const atPhone = async () => String((await once(phone, 'message'))[0]);
  const atBrowser = async () => String((await once(browser, 'message'))[0]);

  test('from wss to udp: two Record-Routes, that of the wss leg says transport=wss, as OpenSIPS writes it', async () => {
    const port = ports();
    const arrives = atPhone();
    browser.send(requestText('MESSAGE', [`X-Port: ${port.phone}`]));
    const request = await arrives;
    assert.deepEqual(
      linesOf(request, 'Record-Route').map((line) => line.replace(/;ftag=\w+/, '')),
      [
        `Record-Route: <sip:127.0.0.1:${port.udp};r2=on;lr>`,
        `Record-Route: <sip:127.0.0.1:${port.wss};transport=wss;r2=on;lr>`,
      ],
    );
    assert.match(
      linesOf(request, 'Via')[0] ?? '',
      new RegExp(`^Via: SIP/2\\.0/UDP 127\\.0\\.0\\.1:${port.udp};branch=`),
    );
    const back = atBrowser();
    phone.send(okTo(request), Number(port.udp), '127.0.0.1');
    assert.match(await back, /^SIP\/2\.0 200 OK\r\n/);
  });

  test('from udp to wss: Via says SIP/2.0/WSS', async () => {
    const port = ports();
    const arrives = atBrowser();
    const more = [`X-Port: ${port.browser}`, 'X-Transport: wss'];
    phone.send(requestText('MESSAGE', more).replace('/WS ', '/UDP '), Number(port.udp), '127.0.0.1');
    const request = await arrives;
    assert.match(
      linesOf(request, 'Via')[0] ?? '',
      new RegExp(`^Via: SIP/2\\.0/WSS 127\\.0\\.0\\.1:${port.wss};branch=`),
    );
    assert.match(
      linesOf(request, 'Record-Route')[0] ?? '',
      new RegExp(`:${port.wss};transport=wss;r2=on;lr`),
    );
  });

  test('a Route set with both legs leads from the browser to the phone', async () => {
    const port = ports();
    const arrives = atPhone();
    const routes = [
      `Route: <sip:127.0.0.1:${port.wss};transport=wss;r2=on;lr>`,
      `Route: <sip:127.0.0.1:${port.udp};r2=on;lr>`,
    ];
    const request = requestText('MESSAGE', routes).replace(
      'sip:alice@example.com SIP',
      `sip:phone@127.0.0.1:${port.phone} SIP`,
    );
    browser.send(request.replace('To: <sip:alice@example.com>', 'To: <sip:alice@example.com>;tag=2'));
    const forwarded = await arrives;
    assert.match(forwarded, new RegExp(`^MESSAGE sip:phone@127\\.0\\.0\\.1:${port.phone} SIP/2\\.0\r\n`));
    assert.deepEqual(linesOf(forwarded, 'Route'), []);
  });
});
