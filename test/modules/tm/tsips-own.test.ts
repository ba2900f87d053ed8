import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { checkConfig } from '../../../runtime/index.ts';
import { play, type Stage } from '../../calls/player.ts';
import { domainOf, openPhone, type PhoneChoice, type RunningProxy, startProxy } from '../../calls/proxy.ts';
import { collectLog, fixtureMpath, hostOf } from '../../runtime/host/host-tools.ts';

/** What every host here loads, in front of a script that ends the main route. */
function config(script: string, params = ''): string {
  const modules = ['proto_udp', 'proto_ws', 'sl', 'tm', 'signaling', 'sipmsgops', 'holding'];
  return [
    'socket=udp:127.0.0.1:5060',
    'socket=ws:127.0.0.1:5060',
    `mpath="${fixtureMpath}"`,
    ...modules.map((name) => `loadmodule "${name}.so"`),
    params,
    'route {',
    '  if (is_method("OPTIONS") && $rU == NULL) { sl_send_reply(200, "OK"); exit; }',
    '  if (is_method("CANCEL|ACK") && t_check_trans()) { t_relay(); exit; }',
    script,
  ].join('\n');
}

type Use = (stage: Stage, proxy: RunningProxy) => Promise<void>;

async function withProxy(text: string, choices: readonly PhoneChoice[], use: Use): Promise<void> {
  const proxy = await startProxy({ text, folder: tmpdir() });
  const opened = await Promise.all(choices.map((choice) => openPhone(proxy, choice)));
  const phones = Object.fromEntries(opened.map((phone) => [phone.user, phone]));
  try {
    await use({ phones, domain: domainOf(proxy), time: proxy.time, callsContacts: true }, proxy);
  } finally {
    for (const phone of opened) await phone.close();
    await proxy.stop();
  }
}

const udp = (user: string): PhoneChoice => ({ user, transport: 'udp' });
const pair = [udp('alice'), udp('bob')];

describe('runs that wait and runs that fail', () => {
  test('a request that comes again while its run waits is absorbed, and goes on once', () =>
    withProxy(
      config(`
        if (is_method("MESSAGE")) { release_all(); sl_send_reply(202, "Released"); exit; }
        t_check_trans();
        hold_until_released();
        $ru = $(hdr(X-To){nameaddr.uri});
        t_relay();
      }`),
      pair,
      async (stage) => {
        await play(
          `
          alice -> proxy  INVITE sip:bob@x with X-To: {bob.contact}
          proxy -> alice  100
          alice -> proxy  INVITE again
          proxy -> alice  100
          alice -> proxy  MESSAGE sip:x@y
          proxy -> alice  202
          proxy -> bob    INVITE
          bob -> alice    200 INVITE`,
          stage,
        );
      },
    ));

  test('a script that fails behind t_newtran() is answered 500 by the transaction', () =>
    withProxy(
      config('t_newtran(); throw_now(); }').replace('loadmodule "holding.so"', 'loadmodule "throwing.so"'),
      pair,
      async (stage) => {
        await play(
          `
          alice -> proxy  INVITE sip:bob@x with X-To: {bob.contact}
          proxy -> alice  100
          proxy -> alice  500
          after 500 ms: proxy -> alice 500 again
          alice -> proxy  ACK`,
          stage,
        );
      },
    ));
});

describe('a script that fails behind t_relay()', () => {
  test('is answered by the branch alone', () =>
    withProxy(
      config('t_relay(); throw_now(); }').replace('loadmodule "holding.so"', 'loadmodule "throwing.so"'),
      pair,
      async (stage) => {
        await play('alice -> bob MESSAGE\nbob -> alice 200', stage);
      },
    ));

  test('a reply that comes while a failure_route waits is worked on behind it', () =>
    withProxy(
      config(`
        if (is_method("INFO")) { release_all(); sl_send_reply(202, "Released"); exit; }
        t_on_failure("next");
        t_on_reply("heard");
        t_relay();
      }
      onreply_route[heard] { xlog("heard $rs\n"); }
      failure_route[next] {
        xlog("failed with $T_reply_code\n");
        hold_until_released();
        $ru = $(hdr(X-Then){nameaddr.uri});
        t_on_failure("last");
        t_relay();
      }
      failure_route[last] { xlog("failed again with $T_reply_code\n"); }`),
      [...pair, udp('carl')],
      async (stage, proxy) => {
        await play(
          `
          alice -> bob    INVITE with X-Then: {carl.contact}
          proxy -> alice  100
          bob -> proxy    486
          proxy -> bob    ACK
          bob -> proxy    486 again
          proxy -> bob    ACK again
          carl -> proxy   INFO sip:x@y
          proxy -> carl   202
          proxy -> carl   INVITE
          carl -> alice   200 INVITE`,
          stage,
        );
        const told = proxy.log
          .filter((line) => /heard|failed/.test(line))
          .map((line) => line.replace(/^.*?: /, ''));
        assert.deepEqual(told, ['heard 486', 'failed with 486', 'heard 486', 'heard 200']);
      },
    ));
});

