import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Dialog } from '../../../modules/dialog/dialog.ts';
import { Profiles, parseProfiles } from '../../../modules/dialog/profiles.ts';
import { nextState, state } from '../../../modules/dialog/states.ts';
import { checkConfig } from '../../../runtime/index.ts';
import { VirtualClock } from '../../runtime/virtual-clock.ts';
import { loading, type PhonesHost, phonesHost } from '../phones-host.ts';

const modules = loading('proto_udp', 'tm', 'sl', 'rr', 'sipmsgops', 'dialog');

const script = [
  'route {',
  '  if (has_totag()) {',
  '    if ($hdr(X-Do) =~ "match") { if (match_dialog()) xlog("matched"); else xlog("not matched"); }',
  '    if ($hdr(X-Do) =~ "only") { if (match_dialog("DID_ONLY")) xlog("matched"); else xlog("not matched"); }',
  '    loose_route();',
  '    if (!is_method("ACK")) { validate_dialog(); xlog("$rm $DLG_status valid $rc"); }',
  '    if ($hdr(X-Do) =~ "fix" && is_method("INFO")) fix_route_dialog();',
  '    if ($hdr(X-Do) =~ "longer") { $DLG_timeout = 100; xlog("$DLG_timeout"); }',
  '    if (!is_method("ACK") || !t_check_trans()) { $du = "sip:127.0.0.1:$(port)"; t_relay(); }',
  '    exit;',
  '  }',
  '  if ($hdr(X-Do) =~ "lifetime") $DLG_timeout = 10;',
  '  if (is_method("INVITE")) { create_dialog("B"); xlog("created $rc"); set_dlg_profile("all"); record_route(); }',
  '  if ($hdr(X-Do) =~ "prolong") dlg_on_timeout("once");',
  '  if ($hdr(X-Do) =~ "stop") { get_profile_size("all", , $var(n)); xlog("in profile $var(n)"); exit; }',
  '  if ($hdr(X-Do) =~ "size") { get_profile_size("all", , $var(n)); xlog("in profile $var(n)"); }',
  '  $du = "sip:127.0.0.1:$(port)";',
  '  t_relay();',
  '}',
  'route[once] { if ($dlg_val(again) == NULL) { $dlg_val(again) = "yes"; $DLG_timeout = 20; } }',
];

/** One call, told by the texts that go over the wire. */
class Call {
  readonly #there: PhonesHost;
  readonly #id: string;
  readonly #todo: string;
  #number = 0;
  #did = '';

  constructor(there: PhonesHost, id: string, todo = 'none') {
    this.#there = there;
    this.#id = id;
    this.#todo = todo;
  }

