import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { hostOf, requestText } from '../../runtime/host/host-tools.ts';
import { placeOf } from '../asking-client.ts';
import { frame, goodRequest, TEXT, requestText as upgradeText } from '../proto_ws/wire.ts';
import { domainLines, makeTlsFiles } from '../tls-domains.ts';

const files = await makeTlsFiles();

const config = `
  socket=tls:127.0.0.1:5061
  socket=wss:127.0.0.1:8443
  loadmodule "proto_tls.so"
  loadmodule "proto_wss.so"
  loadmodule "sl.so"
  ${domainLines(files)}
  route { sl_send_reply(200, "over $tls_version with $tls_cipher_info"); }`;

const installed = spawnSync('openssl', ['version']).error === undefined;
/** Versions that the client is to offer although its own policy has buried them. */
const unearthed = ['-cipher', 'ALL:@SECLEVEL=0'];

/** Rows of `s_client`: its options, and the reason phrase that it gets; undefined: its handshake is refused. */
const rows: readonly (readonly [options: readonly string[], reason: RegExp | undefined])[] = [
  [[], /^over TLSv1\.3 with TLS_AES_256_GCM_SHA384$/],
  [['-tls1_3'], /^over TLSv1\.3 with /],
  [['-tls1_2'], /^over TLSv1\.2 with ECDHE-ECDSA-AES128-GCM-SHA256$/],
  [['-tls1_1', ...unearthed], undefined],
  [['-tls1', ...unearthed], undefined],
  [['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256'], / TLS_AES_128_GCM_SHA256$/],
  [['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'], / TLS_CHACHA20_POLY1305_SHA256$/],
  [['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384'], / ECDHE-ECDSA-AES256-GCM-SHA384$/],
  [['-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'], / ECDHE-ECDSA-CHACHA20-POLY1305$/],
  [['-tls1_2', '-cipher', 'ECDHE-RSA-AES256-GCM-SHA384'], undefined],
  [['-tls1_2', '-cipher', 'NULL:@SECLEVEL=0'], undefined],
  [['-groups', 'X25519'], /^over TLSv1\.3/],
  [['-groups', 'P-384'], /^over TLSv1\.3/],
  [['-noservername'], /^over TLSv1\.3/],
  [['-servername', 'unknown.example'], /^over TLSv1\.3/],
];

const sip = requestText().replace('SIP/2.0/WS', 'SIP/2.0/TLS');

/** What `s_client` says to an input, up to a text that ends it or its own end. */
async function speak(
  place: string,
  options: readonly string[],
  input: string | Buffer,
  isEnough: (text: string) => boolean,
): Promise<string> {
  const argv = ['s_client', '-connect', place, '-CAfile', files.ca, '-verify_return_error', ...options];
  const child = spawn('openssl', argv);
  let text = '';
  child.stdin.on('error', () => undefined);
  child.stdin.write(input);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('latin1').on('data', (more: string) => {
      text += more;
      if (isEnough(text)) child.kill();
    });
  }
  await new Promise((resolve) => child.once('close', resolve));
  return text;
}

const answered = (text: string) => /SIP\/2\.0 200 [^\r]*\r\n/.test(text);
const reasonOf = (text: string) => /SIP\/2\.0 200 ([^\r]*)\r\n/.exec(text)?.[1];

describe('openssl s_client', { skip: installed ? false : 'openssl is not installed' }, () => {
  let host: Host;
  before(async () => {
    host = await hostOf(config);
    await host.start();
  });
  after(() => host.stop());

  for (const [options, reason] of rows) {
    const title = `${options.join(' ') || 'as it is'}: ${reason?.source ?? 'refused'}`;
    test(`tls ${title}`, async () => {
      const text = await speak(placeOf(host, 'tls'), ['-quiet', ...options], sip, answered);
      if (reason) assert.match(reasonOf(text) ?? text, reason);
      else assert.match(text, /alert|no protocols available|no ciphers available/);
    });
    test(`wss ${title}`, async () => {
      const input = Buffer.concat([
        Buffer.from(upgradeText(goodRequest)),
        frame({ opcode: TEXT, payload: requestText() }),
      ]);
      const text = await speak(placeOf(host, 'wss'), ['-quiet', ...options], input, answered);
      if (reason) assert.match(reasonOf(text) ?? text, reason);
      else assert.match(text, /alert|no protocols available|no ciphers available/);
    });
  }

  for (const version of ['-tls1_2', '-tls1_3']) {
    test(`${version}: a session is resumed`, async () => {
      const file = join(files.folder, `session${version}`);
      // In TLS 1.3 the tickets come behind the handshake, with the answer at the latest.
      const first = await speak(placeOf(host, 'tls'), [version, '-sess_out', file], sip, answered);
      assert.match(first, /New, TLSv1/);
      assert.ok(existsSync(file));
      const second = await speak(placeOf(host, 'tls'), [version, '-sess_in', file], sip, answered);
      assert.match(second, /Reused, TLSv1/);
    });
  }

  test('a client that wants to renegotiate is refused, and the host goes on', async () => {
    const text = await speak(placeOf(host, 'tls'), ['-tls1_2'], 'R\n', () => false);
    assert.match(text, /RENEGOTIATING[\s\S]*no renegotiation/);
    assert.match(await speak(placeOf(host, 'tls'), ['-quiet'], sip, answered), /SIP\/2\.0 200 /);
  });
});
