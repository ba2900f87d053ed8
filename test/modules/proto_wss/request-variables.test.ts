import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { checkConfig, type Host } from '../../../runtime/index.ts';
import { ask, hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { placeOf } from '../asking-client.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';

const files = await makeTlsFiles();

const loaded = {
  ws: 'loadmodule "proto_ws.so"\nsocket=ws:127.0.0.1:8080',
  wss: 'loadmodule "proto_wss.so"\nsocket=wss:127.0.0.1:8443',
} as const;

/** The modules in this order, and a script that answers with what it knows of the upgrade request. */
function config(protocols: readonly ('ws' | 'wss')[]): string {
  return [
    ...protocols.map((protocol) => loaded[protocol]),
    domainLines(files),
    'loadmodule "sl.so"',
    'route { sl_send_reply(200, "[$socket_in(proto)][$ws_request(target)][$ws_header(Cookie)][$tls_version]"); }',
  ].join('\n');
}

async function answerOver(host: Host, protocol: 'ws' | 'wss'): Promise<string> {
  const client = new WebSocket(`${protocol}://${placeOf(host, protocol)}/sip?over=${protocol}`, 'sip', {
    headers: { Cookie: `session=${protocol}` },
    ca: files.root.certificate,
  });
  await once(client, 'open');
  const reply = await ask(client, requestText());
  client.terminate();
  return reply.slice('SIP/2.0 200 '.length, reply.indexOf('\r\n'));
}

const answers = {
  ws: '[ws][/sip?over=ws][session=ws][<null>]',
  wss: '[wss][/sip?over=wss][session=wss][TLSv1.3]',
} as const;

for (const protocols of [['wss'], ['ws', 'wss'], ['wss', 'ws']] as const) {
  test(`$ws_request and $ws_header with ${protocols.join(' and then ')} loaded`, async () => {
    const text = config(protocols);
    const { diagnostics } = await checkConfig({ config: text, listenOn: () => '127.0.0.1:0' });
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity !== 'note').map(({ message }) => message),
      [],
    );
    const host = await hostOf(text);
    await host.start();
    for (const protocol of protocols) assert.equal(await answerOver(host, protocol), answers[protocol]);
    await host.stop();
  });
}
