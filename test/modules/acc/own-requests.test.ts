/** Requests that the host makes itself, accounted in local_route; lines as measured with OpenSIPS 3.6. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { VirtualClock } from '../../runtime/virtual-clock.ts';
import { loading, type PhonesHost, phonesHost } from '../phones-host.ts';

const clock = new VirtualClock();
let there: PhonesHost;

before(async () => {
  there = await phonesHost(
    [
      ...loading('proto_udp', 'sl', 'tm', 'rr', 'dialog', 'signaling', 'sipmsgops', 'acc'),
      'modparam("tm", "fr_timeout", 2)',
      'modparam("acc", "extra_fields", "log: who")',
      'modparam("acc", "early_media", 1)',
    ],
    [
      'route {',
      '  $var(to) = "sip:" + $hdr(X-User) + "@127.0.0.1:$(port)";',
      '  t_new_request("$(hdr(X-User){s.select,0,-})", $var(to), "sip:host@h.example", "sip:bob@b.example", "text/plain hi");',
      '  send_reply(200, "started");',
      '}',
      'local_route {',
      '  $var(asked) = $rU;',
      '  $acc_extra(who) = $rU;',
      '  if ($var(asked) =~ "log") do_accounting("log");',
      '  if ($var(asked) =~ "failed") do_accounting("log", "failed");',
      '  if ($var(asked) =~ "missed") do_accounting("log", "missed");',
      '  if ($var(asked) =~ "cdr") do_accounting("log", "cdr");',
      '  if ($var(asked) =~ "direct") acc_log_request("407 direct note");',
      '  if ($var(asked) =~ "evi") do_accounting("evi", "failed");',
      '}',
      'event_route[E_ACC_EVENT] { xlog("EVENT $param(method) $param(sip_code) $param(sip_reason)\\n"); }',
    ],
    { version: '3.6', clock },
  );
});
after(() => there.close());

const noAnswer = ['wait'];
const cases: readonly [user: string, answers: readonly string[], expected: readonly string[]][] = [
  ['MESSAGE-log', ['< 200 Fine to MESSAGE'], ['transaction answered: bob 200 Fine']],
  ['MESSAGE-log.404', ['< 404 Not here to MESSAGE'], []],
  ['MESSAGE-failed', ['< 404 Not here to MESSAGE'], ['transaction answered: bob 404 Not here']],
  ['MESSAGE-missed', ['< 404 Not here to MESSAGE'], ['call missed: bob 404 Not here']],
  [
    'MESSAGE-missed.failed',
    ['< 404 Not here to MESSAGE'],
    ['call missed: bob 404 Not here', 'transaction answered: bob 404 Not here'],
  ],
  ['MESSAGE-failed.timeout', noAnswer, ['transaction answered: - 408 Request Timeout']],
  ['MESSAGE-missed.timeout', noAnswer, ['call missed: - 408 Request Timeout']],
  ['MESSAGE-direct', ['< 200 Fine to MESSAGE'], ['request accounted: - 407 direct note']],
  ['MESSAGE-evi', ['< 200 Fine to MESSAGE'], ['EVENT MESSAGE 200 Fine']],
  ['MESSAGE-evi.404', ['< 404 Not here to MESSAGE'], ['EVENT MESSAGE 404 Not here']],
  [
    'INVITE-log.early',
    ['< 183 Early with body to INVITE', '< 200 Fine 2 times'],
    ['transaction answered: bob 200 Fine'],
  ],
  ['INVITE-failed', ['< 486 Busy to INVITE'], ['transaction answered: bob 486 Busy']],
  ['INVITE-missed', ['< 486 Busy to INVITE'], ['call missed: bob 486 Busy']],
  ['INVITE-cdr', ['< 200 Fine to INVITE'], ['transaction answered: bob 200 Fine']],
  ['BYE-log', ['< 200 Fine to BYE'], ['transaction answered: bob 200 Fine']],
];

/** Who is accounted must be the user; the tag of the callee is `bob`. */
function shorten(line: string, user: string): string {
  const [, title, toTag = '', rest] =
    /ACC: (.*): timestamp=.*;to_tag=([^;]*);call_id=[^;]+;(.*)$/.exec(line) ?? [];
  if (title === undefined) return line.replace('xlog : ', '');
  const [, code, reason, who] = /^code=(\d+);reason=(.*);who=(.*)$/.exec(rest ?? '') ?? [];
  assert.equal(who, user);
  return `${title}: ${toTag === '' ? '-' : toTag.slice(0, 3)} ${code} ${reason}`;
}

for (const [index, [user, answers, expected]] of cases.entries()) {
  test(`${user}: ${answers.join(', ')}`, async () => {
    const from = there.log.lines.length;
    const written = () =>
      there.log.lines
        .slice(from)
        .filter((line) => /ACC: |EVENT/.test(line))
        .map((line) => shorten(line, user));
    await there.phones.play({ user, callId: `c${index}`, steps: ['> INFO', ...answers] }, there.port, () =>
      clock.advance(4000),
    );
    for (let turns = 0; turns < 200 && written().length < expected.length; turns++) await clock.advance(0);
    assert.deepEqual(written(), expected);
  });
}
