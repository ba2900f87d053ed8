/** Challenges that are answered and URIs that are replaced, through whole dialogs with tm and rr. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { digestTools } from '../../../runtime/sip/digest-hash.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { challengesOf, responseOf } from '../auth/digest-client.ts';
import { Phone, request, response, value, values } from './phone.ts';

const common = `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "tm.so"
loadmodule "rr.so"
loadmodule "sipmsgops.so"
loadmodule "uac_auth.so"
loadmodule "uac.so"
`;

const authScript = `${common}
modparam("uac_auth", "credential", "me:first.example:secret")
modparam("uac_auth", "credential", " me : second.example : 0x0123456789abcdef0123456789abcdef ")
modparam("uac_auth", "auth_realm_avp", "$avp(realm)")
modparam("uac_auth", "auth_username_avp", "$avp(user)")
modparam("uac_auth", "auth_password_avp", "$avp(password)")
route {
	if (has_totag()) {
		loose_route();
		t_relay();
		exit;
	}
	record_route();
	$avp(realm) = "avp.example";
	$avp(user) = "avp-user";
	$avp(password) = "avp-secret";
	t_on_failure("answer");
	$du = "sip:127.0.0.1:" + $hdr(X-Port);
	t_relay();
}
failure_route[answer] {
	if (t_check_status("40[17]")) {
		if ($hdr(X-Only) == "SHA-256") $var(only) = "SHA-256";
		else $var(only) = "";
		if (uac_auth($var(only))) {
			t_on_failure("answer");
			$du = "sip:127.0.0.1:" + $hdr(X-Port);
			t_relay();
			exit;
		}
	}
}
`;

class Call {
  readonly caller: Phone;
  readonly callee: Phone;
  readonly callId: string;

  constructor(caller: Phone, callee: Phone, callId: string) {
    this.caller = caller;
    this.callee = callee;
    this.callId = callId;
  }

  #request(method: string, cseq: number, more: Partial<Parameters<typeof request>[1]>): string {
    const { port } = this.caller;
    const from = '"Caller" <sip:caller@from.example>;tag=caller';
    return request(port, {
      method,
      cseq,
      from,
      to: '<sip:callee@example.com>',
      callId: this.callId,
      ...more,
    });
  }

  invite(headers: readonly string[] = []): void {
    this.caller.send(this.#request('INVITE', 1, { headers: [`X-Port: ${this.callee.port}`, ...headers] }));
  }

  /** A request of the caller in the dialog that a 200 has made. */
  later(method: string, cseq: number, ok: string): void {
    this.caller.send(
      this.#request(method, cseq, {
        uri: `sip:callee@127.0.0.1:${this.callee.port}`,
        to: value(ok, 'To'),
        headers: values(ok, 'Record-Route')
          .toReversed()
          .map((route) => `Route: ${route}`),
      }),
    );
  }
}

let calls = 0;
let host: Host;
let log: CollectedLog;
let caller: Phone;
let callee: Phone;

async function start(config: string, version = '3.6'): Promise<void> {
  log = collectLog();
  host = await hostOf(config, { version, log: log.log });
  await host.start();
  const port = host.listeners[0]?.port ?? 0;
  [caller, callee] = [await Phone.of(port), await Phone.of(port)];
}

async function stop(): Promise<void> {
  caller.close();
  callee.close();
  await host.stop();
}

function newCall(): Call {
  calls += 1;
  return new Call(caller, callee, `dialog-${calls}`);
}

const challenge = (realm: string, more = '') => `Digest realm="${realm}", nonce="n-${realm}"${more}`;

/** The fields of one line of credentials, which must be right for the request that they stand in. */
function proven(
  message: string,
  header: string,
  secret: string,
  realm: string,
  user = 'me',
): ReadonlyMap<string, string> {
  const line = values(message, header).find((each) => each.includes(`realm="${realm}"`)) ?? '';
  const [fields = new Map()] = challengesOf(`WWW-Authenticate: ${line}\r\n`.replace('\r\n', ''));
  const known = {
    username: user,
    password: secret,
    realm,
    method: message.split(' ', 1)[0] ?? '',
    uri: message.split(' ', 2)[1] ?? '',
    nonce: `n-${realm}`,
    algorithm: fields.get('algorithm'),
    qop: fields.get('qop'),
    nc: fields.get('nc'),
    cnonce: fields.get('cnonce'),
    body: '',
  };
  assert.equal(fields.get('username'), user);
  assert.equal(fields.get('uri'), known.uri);
  assert.equal(fields.get('response'), responseOf(known));
  return fields;
}

