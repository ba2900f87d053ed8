import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { lookupFlagsOfLetters, lookupFlagsOfWords } from '../../../modules/registrar/lookup-flags.ts';
import { readQ } from '../../../modules/registrar/q-value.ts';
import { saveFlagsOfLetters, saveFlagsOfWords } from '../../../modules/registrar/save-flags.ts';
import type { Host } from '../../../runtime/index.ts';
import { regularExpression } from '../../../runtime/module-host.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { silent } from '../../runtime/loggers.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';
import { type RegisteringHost, registeringHost } from '../usrloc/registering-host.ts';

const limits = { maxContacts: 5, minExpires: 60, maxExpires: 0 };

describe('flags of save() in letters, as 2.x to 3.3 write them, and in words', () => {
  for (const [letters, words] of [
    ['m', 'memory-only'],
    ['mrs', 'memory-only,no-reply,socket-header'],
    ['p0', 'path-off'],
    ['p1v', 'path-lazy,path-received'],
    ['p2f', 'path-strict,force-registration'],
    ['c3e10E600', 'max-contacts=3,min-expires=10,max-expires=600'],
    ['c', 'max-contacts=0'],
    ['o', 'only-request-contacts'],
  ] as const) {
    test(`${letters} is ${words}`, () =>
      assert.deepEqual(saveFlagsOfLetters(letters, limits, silent), saveFlagsOfWords(words, limits)));
  }
  for (const [words, message] of [
    ['often', /Unknown flag: often/],
    ['max-contacts', /Bad format for key-value flag/],
    ['max-contacts=many', /is not an integer/],
    ['matching-mode=x', /invalid value for 'matching-mode'/],
  ] as const) {
    test(`${words} is refused`, () => assert.throws(() => saveFlagsOfWords(words, limits), message));
  }
});

describe('flags of lookup() in letters and in words', () => {
  const patterns = { regularExpression };
  for (const [letters, words] of [
    ['m', 'method-filtering'],
    ['br', 'no-branches,branch'],
    ['Yy250', 'sort-by-latency,max-ping-latency=250'],
    ['o', 'to-branches-only'],
    ['g', 'global'],
  ] as const) {
    test(`${letters} is ${words}`, () =>
      assert.deepEqual(lookupFlagsOfLetters(letters, patterns, silent), lookupFlagsOfWords(words, patterns)));
  }
  test('u/…/ and ua-filtering=/…/ look at the User-Agent', () => {
    for (const flags of [
      lookupFlagsOfLetters('u/^Js/i', patterns, silent),
      lookupFlagsOfWords('ua-filtering=/^Js/,case-insensitive', patterns),
    ]) {
      assert.deepEqual([flags.fitsUserAgent?.('jssip'), flags.fitsUserAgent?.('other')], [true, false]);
    }
  });
  for (const words of ['ua-filtering=Js', 'ua-filtering=//', 'max-ping-latency=x', 'nearby']) {
    test(`${words} is refused`, () => assert.throws(() => lookupFlagsOfWords(words, patterns), TypeError));
  }
});

describe('a q (RFC 3261 §25.1)', () => {
  for (const [text, q] of [
    ['0', 0],
    ['1', 1000],
    ['1.000', 1000],
    ['0.7', 700],
    ['0.125', 125],
    ['.5', 500],
    ['1.1', undefined],
    ['2', undefined],
    ['-1', undefined],
    ['', undefined],
  ] as const) {
    test(`"${text}" is ${q}`, () => assert.equal(readQ(text), q));
  }
});

