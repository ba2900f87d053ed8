import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { connect, createServer } from 'node:tls';
import { createPki } from '../../pki/index.ts';
import { IdentityFiles, startTlsHost } from './tls-host.ts';

const { root } = await createPki();
const files = new IdentityFiles();
files.write('a', await root.issue({ names: ['a.example.com'] }));
files.write('rest', await root.issue({ names: ['rest.example.com'] }));

test('other modules get what node:tls needs of the domain that a connection of theirs would have', async (t) => {
  const domains = `server_domain a
     server_domain rest
     client_domain out
     match_sip_domain [a]a.example.com
     match_sip_domain [out]a.example.com
     ${files.identity('[a]', 'a')}
     ${files.identity('[rest]', 'rest')}
     verify_cert [rest]0
     verify_hostname [out]0`;
  const host = await startTlsHost({ domains }, t);
  const here = { address: '127.0.0.1', port: 443 };
  const named = host.api.serverDomain({ ...here, name: 'A.example.com' });
  assert.deepEqual([named?.name, named?.verify, named?.require], ['a', true, true]);
  const nameless = host.api.serverDomain(here);
  assert.deepEqual([nameless?.name, nameless?.verify, nameless?.require], ['rest', false, false]);
  const out = host.api.clientDomain({ ...here, name: 'a.example.com' });
  assert.deepEqual([out?.name, out?.verifyHostname], ['out', false]);
  assert.equal(host.api.clientDomain(here), undefined);

  const server = createServer(nameless?.options ?? {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  const client = connect({ port, host: '127.0.0.1', ca: root.certificate, servername: 'rest.example.com' });
  await once(client, 'secureConnect');
  assert.equal(client.getPeerX509Certificate()?.subject, 'CN=rest.example.com');
  client.destroy();
  server.close();
});