describe('uac_auth', { timeout: 120_000 }, () => {
  before(() => start(authScript));
  after(stop);

  test('a 407 is answered, the CSeq goes up (RFC 3261 §22.3), the caller sees its own', async () => {
    const call = newCall();
    call.invite();
    const first = await callee.next('INVITE');
    callee.send(
      response(first, '407 Proxy Authentication Required', [
        `Proxy-Authenticate: ${challenge('first.example', ', qop="auth,auth-int", opaque="o p"')}`,
      ]),
    );
    await callee.next('ACK');
    const second = await callee.next('INVITE');
    const fields = proven(second, 'Proxy-Authorization', 'secret', 'first.example');
    assert.deepEqual(
      [fields.get('qop'), fields.get('nc'), fields.get('opaque')],
      ['auth', '00000001', 'o p'],
    );
    assert.equal(value(second, 'CSeq'), '2 INVITE');
    assert.match(value(second, 'Record-Route'), /;aci=1>$/);
    callee.send(response(second, '200 OK'));
    const ok = await caller.next('SIP/2.0 200');
    assert.equal(value(ok, 'CSeq'), '1 INVITE');

    call.later('ACK', 1, ok);
    assert.equal(value(await callee.next('ACK'), 'CSeq'), '2 ACK');
    call.later('INFO', 2, ok);
    const info = await callee.next('INFO');
    assert.equal(value(info, 'CSeq'), '3 INFO');
    callee.send(response(info, '200 OK'));
    assert.equal(value(await caller.next('SIP/2.0 200'), 'CSeq'), '2 INFO');
    call.later('BYE', 3, ok);
    const bye = await callee.next('BYE');
    assert.equal(value(bye, 'CSeq'), '4 BYE');
    callee.send(response(bye, '200 OK'));
    assert.equal(value(await caller.next('SIP/2.0 200'), 'CSeq'), '3 BYE');
  });

  test('requests of the callee keep their CSeq', async () => {
    const call = newCall();
    call.invite();
    const first = await callee.next('INVITE');
    callee.send(response(first, '401 Unauthorized', [`WWW-Authenticate: ${challenge('first.example')}`]));
    const second = await callee.next('INVITE');
    callee.send(response(second, '200 OK'));
    const ok = await caller.next('SIP/2.0 200');
    callee.send(
      request(callee.port, {
        method: 'BYE',
        uri: `sip:caller@127.0.0.1:${caller.port}`,
        from: value(ok, 'To'),
        to: value(ok, 'From'),
        cseq: 70,
        callId: call.callId,
        headers: [`Route: ${value(second, 'Record-Route')}`],
      }),
    );
    const bye = await caller.next('BYE');
    assert.equal(value(bye, 'CSeq'), '70 BYE');
    caller.send(response(bye, '200 OK'));
    assert.equal(value(await callee.next('SIP/2.0 200'), 'CSeq'), '70 BYE');
  });

  test('one challenge behind the other: each time one higher, and the dialog goes on from there', async () => {
    const call = newCall();
    call.invite();
    callee.send(
      response(await callee.next('INVITE'), '407 Proxy Authentication Required', [
        `Proxy-Authenticate: ${challenge('first.example')}`,
      ]),
    );
    const second = await callee.next('INVITE');
    callee.send(response(second, '401 Unauthorized', [`WWW-Authenticate: ${challenge('avp.example')}`]));
    const third = await callee.next('INVITE');
    proven(third, 'Authorization', 'avp-secret', 'avp.example', 'avp-user');
    assert.equal(value(third, 'CSeq'), '3 INVITE');
    callee.send(response(third, '200 OK'));
    const ok = await caller.next('SIP/2.0 200');
    assert.equal(value(ok, 'CSeq'), '1 INVITE');
    call.later('BYE', 2, ok);
    assert.equal(value(await callee.next('BYE'), 'CSeq'), '4 BYE');
  });

  test('a password that is H(A1)', async () => {
    newCall().invite();
    callee.send(
      response(await callee.next('INVITE'), '401 Unauthorized', [
        `WWW-Authenticate: ${challenge('second.example')}`,
      ]),
    );
    const second = await callee.next('INVITE');
    const expected = digestTools.response('MD5', '0123456789abcdef0123456789abcdef', {
      method: 'INVITE',
      uri: 'sip:callee@example.com',
      nonce: 'n-second.example',
    });
    assert.match(value(second, 'Authorization'), new RegExp(`response="${expected}"`));
    callee.send(response(second, '486 Busy Here'));
    await caller.next('SIP/2.0 486');
  });

  test('of several challenges: each realm with a credential, the first algorithm that is known (RFC 8760 §2.4)', async () => {
    newCall().invite();
    callee.send(
      response(await callee.next('INVITE'), '407 Proxy Authentication Required', [
        `Proxy-Authenticate: ${challenge('first.example', ', algorithm=SHA-1')}`,
        'Proxy-Authenticate: Basic realm="first.example"',
        `Proxy-Authenticate: ${challenge('nobody.example')}`,
        `Proxy-Authenticate: ${challenge('first.example', ', qop="auth-int", algorithm=SHA-512-256')}`,
        `Proxy-Authenticate: ${challenge('first.example', ', qop="auth", algorithm=MD5')}`,
        `Proxy-Authenticate: ${challenge('avp.example', ', qop="auth" , algorithm = MD5-sess,')}`,
      ]),
    );
    const second = await callee.next('INVITE');
    assert.equal(values(second, 'Proxy-Authorization').length, 2);
    const first = proven(second, 'Proxy-Authorization', 'secret', 'first.example');
    assert.deepEqual([first.get('algorithm'), first.get('qop')], ['SHA-512-256', 'auth-int']);
    proven(second, 'Proxy-Authorization', 'avp-secret', 'avp.example', 'avp-user');
    callee.send(response(second, '486 Busy Here'));
    await caller.next('SIP/2.0 486');
  });

  test('uac_auth("SHA-256") answers with no other algorithm', async () => {
    newCall().invite(['X-Only: SHA-256']);
    callee.send(
      response(await callee.next('INVITE'), '407 Proxy Authentication Required', [
        `Proxy-Authenticate: ${challenge('first.example', ', algorithm=MD5')}`,
        `Proxy-Authenticate: ${challenge('first.example', ', algorithm=SHA-256')}`,
      ]),
    );
    const second = await callee.next('INVITE');
    assert.equal(
      proven(second, 'Proxy-Authorization', 'secret', 'first.example').get('algorithm'),
      'SHA-256',
    );
    callee.send(response(second, '486 Busy Here'));
    await caller.next('SIP/2.0 486');
  });

  test('without a credential the challenge goes to the caller', async () => {
    newCall().invite();
    const line = challenge('nobody.example');
    callee.send(response(await callee.next('INVITE'), '401 Unauthorized', [`WWW-Authenticate: ${line}`]));
    const refused = await caller.next('SIP/2.0 401');
    assert.equal(value(refused, 'WWW-Authenticate'), line);
    assert.equal(value(refused, 'CSeq'), '1 INVITE');
  });

  test('nothing of a credential stands in the log', () => {
    assert.doesNotMatch(log.lines.join('\n'), /secret|0123456789abcdef/);
  });
});