describe('questions and removals', () => {
  let it: RegisteringHost;
  before(async () => {
    it = await registeringHost({
      params: ['modparam("registrar", "attr_avp", "$avp(attr)")', 'modparam("usrloc", "nat_bflag", "NAT")'],
      routes: `
route[INFO] {
	route($rU);
	append_to_reply("X-Info: $var(r)\\r\\n");
}
route[ask] {
	$var(r) = "";
	if (is_registered("location", "sip:ann@example.com")) $var(r) = "known";
	if (is_registered("location", "sip:nobody@example.com")) $var(r) = $var(r) + " NOBODY";
	if (is_contact_registered("location", "sip:ann@example.com", "sip:ann@192.0.2.1:5070")) $var(r) = $var(r) + " contact";
	if (is_contact_registered("location", "sip:ann@example.com", "sip:other@192.0.2.1")) $var(r) = $var(r) + " OTHER";
	if (is_contact_registered("location", "sip:ann@example.com", , "ask-call")) $var(r) = $var(r) + " call";
	$avp(ips) = "198.51.100.9";
	$avp(ips) = "192.0.2.1";
	if (is_ip_registered("location", "sip:ann@example.com", $avp(ips))) $var(r) = $var(r) + " address";
	$var(ip) = "192.0.2.1";
	$var(port) = 5071;
	if (is_ip_registered("location", "sip:ann@example.com", $var(ip), $var(port))) $var(r) = $var(r) + " PORT";
}
route[contact] { remove("location", "sip:ben@example.com", "sip:one@192.0.2.1"); $var(r) = $rc; }
route[hop] { remove("location", "sip:ben@example.com", , "192.0.2.2"); $var(r) = $rc; }
route[instance] { remove("location", "sip:ben@example.com", , , "<urn:uuid:3>"); $var(r) = $rc; }
route[place] { remove_ip_port("192.0.2.4", 5094, "location"); $var(r) = $rc; }
route[flag] { remove("location", "sip:ben@example.com", , , , "NAT"); $var(r) = $rc; }
route[nobody] { remove("location", "sip:nobody@example.com"); $var(r) = $rc; }
route[bad] { remove("location", "what"); $var(r) = $rc; }
route[all] { remove("location", "sip:ben@example.com"); $var(r) = $rc; }
route[socket] {
	add_sock_hdr("X-Socket");
	$var(r) = $rc;
}
`,
    });
  });
  after(() => it.host.stop());

  test('a REGISTER is known by its AoR, contact, Call-ID and address', async () => {
    await it.register('ann', 'Contact: <sip:ann@192.0.2.1:5070>', 'Call-ID: ask-call');
    assert.equal(await it.info('ask'), 'known contact call address');
  });

  test('remove and remove_ip_port take what is asked for, and no more', async () => {
    const users = ['one', 'two', 'three', 'four', 'five', 'six'];
    const contacts = users.map(
      (user, at) =>
        `Contact: <sip:${user}@192.0.2.${at + 1}:${5091 + at}>;+sip.instance="<urn:uuid:${at + 1}>"`,
    );
    await it.register('ben', ...contacts.map((line) => line.replace('one@192.0.2.1:5091', 'one@192.0.2.1')));
    const left = async () => (await it.lookup('ben')).split(' ').length;
    assert.equal(it.statistic('location-contacts'), 7);
    for (const [route, contactsLeft] of [
      ['contact', 6],
      ['hop', 5],
      ['instance', 4],
      ['place', 3],
      ['flag', 3],
      ['nobody', 3],
    ] as const) {
      assert.equal(await it.info(route), '1', route);
      assert.equal(it.statistic('location-contacts'), contactsLeft, route);
    }
    assert.equal(await left(), 2);
    assert.equal(await it.info('bad'), '-478');
    assert.equal(await it.info('all'), '1');
    assert.equal(it.statistic('location-contacts'), 1);
  });

  test('add_sock_hdr', async () => assert.equal(await it.info('socket'), '1'));
});

describe('reject_brief_expires (RFC 3261 §10.3 step 7)', () => {
  let it: RegisteringHost;
  before(async () => {
    it = await registeringHost({ params: ['modparam("registrar", "reject_brief_expires", 1)'] });
  });
  after(() => it.host.stop());

  test('a time below min_expires is answered 423 with Min-Expires, and nothing is stored', async () => {
    const answer = await it.register('brief', 'Contact: <sip:a@192.0.2.1>;expires=30');
    assert.match(answer, /^SIP\/2\.0 423 Interval Too Brief\r\n/);
    assert.match(answer, /\r\nMin-Expires: 60\r\n/);
    assert.equal(await it.lookup('brief'), '');
  });
  test('0 is not brief', async () => {
    assert.match(await it.register('brief', 'Contact: <sip:a@192.0.2.1>;expires=0'), /^SIP\/2\.0 200 /);
  });
});

describe('push notifications (RFC 8599)', () => {
  let it: RegisteringHost;
  before(async () => {
    it = await registeringHost({
      params: [
        'modparam("usrloc", "contact_refresh_timer", 1)',
        'modparam("registrar", "pn_enable", 1)',
        'modparam("registrar", "pn_providers", "fcm, apns")',
      ],
      routes:
        'event_route[E_UL_CONTACT_REFRESH] { xlog("L_ALERT", "refresh $param(uri) $param(reason)\\n"); }',
    });
  });
  after(() => it.host.stop());
  const caps = (answer: string) => [...answer.matchAll(/^Feature-Caps: (.*)\r$/gm)].map(([, value]) => value);

  test('pn-provider without a value asks which services there are', async () => {
    const answer = await it.register('q', 'Contact: <sip:q@192.0.2.1;pn-provider>');
    assert.deepEqual(caps(answer), ['+sip.pns="fcm"', '+sip.pns="apns"']);
  });
  test('a service that is not supported is answered 555', async () => {
    const answer = await it.register('q', 'Contact: <sip:q@192.0.2.1;pn-provider=acme;pn-prid=1;pn-param=2>');
    assert.match(answer, /^SIP\/2\.0 555 Push Notification Service Not Supported\r\n/);
  });
  test('a contact with all parameters is found by them, and woken by lookup()', async () => {
    const answer = await it.register(
      'p',
      'Contact: <sip:one@192.0.2.1;pn-provider=fcm;pn-prid=X;pn-param=Y>',
    );
    assert.deepEqual(caps(answer), ['+sip.pns="fcm";+sip.pnsreg="130"']);
    await it.register('p', 'Contact: <sip:two@192.0.2.2;pn-provider=fcm;pn-prid=X;pn-param=Y>');
    assert.equal(await it.lookup('p'), 'sip:two@192.0.2.2');
    await it.clock.advance(1);
    assert.ok(
      it.log.lines.some((line) =>
        line.includes('refresh sip:two@192.0.2.2;pn-provider=fcm;pn-prid=X;pn-param=Y ini-OPTIONS'),
      ),
    );
  });
});

