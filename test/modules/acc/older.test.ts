/** Files of 2.1 and 2.2: flags of messages, and parameters that name variables. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loading, type PhonesHost, phonesHost } from '../phones-host.ts';

const busy = ['> INVITE', '< 486 Busy', '> ACK'];
const ok = ['> INVITE', '< 200 OK', '> ACK'];

const relay = [
  'route {',
  '  if (is_method("ACK")) { t_relay(); exit; }',
  '  if ($hdr(X-User) =~ "log") setflag(ACC_LOG);',
  '  if ($hdr(X-User) =~ "missed") setflag(7);',
  '  if ($hdr(X-User) =~ "failed") setflag(FAILED);',
  '  if ($hdr(X-User) =~ "late") { t_newtran(); setflag(ACC_LOG); }',
  '  if ($hdr(X-User) =~ "legs") { $avp(src) = "s1"; $avp(src) = "s2"; $avp(dst) = "d1"; }',
  '  $du = "sip:127.0.0.1:$(port)";',
  '  t_relay();',
  '}',
];

const records = ({ log }: PhonesHost, from: number) =>
  log.lines
    .slice(from)
    .filter((line) => line.startsWith('xlog : ACC: '))
    .map((line) =>
      line.replace(/^xlog : ACC: (.*): timestamp=\d+;method=INVITE;from_tag=alice-c\d+;/, '$1: '),
    );

describe('flags of messages (2.1)', () => {
  let there: PhonesHost;
  before(async () => {
    there = await phonesHost(
      [
        ...loading('proto_udp', 'tm', 'sipmsgops', 'acc'),
        'modparam("acc", "log_flag", "ACC_LOG")',
        'modparam("acc", "log_missed_flag", 7)',
        'modparam("acc", "failed_transaction_flag", "FAILED")',
        'modparam("acc", "log_extra", "to=$tU;why=$rr/reply")',
        'modparam("acc", "multi_leg_info", "src=$avp(src);dst=$avp(dst)")',
      ],
      relay,
      { version: '2.1' },
    );
  });
  after(() => there.close());

  const cases: readonly [user: string, flow: readonly string[], expected: readonly string[]][] = [
    ['none', ok, []],
    [
      'log',
      ok,
      ['transaction answered: to_tag=bob-c1;call_id=c1;code=200;reason=OK;to=log;why=OK;src=;dst='],
    ],
    ['log', busy, []],
    [
      'log-failed',
      busy,
      [
        'transaction answered: to_tag=bob-c3;call_id=c3;code=486;reason=Busy;to=log-failed;why=Busy;src=;dst=',
      ],
    ],
    [
      'missed',
      busy,
      ['call missed: to_tag=bob-c4;call_id=c4;code=486;reason=Busy;to=missed;why=Busy;src=;dst='],
    ],
    ['failed', busy, []],
    [
      'legs-log',
      ok,
      [
        'transaction answered: to_tag=bob-c6;call_id=c6;code=200;reason=OK;to=legs-log;why=OK;src=s2;dst=d1;src=s1;dst=',
      ],
    ],
  ];
  for (const [index, [user, flow, expected]] of cases.entries()) {
    test(`${user}: ${flow.join(', ')}`, async () => {
      const from = there.log.lines.length;
      await there.phones.play({ user, callId: `c${index}`, steps: flow }, there.port, async () => undefined);
      assert.deepEqual(records(there, from), expected);
    });
  }
});

describe('do_accounting with log_extra (2.2)', () => {
  test('records have the variables', async (t) => {
    const there = await phonesHost(
      [...loading('proto_udp', 'tm', 'sipmsgops', 'acc'), 'modparam("acc", "log_extra", "uri=$ru")'],
      [
        'route { if (is_method("INVITE")) do_accounting("log"); $ru = "sip:new@x.example"; $du = "sip:127.0.0.1:$(port)"; t_relay(); }',
      ],
      { version: '2.2' },
    );
    t.after(() => there.close());
    await there.phones.play({ user: 'x', callId: 'c0', steps: ok }, there.port, async () => undefined);
    assert.deepEqual(records(there, 0), [
      'transaction answered: to_tag=bob-c0;call_id=c0;code=200;reason=OK;uri=sip:new@x.example',
    ]);
  });
});
