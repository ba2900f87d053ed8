/** Challenges and the nonces in them, over UDP and a clock that the test moves. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';
import { challengesOf, fieldsOf, type Known, written } from './digest-client.ts';
import { UdpExchange } from './exchange.ts';
import { requestOf } from './rows.ts';

const offers: Readonly<Record<string, string>> = {
  plain: 'www_challenge("example.com")',
  '2.x off': 'www_challenge("example.com", "0")',
  '2.x on': 'proxy_challenge("example.com", "1")',
  auth: 'proxy_challenge("example.com", "auth")',
  both: 'www_challenge("example.com", "auth, auth-int")',
  turned: 'www_challenge("example.com", "auth-int,auth")',
  'all, mixed': 'www_challenge("example.com", "auth", "MD5,SHA-512-256,sha-256,MD5-sess")',
  'SHA-256 alone': 'www_challenge("example.com", , "SHA-256")',
  'from variables': 'www_challenge("$fd", "$var(qop)", "$var(algorithms)")',
  'bad variable': 'www_challenge("example.com", "$var(bad)")',
  'bad realm': 'www_challenge("$hdr(X-Realm)", "auth")',
  'realm www': 'www_challenge("", "auth")',
  'realm proxy': 'proxy_challenge("", "auth")',
};

const config = `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "auth.so"
modparam("auth", "username_spec", "$avp(user)")
modparam("auth", "password_spec", "$avp(password)")
modparam("auth", "calculate_ha1", 1)
modparam("auth", "nonce_expire", 30)
modparam("auth", "realm_prefix", "sip.")
SECRET
route {
	$avp(user) = "alice";
	$avp(password) = "secret";
	$var(qop) = "auth";
	$var(algorithms) = "SHA-256";
	$var(bad) = "auth-conf";
${Object.entries(offers)
  .map(([name, call]) => `	if ($hdr(X-Do) == "${name}") { ${call}; $var(rc) = $rc; route(tell); exit; }`)
  .join('\n')}
	pv_www_authorize("example.com");
	$var(rc) = $rc;
	if ($var(rc) == 1) consume_credentials();
	if ($hdr(X-Then) == "challenge" && $var(rc) < 0) { www_challenge("example.com", "auth"); exit; }
	route(tell);
}
route[tell] {
	append_to_reply("X-Rc: $var(rc)\\r\\nX-Au: $Au\\r\\n");
	sl_send_reply(299, "Judged");
}
`;

class Caller {
  readonly host: Host;
  readonly clock: VirtualClock;
  readonly log: CollectedLog;
  readonly client: UdpExchange;

  constructor(host: Host, clock: VirtualClock, log: CollectedLog, client: UdpExchange) {
    this.host = host;
    this.clock = clock;
    this.log = log;
    this.client = client;
  }

  static async of(more = ''): Promise<Caller> {
    const clock = new VirtualClock();
    const log = collectLog();
    const host = await hostOf(config.replace('SECRET', more), { version: '3.6', clock, log: log.log });
    await host.start();
    return new Caller(host, clock, log, await UdpExchange.with(host));
  }

  ask(lines: readonly string[], method = 'REGISTER'): Promise<string> {
    return this.client.ask(requestOf({ rule: '', method }, this.client.port, lines));
  }

  /** The challenge lines of the reply. */
  async offer(name: string, lines: readonly string[] = []): Promise<readonly string[]> {
    const reply = await this.ask([`X-Do: ${name}`, ...lines]);
    return reply.match(/^(WWW|Proxy)-Authenticate: .*$/gm) ?? [reply.slice(0, reply.indexOf('\r\n'))];
  }

  async nonce(name = 'auth'): Promise<string> {
    return challengesOf(await this.ask([`X-Do: ${name}`]))[0]?.get('nonce') ?? '';
  }

  async code(nonce: string, known: Partial<Known> = {}): Promise<number> {
    return Number(/^X-Rc: (-?\d+)/m.exec(await this.ask([credentials(nonce, known)]))?.[1]);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.host.stop();
  }
}

function credentials(nonce: string, known: Partial<Known>): string {
  const fields = fieldsOf({
    username: 'alice',
    password: 'secret',
    realm: 'example.com',
    method: 'REGISTER',
    uri: 'sip:example.com',
    nonce,
    qop: 'auth',
    nc: '00000001',
    cnonce: 'c',
    ...known,
  });
  return `Authorization: ${written(fields)}`;
}

const noQop = { qop: undefined, nc: undefined, cnonce: undefined };