test('contact_refresh_timer: a contact with push parameters is woken before its end', async () => {
  const it = await registeringHost({
    params: [
      'modparam("usrloc", "contact_refresh_timer", 1)',
      'modparam("registrar", "pn_enable", 1)',
      'modparam("registrar", "pn_providers", "fcm")',
      'modparam("registrar", "pn_trigger_interval", 100)',
    ],
    routes: 'event_route[E_UL_CONTACT_REFRESH] { xlog("L_ALERT", "refresh $param(aor) $param(reason)\\n"); }',
  });
  const woken = () => it.log.lines.filter((line) => line.includes('refresh soon reg-refresh')).length;
  await it.register('soon', 'Contact: <sip:s@192.0.2.1;pn-provider=fcm;pn-prid=X;pn-param=Y>;expires=600');
  await it.clock.advance(498_000);
  const early = woken();
  await it.clock.advance(4_000);
  const late = woken();
  await it.host.stop();
  assert.deepEqual([early, late], [0, 1]);
});

describe('a connection that goes takes its contacts along', () => {
  let host: Host;
  const clock = new VirtualClock();
  const collected = collectLog();
  before(async () => {
    host = await hostOf(
      `
log_level=2
socket=ws:127.0.0.1:8080
socket=udp:127.0.0.1:5060
loadmodule "proto_ws.so"
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
modparam("registrar", "tcp_persistent_flag", "KEEP")
route {
	if ($hdr(X-Keep) != NULL) setflag("KEEP");
	save("location");
}
event_route[E_UL_CONTACT_DELETE] { xlog("L_ALERT", "ct- $param(uri)\\n"); }
`,
      { log: collected.log, clock, version: '3.6' },
    );
    await host.start();
  });
  after(() => host.stop());

  const register = (uri: string, more: readonly string[] = []) =>
    [
      'REGISTER sip:example.com SIP/2.0',
      'Via: SIP/2.0/WS client.invalid;branch=z9hG4bKws',
      'Max-Forwards: 70',
      'From: <sip:web@example.com>;tag=1',
      'To: <sip:web@example.com>',
      `Call-ID: ${uri}`,
      'CSeq: 1 REGISTER',
      `Contact: <${uri}>;expires=600`,
      ...more,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');

  async function browser(): Promise<WebSocket> {
    const port = host.listeners.find(({ protocol }) => protocol === 'ws')?.port;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'sip', { origin: 'http://localhost' });
    await once(socket, 'open');
    return socket;
  }

  const contacts = () => host.statistics.get('usrloc:location-contacts');

  async function until(holds: () => boolean): Promise<void> {
    for (let turn = 0; !holds() && turn < 2000; turn++) {
      await clock.advance(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.ok(holds());
  }

  test('a browser that is gone is not found any more, and E_UL_CONTACT_DELETE tells it', async () => {
    const socket = await browser();
    socket.send(register('sip:x@client.invalid;transport=ws'));
    await once(socket, 'message');
    assert.equal(contacts(), 1);
    socket.terminate();
    await until(() => contacts() === 0);
    await until(() => collected.lines.some((line) => line.includes('ct- sip:x@client.invalid;transport=ws')));
  });

  test('one that came through a proxy, whose Path leads to it, stays', async () => {
    host.inject(register('sip:udp@192.0.2.1'));
    const socket = await browser();
    socket.send(register('sip:y@192.0.2.1'));
    await once(socket, 'message');
    socket.terminate();
    await until(() => host.connections.length === 0);
    assert.equal(contacts(), 2);
  });

  test('tcp_persistent_flag: the connection stays without traffic as long as its contact', async () => {
    const socket = await browser();
    socket.send(register('sip:z@client.invalid;transport=ws', ['X-Keep: 1']));
    await once(socket, 'message');
    await clock.advance(400_000);
    assert.equal(socket.readyState, WebSocket.OPEN);
    await clock.advance(400_000);
    await until(() => socket.readyState === WebSocket.CLOSED);
  });
});