const replaceScript = `${common}
modparam("uac", "restore_passwd", "PASSWORD")
RESTORE
route {
	if (has_totag()) {
		loose_route();
		if ($hdr(X-Manual) == "yes") { uac_restore_from(); uac_restore_to(); }
		t_relay();
		exit;
	}
	record_route();
	uac_replace_from("Hidden", "sip:hidden@proxy.example");
	uac_replace_to(, "sip:other@to.example;user=phone");
	$du = "sip:127.0.0.1:" + $hdr(X-Port);
	t_relay();
}
`;

describe('uac_replace_from, uac_replace_to', { timeout: 120_000 }, () => {
  before(() => start(replaceScript.replace('RESTORE', '')));
  after(stop);

  test('each side of the dialog sees its own URIs, in requests and in replies', async () => {
    const call = newCall();
    call.invite();
    const invite = await callee.next('INVITE');
    assert.equal(value(invite, 'From'), 'Hidden <sip:hidden@proxy.example>;tag=caller');
    assert.equal(value(invite, 'To'), '<sip:other@to.example;user=phone>');
    callee.send(response(invite, '180 Ringing'));
    const ringing = await caller.next('SIP/2.0 180');
    assert.equal(value(ringing, 'From'), '"Caller" <sip:caller@from.example>;tag=caller');
    assert.equal(value(ringing, 'To'), '<sip:callee@example.com>;tag=callee');
    callee.send(response(invite, '200 OK'));
    const ok = await caller.next('SIP/2.0 200');
    assert.equal(value(ok, 'From'), '"Caller" <sip:caller@from.example>;tag=caller');

    call.later('INFO', 2, ok);
    const info = await callee.next('INFO');
    assert.match(value(info, 'From'), /<sip:hidden@proxy\.example>;tag=caller$/);
    assert.match(value(info, 'To'), /<sip:other@to\.example;user=phone>;tag=callee$/);
    callee.send(response(info, '200 OK'));
    const answered = await caller.next('SIP/2.0 200');
    assert.equal(value(answered, 'From'), '"Caller" <sip:caller@from.example>;tag=caller');
    assert.equal(value(answered, 'To'), '<sip:callee@example.com>;tag=callee');

    callee.send(
      request(callee.port, {
        method: 'BYE',
        uri: `sip:caller@127.0.0.1:${caller.port}`,
        from: `${value(invite, 'To')};tag=callee`,
        to: value(invite, 'From'),
        cseq: 70,
        callId: call.callId,
        headers: [`Route: ${value(invite, 'Record-Route')}`],
      }),
    );
    const bye = await caller.next('BYE');
    assert.match(value(bye, 'From'), /<sip:callee@example\.com>;tag=callee$/);
    assert.match(value(bye, 'To'), /<sip:caller@from\.example>;tag=caller$/);
    caller.send(response(bye, '200 OK'));
    const gone = await callee.next('SIP/2.0 200');
    assert.match(value(gone, 'From'), /<sip:other@to\.example;user=phone>;tag=callee$/);
    assert.match(value(gone, 'To'), /<sip:hidden@proxy\.example>;tag=caller$/);
  });

  test('what somebody made up in the Route becomes no header', async () => {
    const call = newCall();
    call.invite();
    const invite = await callee.next('INVITE');
    callee.send(response(invite, '200 OK'));
    const ok = (await caller.next('SIP/2.0 200'))
      .replace(/vsf=[^;>]*/, 'vsf=AAAA')
      .replace(/vst=[^;>]*/, 'vst=%%%');
    call.later('INFO', 2, ok);
    const info = await callee.next('INFO');
    assert.equal(value(info, 'From'), '"Caller" <sip:caller@from.example>;tag=caller');
    assert.equal(value(info, 'To'), '<sip:callee@example.com>;tag=callee');
  });
});