describe('challenges (RFC 3261 §22.2, §22.3, RFC 8760 §2)', () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.of();
  });
  after(() => caller.close());

  const www = 'WWW-Authenticate: Digest realm="example.com", nonce="N"';
  const rows: readonly (readonly [name: string, lines: readonly string[], more?: readonly string[]])[] = [
    ['plain', [www]],
    ['2.x off', [www]],
    ['2.x on', ['Proxy-Authenticate: Digest realm="example.com", nonce="N", qop="auth"']],
    ['auth', ['Proxy-Authenticate: Digest realm="example.com", nonce="N", qop="auth"']],
    ['both', [`${www}, qop="auth,auth-int"`]],
    ['turned', [`${www}, qop="auth-int,auth"`]],
    [
      'all, mixed',
      ['SHA-512-256', 'SHA-256', 'MD5-sess', 'MD5'].map((name) => `${www}, qop="auth", algorithm=${name}`),
    ],
    ['SHA-256 alone', [`${www}, qop="auth", algorithm=SHA-256`]],
    ['from variables', [`${www}, qop="auth", algorithm=SHA-256`]],
    ['bad variable', ['SIP/2.0 299 Judged']],
    ['bad realm', ['SIP/2.0 299 Judged'], ['X-Realm: a"b']],
  ];
  for (const [name, lines, more = []] of rows) {
    test(offers[name] ?? name, async () => {
      const given = await caller.offer(name, more);
      assert.deepEqual(
        given.map((line) => line.replace(/nonce="[^"]+"/, 'nonce="N"')),
        lines,
      );
    });
  }

  test('401 Unauthorized and 407 Proxy Authentication Required end the script', async () => {
    assert.match(await caller.ask(['X-Do: plain']), /^SIP\/2\.0 401 Unauthorized\r\n/);
    assert.match(await caller.ask(['X-Do: auth']), /^SIP\/2\.0 407 Proxy Authentication Required\r\n/);
  });

  test('realm "": the host of To in a REGISTER that its registrar asks, else of From, without realm_prefix', async () => {
    const ask = async (name: string, method: string) => {
      const text = requestOf({ rule: '', method }, caller.client.port, [`X-Do: ${name}`])
        .replace(/^To: .*$/m, 'To: <sip:bob@sip.to.example:5070>')
        .replace(/^From: .*$/m, 'From: <sip:alice@from.example>;tag=1');
      return challengesOf(await caller.client.ask(text))[0]?.get('realm');
    };
    assert.equal(await ask('realm www', 'REGISTER'), 'to.example');
    assert.equal(await ask('realm www', 'INVITE'), 'from.example');
    assert.equal(await ask('realm proxy', 'REGISTER'), 'from.example');
  });

  for (const [call, message] of [
    ['www_challenge("x", "auth-conf")', /Bad qop type "auth-conf"/],
    ['www_challenge("x", "auth", "MD5,SHA-1")', /Unsupported algorithm type: "SHA-1"/],
  ] as const) {
    test(`${call} is refused at the start`, () =>
      assert.rejects(
        hostOf(config.replace('SECRET', '').replace('pv_www_authorize', `${call};pv_www_authorize`)),
        message,
      ));
  }
});

describe('nonces are taken once', () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.of('modparam("auth", "max_used_nonces", 20)');
  });
  after(() => caller.close());

  test('the same response again: -3', async () => {
    const nonce = await caller.nonce();
    assert.equal(await caller.code(nonce), 1);
    assert.equal(await caller.code(nonce), -3);
  });

  test('nc counts on without another challenge (RFC 7616 §3.4)', async () => {
    const nonce = await caller.nonce();
    for (const [nc, code] of [
      ['00000001', 1],
      ['00000002', 1],
      ['00000002', -3],
      ['00000005', 1],
      ['00000004', 1],
      ['00000004', -3],
    ] as const) {
      assert.equal(await caller.code(nonce, { nc }), code, nc);
    }
  });

  test('without qop a nonce does once', async () => {
    const nonce = await caller.nonce('plain');
    assert.equal(await caller.code(nonce, noQop), 1);
    assert.equal(await caller.code(nonce, noQop), -3);
  });

  test('a nc that is no number uses the nonce up', async () => {
    const nonce = await caller.nonce();
    assert.equal(await caller.code(nonce, { nc: 'first' }), 1);
    assert.equal(await caller.code(nonce, { nc: 'second' }), -3);
    assert.equal(await caller.code(nonce, { nc: '00000002' }), -3);
  });

  test('one challenge with several algorithms is one nonce', async () => {
    const challenges = challengesOf(await caller.ask(['X-Do: all, mixed']));
    const answer = (algorithm: string) =>
      caller.code(challenges.find((each) => each.get('algorithm') === algorithm)?.get('nonce') ?? '', {
        algorithm,
      });
    assert.equal(await answer('SHA-256'), 1);
    assert.equal(await answer('MD5'), -3);
  });

  test('a wrong password does not use the nonce up', async () => {
    const nonce = await caller.nonce();
    assert.equal(await caller.code(nonce, { password: 'guess' }), -2);
    assert.equal(await caller.code(nonce), 1);
  });

  test('nonce_expire: good until then, -3 from then on; the next challenge says stale=true', async () => {
    const [early, late] = [await caller.nonce(), await caller.nonce()];
    await caller.clock.advance(29_999);
    assert.equal(await caller.code(early), 1);
    await caller.clock.advance(1);
    assert.equal(await caller.code(late), -3);
    const again = await caller.ask([credentials(late, {}), 'X-Then: challenge']);
    assert.match(
      again,
      /WWW-Authenticate: Digest realm="example.com", nonce="[^"]+", qop="auth", stale=true\r\n/,
    );
    const wrong = await caller.ask([
      credentials(await caller.nonce(), { password: 'guess' }),
      'X-Then: challenge',
    ]);
    assert.doesNotMatch(wrong, /stale/);
  });

  test('challenges cost nothing; max_used_nonces at a time are taken, then -3 until some have ended', async () => {
    await caller.clock.advance(60_000);
    const nonces: string[] = [];
    for (let count = 0; count < 40; count++) nonces.push(await caller.nonce());
    const codes: number[] = [];
    for (const nonce of nonces.slice(0, 21)) codes.push(await caller.code(nonce));
    assert.deepEqual(codes, [...Array(20).fill(1), -3]);
    assert.deepEqual(caller.log.from('check_nonce'), ['max_used_nonces are in use, no more can be taken']);
    assert.equal(caller.host.statistics.get('auth:used_nonces'), 20);
    await caller.clock.advance(30_000);
    assert.equal(await caller.code(await caller.nonce()), 1);
    await caller.clock.advance(90_000);
    assert.equal(caller.host.statistics.get('auth:used_nonces'), 0, 'all are gone when their time is over');
  });
});

