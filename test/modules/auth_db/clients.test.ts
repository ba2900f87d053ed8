/** Other people's clients register with a password: JsSIP and SIP.js over WebSocket, sipp over UDP. */

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import jssip from 'jssip';
import { Registerer, RegistererState, UserAgent } from 'sip.js';
import { WebSocket } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import { hostOf } from '../../runtime/host/host-tools.ts';
import { hash } from '../auth/digest-client.ts';
import { sqliteFolder } from '../db_sqlite/sqlite-file.ts';
import { jssipSocket } from '../proto_ws/jssip-client.ts';

const files = sqliteFolder();

/** A retransmission over UDP is answered by its transaction, not judged again. The user decides who judges: `db-…` the table, `plain-…` without qop, `int-…` with auth-int; others the variables. */
const config = `socket=ws:127.0.0.1:8080
socket=udp:127.0.0.1:5060
loadmodule "proto_ws.so"
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "tm.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "auth.so"
loadmodule "db_sqlite.so"
loadmodule "auth_db.so"
modparam("auth", "username_spec", "$var(user)")
modparam("auth", "password_spec", "$var(password)")
modparam("auth", "calculate_ha1", 1)
modparam("auth_db", "db_url", "sqlite://${files.path('clients.db')}")
modparam("auth_db", "load_credentials", "")
route {
	t_newtran();
	if (!is_method("REGISTER")) { send_reply(404, "Not Found"); exit; }
	$var(user) = $tU;
	$var(password) = "secret";
	if ($tU =~ "^db-") {
		if (!www_authorize("", "subscriber")) { www_challenge("", "auth"); exit; }
		if (!db_is_to_authorized("uri")) { send_reply(403, "Forbidden"); exit; }
	} else if ($tU =~ "^int-") {
		if (!pv_www_authorize("")) { www_challenge("", "auth-int"); exit; }
	} else if ($tU =~ "^plain-") {
		if (!pv_www_authorize("")) { www_challenge(""); exit; }
	} else if (!pv_www_authorize("")) {
		www_challenge("", "auth,auth-int", "MD5");
		exit;
	}
	append_to_reply("Contact: $hdr(Contact)\\r\\nX-Account: $Au\\r\\n");
	send_reply(200, "OK");
}
`;

let host: Host;
before(async () => {
  const database = files.database('clients.db');
  for (const user of ['db-alice', 'db-carol']) {
    await database.insert('subscriber', {
      username: user,
      domain: 'example.com',
      ha1: hash('MD5', `${user}:example.com:secret`),
    });
  }
  await database.insert('uri', { username: 'db-alice', domain: 'example.com', uri_user: 'db-alice' });
  host = await hostOf(config, { version: '3.6' });
  await host.start();
});
after(async () => {
  await host.stop();
  await files.close();
});

function portOf(protocol: string): number {
  return host.listeners.find((listener) => listener.protocol === protocol)?.port ?? 0;
}

describe('JsSIP', { timeout: 120_000 }, () => {
  /** `200 account`, or the status of the failure. */
  async function register(user: string, password: string): Promise<string> {
    const ua = new jssip.UA({
      sockets: jssipSocket(`ws://127.0.0.1:${portOf('ws')}/`),
      uri: `sip:${user}@example.com`,
      password,
      register: true,
    });
    const outcome = await new Promise<string>((resolve) => {
      ua.on('registered', ({ response }) =>
        resolve(`${response.status_code} ${response.getHeader('X-Account')}`),
      );
      ua.on('registrationFailed', ({ response }) => resolve(String(response?.status_code)));
      ua.start();
    });
    const gone = once(ua, 'disconnected');
    ua.stop();
    await gone;
    return outcome;
  }

  for (const [user, password, outcome] of [
    ['alice', 'secret', '200 alice@example.com'],
    ['plain-alice', 'secret', '200 plain-alice@example.com'],
    ['int-alice', 'secret', '200 int-alice@example.com'],
    ['db-alice', 'secret', '200 db-alice@example.com'],
    ['alice', 'guess', '401'],
    ['db-alice', 'guess', '401'],
    ['db-nobody', 'secret', '401'],
    ['db-carol', 'secret', '403'],
  ] as const) {
    test(`${user} with '${password}': ${outcome}`, async () => {
      assert.equal(await register(user, password), outcome);
    });
  }
});

describe('SIP.js', { timeout: 120_000 }, () => {
  async function register(user: string, password: string): Promise<string> {
    Object.assign(globalThis, { WebSocket });
    const uri = UserAgent.makeURI(`sip:${user}@example.com`);
    assert.ok(uri);
    const agent = new UserAgent({
      uri,
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server: `ws://127.0.0.1:${portOf('ws')}/` },
      logBuiltinEnabled: false,
    });
    await agent.start();
    const registerer = new Registerer(agent);
    const outcome = new Promise<string>((resolve) => {
      registerer.stateChange.addListener((state) => {
        if (state === RegistererState.Registered) resolve('200');
      });
      void registerer.register({
        requestDelegate: { onReject: ({ message }) => resolve(String(message.statusCode)) },
      });
    });
    const status = await outcome;
    await agent.stop();
    return status;
  }

  for (const [user, password, outcome] of [
    ['alice', 'secret', '200'],
    ['plain-alice', 'secret', '200'],
    ['db-alice', 'secret', '200'],
    ['alice', 'guess', '401'],
    ['db-alice', 'guess', '401'],
  ] as const) {
    test(`${user} with '${password}': ${outcome}`, async () => {
      assert.equal(await register(user, password), outcome);
    });
  }
});

const installed = spawnSync('sipp', ['-v']).error === undefined;
const scenario = fileURLToPath(new URL('../../../../test/modules/auth_db/register.xml', import.meta.url));

describe('sipp', {
  timeout: 240_000,
  skip: installed ? false : 'sipp (Debian: sip-tester) is not installed',
}, () => {
  for (const [user, password, calls, code] of [
    ['db-alice', 'secret', 200, 0],
    ['alice', 'secret', 200, 0],
    ['int-alice', 'secret', 100, 0],
    ['alice', 'guess', 10, 1],
  ] as const) {
    test(`${calls} times ${user} with '${password}'`, async () => {
      const list = files.path(`${user}-${password}.csv`);
      writeFileSync(list, `SEQUENTIAL\n${user};[authentication username=${user} password=${password}]\n`);
      const child = spawn(
        'sipp',
        [
          ...['-sf', scenario, '-inf', list, '-t', 'u1', '-i', '127.0.0.1', '-m', String(calls), '-r', '200'],
          ...['-nostdin', '-timeout', '60s', '-timeout_error', `127.0.0.1:${portOf('udp')}`],
        ],
        { cwd: files.folder, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let out = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('latin1').on('data', (text: string) => {
          out += text;
        });
      }
      assert.equal((await once(child, 'close'))[0], code, out.slice(-2000));
    });
  }
});