describe('a connection that goes', () => {
  test('takes its pending branches along at once: 477, and the failure_route hears it', () =>
    withProxy(
      config(
        `t_on_failure("missed"); t_relay(); }
         failure_route[missed] { xlog("failed with $T_reply_code\\n"); }`,
      ),
      [udp('alice'), { user: 'bob', transport: 'ws' }],
      async (stage, proxy) => {
        const { bob } = stage.phones;
        await play('alice -> bob INVITE\nproxy -> alice 100\nbob -> alice 180', stage).catch(assert.fail);
        await bob?.close();
        const answer = await stage.phones.alice?.receive('the answer');
        assert.equal(answer?.kind, '477 INVITE');
        assert.ok(proxy.log.some((line) => line.includes('failed with 477')));
      },
    ));
});

describe('parameters', () => {
  test('max_transactions: a request beyond them makes none, and t_relay() fails', () =>
    withProxy(
      config('if (!t_relay()) sl_send_reply(503, "Full"); }', 'modparam("tm", "max_transactions", 1)'),
      pair,
      async (stage) => {
        await play(
          `
          alice -> bob    MESSAGE
          alice -> proxy  INFO sip:x@y
          proxy -> alice  503
          bob -> alice    200 MESSAGE`,
          stage,
        );
      },
    ));

  test('non_invite_408: a request that is no INVITE is answered 408, as by OpenSIPS', () =>
    withProxy(
      config('t_relay(); }', 'modparam("tm", "non_invite_408", 1)\nmodparam("tm", "fr_timeout", 2)'),
      pair,
      async (stage) => {
        await play(
          `
          alice -> bob    MESSAGE
          after 500 ms: proxy -> bob MESSAGE again
          after 1 s: proxy -> bob MESSAGE again
          after 500 ms: proxy -> alice 408`,
          stage,
        );
      },
    ));

  test('T2_timer must be greater than T1_timer', async () => {
    const text = config('exit; }', 'modparam("tm", "T1_timer", 4000)');
    const { diagnostics } = await checkConfig({ config: text, listenOn: () => '127.0.0.1:0' });
    assert.match(
      diagnostics.map(({ message }) => message).join('\n'),
      /T2_timer must be greater than T1_timer/,
    );
  });

  test('fr_timer of 2.x is fr_timeout, with a warning', async () => {
    const { log, lines } = collectLog();
    const text = [
      'listen=udp:127.0.0.1:5060',
      'loadmodule "proto_udp.so"',
      'loadmodule "tm.so"',
      'modparam("tm", "fr_timer", 7)',
      'route { t_relay("0x02"); }',
    ].join('\n');
    const host = await hostOf(text, { log, version: '2.4', listenOn: () => '127.0.0.1:0' });
    await host.start();
    await host.stop();
    assert.ok(lines.some((line) => line.includes('"fr_timer" is now deprecated')));
  });
});

describe('functions that a check judges', () => {
  const rows: readonly (readonly [call: string, message: RegExp])[] = [
    ['t_on_failure("x")', /failure route <x> does not exist/],
    ['t_on_reply("x")', /onreply route <x> does not exist/],
    ['t_on_branch("x")', /branch route <x> does not exist/],
    ['t_reply(99, "x")', /wrong value \[99\] for param! - Allowed only 1xx - 6xx/],
    ['t_relay("no-such-flag")', /unknown flags 'no-such-flag'/],
    ['t_local_replied("some")', /invalid param "some"/],
    ['t_check_status("[")', /bad re/],
  ];
  for (const [call, message] of rows) {
    test(call, async () => {
      const { diagnostics, failed } = await checkConfig({
        config: config(`${call}; }`),
        version: '3.6',
        listenOn: () => '127.0.0.1:0',
      });
      assert.ok(failed);
      assert.match(diagnostics.map((each) => each.message).join('\n'), message);
    });
  }
});

describe('requests of this host', () => {
  test('t_new_request(): it goes out, the local_route sees it, and its body has a type', () =>
    withProxy(
      config(`
        t_new_request("MESSAGE", "$(hdr(X-To){nameaddr.uri})", "Bell sip:bell@here", "sip:bob@there", "text/plain ding", "why");
        sl_send_reply(202, "Sent");
      }
      local_route { append_hf("X-Why: $avp(uac_ctx)\\r\\n"); xlog("own $rm to $ru\\n"); }`),
      pair,
      async (stage, proxy) => {
        await play(
          `
          bob -> proxy    INFO sip:x@y with X-To: {bob.contact}
          proxy -> bob    MESSAGE "ding" with Content-Type: text/plain with X-Why: why with From: Bell <sip:bell@here>
          proxy -> bob    202 INFO
          bob -> proxy    200 MESSAGE`,
          stage,
        );
        assert.ok(proxy.log.some((line) => line.includes('own MESSAGE to sip:bob@')));
      },
    ));
});

describe('what is left', () => {
  test('nothing: neither transactions nor timers, when their time is over', async () => {
    await withProxy(config('t_relay(); }'), pair, async (stage, proxy) => {
      const { bob } = stage.phones;
      assert.ok(bob);
      await play(
        `
        alice -> bob    MESSAGE
        bob -> alice    200
        alice -> bob    INVITE
        proxy -> alice  100
        bob -> alice    486
        proxy -> bob    ACK
        alice -> proxy  ACK
        after 60 s`,
        stage,
      ).catch(assert.fail);
      assert.equal(proxy.statistic('tm:inuse_transactions'), 0);
      assert.equal(proxy.statistic('tm:UAS_transactions'), 2);
    });
  });
});