  /** What the caller sends, with these header lines. */
  send(method: string, uri: string, headers: readonly string[], number = ++this.#number): void {
    const { caller } = this.#there.phones;
    const toTag = method === 'INVITE' ? '' : ';tag=callee';
    const text = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${caller.port};branch=z9hG4bK-${this.#id}-${method}-${number}`,
      'From: "Al" <sip:alice@a.example>;tag=caller',
      `To: <sip:bob@b.example>${toTag}`,
      `Call-ID: ${this.#id}`,
      `CSeq: ${number} ${method}`,
      'Max-Forwards: 70',
      `X-Do: ${this.#todo}`,
      `Contact: <sip:alice@127.0.0.1:${caller.port};x=1>`,
      ...headers,
      'Content-Length: 0',
      '',
      '',
    ];
    caller.send(text.join('\r\n'), this.#there.port);
  }

  /** INVITE, 200, ACK; `above` and `below`: proxies on both sides. */
  async establish(above: readonly string[] = [], below: readonly string[] = []): Promise<void> {
    const { caller, callee } = this.#there.phones;
    this.send(
      'INVITE',
      'sip:bob@b.example',
      above.map((route) => `Record-Route: ${route}`),
    );
    const invite = await callee.next(
      'INVITE',
      (text) => text.startsWith('INVITE ') && text.includes(this.#id),
    );
    this.#did = /;did=([^;>]+)/.exec(invite)?.[1] ?? '';
    const lines = invite.split('\r\n');
    const kept = (name: string) => lines.filter((line) => line.startsWith(`${name}:`));
    const reply = [
      'SIP/2.0 200 OK',
      ...kept('Via'),
      ...below.map((route) => `Record-Route: ${route}`),
      ...kept('Record-Route'),
      ...kept('From'),
      `${kept('To')[0]};tag=callee`,
      ...kept('Call-ID'),
      ...kept('CSeq'),
      `Contact: <sip:bob@127.0.0.1:${callee.port}>`,
      'Content-Length: 0',
      '',
      '',
    ];
    callee.send(reply.join('\r\n'), this.#there.port);
    await caller.next('200', (text) => text.startsWith('SIP/2.0 200') && text.includes(this.#id));
    this.send(
      'ACK',
      `sip:bob@127.0.0.1:${callee.port}`,
      [this.route(), ...below.toReversed().map((r) => `Route: ${r}`)],
      this.#number,
    );
    await callee.next('ACK', (text) => text.startsWith('ACK ') && text.includes(this.#id));
  }

  route(): string {
    return `Route: <sip:127.0.0.1:${this.#there.port};lr;ftag=caller;did=${this.#did}>`;
  }
}

async function lineOf(
  { log }: PhonesHost,
  clock: VirtualClock,
  from: number,
  count = 1,
): Promise<readonly string[]> {
  const shown = () => log.lines.slice(from).filter((line) => line.startsWith('xlog : '));
  for (let turns = 0; turns < 5000 && shown().length < count; turns++) await clock.advance(0);
  return shown().map((line) => line.slice('xlog : '.length));
}

describe('a call', () => {
  const clock = new VirtualClock();
  let there: PhonesHost;
  before(async () => {
    there = await phonesHost(
      [
        ...modules,
        'modparam("dialog", "profiles_no_value", "all")',
        'modparam("dialog", "dlg_extra_hdrs", "X-Ended: yes\\r\\n")',
      ],
      script,
      { version: '3.6', clock },
    );
  });
  after(() => there.close());

  const count = (name: string) => there.host.statistics.get(`dialog:${name}`);

  test('RFC 3261 §12.2.1.1: the BYEs of create_dialog("B") have targets, routes, tags and the next CSeq', async () => {
    const { caller, callee } = there.phones;
    const above = `<sip:127.0.0.1:${caller.port};lr;up>`;
    const below = `<sip:127.0.0.1:${callee.port};lr;down>`;
    const call = new Call(there, 'byes', 'lifetime');
    await call.establish([above], [below]);
    assert.equal(count('active_dialogs'), 1);
    await clock.advance(11_000);
    const toCallee = await callee.next('BYE', (text) => text.startsWith('BYE ') && text.includes('byes'));
    const toCaller = await caller.next('BYE', (text) => text.startsWith('BYE ') && text.includes('byes'));
    const lines = (text: string) =>
      text
        .split('\r\n')
        .filter((line) => /^(?:BYE|From|To|CSeq|Call-ID|Route|X-Ended)/.test(line))
        .sort();
    assert.deepEqual(lines(toCallee), [
      `BYE sip:bob@127.0.0.1:${callee.port} SIP/2.0`,
      'CSeq: 2 BYE',
      'Call-ID: byes',
      'From: <sip:alice@a.example>;tag=caller',
      `Route: ${below}`,
      'To: <sip:bob@b.example>;tag=callee',
      'X-Ended: yes',
    ]);
    assert.deepEqual(lines(toCaller), [
      `BYE sip:alice@127.0.0.1:${caller.port};x=1 SIP/2.0`,
      'CSeq: 1 BYE',
      'Call-ID: byes',
      'From: <sip:bob@b.example>;tag=callee',
      `Route: ${above}`,
      'To: <sip:alice@a.example>;tag=caller',
      'X-Ended: yes',
    ]);
    assert.deepEqual([count('active_dialogs'), count('expired_dialogs')], [0, 1]);
  });

  test('dlg_on_timeout: a route that sets $DLG_timeout prolongs it', async () => {
    const call = new Call(there, 'prolonged', 'lifetime-prolong');
    await call.establish();
    await clock.advance(11_000);
    assert.equal(count('active_dialogs'), 1);
    await clock.advance(20_000);
    assert.equal(count('active_dialogs'), 0);
  });

  test('$DLG_timeout in a request within it sets its time anew', async () => {
    const call = new Call(there, 'longer', 'lifetime-longer');
    await call.establish();
    await clock.advance(50_000);
    assert.equal(count('active_dialogs'), 1);
    await clock.advance(60_000);
    assert.equal(count('active_dialogs'), 0);
  });

  const validations: readonly [
    what: string,
    expected: string,
    uri: string,
    routes: readonly string[],
    number: number,
  ][] = [
    ['what it knows', 'INFO 4 valid 1', 'known', ['below'], 2],
    ['a CSeq that was there', 'INFO 4 valid -1', 'known', ['below'], 1],
    ['another Request-URI', 'INFO 4 valid -2', 'sip:eve@127.0.0.1', ['below'], 2],
    ['a Route too few', 'INFO 4 valid -3', 'known', [], 2],
    ['another Route', 'INFO 4 valid -3', 'known', ['other'], 2],
  ];
  for (const [index, [what, expected, uri, routes, number]] of validations.entries()) {
    test(`validate_dialog: ${what}`, async () => {
      const { callee } = there.phones;
      const below = `<sip:127.0.0.1:${callee.port};lr>`;
      const call = new Call(there, `valid-${index}`);
      await call.establish([], [below]);
      const from = there.log.lines.length;
      const target = uri === 'known' ? `sip:bob@127.0.0.1:${callee.port}` : uri;
      const extra = routes.map((route) => `Route: ${route === 'below' ? below : '<sip:127.0.0.1:9;lr>'}`);
      call.send('INFO', target, [call.route(), ...extra], number);
      assert.deepEqual(await lineOf(there, clock, from), [expected]);
    });
  }

  const ways: readonly [what: string, below: readonly string[], expected: readonly string[]][] = [
    ['no proxy behind this host', [], ['INFO sip:bob@here SIP/2.0']],
    [
      'loose routers',
      ['<sip:here;lr>', '<sip:there;lr>'],
      ['INFO sip:bob@here SIP/2.0', 'Route: <sip:there;lr>', 'Route: <sip:here;lr>'],
    ],
    [
      'a strict router',
      ['<sip:there;lr>', '<sip:here>'],
      ['INFO sip:here SIP/2.0', 'Route: <sip:there;lr>', 'Route: <sip:bob@here>'],
    ],
  ];
  for (const [index, [what, below, expected]] of ways.entries()) {
    test(`fix_route_dialog: ${what}`, async () => {
      const { callee } = there.phones;
      const place = `127.0.0.1:${callee.port}`;
      const call = new Call(there, `fixed-${index}`, 'fix');
      await call.establish(
        [],
        below.map((route) => route.replace('here', place)),
      );
      call.send('INFO', 'sip:wrong@x.example', [call.route(), 'Route: <sip:wrong.example;lr>']);
      const info = await callee.next(
        'INFO',
        (text) => text.startsWith('INFO ') && text.includes(`fixed-${index}`),
      );
      const shown = info.split('\r\n').filter((line) => /^(?:INFO|Route)/.test(line));
      assert.deepEqual(
        shown.map((line) => line.replaceAll(place, 'here')),
        expected,
      );
    });
  }

  test('RFC 3261 §12.2.2: a re-INVITE that is accepted gives the caller its new target', async () => {
    const { caller, callee } = there.phones;
    const call = new Call(there, 'moved', 'lifetime');
    await call.establish();
    call.send('UPDATE', `sip:bob@127.0.0.1:${callee.port}`, [call.route()], 2);
    const update = await callee.next(
      'UPDATE',
      (text) => text.startsWith('UPDATE ') && text.includes('moved'),
    );
    const kept = update.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/.test(line));
    const moved = `Contact: <sip:bob@127.0.0.1:${callee.port};moved>`;
    callee.send(['SIP/2.0 200 OK', ...kept, moved, 'Content-Length: 0', '', ''].join('\r\n'), there.port);
    await caller.next('200', (text) => text.startsWith('SIP/2.0 200') && text.includes('UPDATE'));
    await clock.advance(11_000);
    const bye = await callee.next('BYE', (text) => text.startsWith('BYE ') && text.includes('moved'));
    assert.match(bye, /^BYE sip:bob@127\.0\.0\.1:\d+;moved SIP\/2\.0\r\n/);
  });

  test('match_dialog finds it by Call-ID and tags, DID_ONLY does not', async () => {
    for (const [todo, expected] of [
      ['match', 'matched'],
      ['only', 'not matched'],
    ] as const) {
      const call = new Call(there, `by-${todo}`, todo);
      await call.establish();
      const from = there.log.lines.length;
      call.send('INFO', 'sip:bob@b.example', []);
      assert.equal((await lineOf(there, clock, from))[0], expected);
    }
  });

  test('an INVITE that nothing comes of leaves no dialog behind', async () => {
    for (const id of ['gone-1', 'gone-2']) {
      const from = there.log.lines.length;
      new Call(there, id, 'stop').send('INVITE', 'sip:bob@b.example', []);
      const others = count('active_dialogs') ?? 0;
      assert.deepEqual(await lineOf(there, clock, from, 2), ['created 1', `in profile ${others + 1}`]);
    }
  });
});

describe('limits', () => {
  test('max_dialogs: create_dialog fails', async (t) => {
    const clock = new VirtualClock();
    const there = await phonesHost(
      [...modules, 'modparam("dialog", "profiles_no_value", "all")', 'modparam("dialog", "max_dialogs", 1)'],
      script,
      { version: '3.6', clock },
    );
    t.after(() => there.close());
    await new Call(there, 'first').establish();
    const from = there.log.lines.length;
    new Call(there, 'second').send('INVITE', 'sip:bob@b.example', []);
    await there.phones.callee.next('INVITE', (text) => text.includes('second'));
    assert.equal((await lineOf(there, clock, from))[0], 'created -1');
  });
});

describe('dlg_hash.h: states', () => {
  const rows: readonly [
    from: keyof typeof state,
    event: Parameters<typeof nextState>[1],
    to: keyof typeof state,
  ][] = [
    ['unconfirmed', 'provisional', 'early'],
    ['unconfirmed', 'accepted', 'answered'],
    ['unconfirmed', 'refused', 'deleted'],
    ['early', 'gone', 'deleted'],
    ['answered', 'gone', 'answered'],
    ['answered', 'ack', 'confirmed'],
    ['answered', 'bye', 'deleted'],
    ['confirmed', 'refused', 'confirmed'],
    ['confirmed', 'bye', 'deleted'],
    ['early', 'bye', 'early'],
    ['deleted', 'accepted', 'deleted'],
  ];
  for (const [from, event, to] of rows) {
    test(`${from}, ${event}: ${to}`, () => assert.equal(nextState(state[from], event), state[to]));
  }
});

function dialog(id: string): Dialog {
  const caller = { tag: 'caller', address: '<sip:a@b>', contact: '', routes: [], cseq: 0 };
  return new Dialog(id, 1, id, { ...caller, previousCseq: undefined, inviteCseq: 1, socket: undefined }, 10);
}

describe('profiles', () => {
  test('names, with what shares them left out', () => {
    assert.deepEqual(parseProfiles(' caller ; in-bound/s;trunk_1 /b;'), ['caller', 'in-bound', 'trunk_1']);
  });

  test('a bad name keeps the host from starting', async () => {
    const config = [
      'socket=udp:127.0.0.1:5060',
      ...modules,
      'modparam("dialog", "profiles_with_value", "a b")',
      'route { exit; }',
      '',
    ].join('\n');
    const { diagnostics } = await checkConfig({ config, version: '3.6', listenOn: () => '127.0.0.1:0' });
    assert.match(diagnostics.map(({ message }) => message).join('\n'), /bad profile name <a b>/);
  });

  test('sizes follow what is put in and taken out', () => {
    const profiles = new Profiles(['caller'], ['all']);
    const [one, two] = [dialog('one'), dialog('two')];
    for (const [which, value] of [
      [one, 'a'],
      [one, 'a'],
      [one, 'b'],
      [two, 'a'],
    ] as const) {
      profiles.add('caller', value, which, false);
    }
    assert.deepEqual([profiles.size('caller', undefined), profiles.size('caller', 'a')], [3, 2]);
    profiles.removeAll(one);
    assert.deepEqual([profiles.size('caller', undefined), profiles.size('caller', 'b')], [1, 0]);
    assert.equal(profiles.remove('caller', 'b', two), false);
    profiles.add('caller', 'c', two, true);
    assert.deepEqual([profiles.size('caller', undefined), profiles.has('caller', 'a', two)], [1, false]);
  });
});