describe('$Au and consume_credentials', () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.of();
  });
  after(() => caller.close());

  const accountOf = (reply: string) => /^X-Au: (.*)\r$/m.exec(reply)?.[1];

  test('user and realm of credentials that were accepted, else user and host of From', async () => {
    assert.equal(accountOf(await caller.ask([credentials(await caller.nonce(), {})])), 'alice@example.com');
    const other = requestOf({ rule: '' }, caller.client.port, [
      credentials(await caller.nonce(), { password: 'guess' }),
    ]);
    const reply = await caller.client.ask(
      other.replace(/^From: .*$/m, 'From: <sip:carol@from.example>;tag=1'),
    );
    assert.equal(accountOf(reply), 'carol@from.example');
  });
});

describe('one secret for several hosts', () => {
  const secret = 'modparam("auth", "secret", "0123456789abcdef0123456789abcdef")';

  test('a nonce of another host, or of the time before a start, is -3 where nonces are counted', async () => {
    const [one, other] = [await Caller.of(secret), await Caller.of(secret)];
    const nonce = await one.nonce();
    assert.equal(await other.code(nonce), -3);
    assert.equal(await one.code(nonce), 1);
    await one.close();
    await other.close();
  });

  test('disable_nonce_check: any of them takes it, again and again', async () => {
    const more = `${secret}\nmodparam("auth", "disable_nonce_check", 1)`;
    const [one, other] = [await Caller.of(more), await Caller.of(more)];
    const nonce = await one.nonce();
    assert.deepEqual([await other.code(nonce), await one.code(nonce), await one.code(nonce)], [1, 1, 1]);
    await one.close();
    await other.close();
  });

  test('from 3.2 on a secret has 32 bytes, before any number', async () => {
    const text = config.replace('SECRET', 'modparam("auth", "secret", "short")');
    await assert.rejects(hostOf(text, { version: '3.6' }), /the secret has 5 bytes instead of 32/);
    const host = await hostOf(text, { version: '3.1' });
    await host.stop();
  });
});

describe('challenges in a transaction', () => {
  test('a retransmission gets the same challenge again, the request behind it passes', async () => {
    const host = await hostOf(
      `socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "tm.so"
loadmodule "signaling.so"
loadmodule "auth.so"
modparam("auth", "username_spec", "$var(user)")
modparam("auth", "password_spec", "$var(password)")
modparam("auth", "calculate_ha1", 1)
route {
	$var(user) = "alice";
	$var(password) = "secret";
	t_newtran();
	if (!pv_www_authorize("example.com")) www_challenge("example.com", "auth");
	t_reply(299, "Judged");
}
`,
      { version: '3.6' },
    );
    await host.start();
    const client = await UdpExchange.with(host);
    const request = requestOf({ rule: '' }, client.port, []);
    const [first, again] = [await client.ask(request), await client.ask(request)];
    assert.match(first, /^SIP\/2\.0 401 Unauthorized\r\n/);
    assert.equal(again, first);
    const nonce = challengesOf(first)[0]?.get('nonce') ?? '';
    const answered = await client.ask(requestOf({ rule: '' }, client.port, [credentials(nonce, {})]));
    assert.match(answered, /^SIP\/2\.0 299 /);
    client.close();
    await host.stop();
  });
});
