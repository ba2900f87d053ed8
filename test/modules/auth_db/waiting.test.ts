/** A database that takes its time: a module from outside, whose answers come when the test lets them. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { challengesOf, fieldsOf, hash, written } from '../auth/digest-client.ts';
import { Phone, request } from '../uac/phone.ts';

const ha1 = hash('MD5', 'alice:example.com:secret');
const mpath = mkdtempSync(join(tmpdir(), 'tsips-waiting-'));
mkdirSync(join(mpath, 'db_slow'));
writeFileSync(join(mpath, 'package.json'), '{ "type": "module" }');
writeFileSync(
  join(mpath, 'db_slow', 'index.js'),
  `export const manifest = { name: 'db_slow', kind: 'sqldb' };
const waiting = [];
globalThis.letTheDatabaseAnswer = (count) => new Promise((resolve) => {
  const look = () => waiting.length < count ? setImmediate(look) : resolve(waiting.splice(0).forEach((answer) => answer()));
  look();
});
export default () => ({
  databases: { slow: () => ({
    tableVersion: () => Promise.resolve(8),
    select: (table) => new Promise((resolve, reject) => waiting.push(() =>
      table === 'broken' ? reject(new Error('the disk is gone')) : resolve([{ ha1: '${ha1}', rpid: null }]))),
  }) },
});
`,
);

const { letTheDatabaseAnswer } = {
  letTheDatabaseAnswer: (count: number): Promise<void> =>
    (globalThis as unknown as { letTheDatabaseAnswer(count: number): Promise<void> }).letTheDatabaseAnswer(
      count,
    ),
};

let host: Host;
let phone: Phone;
before(async () => {
  host = await hostOf(
    `socket=udp:127.0.0.1:5060
mpath="${mpath}"
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "auth.so"
loadmodule "db_slow.so"
loadmodule "auth_db.so"
modparam("auth_db", "db_url", "slow:")
route {
	if ($hdr(X-Do) == "challenge") { www_challenge("example.com", "auth"); exit; }
	www_authorize("example.com", "$hdr(X-Table)");
	$var(rc) = $rc;
	append_to_reply("X-Rc: $var(rc)\\r\\n");
	sl_send_reply(299, "Judged");
}
`,
    { version: '3.6' },
  );
  await host.start();
  phone = await Phone.of(host.listeners[0]?.port ?? 0);
});
after(async () => {
  phone.close();
  await host.stop();
  rmSync(mpath, { recursive: true, force: true });
});

let asked = 0;
function send(headers: readonly string[]): void {
  asked += 1;
  const uri = '<sip:alice@example.com>';
  phone.send(
    request(phone.port, {
      method: 'REGISTER',
      uri: 'sip:example.com',
      from: `${uri};tag=1`,
      to: uri,
      cseq: asked,
      callId: 'waiting',
      headers,
    }),
  );
}

async function credentials(): Promise<string> {
  send(['X-Do: challenge']);
  const [challenge] = challengesOf(await phone.next('SIP/2.0 401'));
  const known = {
    username: 'alice',
    password: 'secret',
    realm: 'example.com',
    method: 'REGISTER',
    uri: 'sip:example.com',
    nonce: challenge?.get('nonce') ?? '',
    qop: 'auth',
    nc: '00000001',
    cnonce: 'c',
  };
  return `Authorization: ${written(fieldsOf(known))}`;
}

test('the same credentials twice while the database is asked: one is taken', {
  timeout: 60_000,
}, async () => {
  const line = await credentials();
  for (let count = 0; count < 3; count++) send([line, 'X-Table: accounts']);
  await letTheDatabaseAnswer(3);
  const codes: (string | undefined)[] = [];
  for (let count = 0; count < 3; count++)
    codes.push(/X-Rc: (\S+)/.exec(await phone.next('SIP/2.0 299'))?.[1]);
  assert.deepEqual(codes.sort(), ['-3', '-3', '1']);
});

test('others are answered meanwhile', { timeout: 60_000 }, async () => {
  send([await credentials(), 'X-Table: accounts']);
  await credentials();
  await letTheDatabaseAnswer(1);
  assert.match(await phone.next('SIP/2.0 299'), /X-Rc: 1\r/);
});

test('a database that fails later is a 500', { timeout: 60_000 }, async () => {
  send([await credentials(), 'X-Table: broken']);
  await letTheDatabaseAnswer(1);
  await phone.next('SIP/2.0 500 Server Internal Error');
});