describe('restore_mode', { timeout: 120_000 }, () => {
  for (const [mode, header, from] of [
    ['manual', 'X-Manual: no', '"Caller" <sip:caller@from.example>;tag=caller'],
    ['manual', 'X-Manual: yes', '"Caller" <sip:hidden@proxy.example>;tag=caller'],
    ['none', 'X-Manual: no', '"Caller" <sip:caller@from.example>;tag=caller'],
  ] as const) {
    test(`${mode}, ${header}: ${from}`, async () => {
      await start(replaceScript.replace('RESTORE', `modparam("uac", "restore_mode", "${mode}")`));
      const call = newCall();
      call.invite();
      const invite = await callee.next('INVITE');
      assert.equal(/vsf=/.test(value(invite, 'Record-Route')), mode !== 'none');
      callee.send(response(invite, '200 OK'));
      const ok = await caller.next('SIP/2.0 200');
      caller.send(
        request(caller.port, {
          method: 'INFO',
          uri: `sip:callee@127.0.0.1:${callee.port}`,
          from: '"Caller" <sip:caller@from.example>;tag=caller',
          to: '<sip:callee@example.com>;tag=callee',
          cseq: 2,
          callId: call.callId,
          headers: [header, ...values(ok, 'Record-Route').map((route) => `Route: ${route}`)],
        }),
      );
      assert.equal(value(await callee.next('INFO'), 'From'), from);
      await stop();
    });
  }
});

describe('what is refused', () => {
  for (const [what, config, message] of [
    [
      'a credential without realm',
      authScript.replace('me:first.example:secret', 'me:secret'),
      /user:realm:password/,
    ],
    [
      'one AVP of three',
      authScript.replace(/modparam\("uac_auth", "auth_user.*\n/, ''),
      /partial definition of auth AVP/,
    ],
    ['an AVP that is none', authScript.replace('$avp(realm)")', '$var(realm)")'), /non AVP/],
    [
      'restore_mode sometimes',
      replaceScript.replace('RESTORE', 'modparam("uac", "restore_mode", "sometimes")'),
      /restore_mode/,
    ],
    [
      'uac_replace_from()',
      replaceScript.replace('RESTORE', '').replace('"Hidden", "sip:hidden@proxy.example"', ''),
      /display name or a URI/,
    ],
    [
      'uac_auth("SHA-1")',
      authScript.replace('uac_auth($var(only))', 'uac_auth("SHA-1")'),
      /Unsupported algorithm/,
    ],
  ] as const) {
    test(what, async () => {
      const refused = hostOf(config, { version: '3.6' });
      await assert.rejects(refused, (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /:secret/);
        return true;
      });
    });
  }

  test('uac_auth() without append_fromtag of rr, at the start', async () => {
    const host = await hostOf(
      `${authScript}`.replace(
        'loadmodule "rr.so"',
        'loadmodule "rr.so"\nmodparam("rr", "append_fromtag", 0)',
      ),
      { version: '3.6' },
    );
    await assert.rejects(host.start(), /'append_fromtag' RR param is not enabled/);
  });
});
