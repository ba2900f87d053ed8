import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hopOfUri } from '../../../runtime/sip/next-hop.ts';
import { parseUri } from '../../../runtime/sip/uri.ts';
import { ask, collectLog, connect, hostOf, requestText } from '../../runtime/host/host-tools.ts';

const client = `
socket=ws:127.0.0.1:8080
tcp_connect_timeout=20000
loadmodule "proto_ws.so"
loadmodule "sl.so"
modparam("proto_ws", "ws_handshake_timeout", 20000)
modparam("proto_ws", "ws_resource", "/usual")
route {
	$du = "sip:127.0.0.1:" + $hdr(X-Port) + ";transport=ws" + $hdr(X-Path);
	if (!forward()) sl_send_reply(477, "Send failed");
}
`;

const server = `
socket=ws:127.0.0.1:8080
loadmodule "proto_ws.so"
loadmodule "sl.so"
route { sl_send_reply(200, "OK $ws_request(target)"); }
`;

test(';ws-path= in the URI: each path has a connection of its own, without it any is taken', async () => {
  const { log, from } = collectLog();
  const a = await hostOf(client, { log });
  const b = await hostOf(server);
  await Promise.all([a.start(), b.start()]);
  const socket = await connect(a);
  const port = b.listeners[0]?.port ?? 0;
  const targetOf = async (path: string) => {
    const reply = await ask(socket, requestText('MESSAGE', [`X-Port: ${port}`, `X-Path: ${path}`]));
    return reply.slice('SIP/2.0 '.length, reply.indexOf('\r\n'));
  };
  const opened = () => a.statistics.get('ws:dialled');

  assert.equal(await targetOf(''), '200 OK /usual');
  assert.equal(await targetOf(';ws-path=/usual'), '200 OK /usual');
  assert.equal(opened(), 1, 'the path that the connection has anyhow');
  assert.equal(await targetOf(';ws-path=/sip/in%3Ftenant=7'), '200 OK /sip/in?tenant=7');
  assert.equal(await targetOf(';ws-path=/sip/in%3ftenant=7'), '200 OK /sip/in?tenant=7');
  assert.equal(opened(), 2);
  assert.equal(await targetOf(';ws-path=other'), '200 OK /other');
  assert.equal(opened(), 3);
  assert.equal(await targetOf(''), '200 OK /other', 'the newest one');
  assert.equal(opened(), 3);
  assert.equal(await targetOf(';ws-path=/a%0D%0AHost:x'), '477 Send failed');
  assert.match(
    from('forward')[0] ?? '',
    /^bad uri <sip:127\.0\.0\.1:\d+;transport=ws;ws-path=\/a%0D%0AHost:x>, dropping packet: ws-path is no path$/,
  );
  assert.equal(opened(), 3);
  socket.terminate();
  await Promise.all([a.stop(), b.stop()]);
});

const paths: readonly [parameter: string, path: string | undefined | false][] = [
  ['', undefined],
  [';ws-path', undefined],
  [';ws-path=', undefined],
  [';ws-path=/', '/'],
  [';WS-Path=/A/b', '/A/b'],
  [';ws-path=a', '/a'],
  [';ws-path=/%2541', '/%41'],
  [';ws-path=/a%20b', false],
  [';ws-path=/a%23b', false],
  [';ws-path=/%C3%A4', false],
  [';ws-path=/%C3%A4'.replaceAll('%', '%25'), '/%C3%A4'],
  [';ws-path=/%00', false],
];

for (const [parameter, path] of paths) {
  test(`the path of a URI with <${parameter}>: ${path === false ? 'refused' : (path ?? 'none')}`, () => {
    const uri = parseUri(`sip:192.0.2.1;transport=ws${parameter}`);
    assert.ok(uri);
    if (path === false) assert.throws(() => hopOfUri(uri), { message: 'ws-path is no path' });
    else assert.equal(hopOfUri(uri)?.path, path);
  });
}

test('other protocols have no path', () => {
  const uri = parseUri('sip:192.0.2.1;transport=tcp;ws-path=/a b'.replace(' ', '%20'));
  assert.ok(uri);
  assert.deepEqual(hopOfUri(uri), { protocol: 'tcp', host: '192.0.2.1', port: 0 });
});
