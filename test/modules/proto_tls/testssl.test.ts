import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { placeOf } from '../asking-client.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';
import { runTestssl, withoutTestssl } from './testssl.ts';

/** The others (scripts/testssl.mjs runs them all) take a minute more. */
const sections = ['--protocols', '--std', '--server-preference', '--renegotiation'];

test('testssl.sh: with the defaults nothing is found above LOW', { skip: withoutTestssl }, async (t) => {
  const files = await makeTlsFiles();
  const host = await hostOf(
    `socket=tls:127.0.0.1:5061
     loadmodule "proto_tls.so"
     ${domainLines(files)}
     route { exit; }`,
  );
  await host.start();
  t.after(() => host.stop());
  const findings = await runTestssl(placeOf(host, 'tls'), sections, files.folder);
  assert.deepEqual(
    findings.filter(({ severity }) => ['MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'].includes(severity)),
    [],
  );
  const said = (id: string) => findings.find((finding) => finding.id === id)?.finding ?? '';
  for (const id of ['SSLv2', 'SSLv3', 'TLS1', 'TLS1_1']) assert.match(said(id), /^not offered/, id);
  for (const id of ['TLS1_2', 'TLS1_3']) assert.match(said(id), /^offered/, id);
  for (const id of ['NULL', 'aNULL', 'EXPORT', 'LOW', '3DES_IDEA']) {
    assert.match(said(`cipherlist_${id}`), /^not offered/, id);
  }
  assert.match(said('cipher_order'), /^server/);
  assert.match(said('secure_renego'), /^supported/);
  assert.match(said('secure_client_renego'), /^not vulnerable/);
});
