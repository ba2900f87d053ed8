import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { binary, v4 } from '../../runtime/net/proxy-headers.ts';
import { AskingClient, placeOf } from '../asking-client.ts';
import { usual } from '../proto_tcp/stream-rows.ts';
import { TcpClient } from '../proto_tcp/tcp-client.ts';
import { options } from '../proto_ws/frame-rows.ts';
import { frame, TEXT, upgraded } from '../proto_ws/wire.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';

const files = await makeTlsFiles();

/** A host with both protocols over TLS, their sockets with a flag; it answers with where a request came from. */
function config(flag: string): string {
  return `
    socket=ws:127.0.0.1:8080
    socket=wss:127.0.0.1:8443 ${flag}
    socket=tls:127.0.0.1:8061 ${flag}
    tcp_connect_timeout=20000
    loadmodule "proto_ws.so"
    loadmodule "proto_wss.so"
    loadmodule "proto_tls.so"
    loadmodule "sl.so"
    modparam("proto_wss", "wss_handshake_timeout", 20000)
    modparam("proto_wss", "wss_tls_handshake_timeout", 20000)
    modparam("proto_tls", "tls_handshake_timeout", 20000)
    ${domainLines(files)}
    route {
      if ($rU == "there") {
        $rU = "here";
        $du = "sip:" + $hdr(X-Next);
        forward();
        exit;
      }
      sl_send_reply(200, "$si $sp");
    }`;
}

const text = 'PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n';

for (const protocol of ['wss', 'tls'] as const) {
  for (const [version, header] of [
    [1, Buffer.from(text)],
    [2, binary(`21 11 000c ${v4}`)],
  ] as const) {
    test(`a PROXY header of version ${version} in front of the TLS handshake tells the client (${protocol})`, async () => {
      const host = await hostOf(config('allow_proxy_protocol'));
      await host.start();
      const stream = connect(Number(placeOf(host, protocol).split(':')[1]), '127.0.0.1');
      await once(stream, 'connect');
      stream.write(header);
      const secured = connectTls({ socket: stream, host: 'localhost', ca: [files.root.certificate] });
      await once(secured, 'secureConnect');
      const client = new TcpClient(secured);
      if (protocol === 'wss') {
        const reader = await upgraded(secured);
        reader.socket.write(frame({ opcode: TEXT, payload: options() }));
      } else client.write(usual);
      const told = await client.until((all) => all.includes('SIP/2.0 200 ') && all.endsWith('\r\n\r\n'));
      assert.match(told, /SIP\/2\.0 200 192\.0\.2\.1 56324\r\n/);
      client.close();
      await host.stop();
    });
  }

  test(`a host with send_proxy_protocol tells another one, in front of its own TLS handshake (${protocol})`, async () => {
    const [a, b] = [
      await hostOf(config('send_proxy_protocol')),
      await hostOf(config('allow_proxy_protocol')),
    ];
    await Promise.all([a.start(), b.start()]);
    const client = await AskingClient.of(a);
    const [reply = ''] = await client.ask(`${placeOf(b, protocol)};transport=${protocol}`, 1);
    assert.match(reply, /^SIP\/2\.0 200 127\.0\.0\.1 \d+\r\n/);
    client.end();
    await Promise.all([a.stop(), b.stop()]);
  });
}
