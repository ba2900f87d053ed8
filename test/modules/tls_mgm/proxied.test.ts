import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { after, test } from 'node:test';
import { connect } from 'node:tls';
import { createHost } from '../../../runtime/index.ts';
import { collectLog, requestText } from '../../runtime/host/host-tools.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';

const files = await makeTlsFiles();

async function openHost() {
  const { log, lines } = collectLog();
  const config = [
    'socket=tls:127.0.0.1:5061 allow_proxy_protocol',
    'loadmodule "proto_tls.so"',
    'loadmodule "sl.so"',
    domainLines(files),
    'route { sl_send_reply(200, "from $si:$sp over $tls_version"); }',
    '',
  ].join('\n');
  const host = await createHost({ config, log, listenOn: () => '127.0.0.1:0' });
  await host.start();
  after(() => host.stop());
  return { port: host.listeners[0]?.port ?? 0, lines };
}

test('proxy-protocol.txt §2: over TLS the header comes first, and the client that it tells is the source', async () => {
  const { port } = await openHost();
  const raw = connectPlain(port, '127.0.0.1');
  raw.write('PROXY TCP4 192.0.2.7 192.0.2.1 40000 5061\r\n');
  const client = connect({ socket: raw, ca: [files.root.certificate], servername: 'localhost' });
  await once(client, 'secureConnect');
  client.write(requestText());
  const [answer]: unknown[] = await once(client, 'data');
  assert.match(String(answer), /^SIP\/2\.0 200 from 192\.0\.2\.7:40000 over TLSv1\.3\r\n/);
  client.destroy();
});

test('a handshake that fails behind a PROXY header is told with the address of the client', async () => {
  const { port, lines } = await openHost();
  const raw = connectPlain(port, '127.0.0.1');
  raw.write('PROXY TCP4 192.0.2.8 192.0.2.1 40001 5061\r\n');
  const client = connect({
    socket: raw,
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    ciphers: 'ALL:@SECLEVEL=0',
  });
  await once(client, 'error');
  await once(raw, 'close');
  const failed = lines.filter((line) => line.includes('failed to accept'));
  assert.equal(failed.length, 1);
  assert.match(failed[0] ?? '', /from 192\.0\.2\.8:40001 failed to accept: protocol_version/);
});
